import type { DemoDeployment } from '../deployments';
import type { Effect } from '../metrics/metric-source';
import type { Dim } from '../model';
import { CRM_ACCOUNT, REALTECHEE_ACCOUNT } from '../world';
import { dims } from './define';
import { tableName } from './realtechee';

/** A scripted incident. */
export interface Script {
  id: string;
  title: string;
  description: string;
  accountId: string;
  region: string;
  /** Demo minutes until it ends by itself. */
  minutes: number;
  effects: ScriptEffect[];
  /** When the cause is taken away, metrics recover from so many minutes before: a job makes up for what it missed. */
  recoveryLeadMinutes?: number;
  /** The release that brought it; taking it back ends the incident. */
  deployment?: { of: DemoDeployment; leadMinutes: number };
}

interface ScriptEffect {
  metric: { namespace: string; metricName: string; dimensions: Dim[] };
  change: Effect['change'];
  /** Shows this long after the start. */
  afterSeconds: number;
  /** How far before the start it has begun. */
  leadMinutes: number;
  rampMinutes: number;
}

const on = (namespace: string, metricName: string, values: Record<string, string> = {}) => ({
  namespace,
  metricName,
  dimensions: dims(values),
});

/** When a group of effects shows, how long ago it began, and how fast it came; seconds and minutes. */
type Timing = readonly [afterSeconds: number, leadMinutes: number, rampMinutes: number];

const to = (
  metric: ScriptEffect['metric'],
  value: number,
  [afterSeconds, leadMinutes, rampMinutes]: Timing,
): ScriptEffect => ({
  metric,
  change: { kind: 'to', value },
  afterSeconds,
  leadMinutes,
  rampMinutes,
});

const by = (
  metric: ScriptEffect['metric'],
  factor: number,
  [afterSeconds, leadMinutes, rampMinutes]: Timing,
): ScriptEffect => ({
  metric,
  change: { kind: 'scale', factor },
  afterSeconds,
  leadMinutes,
  rampMinutes,
});

const ALB = 'AWS/ApplicationELB';
const RDS = 'AWS/RDS';
const rtAlb = { LoadBalancer: 'app/RealTechee-ALB/7a1c9e4b5d2f3060' };
const crmAlb = { LoadBalancer: 'app/crm-production-alb/50dc6c495c0c9188' };
const crmDb = { DBInstanceIdentifier: 'crm-production' };
const coreService = { ClusterName: 'crm-production', ServiceName: 'crm-core-service' };
const authService = { ClusterName: 'crm-production', ServiceName: 'crm-auth-service' };
const graphql = { GraphQLAPIId: 'x4mw2k7p5rvh3tq6' };
const homePage = { Environment: 'production', Page: '/' };
const lambda = (name: string) => ({ FunctionName: `RealTechee-${name}` });
const contacts = { Endpoint: '/api/v1/contacts', Method: 'GET' };

/** What an incident moves beside what the alarms watch stays below every alarm's limit. */
const badDeployment: ScriptEffect[] = [
  to(on(ALB, 'HTTPCode_Target_5XX_Count', rtAlb), 9, [8, 14, 6]),
  by(on(ALB, 'HTTPCode_Target_2XX_Count', rtAlb), 0.7, [8, 14, 6]),
  to(on('AWS/Lambda', 'Errors', lambda('notification-processor')), 0.6, [8, 14, 3]),
  by(on('AWS/Lambda', 'Duration', lambda('notification-processor')), 5.5, [8, 14, 3]),
  by(on('AWS/Lambda', 'ConcurrentExecutions', lambda('notification-processor')), 4, [8, 14, 3]),
  by(on('AWS/Lambda', 'Duration', lambda('status-processor')), 2.4, [8, 14, 4]),
  to(on('AWS/AppSync', '5XXError', graphql), 1.2, [8, 14, 5]),
  by(on('AWS/AppSync', 'Latency', graphql), 6, [8, 14, 5]),
  to(on(ALB, 'TargetResponseTime', rtAlb), 5.2, [55, 14, 4]),
  by(on(ALB, 'ActiveConnectionCount', rtAlb), 3.2, [55, 14, 4]),
  by(on('RealTechee/Performance', 'TimeToFirstByte', homePage), 4, [55, 13, 4]),
  by(on('RealTechee/Performance', 'PageLoadTime', homePage), 1.9, [55, 13, 4]),
  by(on('RealTechee/Business', 'ActiveSessions'), 0.6, [55, 12, 8]),
  to(
    on('AWS/DynamoDB', 'SuccessfulRequestLatency', {
      TableName: tableName('Requests'),
      Operation: 'Query',
    }),
    240,
    [120, 12, 4],
  ),
  by(
    on('AWS/DynamoDB', 'ConsumedReadCapacityUnits', { TableName: tableName('Requests') }),
    5,
    [120, 12, 4],
  ),
];

