/**
 * The interfaces at which main's parts meet. Each part depends on these and its own folder,
 * so every one can be built, tested and replaced alone; `index.ts` wires the implementations.
 */
import type { Alarm, AlarmTransition, Dimension } from '../shared/alarms/alarm';
import type { Connection, ConnectionStatus } from '../shared/connections/connection';
import type {
  DashboardEntry,
  DashboardListing,
  DashboardOnAws,
  OpenedDashboard,
  PutDashboard,
  StackEntry,
} from '../shared/dashboards/listing';
import type { JournalEntry, JournalEvent } from '../shared/incidents/journal-events';
import type { CatalogState, MetricSearch } from '../shared/metrics/catalog';
import type { Freshness, MetricBudget, QueryGroup, SeriesSet } from '../shared/metrics/query';
import type { RelatedMetrics } from '../shared/metrics/related';
import type { Settings } from '../shared/settings/settings';

/** Append-only and durable: `append` resolves after fsync. */
export interface Journal {
  append(events: JournalEvent[]): Promise<JournalEntry[]>;
  /** Everything since the retention horizon, oldest first; verifies the chain. */
  read(): AsyncIterable<JournalEntry>;
  /** Null while healthy; otherwise what is wrong, for the banner. */
  readonly problem: string | null;
}

export interface SettingsStore {
  get(): Settings;
  /** Validates, persists atomically, tells listeners. */
  update(change: (settings: Settings) => Settings): Settings;
  onChange(listener: (settings: Settings, previous: Settings) => void): () => void;
}

/** A change in what the alarm service knows; `transitions` are new and not yet journalled. */
export interface AlarmUpdate {
  upserted: Alarm[];
  removedKeys: string[];
  transitions: AlarmTransition[];
  /** When the API's answer (or push message) arrived, ms: the start of F4's clock. */
  receivedAt: number;
}

export interface AlarmService {
  /** Everything known, by key. */
  readonly alarms: ReadonlyMap<string, Alarm>;
  statuses(): ConnectionStatus[];
  onUpdate(listener: (update: AlarmUpdate) => void | Promise<void>): () => void;
  onStatus(listener: (statuses: ConnectionStatus[]) => void): () => void;
  setConnections(connections: Connection[]): void;
  refresh(connectionId: string | null): Promise<void>;
  suspend(): void;
  resume(): void;
  stop(): Promise<void>;
}

export interface PopupRequest {
  id: string;
  title: string;
  body: string;
  urgency: 'low' | 'normal' | 'critical';
  /** Label and action, shown where the platform has buttons. */
  buttons: { id: 'acknowledge' | 'snooze'; label: string }[];
}

/** The native notification, behind whatever the platform needs to keep main responsive. */
export interface PopupPresenter {
  /** Resolves once the daemon has accepted it; rejects within 3 s otherwise. */
  show(popup: PopupRequest): Promise<void>;
  close(id: string): void;
  onAction(
    listener: (popupId: string, action: 'open' | 'acknowledge' | 'snooze' | 'dismissed') => void,
  ): () => void;
  /** Null while it works; else a sentence for the banner. */
  readonly problem: string | null;
  onProblem(listener: (problem: string | null) => void): () => void;
  restart(): void;
  stop(): void;
}

/** Metric queries of the window: batched, cached, counted. Rejections are `FailureError`s. */
export interface MetricService {
  query(group: QueryGroup, freshness: Freshness, signal: AbortSignal): Promise<SeriesSet>;
  budget(): MetricBudget;
  /** Lets queries go on for an hour although the cap is reached. */
  resume(): MetricBudget;
  search(question: MetricQuestion, signal: AbortSignal): Promise<MetricSearch>;
  choices(question: ChoiceQuestion, signal: AbortSignal): Promise<string[]>;
  related(
    alarm: Alarm,
    startMs: number,
    endMs: number,
    signal: AbortSignal,
  ): Promise<RelatedMetrics>;
  onBudget(listener: (budget: MetricBudget) => void): () => void;
  onCatalog(listener: (state: CatalogState) => void): () => void;
  /** Writes what the cache holds. */
  stop(): Promise<void>;
}

export interface MetricQuestion {
  connectionId: string;
  region: string;
  text: string;
  namespace: string | null;
  limit: number;
}

export interface ChoiceQuestion {
  connectionId: string;
  region: string;
  namespace: string;
  metricName: string | null;
  dimension: string;
  filters: Dimension[];
}

/** Dashboards of accounts, files and the starter set. Rejections are `FailureError`s. */
export interface DashboardService {
  list(): DashboardListing;
  /** Asks every connection again; answers come through `onListing`. */
  refresh(): void;
  open(id: string, signal: AbortSignal): Promise<OpenedDashboard>;
  chooseFiles(): Promise<DashboardEntry[]>;
  addFile(path: string): Promise<DashboardEntry>;
  forget(id: string): void;
  setFavourite(id: string, favourite: boolean): void;
  keepValues(id: string, values: Record<string, string>): void;
  saveFile(suggestedName: string, text: string): Promise<DashboardEntry | null>;
  onAws(
    connectionId: string,
    region: string,
    name: string,
    signal: AbortSignal,
  ): Promise<DashboardOnAws>;
  /** Journalled before the call. */
  put(change: PutDashboard): Promise<string[]>;
  stacks(connectionId: string, region: string, signal: AbortSignal): Promise<StackEntry[]>;
  stackValues(
    connectionId: string,
    region: string,
    stackName: string,
    signal: AbortSignal,
  ): Promise<Record<string, string>>;
  exportFile(suggestedName: string, text: string, kind: 'csv' | 'json'): Promise<string | null>;
  onListing(listener: (listing: DashboardListing) => void): () => void;
  onFileChanged(listener: (id: string) => void): () => void;
  setConnections(connections: Connection[]): void;
  /** What was chosen last is on disk when it resolves. */
  stop(): Promise<void>;
}
