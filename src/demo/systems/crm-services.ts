import type { MetricSpec } from '../metrics/metric-source';
import { count, gauge } from './define';

const ALB = 'AWS/ApplicationELB';
const LOAD_BALANCER = 'app/crm-production-alb/50dc6c495c0c9188';
const RDS = 'AWS/RDS';
const MS = { unit: 'Milliseconds' } as const;
const RATE = { unit: 'Bytes/Second' } as const;

/** What each service answers: its share of the requests, and how long it takes (ms). */
const services = [
  { name: 'auth', target: 'targetgroup/crm-auth/943f017f100becff', share: 0.2, ms: 60 },
  { name: 'core', target: 'targetgroup/crm-core/73e2d6bc24d8a067', share: 0.5, ms: 180 },
  { name: 'social-media', target: 'targetgroup/crm-social/6d0ecf831eec9f09', share: 0.2, ms: 240 },
  { name: 'analytics', target: 'targetgroup/crm-analytics/5e9d2a0cfa2a4f7e', share: 0.1, ms: 420 },
];
const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

function loadBalancer(): MetricSpec[] {
  const on = { LoadBalancer: LOAD_BALANCER };
  return [
    gauge(ALB, 'ActiveConnectionCount', on, 310, { unit: 'Count', daily: 0.4 }),
    count(ALB, 'NewConnectionCount', on, 420),
    gauge(ALB, 'ProcessedBytes', on, 48e6, { unit: 'Bytes', daily: 0.4 }),
    gauge(ALB, 'ConsumedLCUs', on, 2.4, { daily: 0.4 }),
    count(ALB, 'HTTPCode_ELB_4XX_Count', on, 0.4),
    ...services.flatMap(({ target, share, ms }) => {
      const each = { LoadBalancer: LOAD_BALANCER, TargetGroup: target };
      return [
        count(ALB, 'RequestCount', each, 1400 * share),
        gauge(ALB, 'TargetResponseTime', each, ms / 1000, {
          unit: 'Seconds',
          samples: 1400 * share,
        }),
        count(ALB, 'HTTPCode_Target_5XX_Count', each, 0.2 * share),
        gauge(ALB, 'HealthyHostCount', each, 3, { unit: 'Count', daily: 0, noise: 0 }),
      ];
    }),
    ...zones.map((AvailabilityZone) =>
      count(ALB, 'RequestCount', { AvailabilityZone, LoadBalancer: LOAD_BALANCER }, 467),
    ),
  ];
}

function databases(): MetricSpec[] {
  const main = { DBInstanceIdentifier: 'crm-production' };
  const replica = { DBInstanceIdentifier: 'crm-production-replica' };
  return [
    gauge(RDS, 'ReadIOPS', main, 240, { unit: 'Count/Second', daily: 0.4 }),
    gauge(RDS, 'WriteIOPS', main, 130, { unit: 'Count/Second', daily: 0.4 }),
    gauge(RDS, 'NetworkReceiveThroughput', main, 1.9e6, { ...RATE, daily: 0.4 }),
    gauge(RDS, 'NetworkTransmitThroughput', main, 5.2e6, { ...RATE, daily: 0.4 }),
    gauge(RDS, 'SwapUsage', main, 14e6, { unit: 'Bytes', daily: 0, noise: 0.01 }),
    gauge(RDS, 'CPUUtilization', replica, 19, { unit: 'Percent', max: 100, daily: 0.3 }),
    gauge(RDS, 'DatabaseConnections', replica, 12, { unit: 'Count', daily: 0.3 }),
    gauge(RDS, 'ReadLatency', replica, 0.0019, { unit: 'Seconds' }),
    ...['001', '002'].flatMap((node) => {
      const on = { CacheClusterId: `crm-redis-${node}` };
      return [
        gauge('AWS/ElastiCache', 'CurrConnections', on, 64, { unit: 'Count' }),
        count('AWS/ElastiCache', 'CacheHits', on, 5200),
        count('AWS/ElastiCache', 'CacheMisses', on, 310),
      ];
    }),
  ];
}

