/** Opens dashboards of accounts: fresh when AWS answers soon, else what was seen last, with its age. */
import type { Clock } from '../../shared/clock';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { RegionApi } from '../aws/aws-api';
import { wait } from '../aws/wait';
import type { DashboardCache } from './dashboard-cache';
import { cloudwatchId, refusal } from './entry-ids';

/** How long a kept body may wait for a fresh one before it is shown (ms). */
const SHOW_KEPT_AFTER_MS = 700;
export const MAX_CHARACTERS = 5_000_000;

export interface AccountBodiesParts {
  apiOf: (connectionId: string, region: string) => Pick<RegionApi, 'getDashboard'>;
  clock: Clock;
  cache: DashboardCache;
  /** A dashboard shown from what was kept has been answered for since. */
  arrived: (id: string) => void;
  report: (problem: string) => void;
}

export interface Place {
  connectionId: string;
  region: string;
  name: string;
}

export interface Body {
  text: string;
  asOf: number;
  failure: Failure | null;
}

export class AccountBodies {
  private readonly stopped = new AbortController();
  /** What a late answer turned out to be, for the reading it brings about. */
  private readonly lateFailures = new Map<string, Failure>();
  private readonly running = new Map<string, Promise<Body>>();

  constructor(private readonly parts: AccountBodiesParts) {}

  /** @throws FailureError when AWS does not answer and nothing is kept. */
  async open(place: Place, signal: AbortSignal): Promise<Body> {
    const id = idOf(place);
    const kept = await this.parts.cache.body(id);
    signal.throwIfAborted();
    if (kept === null) return this.fetch(place, signal);
    const old = { text: kept.text, asOf: kept.asOf };
    const late = this.lateFailures.get(id);
    if (late !== undefined) {
      this.lateFailures.delete(id);
      return { ...old, failure: late };
    }
    // Not the caller's signal: an answer is worth keeping although the page has moved on.
    const asking = this.running.get(id) ?? this.start(id, place);
    const timer = new AbortController();
    const pause = wait(this.parts.clock, SHOW_KEPT_AFTER_MS, timer.signal).then(
      () => 'late' as const,
      () => 'late' as const,
    );
    try {
      const first = await Promise.race([asking, pause]);
      if (first !== 'late') return first;
    } catch (error) {
      if (error instanceof FailureError) return { ...old, failure: error.failure };
      throw error;
    } finally {
      timer.abort();
    }
    this.tellLater(id, kept.text, asking);
    return { ...old, failure: null };
  }

  /** What stands in the account now; null when there is no dashboard of this name. */
  async current(place: Place, signal: AbortSignal): Promise<string | null> {
    try {
      return (await this.fetch(place, signal)).text;
    } catch (error) {
      if (error instanceof FailureError && error.failure.kind === 'not-found') {
        await this.parts.cache.dropBody(idOf(place));
        // Also an unknown connection is not found; that one is about no operation of AWS.
        if (error.failure.operation === 'GetDashboard') return null;
      }
      throw error;
    }
  }

  async keep(place: Place, text: string, asOf = this.parts.clock.now()): Promise<void> {
    await this.parts.cache.keepBody({ key: idOf(place), asOf, text });
  }

  stop(): void {
    this.stopped.abort();
  }

  private start(id: string, place: Place): Promise<Body> {
    const asking = this.fetch(place, this.stopped.signal).finally(() => this.running.delete(id));
    this.running.set(id, asking);
    // Whoever waits for it hears of its failure; this branch only keeps it from being called unhandled.
    asking.catch(() => undefined);
    return asking;
  }

  private tellLater(id: string, shown: string, asking: Promise<Body>): void {
    asking.then(
      ({ text }) => {
        if (text !== shown) this.parts.arrived(id);
      },
      (error: unknown) => {
        if (this.stopped.signal.aborted) return;
        if (!(error instanceof FailureError)) {
          this.parts.report(`Opening a dashboard met a fault: ${String(error)}`);
          return;
        }
        this.lateFailures.set(id, error.failure);
        this.parts.arrived(id);
      },
    );
  }

  private async fetch(place: Place, signal: AbortSignal): Promise<Body> {
    const { connectionId, region, name } = place;
    const answer = await this.parts.apiOf(connectionId, region).getDashboard(name, signal);
    const text = answer.DashboardBody ?? '';
    if (text.length > MAX_CHARACTERS) {
      throw refusal(
        'invalid',
        'GetDashboard',
        `The dashboard ${name} has more than 5 million characters.`,
        'Something other than CloudWatch may have answered: check the endpoint of this connection.',
        connectionId,
      );
    }
    const asOf = this.parts.clock.now();
    // Not waited for: the disk must not hold up the screen. It never rejects.
    void this.keep(place, text, asOf);
    return { text, asOf, failure: null };
  }
}

const idOf = ({ connectionId, region, name }: Place): string =>
  cloudwatchId(connectionId, region, name);
