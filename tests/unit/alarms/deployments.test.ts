import { describe, expect, it } from 'vitest';
import { parsePushMessage } from '../../../src/main/alarms/push-message';
import { timeMarks } from '../../../src/main/app/time-marks';
import type { Alarm, AlarmTransition } from '../../../src/shared/alarms/alarm';
import { toTimelineEntry } from '../../../src/shared/alarms/history';
import { deploymentSentence } from '../../../src/shared/alarms/deployment';
import type { Deployment } from '../../../src/shared/alarms/deployment';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 31, 3, 0);

const event = (detailType: string, detail: object, resources: string[] = []): string =>
  JSON.stringify({
    version: '0',
    id: 'b1f1e2d3',
    'detail-type': detailType,
    source: 'aws.any',
    account: '111122223333',
    time: '2026-01-31T02:58:00Z',
    region: 'us-east-1',
    resources,
    detail,
  });

const ecs = (eventName: string): string =>
  event('ECS Deployment State Change', { eventName, deploymentId: 'ecs-svc/1' }, [
    'arn:aws:ecs:us-east-1:111122223333:service/crm-production/crm-core-service',
  ]);

describe('deployment events', () => {
  it.each([
    ['ECS', ecs('SERVICE_DEPLOYMENT_COMPLETED'), 'crm-core-service', 'finished'],
    ['ECS', ecs('SERVICE_DEPLOYMENT_FAILED'), 'crm-core-service', 'failed'],
    [
      'CodeDeploy',
      event('CodeDeploy Deployment State-change Notification', {
        application: 'crm',
        deploymentGroup: 'production',
        state: 'START',
      }),
      'crm / production',
      'started',
    ],
    [
      'Amplify',
      event('Amplify Deployment Status Change', {
        appId: 'd123',
        branchName: 'main',
        jobStatus: 'SUCCEED',
      }),
      'd123 / main',
      'finished',
    ],
    [
      'CodePipeline',
      event('CodePipeline Pipeline Execution State Change', { pipeline: 'web', state: 'FAILED' }),
      'web',
      'failed',
    ],
    [
      'Lambda',
      event('AWS API Call via CloudTrail', {
        eventSource: 'lambda.amazonaws.com',
        eventName: 'UpdateFunctionCode20150331v2',
        requestParameters: { functionName: 'notification-processor' },
      }),
      'notification-processor',
      'finished',
    ],
  ])('%s is read', (service, body, what, phase) => {
    expect(parsePushMessage(body)).toEqual({
      ok: true,
      value: {
        kind: 'deployment',
        deployment: {
          id: 'b1f1e2d3',
          region: 'us-east-1',
          at: Date.UTC(2026, 0, 31, 2, 58),
          what,
          phase,
          service,
        },
      },
    });
  });

  it.each([
    ['a state between start and end', event('Amplify Deployment Status Change', { appId: 'd' })],
    [
      'another API call',
      event('AWS API Call via CloudTrail', {
        eventSource: 'lambda.amazonaws.com',
        eventName: 'Invoke',
        requestParameters: { functionName: 'f' },
      }),
    ],
    [
      'a field named like a method',
      event('ECS Deployment State Change', { eventName: 'toString' }),
    ],
  ])('%s is read and not told', (_name, body) => {
    expect(parsePushMessage(body)).toEqual({ ok: true, value: { kind: 'nothing' } });
  });

  it('an event of something else stays an error', () => {
    expect(parsePushMessage(event('EC2 Instance State-change Notification', {})).ok).toBe(false);
    expect(parsePushMessage(event('constructor', {})).ok).toBe(false);
  });
});

