import type { Alarm, AlarmTransition } from '../../shared/alarms/alarm';
import type { Deployment } from '../../shared/alarms/deployment';
import type { Connection, ConnectionStatus } from '../../shared/connections/connection';
import type { Failure } from '../../shared/failure';
import { AwsFailure } from '../aws/aws-api';
import type { AlarmService, AlarmUpdate } from '../seams';
import { ConnectionWatch } from './connection-watch';
import type { OpenConnection, WatchContext } from './connection-watch';

/** Status changes within this time are told as one. */
const STATUS_BATCH_MS = 50;

export interface AlarmServiceParts extends Omit<
  WatchContext,
  'alarms' | 'emit' | 'onStatus' | 'onDeployment' | 'random'
> {
  /**
   * The connection's present way to AWS: the same object as long as it works, another once it was made
   * anew, null while it is paused. May throw `AwsFailure`. Whoever made it also ends it.
   */
  open(connection: Connection): OpenConnection | null;
  /** Transitions earlier runs journalled, oldest first: they are not told again. */
  seed?: AlarmTransition[];
  random?(): number;
  /** A deployment was pushed; rejects when it could not be kept. Default: nobody wants to know. */
  onDeployment?(deployment: Deployment): Promise<void>;
}

/** Watches every connection's alarms. Nothing runs before `setConnections`; all stops on `stop`. */
export class CloudWatchAlarmService implements AlarmService {
  readonly alarms = new Map<string, Alarm>();
  private readonly watches = new Map<string, ConnectionWatch>();
  private readonly updateListeners = new Set<(update: AlarmUpdate) => void | Promise<void>>();
  private readonly statusListeners = new Set<(statuses: ConnectionStatus[]) => void>();
  private readonly context: WatchContext;
  /** Grows with what this run tells, so that a connection edited and opened again repeats nothing. */
  private readonly told = new Map<string, AlarmTransition[]>();
  private cancelStatus: (() => void) | null = null;
  private suspended = false;
  private stopped = false;

  constructor(private readonly parts: AlarmServiceParts) {
    this.context = {
      clock: parts.clock,
      alarms: this.alarms,
      checkpoints: parts.checkpoints,
      intervals: () => parts.intervals(),
      severityOf: (alarm) => parts.severityOf(alarm),
      needsTags: () => parts.needsTags(),
      report: (problem) => parts.report(problem),
      emit: (update) => this.emit(update),
      onDeployment: (deployment) => parts.onDeployment?.(deployment) ?? Promise.resolve(),
      onStatus: () => this.statusChanged(),
      random: parts.random ?? Math.random,
    };
    this.remember(parts.seed ?? []);
  }

  statuses(): ConnectionStatus[] {
    return [...this.watches.values()].map((watch) => watch.status());
  }

  onUpdate(listener: (update: AlarmUpdate) => void | Promise<void>): () => void {
    this.updateListeners.add(listener);
    return () => this.updateListeners.delete(listener);
  }

  onStatus(listener: (statuses: ConnectionStatus[]) => void): () => void {
    this.statusListeners.add(listener);
    return () => this.statusListeners.delete(listener);
  }

  /** Starts what is new, stops what is gone, reopens what works differently now. */
  setConnections(connections: Connection[]): void {
    const wanted = new Set(connections.map(({ id }) => id));
    for (const [id, watch] of this.watches) if (!wanted.has(id)) this.drop(id, watch);
    for (const connection of connections) {
      const watch = this.watches.get(connection.id);
      const session = this.open(connection);
      if (
        watch !== undefined &&
        watch.session === session &&
        worksAlike(watch.connection, connection)
      ) {
        watch.connection = connection;
        continue;
      }
      if (watch !== undefined) this.replace(watch, connection);
      this.openWatch(connection, session);
    }
    this.inOrder(connections);
    this.statusChanged();
  }

