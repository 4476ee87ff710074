import type { Clock } from '../../shared/clock';
import type { RegionStatus } from '../../shared/connections/connection';
import { durationText } from '../../shared/notify/duration-text';
import type { Failure } from '../../shared/failure';
import { AwsFailure } from '../aws/aws-api';
import type { RegionRounds } from './region-rounds';
import { Repeater } from './repeater';

/** The first retry after a failure; doubles up to the poll interval. */
const RETRY_MS = 2_000;
/** With the push queue connected, polling is only the safety net: this many times slower, to this at most. */
const PUSHED_SLOWDOWN = 4;
const PUSHED_INTERVAL_MAX_MS = 120_000;
/** A clock further off than this is named; beyond 15 min AWS refuses requests that are not corrected. */
const SKEW_NAMED_MS = 60_000;

export interface Intervals {
  pollIntervalMs: number;
  sweepIntervalMs: number;
}

export interface WatcherParts {
  connectionId: string;
  region: string;
  clock: Clock;
  rounds: RegionRounds;
  intervals(): Intervals;
  needsTags(): boolean;
  /** 0 ≤ n < 1, for jitter. */
  random(): number;
  skewMs(): number;
  counts(): { alarms: number; firing: number };
  onStatus(): void;
}

/**
 * Keeps one connection's region in view: a poll loop for what fires, and beside it a survey loop for the
 * sweep, history and tags, so that a long sweep never delays a poll.
 */
export class RegionWatcher {
  push: RegionStatus['push'] = 'off';
  private readonly polls: Repeater;
  private readonly surveys: Repeater;
  private startedAt: number;
  private lastGoodAt: number | null = null;
  private sweptAt: number | null = null;
  private pollFailures = 0;
  private surveyFailures = 0;
  private pollFailure: Failure | null = null;
  private surveyFailure: Failure | null = null;
  private paused = true;
  private cancelBlindTimer: (() => void) | null = null;

  constructor(private readonly parts: WatcherParts) {
    this.startedAt = parts.clock.now();
    this.polls = new Repeater(parts.clock, (signal) => this.poll(signal));
    this.surveys = new Repeater(parts.clock, (signal) => this.survey(signal));
  }

  /** Polls, then sweeps and reads history, now. Resolves when all have been tried. */
  async refresh(): Promise<void> {
    this.unpause();
    this.sweptAt = null;
    await this.polls.kick();
    await this.surveys.kick();
  }

  /** After sleep: what was in flight is dead, and anything may have happened. */
  async wake(): Promise<void> {
    this.unpause();
    this.sweptAt = null;
    await Promise.all([this.surveys.pause(), this.polls.restart()]);
    await this.surveys.kick();
  }

  async pause(): Promise<void> {
    this.paused = true;
    this.cancelBlindTimer?.();
    this.cancelBlindTimer = null;
    await Promise.all([this.polls.pause(), this.surveys.pause()]);
    this.parts.onStatus();
  }

  status(): RegionStatus {
    const { alarms, firing } = this.parts.counts();
    const blindSince = this.blindSince();
    return {
      region: this.parts.region,
      phase: this.phase(blindSince),
      lastGoodAt: this.lastGoodAt,
      blindSince,
      failure: this.pollFailure ?? this.surveyFailure ?? this.clockFailure(),
      alarmCount: alarms,
      firingCount: firing,
      push: this.push,
    };
  }

  private phase(blindSince: number | null): RegionStatus['phase'] {
    if (this.paused) return 'paused';
    if (this.lastGoodAt === null) return this.pollFailure === null ? 'loading' : 'failed';
    return blindSince === null ? 'ready' : 'stale';
  }

  private unpause(): void {
    if (this.paused) this.startedAt = this.parts.clock.now();
    this.paused = false;
    this.armBlindTimer();
  }

  private get interval(): number {
    const { pollIntervalMs } = this.parts.intervals();
    return this.push === 'connected'
      ? Math.max(pollIntervalMs, Math.min(pollIntervalMs * PUSHED_SLOWDOWN, PUSHED_INTERVAL_MAX_MS))
      : pollIntervalMs;
  }

