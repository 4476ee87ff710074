import type { MetricSpec } from '../metrics/metric-source';
import type { Comparison, MissingData } from '../model';
import { type AlarmDefinition, dims, type PastIncident, topic } from './define';

/** What every account's ordinary alarms look like: a metric and a limit it normally keeps well away from. */
export interface Ordinary {
  name: string;
  spec: MetricSpec;
  stat: string;
  threshold: number;
  comparison?: Comparison;
  period?: number;
  periods?: number;
  missing?: MissingData;
  level?: 'critical' | 'warning' | 'info';
}

export interface Tail {
  metrics: MetricSpec[];
  alarms: AlarmDefinition[];
  past: PastIncident[];
}

/** Turns ordinary alarms into definitions; `topicOf` names the topic of a level. */
export function buildTail(
  accountId: string,
  region: string,
  ordinary: readonly Ordinary[],
  topicOf: (level: string) => string,
  tags: Record<string, string>,
): Pick<Tail, 'metrics' | 'alarms'> {
  return {
    metrics: ordinary.map((entry) => entry.spec),
    alarms: ordinary.map((entry) => {
      const level = entry.level ?? 'warning';
      return {
        name: entry.name,
        description: `${entry.spec.metricName} of ${entry.spec.dimensions.map((d) => d.Value).join(' ')}`,
        namespace: entry.spec.namespace,
        metricName: entry.spec.metricName,
        dimensions: dims(Object.fromEntries(entry.spec.dimensions.map((d) => [d.Name, d.Value]))),
        stat: entry.stat,
        period: entry.period ?? 300,
        periods: entry.periods ?? 3,
        comparison: entry.comparison ?? 'GreaterThanThreshold',
        threshold: entry.threshold,
        missing: entry.missing,
        alarmActions: [topic(accountId, region, topicOf(level))],
        tags: { ...tags, AlertLevel: level },
      };
    }),
  };
}
