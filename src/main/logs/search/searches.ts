/** Searches with FilterLogEvents, by their ids. */
import type { Clock } from '../../../shared/clock';
import { FailureError } from '../../../shared/failure';
import type { LogSearch, SearchProgress } from '../../../shared/logs/search';
import type { EventSink, LogSearches } from '../log-seams';
import type { SearchApi } from './group-walk';
import { SearchRun } from './search-run';
import type { OtherWalk } from './walk';

export interface SearchesParts {
  /** Throws FailureError for a connection that is paused or gone. */
  apiOf: (connectionId: string, region: string) => SearchApi;
  /** Walks groups of sources other than CloudWatch. */
  otherWalk?: OtherWalk;
  sink: EventSink;
  clock: Clock;
}

export class Searches implements LogSearches {
  private readonly runs = new Map<string, SearchRun>();
  private readonly listeners = new Set<(progress: SearchProgress) => void>();

  constructor(private readonly parts: SearchesParts) {}

  /** Rejects with FailureError `invalid` for an id in use or an empty window, or when the engine is not there. */
  async start(search: LogSearch): Promise<SearchProgress> {
    if (this.runs.has(search.searchId)) throw refused('This search is running already.');
    if (search.endMs <= search.startMs || search.startMs < 0) {
      throw refused('The end of the time range must come after its start.');
    }
    const run = new SearchRun({
      ...this.parts,
      search,
      tell: (progress) => {
        for (const listener of this.listeners) listener(progress);
      },
    });
    this.runs.set(search.searchId, run);
    try {
      await run.start();
    } catch (error) {
      this.runs.delete(search.searchId);
      throw error;
    }
    return run.state();
  }

  async resume(id: string): Promise<boolean> {
    const run = this.runs.get(id);
    await run?.resume();
    return run !== undefined;
  }

  async stop(id: string): Promise<boolean> {
    const run = this.runs.get(id);
    run?.stop();
    return run !== undefined;
  }

  async close(id: string): Promise<boolean> {
    const run = this.runs.get(id);
    if (run === undefined) return false;
    run.close();
    this.runs.delete(id);
    await this.parts.sink.close(id);
    return true;
  }

  /** The engine was started again, empty. */
  engineLost(): void {
    for (const run of this.runs.values()) run.lost();
  }

  stopAll(): void {
    for (const run of this.runs.values()) run.stop();
  }

  onProgress(listener: (progress: SearchProgress) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

const refused = (message: string): FailureError =>
  new FailureError({
    kind: 'invalid',
    connectionId: null,
    operation: 'logs.search',
    message,
    advice: 'Change it and search again.',
  });