  /** Since when nothing whole has arrived, once that is longer than two intervals. */
  private blindSince(): number | null {
    if (this.paused) return null;
    const since = Math.max(this.lastGoodAt ?? this.startedAt, 0);
    // After sleep the old reading is old, but the first poll gets its chance before the alarm is raised.
    const graceFrom = Math.max(since, this.startedAt);
    return this.parts.clock.now() - graceFrom >= 2 * this.interval ? since : null;
  }

  private armBlindTimer(): void {
    this.cancelBlindTimer?.();
    const due = Math.max(this.lastGoodAt ?? 0, this.startedAt) + 2 * this.interval;
    this.cancelBlindTimer = this.parts.clock.after(Math.max(0, due - this.parts.clock.now()), () =>
      this.parts.onStatus(),
    );
  }

  private async poll(signal: AbortSignal): Promise<number> {
    const startedAt = this.parts.clock.now();
    const failure = await this.attempt('DescribeAlarms', signal, () =>
      this.parts.rounds.poll(signal),
    );
    if (signal.aborted) return this.interval;
    const recovered = failure === null && this.pollFailures > 0;
    this.pollFailure = failure;
    this.pollFailures = failure === null ? 0 : this.pollFailures + 1;
    if (failure === null) {
      this.lastGoodAt = this.parts.clock.now();
      this.armBlindTimer();
      // The connection is back, or something went by unseen: history knows what.
      if (this.sweptAt === null || recovered || this.parts.rounds.gap) void this.surveys.kick();
    }
    this.parts.onStatus();
    if (failure !== null) return this.retryDelay(this.pollFailures);
    // A slow poll skips the ticks it ran over: the next one keeps to the beat.
    const spent = this.parts.clock.now() - startedAt;
    return this.interval - (spent % this.interval);
  }

  private async survey(signal: AbortSignal): Promise<number> {
    const { rounds, clock } = this.parts;
    const { sweepIntervalMs } = this.parts.intervals();
    const sweepDue = this.sweptAt === null || clock.now() - this.sweptAt >= sweepIntervalMs;
    const startedAt = clock.now();
    const failure = await this.attempt('DescribeAlarms', signal, async () => {
      if (sweepDue) {
        await rounds.sweep(signal);
        this.sweptAt = startedAt;
      }
      await rounds.catchUp(signal);
      if (this.parts.needsTags()) await rounds.fillTags(signal);
    });
    if (signal.aborted) return this.interval;
    this.surveyFailure = failure;
    this.surveyFailures = failure === null ? 0 : this.surveyFailures + 1;
    this.parts.onStatus();
    if (failure !== null) return this.retryDelay(this.surveyFailures);
    return Math.max(1_000, (this.sweptAt ?? startedAt) + sweepIntervalMs - clock.now());
  }

  private async attempt(
    operation: string,
    signal: AbortSignal,
    round: () => Promise<void>,
  ): Promise<Failure | null> {
    try {
      await round();
      return null;
    } catch (error) {
      if (error instanceof AwsFailure) return error.failure;
      if (signal.aborted) return null;
      return {
        kind: 'unknown',
        connectionId: this.parts.connectionId,
        operation,
        message: `Reading ${this.parts.region} failed: ${error instanceof Error ? error.message : 'unknown error'}.`,
        advice: 'The console tries again by itself; if it stays, restart it.',
      };
    }
  }

  /** Jittered, so that many regions that failed together do not come back together. Milliseconds. */
  private retryDelay(failures: number): number {
    const full = Math.min(this.interval, RETRY_MS * 2 ** Math.min(failures - 1, 16));
    return full * (0.5 + this.parts.random() / 2);
  }

  private clockFailure(): Failure | null {
    const skew = this.parts.skewMs();
    if (Math.abs(skew) < SKEW_NAMED_MS) return null;
    const direction = skew > 0 ? 'behind' : 'ahead of';
    return {
      kind: 'clock-wrong',
      connectionId: this.parts.connectionId,
      operation: 'clock',
      message: `This computer’s clock is ${durationText(Math.abs(skew))} ${direction} AWS’s.`,
      advice: 'Requests are corrected for it; set the clock so that shown times are right.',
    };
  }
}
