import type { Alarm, AlarmMetricQuery } from '../alarms/alarm';
import { spokenMetric } from '../alarms/metric-name';
import type { AxisSpec, MetricWidget, SeriesSpec } from '../dashboards/dashboard';

const axis: AxisSpec = { min: null, max: null, label: null, showUnits: true, unit: null };

/** What an alarm watches as a chart of its own: its metrics or math, its limit, its states. Null for composites. */
export function alarmWidget(alarm: Alarm): MetricWidget | null {
  const rule = alarm.metric;
  if (rule === null) return null;
  return {
    kind: 'metric',
    id: `alarm-${alarm.key}`,
    title: alarm.name,
    x: 0,
    y: 0,
    width: 24,
    height: 8,
    problems: [],
    view: 'timeSeries',
    series: rule.queries.map(seriesOf),
    region: alarm.region,
    accountId: null,
    periodSeconds: rule.periodSeconds,
    stat: rule.queries.find(({ stat }) => stat !== null)?.stat ?? 'Average',
    left: axis,
    right: axis,
    thresholds:
      rule.threshold === null
        ? []
        : [
            {
              value: rule.threshold,
              to: null,
              label: 'limit',
              toLabel: null,
              color: null,
              fill: 'none',
              axis: 'left',
              visible: true,
            },
          ],
    marks: [],
    alarmArns: [alarm.arn],
    liveData: false,
    legend: 'bottom',
    sparkline: false,
    setPeriodToTimeRange: false,
    fullPrecision: false,
    trend: false,
    reduce: 'last',
    steps: [],
    ownRange: null,
  };
}

const seriesOf = (query: AlarmMetricQuery): SeriesSpec => ({
  id: query.id,
  metric:
    query.namespace === null || query.metricName === null
      ? null
      : {
          namespace: query.namespace,
          metricName: query.metricName,
          dimensions: query.dimensions,
        },
  expression: query.expression,
  label: query.label ?? (query.expression === null ? spokenMetric(query) : null),
  color: null,
  axis: 'left',
  visible: query.returnData,
  stat: query.stat ?? 'Average',
  periodSeconds: query.periodSeconds,
  region: null,
  accountId: query.accountId,
  unit: query.unit,
  drawAs: null,
});
