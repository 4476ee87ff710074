import { REALTECHEE_ACCOUNT } from '../world';
import { count, dims, gauge, type AlarmDefinition, type SystemDefinition, topic } from './define';
import { realtecheeServiceMetrics } from './realtechee-services';
import { realtecheeTail } from './realtechee-tail';

const REGION = 'us-west-1';
const alb = { LoadBalancer: 'app/RealTechee-ALB/7a1c9e4b5d2f3060' };
const ALB = 'AWS/ApplicationELB';
const DYNAMO = 'AWS/DynamoDB';
const sns = (name: string): string => topic(REALTECHEE_ACCOUNT, REGION, name);
const lambda = (name: string): string =>
  `arn:aws:lambda:${REGION}:${REALTECHEE_ACCOUNT}:function:${name}`;
const CRITICAL = 'RealTechee-Critical-Alerts';
const WARNING = 'RealTechee-Warning-Alerts';
export const REALTECHEE_INFO = 'RealTechee-Info-Alerts';
const SUFFIX = 'k2v5x7q3jrhdnb6w-prod';
export const tableName = (name: string): string => `${name}-${SUFFIX}`;
const requestsTable = { TableName: tableName('Requests'), Operation: 'Query' };

const alarm = (
  level: 'P0' | 'P1',
  definition: Omit<AlarmDefinition, 'alarmActions' | 'okActions' | 'tags'>,
  response: string,
): AlarmDefinition => ({
  ...definition,
  alarmActions: [sns(level === 'P0' ? CRITICAL : WARNING), lambda(response)],
  okActions: [sns(REALTECHEE_INFO)],
  tags: { Environment: 'production', AlertLevel: level, System: 'RealTechee' },
});

const alarms: AlarmDefinition[] = [
  alarm(
    'P0',
    {
      name: 'RealTechee-Critical-Error-Rate',
      description: 'P0: the application answers with server errors',
      namespace: ALB,
      metricName: 'HTTPCode_Target_5XX_Count',
      dimensions: dims(alb),
      stat: 'Sum',
      period: 300,
      periods: 2,
      datapointsToAlarm: 2,
      comparison: 'GreaterThanThreshold',
      threshold: 10,
      missing: 'notBreaching',
    },
    'RealTechee-Auto-Rollback',
  ),
  alarm(
    'P0',
    {
      name: 'RealTechee-Application-Unavailable',
      description: 'P0: the health check failed three times in a row',
      namespace: 'AWS/Route53',
      metricName: 'HealthCheckStatus',
      dimensions: dims({ HealthCheckId: 'b7d3c1f0-5e2a-4f61-9c38-2d7ae4106f55' }),
      stat: 'Minimum',
      period: 60,
      periods: 3,
      datapointsToAlarm: 3,
      comparison: 'LessThanThreshold',
      threshold: 1,
      missing: 'breaching',
    },
    'RealTechee-Incident-Response',
  ),
  alarm(
    'P0',
    {
      name: 'RealTechee-Database-Connectivity',
      description: 'P0: DynamoDB answers with errors',
      namespace: DYNAMO,
      metricName: 'SystemErrors',
      dimensions: dims(requestsTable),
      stat: 'Sum',
      period: 300,
      periods: 1,
      datapointsToAlarm: 1,
      comparison: 'GreaterThanThreshold',
      threshold: 10,
      missing: 'notBreaching',
    },
    'RealTechee-Read-Only-Mode',
  ),
  alarm(
    'P1',
    {
      name: 'RealTechee-Response-Time-Warning',
      description: 'P1: answers take longer than three seconds',
      namespace: ALB,
      metricName: 'TargetResponseTime',
      dimensions: dims(alb),
      stat: 'Average',
      period: 300,
      periods: 3,
      datapointsToAlarm: 2,
      comparison: 'GreaterThanThreshold',
      threshold: 3,
    },
    'RealTechee-Investigation',
  ),
  alarm(
    'P1',
    {
      name: 'RealTechee-Database-Latency',
      description: 'P1: DynamoDB is slow',
      namespace: DYNAMO,
      metricName: 'SuccessfulRequestLatency',
      dimensions: dims(requestsTable),
      stat: 'Average',
      period: 300,
      periods: 3,
      datapointsToAlarm: 2,
      comparison: 'GreaterThanThreshold',
      threshold: 100,
    },
    'RealTechee-Capacity-Evaluation',
  ),
  {
    ...alarm(
      'P1',
      {
        name: 'RealTechee-Error-Rate-Percent',
        description: 'P1: more than 5 % of the requests fail',
        namespace: ALB,
        metricName: 'HTTPCode_Target_5XX_Count',
        dimensions: dims(alb),
        stat: 'Sum',
        period: 300,
        periods: 2,
        comparison: 'GreaterThanThreshold',
        threshold: 5,
        missing: 'notBreaching',
      },
      'RealTechee-Investigation',
    ),
    metrics: [
      {
        Id: 'e1',
        Expression: '100 * FILL(errors, 0) / requests',
        Label: '5XX share of requests (%)',
        ReturnData: true,
      },
      {
        Id: 'errors',
        ReturnData: false,
        MetricStat: {
          Metric: {
            Namespace: ALB,
            MetricName: 'HTTPCode_Target_5XX_Count',
            Dimensions: dims(alb),
          },
          Period: 300,
          Stat: 'Sum',
        },
      },
      {
        Id: 'requests',
        ReturnData: false,
        MetricStat: {
          Metric: { Namespace: ALB, MetricName: 'RequestCount', Dimensions: dims(alb) },
          Period: 300,
          Stat: 'Sum',
        },
      },
    ],
  },
];

