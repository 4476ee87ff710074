/** The interfaces at which main's parts of the logs meet. Rejections are `FailureError`s. */
import type { Connection } from '../../shared/connections/connection';
import type { RequestArgs } from '../../shared/ipc';
import type { ElasticSecrets, ElasticSource, ElasticTest } from '../../shared/logs/elastic';
import type { GroupListing } from '../../shared/logs/groups';
import type {
  InsightsEstimate,
  InsightsQuery,
  InsightsRows,
  InsightsState,
  SavedQuery,
} from '../../shared/logs/insights';
import type { ExportProgress, LogExport } from '../../shared/logs/export';
import type { LogNote, SaveLogNote } from '../../shared/logs/notes';
import type { RetentionOutcome, SetRetention } from '../../shared/logs/retention';
import type { SavedSearch, SaveSearch } from '../../shared/logs/saved-search';
import type { LogSearch, SearchProgress } from '../../shared/logs/search';
import type { LogTail, TailState } from '../../shared/logs/tail';

/** Where events go: the engine's process. */
export interface EventSink {
  open(dataset: string): Promise<void>;
  /** One frame of `shared/logs/frame.ts`; resolves when the engine has taken it in. */
  append(dataset: string, frame: Uint8Array<ArrayBuffer>): Promise<void>;
  close(dataset: string): Promise<void>;
}

export interface LogGroups {
  list(): GroupListing;
  refresh(): void;
  onListing(listener: (listing: GroupListing) => void): () => void;
  setConnections(connections: Connection[]): void;
}

/** Searches, queries and tails; each knows its own ids and answers false for others'. */
interface Runs {
  stop(id: string): Promise<boolean>;
  close(id: string): Promise<boolean>;
}

export interface LogSearches extends Runs {
  start(search: LogSearch): Promise<SearchProgress>;
  resume(id: string): Promise<boolean>;
  onProgress(listener: (progress: SearchProgress) => void): () => void;
}

export interface LogQueries extends Runs {
  start(query: InsightsQuery): Promise<InsightsState>;
  rows(queryId: string, from: number, count: number): InsightsRows;
  estimate(question: Pick<InsightsQuery, 'targets' | 'startMs' | 'endMs'>): InsightsEstimate;
  saved(signal: AbortSignal): Promise<SavedQuery[]>;
  save(query: RequestArgs<'logs.saveQuery'>): Promise<SavedQuery>;
  onState(listener: (state: InsightsState) => void): () => void;
}

export interface LogTails extends Runs {
  start(tail: LogTail): Promise<TailState>;
  onState(listener: (state: TailState) => void): () => void;
}

export interface LogRetention {
  /** One outcome a group, in their order; never rejects. */
  set(command: SetRetention): Promise<RetentionOutcome[]>;
}

export interface LogNotes {
  list(): LogNote[];
  save(note: SaveLogNote): Promise<LogNote>;
  delete(id: string): Promise<void>;
}

export interface LogSavedSearches {
  list(): Promise<SavedSearch[]>;
  save(search: SaveSearch): Promise<SavedSearch>;
  delete(id: string): Promise<void>;
  onChange(listener: (searches: SavedSearch[]) => void): () => void;
}

export interface LogExports {
  /** Asks where to; null when the dialog was closed. */
  start(order: LogExport): Promise<ExportProgress | null>;
  stop(id: string): Promise<boolean>;
  resume(id: string): Promise<boolean>;
  /** Ends it and deletes what is unfinished. */
  discard(id: string): Promise<boolean>;
  list(): Promise<ExportProgress[]>;
  onProgress(listener: (progress: ExportProgress) => void): () => void;
}

/** Elasticsearch and OpenSearch servers of the settings. */
export interface LogSources {
  /** Tries one as given, saved or not; `secret` null takes the one that is kept. */
  test(source: ElasticSource, secret: string | null, signal: AbortSignal): Promise<ElasticTest>;
  setSecret(source: ElasticSource, secret: string): void;
  secrets(): ElasticSecrets;
  /** The settings have changed, perhaps in other things. */
  changed(): void;
}

export interface LogParts {
  sources: LogSources;
  groups: LogGroups;
  searches: LogSearches;
  queries: LogQueries;
  tails: LogTails;
  retention: LogRetention;
  notes: LogNotes;
  exports: LogExports;
  savedSearches: LogSavedSearches;
  /** Gives the window a port to the engine. */
  connect(): void;
}
