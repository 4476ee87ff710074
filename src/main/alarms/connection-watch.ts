import type { Alarm, AlarmTransition } from '../../shared/alarms/alarm';
import type { Deployment } from '../../shared/alarms/deployment';
import type { Clock } from '../../shared/clock';
import type {
  Connection,
  ConnectionStatus,
  RegionStatus,
} from '../../shared/connections/connection';
import type { Failure } from '../../shared/failure';
import type { Severity } from '../../shared/severity/severity';
import type { AlarmApi, UsageReading } from '../aws/aws-api';
import type { AlarmUpdate } from '../seams';
import { PushListener } from './push-listener';
import type { PushedChange } from './push-message';
import { RegionBook } from './region-book';
import { RegionReader } from './region-reader';
import { RegionRounds } from './region-rounds';
import { RegionWatcher } from './region-watcher';
import type { Intervals } from './region-watcher';
import { TagKeeper } from './tag-keeper';

/** A connection's way to AWS; `ConnectionSession` of main/aws is one. */
export interface OpenConnection {
  apis(): AlarmApi[];
  readonly knownIdentity: { accountId: string; arn: string } | null;
  identity(signal: AbortSignal): Promise<{ accountId: string; arn: string }>;
  usage(): UsageReading;
}

/** Kept in the journal: how far each connection's region has been read (ms, server time). */
export interface Checkpoints {
  get(connectionId: string, region: string): number | null;
  set(connectionId: string, region: string, at: number): void | Promise<void>;
}

export interface WatchContext {
  clock: Clock;
  /** Everything known, by key; written by the region books. */
  alarms: Map<string, Alarm>;
  checkpoints: Checkpoints;
  intervals(): Intervals;
  severityOf(alarm: Alarm): Severity;
  /** Whether any severity rule looks at tags, which cost a call per alarm. */
  needsTags(): boolean;
  emit(update: AlarmUpdate): Promise<void>;
  /** Rejects when it could not be kept: the message stays in the queue. */
  onDeployment(deployment: Deployment): Promise<void>;
  onStatus(): void;
  report(problem: string): void;
  random(): number;
}

interface WatchedRegion {
  watcher: RegionWatcher;
  rounds: RegionRounds;
  book: RegionBook;
}

/** Everything that watches one connection. Stands alone: nothing here waits for another connection. */
export class ConnectionWatch {
  private readonly regions = new Map<string, WatchedRegion>();
  private readonly push: PushListener | null;
  private readonly opened: OpenConnection | null;
  private readonly lifetime = new AbortController();

  constructor(
    public connection: Connection,
    /** Null while paused; a failure when it could not be opened at all. */
    readonly session: OpenConnection | Failure | null,
    private readonly context: WatchContext,
    seeds: AlarmTransition[],
  ) {
    this.opened = session !== null && 'apis' in session ? session : null;
    for (const api of this.opened?.apis() ?? [])
      this.regions.set(api.region, this.watchRegion(api, seeds));
    this.push = this.openPush();
  }

  /** Polls, sweeps and reads history of all regions at once. */
  async start(how: 'refresh' | 'wake'): Promise<void> {
    if (this.connection.paused || this.lifetime.signal.aborted) return;
    void this.push?.start();
    const runs = [...this.regions.values()].map(({ watcher }) => watcher[how]());
    await Promise.all(runs);
    await this.learnIdentity();
  }

  async pause(): Promise<void> {
    const pauses = [...this.regions.values()].map(({ watcher }) => watcher.pause());
    await Promise.all([this.push?.stop(), ...pauses]);
  }

  async stop(): Promise<void> {
    this.lifetime.abort();
    await this.pause();
  }

  status(): ConnectionStatus {
    const usage = this.opened?.usage() ?? { calls: 0, throttles: 0, costUsd: 0 };
    const identity = this.opened?.knownIdentity ?? null;
    return {
      connection: this.connection,
      accountId: identity?.accountId ?? null,
      identityArn: identity?.arn ?? null,
      regions: this.connection.regions.map(
        (region) => this.regions.get(region)?.watcher.status() ?? this.unopened(region),
      ),
      callsPerHour: usage.calls,
      throttlesPerHour: usage.throttles,
      estimatedCostPerHour: usage.costUsd,
    };
  }