const connectionLeak: ScriptEffect[] = [
  to(on(RDS, 'DatabaseConnections', crmDb), 118, [5, 22, 20]),
  to(on('AWS/ECS', 'MemoryUtilization', coreService), 78, [5, 22, 20]),
  to(on(RDS, 'FreeableMemory', crmDb), 5.1e9, [5, 22, 18]),
  to(on(RDS, 'CPUUtilization', crmDb), 93, [45, 14, 5]),
  by(on(RDS, 'ReadLatency', crmDb), 8, [45, 14, 5]),
  by(on(RDS, 'WriteLatency', crmDb), 6, [45, 14, 5]),
  to(on(RDS, 'DiskQueueDepth', crmDb), 9, [45, 14, 5]),
  by(
    on('CRM/crm-core', 'DatabaseQueryTime', { Operation: 'SELECT', Table: 'contacts' }),
    12,
    [45, 14, 5],
  ),
  to(on(ALB, 'TargetResponseTime', crmAlb), 3.4, [90, 20, 5]),
  by(on('CRM/crm-core', 'APIResponseTime', contacts), 9, [90, 20, 5]),
  by(on(ALB, 'ActiveConnectionCount', crmAlb), 3.5, [90, 20, 5]),
  to(on('AWS/ECS', 'CPUUtilization', coreService), 57, [90, 18, 5]),
  to(on(ALB, '4XXError', crmAlb), 7, [150, 13, 4]),
  to(on(ALB, 'HTTPCode_Target_5XX_Count', crmAlb), 3, [150, 13, 4]),
];

const passwordSpraying: ScriptEffect[] = [
  to(on('CRM/Security', 'AuthenticationFailure'), 34, [4, 5, 3]),
  to(
    on('CRM/auth', 'APICall', { Endpoint: '/api/v1/login', Method: 'POST', StatusCode: '401' }),
    34,
    [4, 5, 3],
  ),
  to(on(ALB, 'HTTPCode_Target_4XX_Count', crmAlb), 32, [4, 5, 3]),
  to(on('AWS/ECS', 'CPUUtilization', authService), 52, [4, 5, 3]),
];

const silence = (metric: ScriptEffect['metric']): ScriptEffect => ({
  metric,
  change: { kind: 'stop' },
  afterSeconds: 4,
  leadMinutes: 200,
  rampMinutes: 0,
});

const crmPlace = { accountId: CRM_ACCOUNT, region: 'us-east-1' };

export const scripts: readonly Script[] = [
  {
    id: 'bad-deployment',
    title: 'A bad deployment',
    description:
      'A release of RealTechee answers with server errors; slow answers and a slow database follow.',
    accountId: REALTECHEE_ACCOUNT,
    region: 'us-west-1',
    minutes: 25,
    effects: badDeployment,
    deployment: {
      of: { service: 'amplify', appId: 'd200k2wsaf8th3', branch: 'main' },
      leadMinutes: 14,
    },
  },
  {
    id: 'connection-leak',
    title: 'A connection leak',
    description:
      'A service of the CRM does not give its database connections back: the pool fills, then CPU and answers suffer.',
    ...crmPlace,
    minutes: 35,
    effects: connectionLeak,
    deployment: {
      of: { service: 'ecs', cluster: 'crm-production', name: 'crm-core-service' },
      leadMinutes: 23,
    },
  },
  {
    id: 'password-spraying',
    title: 'Password spraying',
    description: 'Somebody tries common passwords against many accounts of the CRM.',
    ...crmPlace,
    minutes: 18,
    effects: passwordSpraying,
  },
  {
    id: 'lead-conversion-silent',
    title: 'Lead conversion falls silent',
    description:
      'The job that publishes the CRM’s lead conversion rate has stopped: no data, which counts as breaching.',
    ...crmPlace,
    minutes: 45,
    recoveryLeadMinutes: 45,
    effects: [
      silence(on('CRM/Business', 'LeadConversionRate')),
      silence(on('CRM/Business', 'DailyConversionRate')),
    ],
  },
];
