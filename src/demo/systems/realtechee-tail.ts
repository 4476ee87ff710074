import { count, dims, gauge } from './define';
import { buildTail, type Ordinary, type Tail } from './tail';

const tables = [
  'Contacts',
  'Properties',
  'Requests',
  'Projects',
  'Quotes',
  'Members',
  'Comments',
  'Audit',
];
const functions = [
  'notification-processor',
  'user-admin',
  'status-processor',
  'image-resize',
  'quote-pdf',
  'geo-lookup',
  'contact-sync',
  'backup',
];
const ITERATOR = { FunctionName: 'RealTechee-contact-sync' };

function ordinary(): Ordinary[] {
  const list: Ordinary[] = [];
  for (const table of tables) {
    const on = { TableName: `${table}-k2v5x7q3jrhdnb6w-prod` };
    const slug = `realtechee-ddb-${table.toLowerCase()}`;
    list.push(
      {
        name: `${slug}-throttles`,
        spec: count('AWS/DynamoDB', 'ReadThrottleEvents', on, 0),
        stat: 'Sum',
        threshold: 10,
        periods: 1,
        missing: 'notBreaching',
      },
      {
        name: `${slug}-user-errors`,
        spec: count('AWS/DynamoDB', 'ConditionalCheckFailedRequests', on, 0.1),
        stat: 'Sum',
        threshold: 50,
        periods: 1,
        missing: 'notBreaching',
        level: 'info',
      },
    );
  }
  for (const name of functions) {
    const on = { FunctionName: `RealTechee-${name}` };
    const slug = `realtechee-fn-${name}`;
    list.push(
      {
        name: `${slug}-errors`,
        spec: count('AWS/Lambda', 'Errors', on, 0.02),
        stat: 'Sum',
        threshold: 5,
        periods: 2,
        missing: 'notBreaching',
      },
      {
        name: `${slug}-duration`,
        spec: gauge('AWS/Lambda', 'Duration', on, 640, { unit: 'Milliseconds', samples: 12 }),
        stat: 'p95',
        threshold: 30_000,
      },
      {
        name: `${slug}-iterator-age`,
        spec: gauge('AWS/Lambda', 'IteratorAge', on, 1400, { unit: 'Milliseconds', noise: 0.3 }),
        stat: 'Maximum',
        threshold: 600_000,
        periods: 2,
      },
    );
  }
  for (const kind of ['4XXError', '5XXError']) {
    const limit = kind === '5XXError' ? 10 : 400;
    list.push({
      name: `realtechee-appsync-${kind.toLowerCase()}`,
      spec: count('AWS/AppSync', kind, { GraphQLAPIId: 'x4mw2k7p5rvh3tq6' }, 0.05),
      stat: 'Sum',
      threshold: limit,
      periods: 2,
      missing: 'notBreaching',
    });
    list.push({
      name: `realtechee-amplify-${kind.toLowerCase()}`,
      spec: count(
        'AWS/AmplifyHosting',
        kind === '5XXError' ? '5xxErrors' : '4xxErrors',
        { App: 'd200k2wsaf8th3' },
        0.4,
      ),
      stat: 'Sum',
      threshold: limit,
      periods: 2,
      missing: 'notBreaching',
    });
  }
  list.push(
    {
      name: 'realtechee-appsync-latency',
      spec: gauge('AWS/AppSync', 'Latency', { GraphQLAPIId: 'x4mw2k7p5rvh3tq6' }, 120, {
        unit: 'Milliseconds',
        samples: 60,
      }),
      stat: 'p95',
      threshold: 2000,
    },
    {
      name: 'realtechee-cognito-throttles',
      spec: count('AWS/Cognito', 'SignInThrottles', { UserPool: 'us-west-1_DemoPool' }, 0),
      stat: 'Sum',
      threshold: 10,
      periods: 1,
      missing: 'notBreaching',
    },
    {
      name: 'realtechee-cognito-risk',
      spec: count(
        'AWS/Cognito',
        'CompromisedCredentialsRisk',
        { UserPool: 'us-west-1_DemoPool' },
        0,
      ),
      stat: 'Sum',
      threshold: 0,
      periods: 1,
      missing: 'notBreaching',
    },
    {
      name: 'realtechee-s3-first-byte',
      spec: gauge(
        'AWS/S3',
        'FirstByteLatency',
        { BucketName: 'realtechee-files-prod', FilterId: 'all' },
        130,
        { unit: 'Milliseconds', samples: 20 },
      ),
      stat: 'Average',
      threshold: 10_000,
    },
    {
      name: 'realtechee-s3-5xx',
      spec: count(
        'AWS/S3',
        '5xxErrors',
        { BucketName: 'realtechee-files-prod', FilterId: 'all' },
        0,
      ),
      stat: 'Sum',
      threshold: 5,
      periods: 1,
      missing: 'notBreaching',
    },
    {
      name: 'realtechee-throughput-low',
      spec: count(
        'AWS/ApplicationELB',
        'RequestCount',
        { LoadBalancer: 'app/RealTechee-ALB/7a1c9e4b5d2f3060' },
        31,
      ),
      stat: 'Sum',
      threshold: 100,
      comparison: 'LessThanThreshold',
      period: 3600,
      periods: 1,
      level: 'info',
    },
    {
      name: 'realtechee-web-lcp',
      spec: gauge(
        'RealTechee/Performance',
        'LargestContentfulPaint',
        { Environment: 'production', Page: '/' },
        1900,
        { unit: 'Milliseconds', samples: 9 },
      ),
      stat: 'p90',
      threshold: 4000,
      level: 'info',
    },
    {
      name: 'realtechee-web-cls',
      spec: gauge(
        'RealTechee/Performance',
        'CumulativeLayoutShift',
        { Environment: 'production', Page: '/' },
        0.06,
        { samples: 9 },
      ),
      stat: 'p90',
      threshold: 0.25,
      level: 'info',
    },
    {
      name: 'realtechee-billing-estimate',
      spec: gauge('AWS/Billing', 'EstimatedCharges', { Currency: 'USD' }, 410, {
        daily: 0,
        noise: 0.01,
        everyMinutes: 60,
      }),
      stat: 'Maximum',
      threshold: 900,
      period: 21_600,
      periods: 1,
      level: 'info',
    },
    {
      name: 'realtechee-sns-delivery-failures',
      spec: count(
        'AWS/SNS',
        'NumberOfNotificationsFailed',
        { TopicName: 'RealTechee-Critical-Alerts' },
        0,
      ),
      stat: 'Sum',
      threshold: 0,
      periods: 1,
      missing: 'notBreaching',
    },
  );
  return list;
}

/** Healthy alarms of an ordinary Amplify account, and one stream consumer that has fallen behind. */
export function realtecheeTail(accountId: string, region: string): Tail {
  const names: Record<string, string> = { critical: 'Critical', warning: 'Warning', info: 'Info' };
  const built = buildTail(
    accountId,
    region,
    ordinary(),
    (level) => `RealTechee-${names[level] ?? 'Info'}-Alerts`,
    { Environment: 'production', System: 'RealTechee' },
  );
  return {
    ...built,
    past: [
      {
        metric: { namespace: 'AWS/Lambda', metricName: 'IteratorAge', dimensions: dims(ITERATOR) },
        fromMinutes: 48,
        toMinutes: null,
        value: 1_900_000,
      },
    ],
  };
}
