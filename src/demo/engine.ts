import { evaluateDatapoints } from './evaluation/evaluate';
import { compositeReason, stateReason, stateReasonData } from './evaluation/reason';
import { evaluationRange, periodOf } from './evaluation/range';
import { parseRule, ruleHolds, ruleReferences, type Rule } from './evaluation/rule';
import { isoOffset } from './history-data';
import type { CompositeAlarm, MetricAlarm, StoredAlarm } from './model';
import { hashText } from './random';
import type { RegionStore } from './region';
import type { World } from './world';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Alarms evaluated in one go per region; the rest take turns, so that ten thousand do not stall the process. */
const BUDGET = 400;

/** Evaluates every alarm of every region, as CloudWatch does in the background. */
export class Engine {
  private readonly turns = new Map<RegionStore, number>();
  private readonly rules = new Map<string, Rule>();

  constructor(private readonly world: World) {}

  evaluate(now: number): void {
    for (const region of this.world.all()) {
      for (const alarm of this.due(region)) this.evaluateMetric(region, alarm, now);
      this.evaluateComposites(region, now);
    }
  }

  /** First states: evaluated long ago, then replayed through the past incidents minute by minute. */
  settle(now: number): void {
    for (const region of this.world.all()) {
      for (const alarm of region.sortedAlarms()) {
        if (alarm.kind !== 'metric' || alarm.state !== 'INSUFFICIENT_DATA') continue;
        this.settleOne(region, alarm, now);
      }
      for (const alarm of region.sortedAlarms()) {
        if (alarm.kind === 'composite') settleComposite(region, alarm, now);
      }
    }
  }

  /** Composites until nothing moves: they may stand on one another. */
  evaluateComposites(region: RegionStore, now: number): void {
    const composites = region.sortedAlarms().filter((alarm) => alarm.kind === 'composite');
    for (let round = 0; round <= composites.length; round += 1) {
      let moved = false;
      for (const alarm of composites) moved = this.evaluateComposite(region, alarm, now) || moved;
      if (!moved) return;
    }
  }

  private due(region: RegionStore): MetricAlarm[] {
    const all = region.sortedAlarms().filter((alarm) => alarm.kind === 'metric');
    const own = all.filter((alarm) => !alarm.name.startsWith('fleet-'));
    const fleet = all.filter((alarm) => alarm.name.startsWith('fleet-'));
    if (fleet.length === 0) return own;
    const from = (this.turns.get(region) ?? 0) % fleet.length;
    this.turns.set(region, from + BUDGET);
    return [...own, ...fleet.slice(from, from + BUDGET)];
  }

  private evaluateMetric(
    region: RegionStore,
    alarm: MetricAlarm,
    now: number,
    quiet = false,
  ): boolean {
    if (now < alarm.heldUntil) return false;
    const verdict = evaluateDatapoints(
      alarm.config,
      evaluationRange(alarm.config, region.metrics, now),
    );
    const state = verdict.state ?? alarm.state;
    // An unchanged state keeps its reason, as CloudWatch keeps it.
    if (state === alarm.state) return false;
    const reason = stateReason(alarm.config, state, verdict);
    const reasonData =
      state === 'INSUFFICIENT_DATA' && verdict.evaluated.length === 0
        ? null
        : stateReasonData(alarm.config, verdict, periodOf(alarm.config), now);
    return region.transition(alarm, { state, reason, reasonData }, now, { quiet });
  }

  private settleOne(region: RegionStore, alarm: MetricAlarm, now: number): void {
    const age = 2 + (hashText(alarm.name, 11) % 15);
    const settledAt = Math.floor(now / 1000) * 1000 - age * DAY - (hashText(alarm.name, 12) % DAY);
    this.evaluateMetric(region, alarm, settledAt, true);
    const windows = region.metrics.effectWindows(keysOf(alarm), now);
    const lag = (alarm.config.EvaluationPeriods + 2) * periodOf(alarm.config) * 1000;
    for (const [from, to] of windows) {
      for (let at = from; at <= Math.min(to + lag, now); at += MINUTE) {
        this.evaluateMetric(region, alarm, at, true);
      }
    }
  }

  private evaluateComposite(region: RegionStore, alarm: CompositeAlarm, now: number): boolean {
    if (now < alarm.heldUntil) return false;
    const rule = this.rules.get(alarm.rule) ?? parseRule(alarm.rule);
    this.rules.set(alarm.rule, rule);
    const state = ruleHolds(rule, (name) => region.find(name)?.state ?? null) ? 'ALARM' : 'OK';
    if (state === alarm.state) return false;
    suppress(region, alarm);
    return region.transition(alarm, { state, ...compositeCause(region, alarm, state) }, now);
  }
}

function keysOf(
  alarm: MetricAlarm,
): { namespace: string; name: string; dimensions: MetricAlarm['config']['Dimensions'] }[] {
  const { config } = alarm;
  const own = {
    namespace: config.Namespace ?? '',
    name: config.MetricName ?? '',
    dimensions: config.Dimensions,
  };
  const inMath = (config.Metrics ?? []).flatMap((query) =>
    query.MetricStat === undefined
      ? []
      : [
          {
            namespace: query.MetricStat.Metric.Namespace,
            name: query.MetricStat.Metric.MetricName,
            dimensions: query.MetricStat.Metric.Dimensions,
          },
        ],
  );
  return config.Metrics === undefined ? [own] : inMath;
}

/** The child that moved last, and those that now hold the rule up. */
function compositeCause(region: RegionStore, alarm: CompositeAlarm, state: 'ALARM' | 'OK') {
  const children = ruleReferences(alarm.rule)
    .map((name) => region.find(name))
    .filter((child) => child !== undefined);
  const newest = children.reduce<StoredAlarm | undefined>(
    (a, b) => (a === undefined || b.stateTransitionedAt > a.stateTransitionedAt ? b : a),
    undefined,
  );
  const firing = children.filter((child) => child.state === 'ALARM');
  const triggering =
    state === 'ALARM' && firing.length > 0 ? firing : newest === undefined ? [] : [newest];
  return {
    reason:
      newest === undefined
        ? `${alarm.arn} transitioned to ${state}`
        : compositeReason(newest.arn, newest.state, newest.stateTransitionedAt),
    reasonData: JSON.stringify({
      triggeringAlarms: triggering.map((child) => ({
        arn: child.arn,
        state: { value: child.state, timestamp: isoOffset(child.stateTransitionedAt) },
      })),
    }),
  };
}

/** While its suppressor is in ALARM a composite changes state but takes no action. */
function suppress(region: RegionStore, alarm: CompositeAlarm): void {
  const suppressor = alarm.suppressor === null ? undefined : region.find(alarm.suppressor);
  const active = suppressor?.state === 'ALARM';
  alarm.suppressedBy = active ? 'Alarm' : null;
  alarm.suppressedReason =
    active && suppressor !== undefined ? `Actions suppressed by ${suppressor.arn}` : null;
}

function settleComposite(region: RegionStore, alarm: CompositeAlarm, now: number): void {
  const holds = ruleHolds(parseRule(alarm.rule), (name) => region.find(name)?.state ?? null);
  const state = holds ? 'ALARM' : 'OK';
  region.transition(alarm, { state, ...compositeCause(region, alarm, state) }, now - 2 * DAY, {
    quiet: true,
  });
}
