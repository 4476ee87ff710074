import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../src/shared/alarms/alarm';
import { groupsOfAlarm } from '../../../src/shared/logs/alarm-groups';
import type { LogGroup } from '../../../src/shared/logs/groups';

const names = {
  crm: [
    '/aws/codebuild/crm-release',
    '/aws/lambda/crm-export',
    '/aws/lambda/crm-kpi-rollup',
    '/aws/lambda/crm-lead-scorer',
    '/aws/rds/instance/crm-production/postgresql',
    '/ecs/crm/analytics',
    '/ecs/crm/auth',
    '/ecs/crm/crm-core',
    '/ecs/crm/scheduler',
    '/ecs/crm/social-media',
  ],
  realtechee: [
    '/aws/amplify/RealTechee-Gen2',
    '/aws/amplify/RealTechee-Gen2/access',
    '/aws/amplify/RealTechee-Gen2/audit',
    '/aws/amplify/RealTechee-Gen2/errors',
    '/aws/lambda/RealTechee-notification-processor',
  ],
};
const groups = Object.entries(names).flatMap(([connectionId, list]) =>
  list.map((name): LogGroup => ({
    connectionId,
    region: 'us-east-1',
    name,
    arn: name,
    storedBytes: 1,
    retentionDays: 30,
    createdAt: 1,
    logClass: 'STANDARD',
  })),
);

function alarm(
  connectionId: string,
  name: string,
  namespace: string,
  metricName: string,
  dimensions: Record<string, string> = {},
): Alarm {
  return {
    key: `${connectionId}|${name}`,
    arn: name,
    name,
    connectionId,
    accountId: '1',
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
          namespace,
          metricName,
          dimensions: Object.entries(dimensions).map(([key, value]) => ({ name: key, value })),
          stat: 'Sum',
          periodSeconds: 60,
          unit: null,
          accountId: null,
        },
      ],
      periodSeconds: 60,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      threshold: 1,
      thresholdMetricId: null,
      comparison: 'GreaterThanThreshold',
      treatMissingData: 'missing',
    },
    composite: null,
  };
}

const guessed = (...args: Parameters<typeof groupsOfAlarm>): string[] =>
  groupsOfAlarm(...args).map(({ group }) => group.name);

describe('the groups of an alarm', () => {
  it.each<[Alarm, string]>([
    [
      alarm('crm', 'crm-export-errors', 'AWS/Lambda', 'Errors', { FunctionName: 'crm-export' }),
      '/aws/lambda/crm-export',
    ],
    [
      alarm('crm', 'CRM-Database-High-CPU', 'AWS/RDS', 'CPUUtilization', {
        DBInstanceIdentifier: 'crm-production',
      }),
      '/aws/rds/instance/crm-production/postgresql',
    ],
    [
      alarm('crm', 'crm-auth-service-cpu', 'AWS/ECS', 'CPUUtilization', {
        ClusterName: 'crm-production',
        ServiceName: 'crm-auth-service',
      }),
      '/ecs/crm/auth',
    ],
    [
      alarm('crm', 'crm-core-service-cpu', 'AWS/ECS', 'CPUUtilization', {
        ClusterName: 'crm-production',
        ServiceName: 'crm-core-service',
      }),
      '/ecs/crm/crm-core',
    ],
    [
      alarm('crm', 'CRM-High-Auth-Failures', 'CRM/Security', 'AuthenticationFailure'),
      '/ecs/crm/auth',
    ],
    [
      alarm('realtechee', 'realtechee-fn-notification-processor-errors', 'AWS/Lambda', 'Errors', {
        FunctionName: 'RealTechee-notification-processor',
      }),
      '/aws/lambda/RealTechee-notification-processor',
    ],
    [
      alarm(
        'realtechee',
        'RealTechee-Critical-Error-Rate',
        'AWS/ApplicationELB',
        'HTTPCode_Target_5XX_Count',
        { LoadBalancer: 'app/RealTechee-ALB/7a1c' },
      ),
      '/aws/amplify/RealTechee-Gen2/errors',
    ],
  ])('of $name begins with the right one', (of, first) => {
    expect(guessed(of, groups, [])[0]).toBe(first);
  });

  it('never leaves the connection unless a rule says so', () => {
    const of = alarm('crm', 'RealTechee-errors', 'X', 'Y');
    expect(groupsOfAlarm(of, groups, []).every(({ group }) => group.connectionId === 'crm')).toBe(
      true,
    );
    const rules = [{ alarm: 'RealTechee-*', groups: ['/aws/amplify/*/errors'] }];
    expect(guessed(of, groups, rules)[0]).toBe('/aws/amplify/RealTechee-Gen2/errors');
  });

  it('makes nothing of words that most groups share', () => {
    const queue = alarm('crm', 'crm-report-build-dlq-not-empty', 'AWS/SQS', 'Visible', {
      QueueName: 'crm-report-build-dlq',
    });
    expect(guessed(queue, groups, [])).toEqual([]);
  });

  it('is empty when nothing fits', () => {
    expect(guessed(alarm('crm', 'zzz', 'AWS/Billing', 'Estimated'), groups, [])).toEqual([]);
  });

  it('of a composite alarm are those of its children', () => {
    const parent = { ...alarm('crm', 'Customer-Impact', '', ''), metric: null };
    const child = alarm('crm', 'x', 'AWS/Lambda', 'Errors', { FunctionName: 'crm-export' });
    expect(guessed(parent, groups, [], [child])[0]).toBe('/aws/lambda/crm-export');
  });
});
