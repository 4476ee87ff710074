import { tableName } from '../systems/realtechee';

type Metric = [namespace: string, name: string, ...rest: (string | Record<string, unknown>)[]];

/** Makes charts of the demo's smaller dashboards, half a row wide each. */
const chartsOf =
  (region: string) =>
  (index: number, title: string, metrics: Metric[], options: Record<string, unknown> = {}) => ({
    type: 'metric',
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: {
      title,
      region,
      view: 'timeSeries',
      stacked: false,
      stat: 'Average',
      period: 300,
      metrics,
      ...options,
    },
  });
const crm = chartsOf('us-east-1');
const realtechee = chartsOf('us-west-1');

const sums = { stat: 'Sum' };
const services = ['auth', 'core', 'social-media', 'analytics', 'gateway', 'scheduler'];
const onService = (service: string) => [
  'ClusterName',
  'crm-production',
  'ServiceName',
  `crm-${service}-service`,
];
const jobs = ['lead-import', 'mail-out', 'social-sync', 'report-build', 'webhook-in'];

/** What the CRM's teams keep beside their operational dashboard. */
export const crmDashboards: Record<string, unknown> = {
  'CRM-ECS-Services': {
    widgets: [
      crm(
        0,
        'CPU by service',
        services.map((name) => ['AWS/ECS', 'CPUUtilization', ...onService(name)]),
      ),
      crm(
        1,
        'Memory by service',
        services.map((name) => ['AWS/ECS', 'MemoryUtilization', ...onService(name)]),
      ),
      crm(
        2,
        'Running tasks',
        services.map((name) => ['ECS/ContainerInsights', 'RunningTaskCount', ...onService(name)]),
        { stat: 'Minimum' },
      ),
    ],
  },
  'CRM-Business-KPIs': {
    start: '-P7D',
    widgets: [
      crm(0, 'New leads', [['CRM/Business', 'DailyNewLeads']], { stat: 'Sum', period: 3600 }),
      crm(1, 'Conversion, %', [['CRM/Business', 'LeadConversionRate']], { period: 3600 }),
      crm(2, 'Revenue', [['CRM/Business', 'DailyRevenue']], { period: 3600 }),
      crm(3, 'Active users', [['CRM/Business', 'DailyActiveUsers']], { stat: 'Sum', period: 3600 }),
    ],
  },
  'CRM-Queues-and-Jobs': {
    widgets: [
      crm(
        0,
        'Age of the oldest message',
        jobs.map((name) => [
          'AWS/SQS',
          'ApproximateAgeOfOldestMessage',
          'QueueName',
          `crm-${name}`,
        ]),
        { stat: 'Maximum' },
      ),
      crm(
        1,
        'Dead letters',
        jobs.map((name) => [
          'AWS/SQS',
          'ApproximateNumberOfMessagesVisible',
          'QueueName',
          `crm-${name}-dlq`,
        ]),
        { stat: 'Maximum' },
      ),
    ],
  },
  'CRM-Security': {
    widgets: [
      crm(0, 'Refused sign-ins', [['CRM/Security', 'AuthenticationFailure']], sums),
      crm(
        1,
        'Sign-ins',
        ['password', 'sso'].map((method) => [
          'CRM/auth',
          'UserLogin',
          'LoginMethod',
          method,
          'ServiceName',
          'auth',
        ]),
        sums,
      ),
    ],
  },
};

/** What RealTechee's teams keep beside their production dashboard. */
export const realtecheeDashboards: Record<string, unknown> = {
  'RealTechee-Web-Vitals': {
    widgets: [
      realtechee(
        0,
        'Paint and load',
        ['LargestContentfulPaint', 'PageLoadTime', 'DOMContentLoaded', 'TimeToFirstByte'].map(
          (name) => ['RealTechee/Performance', name, 'Environment', 'production', 'Page', '/'],
        ),
        { stat: 'p75' },
      ),
    ],
  },
  'RealTechee-Tables': {
    widgets: ['Contacts', 'Properties', 'Requests', 'Projects', 'Quotes'].map((table, index) =>
      realtechee(
        index,
        table,
        ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map((name) => [
          'AWS/DynamoDB',
          name,
          'TableName',
          tableName(table),
        ]),
        sums,
      ),
    ),
  },
};