const alarm: Alarm = {
  key: 'crm|arn:aws:cloudwatch:us-east-1:111122223333:alarm:errors',
  arn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:errors',
  name: 'errors',
  connectionId: 'crm',
  accountId: '111122223333',
  region: 'us-east-1',
  kind: 'metric',
  description: '',
  state: 'ALARM',
  stateReason: '',
  stateReasonData: null,
  stateUpdatedAt: NOW,
  stateTransitionedAt: NOW,
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
        namespace: 'AWS/ApplicationELB',
        metricName: '4XXError',
        dimensions: [{ name: 'LoadBalancer', value: 'app/crm/1' }],
        stat: 'Sum',
        periodSeconds: 300,
        unit: null,
        accountId: null,
      },
    ],
    periodSeconds: 300,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    threshold: 10,
    thresholdMetricId: null,
    comparison: 'GreaterThanThreshold',
    treatMissingData: 'missing',
  },
  composite: null,
};
const deployment: Deployment = {
  id: 'd1',
  connectionId: 'crm',
  region: 'us-east-1',
  at: NOW - 2 * MINUTE,
  what: 'crm-core-service',
  phase: 'finished',
  service: 'ECS',
};

describe('a deployment before an alarm', () => {
  it('is named with its distance', () => {
    expect(deploymentSentence(alarm, [deployment])).toBe(
      'It began 2 min after a deployment of crm-core-service.',
    );
  });

  it.each([
    ['after it', { at: NOW + MINUTE }],
    ['long before it', { at: NOW - 31 * MINUTE }],
    ['in another region', { region: 'eu-west-1' }],
    ['of another connection', { connectionId: 'other' }],
  ])('is not named when it was %s', (_name, change) => {
    expect(deploymentSentence(alarm, [{ ...deployment, ...change }])).toBe('');
  });
});

describe('marks of a window', () => {
  const transition = (at: number, to: 'ALARM' | 'OK'): AlarmTransition => ({
    id: `${at}`,
    alarmKey: alarm.key,
    connectionId: 'crm',
    alarmName: 'errors',
    region: 'us-east-1',
    kind: 'metric',
    severity: 'critical',
    from: to === 'OK' ? 'ALARM' : 'OK',
    to,
    at,
    seenAt: at,
    reason: '',
    source: 'poll',
    observed: true,
  });
  const sources = {
    incidents: [],
    transitions: [transition(NOW - 50 * MINUTE, 'ALARM'), transition(NOW - 40 * MINUTE, 'OK')],
    deployments: [deployment, { ...deployment, id: 'd2', at: NOW - 90 * MINUTE }],
    alarms: new Map([[alarm.key, { ...alarm, state: 'OK' as const }]]),
  };
  const window = { connectionIds: [], startMs: NOW - 60 * MINUTE, endMs: NOW };

  it('holds times in ALARM with what the alarm watches, and deployments within it', () => {
    expect(timeMarks(sources, window)).toEqual({
      spans: [
        {
          alarmKey: alarm.key,
          alarmName: 'errors',
          severity: 'critical',
          connectionId: 'crm',
          region: 'us-east-1',
          metrics: [
            {
              namespace: 'AWS/ApplicationELB',
              metricName: '4XXError',
              dimensions: [{ name: 'LoadBalancer', value: 'app/crm/1' }],
            },
          ],
          from: NOW - 50 * MINUTE,
          to: NOW - 40 * MINUTE,
        },
      ],
      marks: [
        {
          at: NOW - 2 * MINUTE,
          kind: 'deployment',
          text: 'Deployment of crm-core-service finished (ECS)',
          connectionId: 'crm',
          region: 'us-east-1',
          alarmKey: null,
        },
      ],
    });
  });

  it('holds nothing of other connections', () => {
    expect(timeMarks(sources, { ...window, connectionIds: ['other'] })).toEqual({
      spans: [],
      marks: [],
    });
  });
});

describe('an action in the history', () => {
  it('names its target, not the whole ARN', () => {
    const entry = toTimelineEntry({
      alarmName: 'errors',
      kind: 'metric',
      at: NOW,
      type: 'action',
      summary:
        'Successfully executed action arn:aws:sns:us-east-1:111122223333:crm-critical-alerts',
      from: null,
      to: null,
      reason: '',
      reasonData: null,
    });
    expect(entry.text).toBe('Successfully executed action crm-critical-alerts (sns)');
  });
});
