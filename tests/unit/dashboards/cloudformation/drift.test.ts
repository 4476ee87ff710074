import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../../src/shared/alarms/alarm';
import { driftOf } from '../../../../src/shared/dashboards/cloudformation/drift';
import { matchesOpen } from '../../../../src/shared/dashboards/cloudformation/drift-words';
import { readTemplate } from '../../../../src/shared/dashboards/cloudformation/template';

const template = (name: string) => `
Resources:
  Cpu:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ${name}
      AlarmDescription: CPU is high
      Namespace: AWS/RDS
      MetricName: CPUUtilization
      Dimensions: [{ Name: DBInstanceIdentifier, Value: crm }, { Name: Role, Value: WRITER }]
      Statistic: Average
      Period: 300
      EvaluationPeriods: 2
      Threshold: 80
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!Ref Topic, arn:aws:sns:us-east-1:111122223333:second]
`;

const alarm = (changes: Partial<Alarm> = {}): Alarm => ({
  key: 'c|arn:aws:cloudwatch:us-east-1:111122223333:alarm:db-cpu',
  arn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:db-cpu',
  name: 'db-cpu',
  connectionId: 'c',
  accountId: '111122223333',
  region: 'us-east-1',
  kind: 'metric',
  description: 'CPU is high',
  state: 'OK',
  stateReason: '',
  stateReasonData: null,
  stateUpdatedAt: 0,
  stateTransitionedAt: 0,
  configurationUpdatedAt: 0,
  actionsEnabled: true,
  alarmActions: [
    'arn:aws:sns:us-east-1:111122223333:second',
    'arn:aws:sns:us-east-1:111122223333:first',
  ],
  okActions: [],
  insufficientDataActions: [],
  tags: null,
  composite: null,
  metric: {
    queries: [
      {
        id: 'm1',
        expression: null,
        label: null,
        returnData: true,
        namespace: 'AWS/RDS',
        metricName: 'CPUUtilization',
        dimensions: [
          { name: 'Role', value: 'WRITER' },
          { name: 'DBInstanceIdentifier', value: 'crm' },
        ],
        stat: 'Average',
        periodSeconds: 300,
        unit: null,
        accountId: null,
      },
    ],
    periodSeconds: 300,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    threshold: 80,
    thresholdMetricId: null,
    comparison: 'GreaterThanThreshold',
    treatMissingData: 'missing',
  },
  ...changes,
});

function driftWith(
  alarms: Alarm[],
  values: Record<string, string> = {},
  name = 'AlarmName: db-cpu',
) {
  const result = readTemplate(template(name), 't.yaml', values);
  if (result.kind === 'failed') throw new Error(result.problem.message);
  const [drift] = driftOf(result.alarms, alarms);
  if (drift === undefined) throw new Error('no alarm');
  return drift;
}

const topic = { 'Ref:Topic': 'arn:aws:sns:us-east-1:111122223333:first' };

describe('drift', () => {
  it('is none when all is the same, whatever the order of dimensions and actions', () => {
    expect(driftWith([alarm()], topic)).toMatchObject({ state: 'same', differences: [], open: [] });
  });

  it('is unknown where an open input hides what could be the same', () => {
    expect(driftWith([alarm()])).toMatchObject({ state: 'unknown', open: ['on ALARM'] });
  });

  it('is a difference where no value of the open input could make it the same', () => {
    const drift = driftWith([alarm({ alarmActions: [] })]);
    expect(drift.state).toBe('differs');
    expect(drift.differences).toEqual([
      {
        field: 'on ALARM',
        declared: '‹Topic›, arn:aws:sns:us-east-1:111122223333:second',
        actual: 'nothing',
      },
    ]);
  });

  it('names each field that differs, in words', () => {
    const { metric } = alarm();
    if (metric === null) throw new Error('a metric alarm');
    const changed = alarm({
      description: '',
      actionsEnabled: false,
      metric: {
        ...metric,
        threshold: 90,
        evaluationPeriods: 3,
        comparison: 'GreaterThanOrEqualToThreshold',
        treatMissingData: 'breaching',
      },
    });
    expect(driftWith([changed], topic).differences).toEqual([
      { field: 'description', declared: 'CPU is high', actual: 'none' },
      { field: 'threshold', declared: '80', actual: '90' },
      { field: 'comparison', declared: 'above', actual: 'at or above' },
      { field: 'periods', declared: '2 of 2', actual: '2 of 3' },
      { field: 'missing data', declared: 'stays missing', actual: 'counts as breaching' },
      { field: 'actions', declared: 'enabled', actual: 'disabled' },
    ]);
  });

  it('says when the account does not have it', () => {
    expect(driftWith([alarm({ name: 'another' })], topic).state).toBe('missing');
  });

  it('finds the alarm by the name that CloudFormation makes up', () => {
    const made = alarm({ name: 'crm-monitoring-Cpu-1A2B3C4D5E6F' });
    expect(driftWith([made], topic, '# unnamed').state).toBe('same');
    expect(
      driftWith([made, { ...made, name: 'other-Cpu-99887766AABB' }], topic, '# unnamed'),
    ).toMatchObject({
      state: 'unknown',
      open: ['name'],
    });
  });

  it('compares by pattern while a part of the name is open', () => {
    const name = 'AlarmName: !Sub "db-${Stage}"';
    expect(driftWith([alarm()], topic, name).state).toBe('same');
    expect(driftWith([alarm()], { ...topic, 'Ref:Stage': 'gpu' }, name).state).toBe('missing');
  });

  it('an open pattern fits only in its order', () => {
    expect(matchesOpen('a-‹x›-b-‹y›', 'a-1-b-2')).toBe(true);
    expect(matchesOpen('a-‹x›-b', 'a-b')).toBe(false);
    expect(matchesOpen('‹x›', '')).toBe(true);
    expect(matchesOpen('a', 'b')).toBe(false);
  });
});
