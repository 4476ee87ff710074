/** CloudWatch's configuration in words. Pure text, for the configuration table and the graph. */
import type { Alarm, AlarmMetricQuery, MetricRule } from '../../shared/alarms/alarm';
import { assertNever } from '../../shared/assert-never';
import { formatNumber } from '../charts/units';

const comparisons: Record<string, string> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
};

const bandComparisons: Record<string, string> = {
  LessThanLowerOrGreaterThanUpperThreshold: 'outside the band',
  LessThanLowerThreshold: 'below the band',
  GreaterThanUpperThreshold: 'above the band',
};

/** `60` → `1 min`; periods are whole seconds. */
export function periodText(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}

/** "> 10 for 2 of 3 periods of 5 min". */
export function conditionText(rule: MetricRule): string {
  const limit =
    rule.threshold === null
      ? (bandComparisons[rule.comparison] ?? rule.comparison)
      : `${comparisons[rule.comparison] ?? rule.comparison} ${formatNumber(rule.threshold)}`;
  return `${limit} for ${rule.datapointsToAlarm} of ${rule.evaluationPeriods} ${
    rule.evaluationPeriods === 1 ? 'period' : 'periods'
  } of ${periodText(rule.periodSeconds)}`;
}

export function missingDataText(rule: MetricRule): string {
  switch (rule.treatMissingData) {
    case 'missing':
      return 'missing: no data becomes “insufficient data”';
    case 'notBreaching':
      return 'notBreaching: no data counts as good';
    case 'breaching':
      return 'breaching: no data counts as bad';
    case 'ignore':
      return 'ignore: no data keeps the state';
    default:
      return assertNever(rule.treatMissingData);
  }
}

/** The query whose values are compared: the one that returns data, but not an anomaly band. */
export function watchedQuery(rule: MetricRule): AlarmMetricQuery | null {
  const returned = rule.queries.filter(
    (query) => query.returnData && query.id !== rule.thresholdMetricId,
  );
  return returned[0] ?? rule.queries[0] ?? null;
}

/** The graph's name: the metric, or the math that is watched. */
export function metricTitle(alarm: Alarm): string {
  if (alarm.metric === null) return alarm.name;
  const query = watchedQuery(alarm.metric);
  return query?.metricName ?? query?.label ?? query?.expression ?? alarm.name;
}

/** "Sum, 5 min". */
export function metricSubtitle(alarm: Alarm): string {
  if (alarm.metric === null) return '';
  const query = watchedQuery(alarm.metric);
  const period = periodText(query?.periodSeconds ?? alarm.metric.periodSeconds);
  return [query?.stat ?? (query?.expression ? 'expression' : null), period]
    .filter((part) => part !== null)
    .join(', ');
}

/** An action's target for people: an SNS topic's name, else the ARN's last part, with the service. */
export function actionText(arn: string): string {
  const parts = arn.split(':');
  const service = parts[2] ?? '';
  const target = parts.slice(5).join(':') || arn;
  return service === '' ? arn : `${service} · ${target}`;
}
