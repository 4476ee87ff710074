import type { HistoryItem, StateValue, StoredAlarm } from './model';
import { LogStore } from './logs/log-store';
import { Resources } from './actions/resources';
import { MetricSource } from './metrics/metric-source';
import { describeConfiguration, stateUpdateData } from './history-data';
import { publishTransition } from './events';
import { MessageQueue } from './queue';

const HISTORY_KEPT_MS = 30 * 24 * 3_600_000;

/** One account's CloudWatch in one region. */
export class RegionStore {
  readonly alarms = new Map<string, StoredAlarm>();
  readonly tags = new Map<string, Map<string, string>>();
  /** Oldest first. */
  history: HistoryItem[] = [];
  readonly metrics: MetricSource;
  readonly logs: LogStore;
  /** What runbooks look at and change beside CloudWatch. */
  readonly resources: Resources;
  /** Fed with every alarm's change of state by an EventBridge rule. */
  readonly queue = new MessageQueue();
  /** Further queues by name, fed alike. */
  readonly queues = new Map<string, MessageQueue>([['nightdesk-alarm-events', this.queue]]);
  private sorted: StoredAlarm[] | null = null;

  constructor(
    readonly accountId: string,
    readonly name: string,
    seed: number,
  ) {
    this.metrics = new MetricSource(seed);
    this.resources = new Resources(this.metrics);
    this.logs = new LogStore(accountId, name);
  }

  arn(alarmName: string): string {
    return `arn:aws:cloudwatch:${this.name}:${this.accountId}:alarm:${alarmName}`;
  }

  /** By name or ARN. */
  find(reference: string): StoredAlarm | undefined {
    const direct = this.alarms.get(reference);
    if (direct !== undefined) return direct;
    const prefix = this.arn('');
    return reference.startsWith(prefix)
      ? this.alarms.get(reference.slice(prefix.length))
      : undefined;
  }

  /** All alarms by name, ascending; cached until one is added or removed. */
  sortedAlarms(): readonly StoredAlarm[] {
    this.sorted ??= [...this.alarms.values()].sort((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
    );
    return this.sorted;
  }

  /** Adds or replaces, with its ConfigurationUpdate in the history. */
  put(alarm: StoredAlarm, at: number): void {
    const previous = this.alarms.get(alarm.name);
    this.alarms.set(alarm.name, alarm);
    this.sorted = null;
    this.record(describeConfiguration(alarm, previous === undefined ? 'Create' : 'Update', at));
  }

  remove(name: string, at: number): void {
    const alarm = this.alarms.get(name);
    if (alarm === undefined) return;
    this.alarms.delete(name);
    this.tags.delete(alarm.arn);
    this.sorted = null;
    this.record(describeConfiguration(alarm, 'Delete', at));
  }

  /** Adds an alarm without history: the demo's own stock. */
  stock(alarm: StoredAlarm, tags: Record<string, string> = {}): void {
    this.alarms.set(alarm.name, alarm);
    this.sorted = null;
    if (Object.keys(tags).length > 0) this.tags.set(alarm.arn, new Map(Object.entries(tags)));
  }

  /**
   * Moves an alarm into a state: history, actions, events. The same state only refreshes reason and time,
   * which CloudWatch does without a history entry.
   */
  transition(
    alarm: StoredAlarm,
    to: { state: StateValue; reason: string; reasonData: string | null },
    at: number,
    options: { quiet?: boolean } = {},
  ): boolean {
    const from = { state: alarm.state, reason: alarm.reason, reasonData: alarm.reasonData };
    const fromAt = alarm.stateUpdatedAt;
    const changed = from.state !== to.state;
    alarm.state = to.state;
    alarm.reason = to.reason;
    alarm.reasonData = to.reasonData;
    alarm.stateUpdatedAt = at;
    if (!changed) return false;
    alarm.stateTransitionedAt = at;
    this.record({
      alarmName: alarm.name,
      alarmType: alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
      type: 'StateUpdate',
      at,
      summary: `Alarm updated from ${from.state} to ${to.state}`,
      data: stateUpdateData(from, to),
    });
    publishTransition(this, alarm, { ...from, at: fromAt }, at, options.quiet === true);
    return true;
  }

  record(item: HistoryItem): void {
    const last = this.history.at(-1);
    if (last === undefined || last.at <= item.at) {
      this.history.push(item);
    } else {
      // Replays of the past arrive out of order.
      let index = this.history.length;
      while (index > 0 && (this.history[index - 1]?.at ?? 0) > item.at) index -= 1;
      this.history.splice(index, 0, item);
    }
    const oldest = this.history[0];
    if (oldest !== undefined && oldest.at < item.at - HISTORY_KEPT_MS) {
      this.history = this.history.filter((kept) => kept.at >= item.at - HISTORY_KEPT_MS);
    }
  }
}
