/**
 * The interfaces at which main's parts meet. Each part depends on these and its own folder,
 * so every one can be built, tested and replaced alone; `index.ts` wires the implementations.
 */
import type { Alarm, AlarmTransition } from '../shared/alarms/alarm';
import type { Connection, ConnectionStatus } from '../shared/connections/connection';
import type { JournalEntry, JournalEvent } from '../shared/incidents/journal-events';
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
