/** The search of one log group: asks page after page, remembers where it is, and says what has been read. */
import type { FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { FailureError } from '../../../shared/failure';
import type { Failure } from '../../../shared/failure';
import type { GroupProgress } from '../../../shared/logs/search';
import { AwsFailure } from '../../aws/aws-api';
import type { LogReadApi } from '../../aws/log-query-api';
import { eventsOf } from './page-frames';
import type { FoundEvent } from './page-frames';
import { slicesOf } from './slices';
import type { Slice } from './slices';
import type { Walk, WalkPage, WalkParts } from './walk';

export type { GroupPlace } from './walk';

export type SearchApi = Pick<LogReadApi, 'filterLogEvents'>;

export interface GroupWalkParts extends WalkParts {
  /** Throws FailureError for a connection that is gone. */
  api: () => SearchApi;
}

const PAGE_EVENTS = 10_000;
/** Each is a whole series of tries with growing pauses; then the region is left alone until resumed. */
const THROTTLED_ROUNDS = 6;

export class GroupWalk implements Walk {
  progress: GroupProgress;
  private slices: Slice[] = [];
  private token: string | undefined;
  private seen = new Set<string>();
  /** Answers came in the order that was asked for, so a page's last event says how far it read. */
  private ordered = true;
  /** A page of this slice was refused and asked for anew already. */
  private forgot = false;

  constructor(private readonly parts: GroupWalkParts) {
    this.progress = this.fresh();
    this.restart();
  }

  get ended(): boolean {
    return this.slices.length === 0;
  }

  /** From the beginning: what was found is gone. */
  restart(): void {
    const { startMs, endMs, newestFirst } = this.parts.search;
    this.progress = this.fresh();
    this.slices = [...slicesOf(startMs, endMs, newestFirst)];
    this.token = undefined;
    this.seen = new Set();
    this.ordered = true;
    this.forgot = false;
    if (this.ended) this.progress.phase = 'done';
  }

  async next(room: number, signal: AbortSignal): Promise<WalkPage> {
    const page = await this.ask(room, signal);
    const events = eventsOf(page);
    return { events, take: () => this.take(page, events) };
  }

  /**
   * The next page's events; only `take` moves on, so a page that was not delivered is asked for again. Rejects
   * with FailureError.
   */
  async ask(room: number, signal: AbortSignal): Promise<FilterLogEventsResponse> {
    const limit = Math.max(1, Math.min(PAGE_EVENTS, room));
    for (let round = 1; ; round += 1) {
      try {
        return await this.once(limit, signal);
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        const throttled = error.failure.kind === 'throttled' && round < THROTTLED_ROUNDS;
        if (!throttled && !this.forgetsToken(error)) throw error;
      }
    }
  }

  /** Counts a page that has been delivered, and moves on to the next. */
  take(page: FilterLogEventsResponse, events: readonly FoundEvent[]): void {
    const { progress } = this;
    const next = page.nextToken === '' ? undefined : page.nextToken;
    progress.pages += 1;
    progress.events += events.length;
    for (const { message } of events) progress.bytes += Buffer.byteLength(message);
    if (events.length === 0 && next !== undefined) progress.emptyPages += 1;
    this.cover(events, next === undefined);
    if (next === undefined) this.nextSlice();
    else this.goOn(next);
  }

  fail(failure: Failure): void {
    this.progress.phase = failure.kind === 'cancelled' ? 'stopped' : 'failed';
    this.progress.failure = failure.kind === 'cancelled' ? null : failure;
  }

  private async once(limit: number, signal: AbortSignal): Promise<FilterLogEventsResponse> {
    const [slice] = this.slices;
    if (slice === undefined) throw new Error('The search of this group has ended.');
    const { place, search, api, changed } = this.parts;
    return api().filterLogEvents(
      {
        logGroupName: place.group,
        startTime: slice.fromMs,
        endTime: slice.toMs,
        limit,
        ...(search.pattern === '' ? {} : { filterPattern: search.pattern }),
        ...(this.token === undefined ? {} : { nextToken: this.token }),
        ...(slice.backwards && this.token === undefined ? { startFromHead: false } : {}),
      },
      signal,
      () => {
        this.progress.throttles += 1;
        changed();
      },
    );
  }

  /** CloudWatch forgets where one was after a day: what was not read yet is then asked for anew. */
  private forgetsToken(error: FailureError): boolean {
    const [slice, ...rest] = this.slices;
    const { coveredFromMs, coveredToMs } = this.progress;
    const refused = error instanceof AwsFailure && error.refused;
    if (!refused || this.token === undefined || slice === undefined) return false;
    const left = { ...slice };
    if (this.ordered && slice.backwards && coveredFromMs !== null) {
      left.toMs = Math.min(slice.toMs, coveredFromMs);
    } else if (this.ordered && !this.parts.search.newestFirst && coveredToMs !== null) {
      left.fromMs = Math.max(slice.fromMs, coveredToMs);
    }
    const shorter = left.toMs - left.fromMs < slice.toMs - slice.fromMs;
    // Refusing every second page would otherwise be asked the first for ever.
    if (!shorter && this.forgot) return false;
    this.forgot = true;
    this.token = undefined;
    this.seen = new Set();
    this.slices = [left, ...rest];
    return true;
  }

  private goOn(token: string): void {
    if (this.seen.has(token)) {
      this.slices = [];
      this.fail({
        kind: 'invalid',
        connectionId: this.parts.place.connectionId,
        operation: 'FilterLogEvents',
        message: `CloudWatch named the same next page twice for ${this.parts.place.group}; it was not read to its end.`,
        advice: 'Search this log group again, or a shorter time.',
      });
      return;
    }
    this.seen.add(token);
    this.token = token;
  }

  private nextSlice(): void {
    this.slices.shift();
    this.token = undefined;
    this.seen = new Set();
    this.ordered = true;
    this.forgot = false;
    if (this.ended) this.progress.phase = 'done';
  }

  /** What has been read whole; a page may have ended between events of one millisecond. */
  private cover(events: readonly FoundEvent[], sliceEnded: boolean): void {
    const [slice] = this.slices;
    if (slice === undefined) return;
    if (sliceEnded) {
      this.widen(slice.fromMs, slice.toMs);
      return;
    }
    const first = events[0]?.timestamp;
    const last = events.at(-1)?.timestamp;
    if (first === undefined || last === undefined) return;
    if (slice.backwards ? last > first : last < first) this.ordered = false;
    if (!this.ordered) return;
    if (slice.backwards) this.widen(Math.max(slice.fromMs, last + 1), slice.toMs);
    // A slice read forwards while the search goes backwards would leave a hole before what is covered.
    else if (!this.parts.search.newestFirst) this.widen(slice.fromMs, last);
  }

  private widen(fromMs: number, toMs: number): void {
    if (fromMs > toMs) return;
    const { coveredFromMs, coveredToMs } = this.progress;
    this.progress.coveredFromMs = Math.min(coveredFromMs ?? fromMs, fromMs);
    this.progress.coveredToMs = Math.max(coveredToMs ?? toMs, toMs);
  }

  private fresh(): GroupProgress {
    return {
      ...this.parts.place,
      phase: 'waiting',
      pages: 0,
      emptyPages: 0,
      events: 0,
      bytes: 0,
      throttles: 0,
      coveredFromMs: null,
      coveredToMs: null,
      failure: null,
    };
  }
}
