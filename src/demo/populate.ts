import { newAlarmBase, type CompositeAlarm, type MetricAlarm } from './model';
import { metricKey } from './metrics/metric-source';
import { hashText } from './random';
import type { RegionStore } from './region';
import type { AlarmDefinition, CompositeDefinition, SystemDefinition } from './systems/define';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Puts a system's metrics, alarms and past incidents into its region, as of `now`. States are not evaluated yet. */
export function populate(region: RegionStore, system: SystemDefinition, now: number): void {
  for (const spec of system.metrics) region.metrics.declare(spec);
  for (const definition of system.alarms) {
    region.stock(metricAlarm(region, definition, now), definition.tags);
  }
  for (const definition of system.composites) {
    region.stock(compositeAlarm(region, definition, now), definition.tags);
  }
  for (const past of system.past) {
    const { namespace, metricName, dimensions } = past.metric;
    region.metrics.addEffect({
      key: metricKey(namespace, metricName, dimensions),
      startMs: now - past.fromMinutes * MINUTE,
      endMs: past.toMinutes === null ? Infinity : now - past.toMinutes * MINUTE,
      rampMs: 3 * MINUTE,
      visibleFrom: 0,
      change: { kind: 'to', value: past.value },
    });
  }
}

/** Configured some weeks ago; the same moment for the same name. */
const configuredAt = (name: string, now: number): number =>
  Math.floor((now - (20 + (hashText(name, 3) % 40)) * DAY) / 1000) * 1000;

function metricAlarm(region: RegionStore, definition: AlarmDefinition, now: number): MetricAlarm {
  const percentile = definition.stat.startsWith('p');
  const math = definition.metrics !== undefined;
  return {
    ...newAlarmBase(
      definition.name,
      region.arn(definition.name),
      configuredAt(definition.name, now),
    ),
    kind: 'metric',
    description: definition.description,
    actionsEnabled: definition.actionsEnabled ?? true,
    alarmActions: definition.alarmActions,
    okActions: definition.okActions ?? [],
    config: {
      MetricName: math ? undefined : definition.metricName,
      Namespace: math ? undefined : definition.namespace,
      Statistic: math || percentile ? undefined : definition.stat,
      ExtendedStatistic: !math && percentile ? definition.stat : undefined,
      Dimensions: math ? [] : definition.dimensions,
      Period: math ? undefined : definition.period,
      EvaluationPeriods: definition.periods,
      DatapointsToAlarm: definition.datapointsToAlarm,
      Threshold: definition.threshold,
      ComparisonOperator: definition.comparison,
      TreatMissingData: definition.missing,
      Metrics: definition.metrics,
    },
  };
}

const compositeAlarm = (
  region: RegionStore,
  definition: CompositeDefinition,
  now: number,
): CompositeAlarm => ({
  ...newAlarmBase(definition.name, region.arn(definition.name), configuredAt(definition.name, now)),
  kind: 'composite',
  description: definition.description,
  alarmActions: definition.alarmActions,
  okActions: definition.okActions ?? [],
  rule: definition.rule,
  suppressor: definition.suppressor ?? null,
  suppressorWaitSeconds: definition.suppressor === undefined ? null : 60,
  suppressorExtensionSeconds: definition.suppressor === undefined ? null : 60,
  suppressedBy: null,
  suppressedReason: null,
});

/** `total` generated alarms, all alike and healthy: for questions of scale. */
export function populateFleet(region: RegionStore, total: number, now: number): void {
  for (let index = 0; index < total; index += 1) {
    const name = `fleet-${String(index).padStart(5, '0')}-cpu`;
    const dimensions = [{ Name: 'InstanceId', Value: `i-${String(index).padStart(17, '0')}` }];
    region.metrics.declare({
      namespace: 'Fleet/Compute',
      metricName: 'CPUUtilization',
      dimensions,
      unit: 'Percent',
      base: 35,
      daily: 0.2,
      noise: 0.05,
      kind: 'gauge',
      samples: 1,
      everyMinutes: 5,
      max: 100,
    });
    region.stock({
      ...newAlarmBase(name, region.arn(name), now - DAY),
      kind: 'metric',
      description: 'A generated alarm',
      state: 'OK',
      alarmActions: [`arn:aws:sns:${region.name}:${region.accountId}:crm-warning-alerts`],
      config: {
        Namespace: 'Fleet/Compute',
        MetricName: 'CPUUtilization',
        Statistic: 'Average',
        Dimensions: dimensions,
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 90,
        ComparisonOperator: 'GreaterThanThreshold',
      },
    });
  }
}