const endpoints = [
  { service: 'crm-core', path: '/api/v1/contacts', method: 'GET', calls: 96, ms: 120 },
  { service: 'crm-core', path: '/api/v1/leads', method: 'POST', calls: 12, ms: 260 },
  { service: 'crm-core', path: '/api/v1/opportunities', method: 'GET', calls: 41, ms: 190 },
  { service: 'auth', path: '/api/v1/login', method: 'POST', calls: 17, ms: 310 },
  { service: 'analytics', path: '/api/v1/reports', method: 'GET', calls: 4, ms: 900 },
];
const tables = [
  { table: 'leads', operation: 'INSERT', queries: 14, ms: 6 },
  { table: 'opportunities', operation: 'SELECT', queries: 120, ms: 11 },
  { table: 'contacts', operation: 'UPDATE', queries: 22, ms: 8 },
];

/** What the services publish themselves. */
function published(): MetricSpec[] {
  return [
    ...endpoints.flatMap(({ service, path, method, calls, ms }) => {
      const on = { Endpoint: path, Method: method };
      const space = `CRM/${service}`;
      return [
        gauge(space, 'APIResponseTime', on, ms, { ...MS, samples: calls }),
        count(space, 'APICall', { ...on, StatusCode: '200' }, calls),
        count(space, 'APICall', { ...on, StatusCode: '400' }, calls / 300),
        count(space, 'APICall', { ...on, StatusCode: '500' }, calls / 2000),
      ];
    }),
    count(
      'CRM/auth',
      'APICall',
      { Endpoint: '/api/v1/login', Method: 'POST', StatusCode: '401' },
      0.8,
    ),
    ...tables.flatMap(({ table, operation, queries, ms }) => {
      const on = { Operation: operation, Table: table };
      return [
        count('CRM/crm-core', 'DatabaseQuery', on, queries),
        gauge('CRM/crm-core', 'DatabaseQueryTime', on, ms, { ...MS, samples: queries }),
      ];
    }),
    gauge('CRM/Business', 'SessionLength', {}, 740, {
      unit: 'Seconds',
      samples: 20,
      everyMinutes: 5,
    }),
    count('CRM/Business', 'LeadsQualified', {}, 17, { everyMinutes: 60 }),
    count('CRM/Business', 'OpportunitiesWon', {}, 2, { everyMinutes: 60 }),
  ];
}

const queues = ['lead-import', 'mail-out', 'social-sync', 'report-build', 'webhook-in'];
const functions = ['lead-scorer', 'mail-render', 'social-fetch', 'kpi-rollup', 'export'];
const instances = ['i-0317828c84edbe100', 'i-0a4c5e1d2b3f60718', 'i-0b7d9e8f1a2c34560'];

function background(): MetricSpec[] {
  return [
    ...queues.flatMap((queue) => {
      const on = { QueueName: `crm-${queue}` };
      return [
        count('AWS/SQS', 'NumberOfMessagesSent', on, 26),
        count('AWS/SQS', 'NumberOfMessagesDeleted', on, 26),
        gauge('AWS/SQS', 'ApproximateNumberOfMessagesVisible', on, 9, {
          unit: 'Count',
          noise: 0.3,
        }),
      ];
    }),
    ...functions.flatMap((name) => {
      const on = { FunctionName: `crm-${name}` };
      return [
        count('AWS/Lambda', 'Invocations', on, 14),
        gauge('AWS/Lambda', 'Duration', on, 820, { ...MS, samples: 14 }),
        gauge('AWS/Lambda', 'ConcurrentExecutions', on, 2, { unit: 'Count', noise: 0.3 }),
      ];
    }),
    ...instances.flatMap((InstanceId) => [
      gauge('AWS/EC2', 'CPUUtilization', { InstanceId }, 22, {
        unit: 'Percent',
        max: 100,
        everyMinutes: 5,
      }),
      gauge('AWS/EC2', 'NetworkIn', { InstanceId }, 3.1e6, { unit: 'Bytes', everyMinutes: 5 }),
      gauge('AWS/EC2', 'NetworkOut', { InstanceId }, 2.4e6, { unit: 'Bytes', everyMinutes: 5 }),
    ]),
    usage('GetMetricData', 4, 30_000),
    usage('ListMetrics', 0.2, 1_500),
  ];
}

/** Calls a minute, against the quota for a minute. */
const usage = (Resource: string, calls: number, quota: number): MetricSpec => ({
  ...count(
    'AWS/Usage',
    'CallCount',
    { Class: 'None', Resource, Service: 'CloudWatch', Type: 'API' },
    calls,
    {
      unit: 'None',
    },
  ),
  quota,
});

/** The CRM's metrics beside those its alarms watch: what "what else moved" and the metric browser look through. */
export const crmServiceMetrics: readonly MetricSpec[] = [
  ...loadBalancer(),
  ...databases(),
  ...published(),
  ...background(),
];