const functions = ['notification-processor', 'user-admin', 'status-processor'];
const tables = ['Contacts', 'Properties', 'Requests', 'Projects', 'Quotes'];
const business = 'RealTechee/Business';
const production = { Environment: 'production' };

const metrics = [
  count(ALB, 'RequestCount', alb, 31),
  gauge(ALB, 'TargetResponseTime', alb, 0.84, { unit: 'Seconds', samples: 31 }),
  count(ALB, 'HTTPCode_Target_2XX_Count', alb, 30),
  count(ALB, 'HTTPCode_Target_4XX_Count', alb, 0.8),
  count(ALB, 'HTTPCode_Target_5XX_Count', alb, 0.03),
  gauge(
    'AWS/Route53',
    'HealthCheckStatus',
    { HealthCheckId: 'b7d3c1f0-5e2a-4f61-9c38-2d7ae4106f55' },
    1,
    { daily: 0, noise: 0 },
  ),
  ...tables.flatMap((name) => [
    count(DYNAMO, 'ConsumedReadCapacityUnits', { TableName: tableName(name) }, 44),
    count(DYNAMO, 'ConsumedWriteCapacityUnits', { TableName: tableName(name) }, 9),
    count(DYNAMO, 'ThrottledRequests', { TableName: tableName(name) }, 0),
  ]),
  gauge(DYNAMO, 'SuccessfulRequestLatency', requestsTable, 11, {
    unit: 'Milliseconds',
    samples: 40,
  }),
  gauge(
    DYNAMO,
    'SuccessfulRequestLatency',
    { TableName: tableName('Projects'), Operation: 'Scan' },
    38,
    { unit: 'Milliseconds', samples: 8 },
  ),
  gauge(
    DYNAMO,
    'SuccessfulRequestLatency',
    { TableName: tableName('Quotes'), Operation: 'GetItem' },
    6,
    { unit: 'Milliseconds', samples: 30 },
  ),
  count(DYNAMO, 'SystemErrors', requestsTable, 0),
  ...functions.flatMap((name) => {
    const on = { FunctionName: `RealTechee-${name}` };
    return [
      gauge('AWS/Lambda', 'Duration', on, 640, { unit: 'Milliseconds', samples: 12 }),
      count('AWS/Lambda', 'Errors', on, 0.02),
      count('AWS/Lambda', 'Invocations', on, 12),
      count('AWS/Lambda', 'Throttles', on, 0),
    ];
  }),
  ...['Website', 'Agent', 'Referral'].map((LeadSource) =>
    count(business, 'RequestsSubmitted', { LeadSource, ...production }, 0.09, { everyMinutes: 1 }),
  ),
  count(business, 'RequestsSubmitted', {}, 0.27),
  ...['Small', 'Medium', 'Large', 'Enterprise'].map((QuoteValue) =>
    count(business, 'QuotesGenerated', { QuoteValue }, 0.05),
  ),
  count(business, 'QuotesGenerated', {}, 0.2),
  count(business, 'ProjectsCompleted', {}, 0.02),
  count(business, 'UserLogins', {}, 1.4),
  gauge(business, 'ActiveSessions', {}, 23, { unit: 'Count', daily: 0.5 }),
  gauge(business, 'AverageQuoteValue', {}, 21_300, { everyMinutes: 5 }),
  ...['search', 'upload', 'request-quote'].map((Action) =>
    count(business, 'UserActions', { Action }, 3),
  ),
  ...(
    [
      ['LargestContentfulPaint', 1900],
      ['FirstInputDelay', 24],
      ['CumulativeLayoutShift', 0.06],
      ['PageLoadTime', 2300],
      ['DOMContentLoaded', 1200],
      ['TimeToFirstByte', 310],
    ] as const
  ).map(([name, base]) =>
    gauge('RealTechee/Performance', name, { ...production, Page: '/' }, base, {
      unit: 'Milliseconds',
      samples: 9,
    }),
  ),
  gauge(
    'AWS/S3',
    'FirstByteLatency',
    { BucketName: 'realtechee-files-prod', FilterId: 'all' },
    130,
    { unit: 'Milliseconds', samples: 20 },
  ),
];

const tail = realtecheeTail(REALTECHEE_ACCOUNT, REGION);

/** RealTechee of SYSTEMS.md part B, with an ordinary tail of healthy alarms. */
export const realtechee: SystemDefinition = {
  accountId: REALTECHEE_ACCOUNT,
  region: REGION,
  // What an alarm watches has the last word on how a metric behaves.
  metrics: [...realtecheeServiceMetrics(tableName), ...metrics, ...tail.metrics],
  alarms: [...alarms, ...tail.alarms],
  composites: [
    {
      name: 'RealTechee-Customer-Impact',
      description: 'Customers notice: errors, an outage, or slow answers on top of a slow database',
      rule: 'ALARM("RealTechee-Critical-Error-Rate") OR ALARM("RealTechee-Application-Unavailable") OR (ALARM("RealTechee-Response-Time-Warning") AND ALARM("RealTechee-Database-Latency"))',
      alarmActions: [sns(CRITICAL)],
      okActions: [sns(REALTECHEE_INFO)],
      tags: { Environment: 'production', AlertLevel: 'P0', System: 'RealTechee' },
    },
  ],
  past: [
    {
      metric: { namespace: ALB, metricName: 'HTTPCode_Target_5XX_Count', dimensions: dims(alb) },
      fromMinutes: 862,
      toMinutes: 838,
      value: 14,
    },
    {
      metric: {
        namespace: DYNAMO,
        metricName: 'SuccessfulRequestLatency',
        dimensions: dims(requestsTable),
      },
      fromMinutes: 340,
      toMinutes: 310,
      value: 190,
    },
    ...tail.past,
  ],
};
