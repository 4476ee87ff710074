/** Keeps every account, region and API under its quota, and backs off as one when AWS says "too fast". */
import type { Clock } from '../../shared/clock';
import { abortable } from './deadline';
import { awsOperations } from './operations';
import type { OperationName } from './operations';
import { wait } from './wait';

/** Longest back-off (ms): short enough to be back within one 30 s poll interval once AWS lets us. */
const MAX_BACKOFF_MS = 10_000;
const FIRST_BACKOFF_MS = 500;
/**
 * Saved-up calls (seconds of the rate): a sweep of 5,000 alarms is 50 pages, and making them wait for tokens
 * would show a big account seconds late. AWS counts in a bucket too; once it has said no, nothing is saved up
 * for a while.
 */
const BURST_SECONDS = 6;
const NO_BURST_AFTER_THROTTLE_MS = 10 * 60_000;

/** A turn that was given up passes the queue on like one that was used. */
function passOn(turn: Promise<void>): Promise<void> {
  return turn.then(
    () => undefined,
    () => undefined,
  );
}

/** One API of one account and region. */
class Bucket {
  /** Settles when everybody who came before has had a turn. */
  queue: Promise<void> = Promise.resolve();
  private tokens: number;
  private refilledAt: number;
  private heldUntil = 0;
  private throttles = 0;
  private noBurstUntil = 0;

  constructor(
    private readonly perSecond: number,
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {
    this.tokens = perSecond * BURST_SECONDS;
    this.refilledAt = clock.now();
  }

  /** Takes a token and returns 0, or returns how long to wait (ms) before asking again. */
  tryTake(): number {
    const now = this.clock.now();
    const holdMs = this.heldUntil - now;
    // Longer than any back-off means the wall clock was set back: hold no more than one.
    if (holdMs > MAX_BACKOFF_MS) this.heldUntil = now + MAX_BACKOFF_MS;
    if (holdMs > 0) return Math.min(holdMs, MAX_BACKOFF_MS);
    // A wall clock set back must not stall the refill.
    const elapsedMs = Math.max(0, now - this.refilledAt);
    const capacity = now < this.noBurstUntil ? this.perSecond : this.perSecond * BURST_SECONDS;
    this.tokens = Math.min(capacity, this.tokens + (elapsedMs / 1000) * this.perSecond);
    this.refilledAt = now;
    if (this.tokens >= 1) {
      this.tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.tokens) / this.perSecond) * 1000);
  }

  throttled(): void {
    const ceiling = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(this.throttles, 10));
    this.throttles += 1;
    // Half fixed, half random: consoles that were throttled together do not come back together.
    const holdMs = ceiling / 2 + this.random() * (ceiling / 2);
    const now = this.clock.now();
    this.heldUntil = Math.max(this.heldUntil, now + holdMs);
    // Start again from empty, or the saved-up burst would be the next thing AWS sees.
    this.tokens = 0;
    this.refilledAt = this.heldUntil;
    this.noBurstUntil = now + NO_BURST_AFTER_THROTTLE_MS;
  }

  succeeded(): void {
    this.throttles = 0;
  }
}

/** Shared by all connections; `scope` names what AWS counts by (account, or connection until it is known). */
export class RateBudget {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number = Math.random,
  ) {}

  /** Resolves when the call may be made; rejects with the signal's reason. */
  async take(
    scope: string,
    region: string,
    operation: OperationName,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    const bucket = this.bucket(scope, region, operation);
    // First come, first served: only the head of the queue watches the clock.
    const turn = bucket.queue.then(() => this.waitForToken(bucket, signal));
    bucket.queue = passOn(turn);
    await abortable(signal, turn);
  }

  /** AWS refused for speed: nobody calls this API until the back-off has passed. */
  throttled(scope: string, region: string, operation: OperationName): void {
    this.bucket(scope, region, operation).throttled();
  }

  succeeded(scope: string, region: string, operation: OperationName): void {
    this.bucket(scope, region, operation).succeeded();
  }

  private async waitForToken(bucket: Bucket, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const waitMs = bucket.tryTake();
      if (waitMs === 0) return;
      await wait(this.clock, waitMs, signal);
    }
  }

  private bucket(scope: string, region: string, operation: OperationName): Bucket {
    const key = `${scope}/${region}/${operation}`;
    let bucket = this.buckets.get(key);
    if (bucket === undefined) {
      bucket = new Bucket(awsOperations[operation].callsPerSecond, this.clock, this.random);
      this.buckets.set(key, bucket);
    }
    return bucket;
  }
}
