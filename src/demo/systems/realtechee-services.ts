import type { MetricSpec } from '../metrics/metric-source';
import { count, gauge } from './define';

const LOAD_BALANCER = 'app/RealTechee-ALB/7a1c9e4b5d2f3060';
const DYNAMO = 'AWS/DynamoDB';
const MS = { unit: 'Milliseconds' } as const;
const APP = { App: 'd200k2wsaf8th3' };
const API = { GraphQLAPIId: 'x4mw2k7p5rvh3tq6' };
const POOL = { UserPool: 'us-west-1_DemoPool' };
const BUCKET = { BucketName: 'realtechee-files-prod', FilterId: 'all' };

const tables = ['Contacts', 'Properties', 'Requests', 'Projects', 'Quotes'];
const operations = [
  { Operation: 'GetItem', ms: 5, samples: 30 },
  { Operation: 'Query', ms: 11, samples: 40 },
  { Operation: 'PutItem', ms: 8, samples: 6 },
];

const database = (tableName: (name: string) => string): MetricSpec[] =>
  tables.flatMap((table) => {
    const TableName = tableName(table);
    return [
      ...operations.map(({ Operation, ms, samples }) =>
        gauge(DYNAMO, 'SuccessfulRequestLatency', { TableName, Operation }, ms, { ...MS, samples }),
      ),
      gauge(DYNAMO, 'ReturnedItemCount', { TableName, Operation: 'Query' }, 14, {
        unit: 'Count',
        samples: 40,
      }),
      count(DYNAMO, 'SystemErrors', { TableName, Operation: 'GetItem' }, 0),
      gauge(DYNAMO, 'ProvisionedReadCapacityUnits', { TableName }, 100, {
        unit: 'Count',
        daily: 0,
        noise: 0,
        everyMinutes: 5,
      }),
    ];
  });

const functions = ['notification-processor', 'user-admin', 'status-processor'];
const others = ['image-resize', 'quote-pdf', 'geo-lookup', 'contact-sync'];

const lambdas = (): MetricSpec[] => [
  ...functions.map((name) =>
    gauge('AWS/Lambda', 'ConcurrentExecutions', { FunctionName: `RealTechee-${name}` }, 2, {
      unit: 'Count',
      noise: 0.3,
    }),
  ),
  ...others.flatMap((name) => {
    const on = { FunctionName: `RealTechee-${name}` };
    return [count('AWS/Lambda', 'Invocations', on, 8), count('AWS/Lambda', 'Throttles', on, 0)];
  }),
];

const frontEnd = (): MetricSpec[] => [
  count('AWS/AmplifyHosting', 'Requests', APP, 140),
  gauge('AWS/AmplifyHosting', 'BytesDownloaded', APP, 9.6e6, { unit: 'Bytes', daily: 0.4 }),
  gauge('AWS/AmplifyHosting', 'BytesUploaded', APP, 0.8e6, { unit: 'Bytes', daily: 0.4 }),
  gauge('AWS/AmplifyHosting', 'Latency', APP, 0.21, { unit: 'Seconds', samples: 140 }),
  count('AWS/AppSync', 'Requests', API, 260),
  gauge('AWS/AppSync', 'ConnectSuccess', API, 6, { unit: 'Count' }),
  count('AWS/Cognito', 'SignInSuccesses', POOL, 1.4),
  count('AWS/Cognito', 'TokenRefreshSuccesses', POOL, 9),
  count('AWS/S3', 'GetRequests', BUCKET, 45),
  count('AWS/S3', 'PutRequests', BUCKET, 3),
  gauge('AWS/S3', 'TotalRequestLatency', BUCKET, 180, { ...MS, samples: 48 }),
  gauge(
    'AWS/S3',
    'BucketSizeBytes',
    { BucketName: 'realtechee-files-prod', StorageType: 'StandardStorage' },
    412e9,
    { unit: 'Bytes', daily: 0, noise: 0.001, everyMinutes: 1440 },
  ),
];

const ALB = 'AWS/ApplicationELB';
const loadBalancer = (): MetricSpec[] => {
  const on = { LoadBalancer: LOAD_BALANCER };
  return [
    gauge(ALB, 'ActiveConnectionCount', on, 42, { unit: 'Count', daily: 0.4 }),
    count(ALB, 'NewConnectionCount', on, 25),
    count(ALB, 'HTTPCode_ELB_5XX_Count', on, 0.02),
    gauge(ALB, 'ProcessedBytes', on, 5.2e6, { unit: 'Bytes', daily: 0.4 }),
    ...['us-west-1a', 'us-west-1c'].map((AvailabilityZone) =>
      count(ALB, 'RequestCount', { AvailabilityZone, ...on }, 15.5),
    ),
  ];
};

const pages = ['/quote', '/projects', '/contact'];
const vitals = [
  ['LargestContentfulPaint', 2100, 'Milliseconds'],
  ['FirstInputDelay', 28, 'Milliseconds'],
  ['CumulativeLayoutShift', 0.07, 'None'],
  ['PageLoadTime', 2600, 'Milliseconds'],
  ['DOMContentLoaded', 1300, 'Milliseconds'],
  ['TimeToFirstByte', 340, 'Milliseconds'],
] as const;

const webVitals = (): MetricSpec[] =>
  pages.flatMap((Page) =>
    vitals.map(([name, base, unit]) =>
      gauge('RealTechee/Performance', name, { Environment: 'production', Page }, base, {
        unit,
        samples: 5,
      }),
    ),
  );

/** RealTechee's metrics beside those its alarms watch; `tableName` adds the tables' generated suffix. */
export const realtecheeServiceMetrics = (tableName: (name: string) => string): MetricSpec[] => [
  ...loadBalancer(),
  ...database(tableName),
  ...lambdas(),
  ...frontEnd(),
  ...webVitals(),
];