  async refresh(connectionId: string | null): Promise<void> {
    if (this.suspended || this.stopped) return;
    const chosen = [...this.watches.values()].filter(
      ({ connection }) => connectionId === null || connection.id === connectionId,
    );
    await Promise.all(chosen.map((watch) => watch.start('refresh')));
  }

  suspend(): void {
    this.suspended = true;
    for (const watch of this.watches.values()) void watch.pause();
  }

  /** On wake and when the network is back: everything is asked at once, and history for what went by. */
  resume(): void {
    if (this.stopped) return;
    this.suspended = false;
    for (const watch of this.watches.values()) void watch.start('wake');
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelStatus?.();
    await Promise.all([...this.watches.values()].map((watch) => watch.stop()));
    this.watches.clear();
  }

  private open(connection: Connection): OpenConnection | Failure | null {
    try {
      return this.parts.open(connection);
    } catch (error) {
      if (error instanceof AwsFailure) return error.failure;
      throw error;
    }
  }

  private openWatch(connection: Connection, session: OpenConnection | Failure | null): void {
    const seeds = this.told.get(connection.id) ?? [];
    const watch = new ConnectionWatch(connection, session, this.context, seeds);
    this.watches.set(connection.id, watch);
    if (!this.suspended) void watch.start('refresh');
  }

  private drop(id: string, watch: ConnectionWatch): void {
    this.watches.delete(id);
    void watch.stop();
    this.told.delete(id);
    this.forget((alarm) => alarm.connectionId === id);
  }

  /** Keeps what is known as long as it is still the same account and region. */
  private replace(watch: ConnectionWatch, next: Connection): void {
    void watch.stop();
    const sameAccount = identityOf(watch.connection) === identityOf(next);
    this.forget(
      (alarm) =>
        alarm.connectionId === next.id && !(sameAccount && next.regions.includes(alarm.region)),
    );
  }

  private forget(gone: (alarm: Alarm) => boolean): void {
    const removedKeys = [...this.alarms.values()].filter(gone).map(({ key }) => key);
    if (removedKeys.length === 0) return;
    for (const key of removedKeys) this.alarms.delete(key);
    const receivedAt = this.context.clock.now();
    void this.emit({ upserted: [], removedKeys, transitions: [], receivedAt });
  }

  /** Statuses keep the order the settings give. */
  private inOrder(connections: Connection[]): void {
    for (const { id } of connections) {
      const watch = this.watches.get(id);
      if (watch === undefined) continue;
      this.watches.delete(id);
      this.watches.set(id, watch);
    }
  }

  private async emit(update: AlarmUpdate): Promise<void> {
    this.remember(update.transitions);
    const results = await Promise.allSettled(
      [...this.updateListeners].map(async (listener) => listener(update)),
    );
    for (const result of results) {
      if (result.status === 'rejected') {
        this.parts.report(`An alarm change was not dealt with: ${String(result.reason)}`);
      }
    }
  }

  private remember(transitions: AlarmTransition[]): void {
    for (const transition of transitions) {
      const list = this.told.get(transition.connectionId) ?? [];
      list.push(transition);
      this.told.set(transition.connectionId, list.length > 20_000 ? list.slice(-10_000) : list);
    }
  }

  private statusChanged(): void {
    if (this.cancelStatus !== null || this.stopped) return;
    this.cancelStatus = this.context.clock.after(STATUS_BATCH_MS, () => {
      this.cancelStatus = null;
      const statuses = this.statuses();
      for (const listener of this.statusListeners) listener(statuses);
    });
  }
}

/** Whether two versions of a connection differ in label and colour at most. */
const worksAlike = (a: Connection, b: Connection): boolean =>
  JSON.stringify({ ...a, label: '', color: '' }) === JSON.stringify({ ...b, label: '', color: '' });

/** What decides which account a connection sees. */
const identityOf = ({ credentials, roleArn, endpoint }: Connection): string =>
  JSON.stringify({ credentials, roleArn, endpoint });
