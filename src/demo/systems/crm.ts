import { CRM_ACCOUNT } from '../world';
import { count, dims, gauge, type AlarmDefinition, type SystemDefinition, topic } from './define';
import { crmServiceMetrics } from './crm-services';
import { crmTail } from './crm-tail';

const REGION = 'us-east-1';
const alb = { LoadBalancer: 'app/crm-production-alb/50dc6c495c0c9188' };
const db = { DBInstanceIdentifier: 'crm-production' };
const to = (name: string): string[] => [topic(CRM_ACCOUNT, REGION, name)];
const tags = { Environment: 'production', System: 'CRM' };
const ALB = 'AWS/ApplicationELB';
const RDS = 'AWS/RDS';

const alarm = (
  name: string,
  description: string,
  metric: [namespace: string, metricName: string, dimensions: Record<string, string>],
  rule: Pick<
    AlarmDefinition,
    'stat' | 'period' | 'periods' | 'comparison' | 'threshold' | 'missing'
  >,
  topicName: string,
): AlarmDefinition => ({
  name,
  description,
  namespace: metric[0],
  metricName: metric[1],
  dimensions: dims(metric[2]),
  ...rule,
  alarmActions: to(topicName),
  tags: { ...tags, AlertLevel: topicName.replace(/^crm-|-alerts$/g, '') },
});

const above = (stat: string, periods: number, threshold: number) =>
  ({ stat, period: 300, periods, comparison: 'GreaterThanThreshold', threshold }) as const;

const alarms: AlarmDefinition[] = [
  alarm(
    'CRM-High-Error-Rate',
    'More client errors than usual at the load balancer',
    [ALB, '4XXError', alb],
    above('Sum', 2, 10),
    'crm-critical-alerts',
  ),
  alarm(
    'CRM-High-Response-Time',
    'Answers take longer than two seconds',
    [ALB, 'TargetResponseTime', alb],
    above('Average', 3, 2),
    'crm-warning-alerts',
  ),
  alarm(
    'CRM-Database-High-CPU',
    'The production database is busy',
    [RDS, 'CPUUtilization', db],
    above('Average', 2, 80),
    'crm-warning-alerts',
  ),
  alarm(
    'CRM-Database-High-Connections',
    'The connection pool of the production database fills',
    [RDS, 'DatabaseConnections', db],
    above('Average', 2, 80),
    'crm-warning-alerts',
  ),
  alarm(
    'CRM-Low-Lead-Conversion',
    'Too few leads become opportunities',
    ['CRM/Business', 'LeadConversionRate', {}],
    {
      stat: 'Average',
      period: 3600,
      periods: 1,
      comparison: 'LessThanThreshold',
      threshold: 5,
      missing: 'breaching',
    },
    'crm-business-alerts',
  ),
  alarm(
    'CRM-High-Auth-Failures',
    'Somebody may be trying passwords',
    ['CRM/Security', 'AuthenticationFailure', {}],
    above('Sum', 1, 20),
    'crm-security-alerts',
  ),
];

const services = ['auth', 'crm-core', 'social-media', 'analytics'];

