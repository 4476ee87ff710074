import type { AlarmMetricQuery, MetricRule } from './alarm';

/** Short names people use for metrics whose own are long. */
const SPOKEN: Record<string, string> = {
  HTTPCode_Target_5XX_Count: '5XX',
  HTTPCode_ELB_5XX_Count: 'ELB 5XX',
  HTTPCode_Target_4XX_Count: '4XX',
  HTTPCode_ELB_4XX_Count: 'ELB 4XX',
  '4XXError': '4XX',
  '5XXError': '5XX',
  CPUUtilization: 'CPU',
  MemoryUtilization: 'memory',
  TargetResponseTime: 'response time',
  SuccessfulRequestLatency: 'request latency',
  DatabaseConnections: 'connections',
  UnHealthyHostCount: 'unhealthy hosts',
  HealthyHostCount: 'healthy hosts',
  StatusCheckFailed: 'failed status checks',
};

/** The query whose values are compared with the threshold. */
export const watchedQuery = (rule: MetricRule): AlarmMetricQuery | null =>
  rule.queries.find((query) => query.returnData && query.id !== rule.thresholdMetricId) ??
  rule.queries[0] ??
  null;

/** What the alarm watches, in words: `LeadConversionRate` → `lead conversion rate`. */
export function spokenMetric(query: AlarmMetricQuery | null): string {
  if (query === null) return 'the metric';
  if (query.label !== null && query.label !== '') return query.label;
  const name = query.metricName;
  if (name === null) return query.expression ?? query.id;
  const known = Object.hasOwn(SPOKEN, name) ? SPOKEN[name] : undefined;
  if (known !== undefined) return known;
  const words = name
    .replace(/_/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return words
    .split(' ')
    .map((word) => (/^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word))
    .join(' ');
}