  /** A region of a connection that is paused or could not be opened. */
  private unopened(region: string): RegionStatus {
    const failure = this.session !== null && 'kind' in this.session ? this.session : null;
    return {
      region,
      phase: failure === null ? 'paused' : 'failed',
      lastGoodAt: null,
      blindSince: null,
      failure,
      alarmCount: 0,
      firingCount: 0,
      push: 'off',
    };
  }

  private watchRegion(api: AlarmApi, seeds: AlarmTransition[]): WatchedRegion {
    const { context, connection } = this;
    const { clock } = context;
    const { id: connectionId } = connection;
    const { region } = api;
    const book = new RegionBook(context.alarms, context.severityOf);
    book.seed(seeds.filter((seed) => seed.region === region));
    for (const alarm of context.alarms.values()) {
      if (alarm.connectionId === connectionId && alarm.region === region) book.adopt(alarm);
    }
    const skewMs = (): number => api.clockSkewMs() ?? 0;
    const rounds = new RegionRounds({
      clock,
      book,
      reader: new RegionReader(api, clock),
      tags: new TagKeeper(api, clock, book),
      checkpoint: {
        get: () => context.checkpoints.get(connectionId, region),
        set: (at) => context.checkpoints.set(connectionId, region, at),
      },
      emit: (update) => context.emit(update),
      needsTags: () => context.needsTags(),
      skewMs,
    });
    const watcher = new RegionWatcher({
      connectionId,
      region,
      clock,
      rounds,
      skewMs,
      intervals: () => context.intervals(),
      needsTags: () => context.needsTags(),
      random: () => context.random(),
      counts: () => book.counts(),
      onStatus: () => context.onStatus(),
    });
    return { watcher, rounds, book };
  }

  private openPush(): PushListener | null {
    const { pushQueueUrl } = this.connection;
    const apis = this.opened?.apis() ?? [];
    if (pushQueueUrl === null) return null;
    const queueRegion = /^https?:\/\/sqs\.([a-z0-9-]+)\./.exec(pushQueueUrl)?.[1];
    const api = apis.find(({ region }) => region === queueRegion) ?? apis[0];
    if (api === undefined) return null;
    return new PushListener({
      queueUrl: pushQueueUrl,
      api,
      clock: this.context.clock,
      random: () => this.context.random(),
      onChange: (change, signal) => this.takePushed(change, signal),
      onDeployment: (deployment) =>
        this.context.onDeployment({ ...deployment, connectionId: this.connection.id }),
      onState: (state) => this.setPush(state),
      report: (problem) => this.context.report(`${this.connection.label}: ${problem}`),
    });
  }

  private async takePushed(change: PushedChange, signal: AbortSignal): Promise<void> {
    const region = this.regions.get(change.region);
    if (region === undefined) {
      this.context.report(
        `${this.connection.label}: a pushed change of ${change.region} was dropped: not watched.`,
      );
      return;
    }
    await region.rounds.pushed(change.name, { ...change, source: 'push' }, signal);
  }

  private setPush(state: 'connected' | 'failed'): void {
    for (const { watcher } of this.regions.values()) {
      const before = watcher.push;
      watcher.push = state;
      // What happened while the queue was out of reach is found by a poll and by history.
      if (before === 'connected' && state === 'failed') void watcher.refresh();
    }
    this.context.onStatus();
  }

  private async learnIdentity(): Promise<void> {
    const { opened } = this;
    if (opened === null || opened.knownIdentity !== null || this.lifetime.signal.aborted) return;
    try {
      await opened.identity(this.lifetime.signal);
      this.context.onStatus();
    } catch (error) {
      // Account and ARN are shown when known; alarms are watched without them, and "Test" names the cause.
      if (!(error instanceof Error)) throw error;
    }
  }
}
