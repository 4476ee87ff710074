import type { MetricWidget, SeriesSpec } from '../../../src/shared/dashboards/dashboard';
import type { PlannedGroup } from '../../../src/shared/dashboards/plan';
import type { SeriesHead, SeriesSet } from '../../../src/shared/metrics/query';
import { alarmWidget } from '../../../src/shared/metrics/alarm-widget';
import type { Alarm } from '../../../src/shared/alarms/alarm';

export const alarm: Alarm = {
  key: 'crm|arn:aws:cloudwatch:us-east-1:111122223333:alarm:high',
  arn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:high',
  name: 'high',
  connectionId: 'crm',
  accountId: '111122223333',
  region: 'us-east-1',
  kind: 'metric',
  description: '',
  state: 'ALARM',
  stateReason: '',
  stateReasonData: null,
  stateUpdatedAt: 0,
  stateTransitionedAt: 0,
  configurationUpdatedAt: 0,
  actionsEnabled: true,
  alarmActions: [],
  okActions: [],
  insufficientDataActions: [],
  tags: null,
  metric: {
    queries: [
      {
        id: 'm1',
        expression: null,
        label: null,
        returnData: true,
        namespace: 'AWS/ECS',
        metricName: 'CPUUtilization',
        dimensions: [
          { name: 'ClusterName', value: 'a' },
          { name: 'ServiceName', value: 'b' },
        ],
        stat: 'Average',
        periodSeconds: 60,
        unit: null,
        accountId: null,
      },
    ],
    periodSeconds: 60,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold: 80,
    thresholdMetricId: null,
    comparison: 'GreaterThanThreshold',
    treatMissingData: 'missing',
  },
  composite: null,
};

export function metricWidget(change: Partial<MetricWidget> = {}): MetricWidget {
  const made = alarmWidget(alarm);
  if (made === null) throw new Error('The fixture watches a metric');
  return { ...made, alarmArns: [], thresholds: [], ...change };
}

export function planned(specs: readonly SeriesSpec[]): PlannedGroup {
  return {
    group: {
      connectionId: 'crm',
      region: 'us-east-1',
      queries: [],
      startMs: 0,
      endMs: 300_000,
      labelOffset: '+0000',
    },
    series: specs.map((spec, index) => ({
      queryId: spec.id,
      spec,
      index,
      periodSeconds: 60,
      region: 'us-east-1',
    })),
  };
}

export function setOf(heads: readonly SeriesHead[], values: readonly number[]): SeriesSet {
  return {
    startMs: 0,
    endMs: 300_000,
    headsJson: JSON.stringify(heads),
    values: Float64Array.from(values),
    asOf: 1,
    state: 'fresh',
    failure: null,
    messages: [],
  };
}

export function head(change: Partial<SeriesHead> = {}): SeriesHead {
  return {
    queryId: 'm1',
    key: 'm1',
    label: null,
    startMs: 0,
    periodMs: 60_000,
    offset: 0,
    count: 2,
    status: 'complete',
    messages: [],
    ...change,
  };
}
