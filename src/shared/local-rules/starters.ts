/** Rules to begin with: each is a finished rule whose metric the engineer points at their own system. */
import type { MetricQuery } from '../metrics/query';
import type { LocalRule } from './local-rule';

export interface StarterRule {
  name: string;
  /** What it is for, one sentence. */
  purpose: string;
  rule: Omit<LocalRule, 'id' | 'connectionId' | 'region' | 'enabled'>;
}

const query = (
  namespace: string,
  metricName: string,
  dimension: string,
  value: string,
  stat: string,
): MetricQuery => ({
  id: 'm1',
  metric: { namespace, metricName, dimensions: [{ name: dimension, value }] },
  expression: null,
  stat,
  unit: null,
  periodSeconds: 60,
  label: null,
  accountId: null,
  returnData: true,
});

const loadBalancer = 'app/crm-production-alb/50dc6c495c0c9188';

export const starterRules: readonly StarterRule[] = [
  {
    name: 'Load balancer errors',
    purpose: 'Errors that the load balancer itself answers, seen within half a minute.',
    rule: {
      name: 'ALB-5XX-Errors',
      description: 'The load balancer answered more than ten requests with 5XX in five minutes.',
      queries: [
        query('AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count', 'LoadBalancer', loadBalancer, 'Sum'),
      ],
      watchedId: 'm1',
      reducer: 'sum',
      windowSeconds: 300,
      comparison: '>',
      threshold: 10,
      forSeconds: 0,
      everySeconds: 30,
      noData: 'ok',
      severity: 'critical',
    },
  },
  {
    name: 'Slow API responses',
    purpose: 'Response times that stay high, and word when they stop arriving.',
    rule: {
      name: 'API-Response-Time',
      description: 'The API took more than two seconds on average for five minutes.',
      queries: [
        {
          ...query('CRM/crm-core', 'APIResponseTime', 'Endpoint', '/api/v1', 'Average'),
          metric: {
            namespace: 'CRM/crm-core',
            metricName: 'APIResponseTime',
            dimensions: [
              { name: 'Endpoint', value: '/api/v1' },
              { name: 'Method', value: 'GET' },
            ],
          },
        },
      ],
      watchedId: 'm1',
      reducer: 'avg',
      windowSeconds: 300,
      comparison: '>',
      threshold: 2000,
      forSeconds: 300,
      everySeconds: 60,
      noData: 'no-data',
      severity: 'warning',
    },
  },
  {
    name: 'Queue not drained',
    purpose: 'Messages that have waited too long in a queue.',
    rule: {
      name: 'Queue-Oldest-Message',
      description: 'The oldest message has waited more than ten minutes.',
      queries: [
        query('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', 'my-queue', 'Maximum'),
      ],
      watchedId: 'm1',
      reducer: 'max',
      windowSeconds: 300,
      comparison: '>',
      threshold: 600,
      forSeconds: 120,
      everySeconds: 60,
      noData: 'ok',
      severity: 'warning',
    },
  },
];

export function fromStarter(
  starter: StarterRule,
  id: string,
  place: Pick<LocalRule, 'connectionId' | 'region'>,
): LocalRule {
  return { ...starter.rule, ...place, id, enabled: true };
}