const metrics = [
  count(ALB, 'RequestCount', alb, 1400),
  gauge(ALB, 'TargetResponseTime', alb, 0.42, { unit: 'Seconds', samples: 1400 }),
  count(ALB, '4XXError', alb, 0.6),
  count(ALB, 'HTTPCode_Target_2XX_Count', alb, 1380),
  count(ALB, 'HTTPCode_Target_4XX_Count', alb, 0.6),
  count(ALB, 'HTTPCode_Target_5XX_Count', alb, 0.2),
  count(ALB, 'HTTPCode_ELB_5XX_Count', alb, 0.1),
  gauge(RDS, 'CPUUtilization', db, 34, { unit: 'Percent', max: 100, daily: 0.3 }),
  gauge(RDS, 'DatabaseConnections', db, 38, { unit: 'Count', daily: 0.3 }),
  gauge(RDS, 'ReadLatency', db, 0.0021, { unit: 'Seconds' }),
  gauge(RDS, 'WriteLatency', db, 0.0038, { unit: 'Seconds' }),
  gauge('CRM/Business', 'LeadConversionRate', {}, 12.5, {
    unit: 'Percent',
    everyMinutes: 15,
    daily: 0.1,
  }),
  count('CRM/Business', 'DailyNewLeads', {}, 46, { everyMinutes: 60 }),
  gauge('CRM/Business', 'DailyConversionRate', {}, 12, { unit: 'Percent', everyMinutes: 60 }),
  gauge('CRM/Business', 'DailyRevenue', {}, 18_400, { everyMinutes: 60 }),
  count('CRM/Business', 'DailyActiveUsers', {}, 312, { everyMinutes: 60 }),
  count('CRM/Business', 'SocialMediaLeads', {}, 4, { everyMinutes: 60 }),
  ...['Web', 'Referral', 'LinkedIn'].flatMap((Source) =>
    ['Low', 'Medium-Low', 'Medium', 'High', 'Very-High'].map((ScoreRange) =>
      count('CRM/Business', 'LeadCreated', { Source, ScoreRange }, 0.4),
    ),
  ),
  count(
    'CRM/Business',
    'OpportunityStageChange',
    { FromStage: 'Qualified', ToStage: 'Proposal' },
    0.3,
  ),
  count('CRM/Business', 'OpportunityStageChange', { FromStage: 'Proposal', ToStage: 'Won' }, 0.1),
  gauge('CRM/Business', 'OpportunityValue', { Stage: 'Proposal' }, 14_200, { everyMinutes: 5 }),
  count('CRM/Security', 'AuthenticationFailure', {}, 0.8),
  count('CRM/auth', 'UserLogin', { LoginMethod: 'password', ServiceName: 'auth' }, 6),
  count('CRM/auth', 'UserLogin', { LoginMethod: 'sso', ServiceName: 'auth' }, 11),
  ...services.flatMap((service) => [
    count(
      `CRM/${service}`,
      'APICall',
      { Endpoint: '/api/v1', Method: 'GET', StatusCode: '200' },
      220,
    ),
    gauge(`CRM/${service}`, 'APIResponseTime', { Endpoint: '/api/v1', Method: 'GET' }, 180, {
      unit: 'Milliseconds',
      samples: 220,
    }),
    count(`CRM/${service}`, 'DatabaseQuery', { Operation: 'SELECT', Table: 'contacts' }, 640),
    gauge(`CRM/${service}`, 'DatabaseQueryTime', { Operation: 'SELECT', Table: 'contacts' }, 9, {
      unit: 'Milliseconds',
      samples: 640,
    }),
  ]),
];

const tail = crmTail(CRM_ACCOUNT, REGION);

/** The CRM of SYSTEMS.md part A, with an ordinary tail of healthy alarms. */
export const crm: SystemDefinition = {
  accountId: CRM_ACCOUNT,
  region: REGION,
  // What an alarm watches has the last word on how a metric behaves.
  metrics: [...crmServiceMetrics, ...metrics, ...tail.metrics],
  alarms: [...alarms, ...tail.alarms],
  composites: [
    {
      name: 'CRM-Database-Degraded',
      description: 'The database is short of CPU or connections while answers are slow',
      rule: '(ALARM("CRM-Database-High-CPU") OR ALARM("CRM-Database-High-Connections")) AND NOT ALARM("crm-maintenance-window")',
      alarmActions: to('crm-critical-alerts'),
      suppressor: 'crm-maintenance-window',
      tags: { ...tags, AlertLevel: 'critical' },
    },
    {
      name: 'CRM-Customer-Impact',
      description: 'Customers notice: errors or slow answers',
      rule: 'ALARM("CRM-High-Error-Rate") OR (ALARM("CRM-High-Response-Time") AND NOT OK("CRM-Database-High-Connections"))',
      alarmActions: to('crm-critical-alerts'),
      tags: { ...tags, AlertLevel: 'critical' },
    },
  ],
  past: [
    {
      metric: { namespace: ALB, metricName: 'TargetResponseTime', dimensions: dims(alb) },
      fromMinutes: 1120,
      toMinutes: 1080,
      value: 3.1,
    },
    {
      metric: { namespace: RDS, metricName: 'CPUUtilization', dimensions: dims(db) },
      fromMinutes: 500,
      toMinutes: 465,
      value: 91,
    },
    {
      metric: { namespace: 'CRM/Security', metricName: 'AuthenticationFailure', dimensions: [] },
      fromMinutes: 190,
      toMinutes: 183,
      value: 14,
    },
    ...tail.past,
  ],
};
