/** One search over all its log groups, its events going into the engine. */
import { setMaxListeners } from 'node:events';
import type { Clock } from '../../../shared/clock';
import { FailureError } from '../../../shared/failure';
import type { Failure } from '../../../shared/failure';
import type { LogSearch, SearchProgress } from '../../../shared/logs/search';
import type { EventSink } from '../log-seams';
import { GroupWalk } from './group-walk';
import type { SearchApi } from './group-walk';
import { pageFrames } from './page-frames';
import { Turns } from './turns';
import type { OtherWalk, Walk, WalkParts } from './walk';

export interface SearchRunParts {
  search: LogSearch;
  apiOf: (connectionId: string, region: string) => SearchApi;
  /** Walks groups of sources other than CloudWatch. */
  otherWalk?: OtherWalk | undefined;
  sink: EventSink;
  clock: Clock;
  tell: (progress: SearchProgress) => void;
}

/** Progress is told at most this often (ms). */
const TELL_EVERY_MS = 250;
/** Pages asked for side by side in one region of a connection; also what main holds at a time. */
const PAGES_AT_ONCE = 6;

export class SearchRun {
  private readonly walks: Walk[];
  private readonly turns = new Map<string, Turns>();
  private phase: SearchProgress['phase'] = 'searching';
  private abort = new AbortController();
  private readonly startedAt: number;
  private endedAt: number | null = null;
  private wanted: number;
  private cancelTell: (() => void) | null = null;
  private closed = false;
  /** Counts starts and resumes: one that was overtaken while the engine opened does nothing. */
  private attempt = 0;

  constructor(private readonly parts: SearchRunParts) {
    const { search, apiOf, clock } = parts;
    this.startedAt = clock.now();
    this.wanted = search.maxEvents;
    this.walks = search.targets.flatMap(({ connectionId, region, groups }) =>
      [...new Set(groups)].map((group) => {
        const walk: WalkParts = {
          place: { connectionId, region, group },
          search,
          changed: () => this.tellSoon(),
        };
        const api = (): SearchApi => apiOf(connectionId, region);
        return parts.otherWalk?.(walk) ?? new GroupWalk({ ...walk, api });
      }),
    );
  }

  /** Rejects when the engine cannot be had. */
  async start(): Promise<void> {
    this.attempt += 1;
    await this.parts.sink.open(this.parts.search.searchId);
    // Stopped meanwhile, it stays stopped.
    if (this.attempt === 1 && this.phase === 'searching') this.walkAll();
  }

  /** At once: answers that are on their way are let go, and asked for again by `resume`. */
  stop(): void {
    if (this.phase === 'searching') this.end('stopped');
  }

  close(): void {
    this.stop();
    this.closed = true;
    for (const walk of this.walks) walk.close?.();
    this.cancelTell?.();
    this.cancelTell = null;
  }

  /** Goes on where it was stopped or full, and tries again what failed. */
  async resume(): Promise<void> {
    if (this.phase === 'searching') return;
    const { sink, search } = this.parts;
    // Before the engine answers, so that asking twice goes on once.
    this.phase = 'searching';
    this.attempt += 1;
    const { attempt } = this;
    try {
      await sink.open(search.searchId);
    } catch (error) {
      if (attempt === this.attempt) this.end('stopped');
      throw error;
    }
    if (attempt !== this.attempt || this.phase !== 'searching') return;
    this.wanted = this.found() + search.maxEvents;
    this.walkAll();
  }

  /** The engine has died and what was found is gone with it. */
  lost(): void {
    if (this.closed) return;
    this.abort.abort(new DOMException('', 'AbortError'));
    for (const walk of this.walks) {
      walk.restart();
      walk.fail({
        kind: 'unknown',
        connectionId: walk.progress.connectionId,
        operation: 'logs.search',
        message: 'The log engine ended and was started again; what was found is gone.',
        advice: 'Resume the search to fetch it again.',
      });
    }
    this.end('stopped');
  }

  state(): SearchProgress {
    return {
      searchId: this.parts.search.searchId,
      phase: this.phase,
      groups: this.walks.map(({ progress }) => ({ ...progress })),
      events: this.found(),
      startedAt: this.startedAt,
      endedAt: this.endedAt,
    };
  }

  private walkAll(): void {
    if (this.closed) return;
    const abort = new AbortController();
    setMaxListeners(0, abort.signal);
    this.abort = abort;
    this.phase = 'searching';
    this.endedAt = null;
    for (const { progress } of this.walks) {
      if (progress.phase === 'done') continue;
      progress.phase = 'waiting';
      progress.failure = null;
    }
    void Promise.all(this.walks.map((walk) => this.walk(walk, abort.signal))).then(() => {
      if (!abort.signal.aborted) this.end('done');
    });
    this.tellSoon();
  }

  private async walk(walk: Walk, signal: AbortSignal): Promise<void> {
    // One whose pages never end is searched from the beginning when it is tried again.
    if (walk.ended && walk.progress.phase !== 'done') walk.restart();
    const turns = this.turnsOf(walk);
    while (!walk.ended && !signal.aborted) {
      const giveBack = await turns.take();
      try {
        if (!signal.aborted) await this.page(walk, signal);
      } catch (error) {
        if (signal.aborted) return;
        walk.fail(failureOf(error, walk.progress.connectionId));
        return;
      } finally {
        giveBack();
        this.tellSoon();
      }
    }
  }

  /** One page, from where the events lie into the engine. */
  private async page(walk: Walk, signal: AbortSignal): Promise<void> {
    walk.progress.phase = 'searching';
    const page = await walk.next(this.wanted - this.found(), signal);
    const { connectionId, region, group } = walk.progress;
    for (const frame of pageFrames({ connectionId, region, group }, page.events)) {
      if (signal.aborted) return;
      await this.parts.sink.append(this.parts.search.searchId, frame);
    }
    if (signal.aborted) return;
    page.take();
    const more = this.walks.some(({ ended, progress }) => !ended && progress.phase !== 'failed');
    if (this.found() >= this.wanted && more) this.end('full');
  }

  private turnsOf({ progress: { connectionId, region } }: Walk): Turns {
    const key = `${connectionId}|${region}`;
    const turns = this.turns.get(key) ?? new Turns(PAGES_AT_ONCE);
    this.turns.set(key, turns);
    return turns;
  }

  private end(phase: SearchProgress['phase']): void {
    this.abort.abort(new DOMException('', 'AbortError'));
    this.phase = phase;
    this.endedAt = this.parts.clock.now();
    for (const { progress } of this.walks) {
      if (progress.phase === 'waiting' || progress.phase === 'searching')
        progress.phase = 'stopped';
    }
    this.cancelTell?.();
    this.cancelTell = null;
    if (!this.closed) this.parts.tell(this.state());
  }

  private tellSoon(): void {
    if (this.phase !== 'searching' || this.closed) return;
    this.cancelTell ??= this.parts.clock.after(TELL_EVERY_MS, () => {
      this.cancelTell = null;
      this.parts.tell(this.state());
    });
  }

  private found(): number {
    return this.walks.reduce((sum, { progress }) => sum + progress.events, 0);
  }
}

/** What is no failure of AWS's is the engine's. */
const failureOf = (error: unknown, connectionId: string): Failure =>
  error instanceof FailureError
    ? error.failure
    : {
        kind: 'unknown',
        connectionId,
        operation: 'logs.search',
        message: `The log engine took no more events: ${error instanceof Error ? error.message : String(error)}`,
        advice: 'Close other searches, then resume this one.',
      };
