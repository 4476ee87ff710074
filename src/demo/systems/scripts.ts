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
  effects: {
    metric: { namespace: string; metricName: string; dimensions: Dim[] };
    change: Effect['change'];
    /** Shows this long after the start. */
    afterSeconds: number;
    /** How far before the start it has begun. */
    leadMinutes: number;
    rampMinutes: number;
  }[];
}

const on = (namespace: string, metricName: string, values: Record<string, string> = {}) => ({
  namespace,
  metricName,
  dimensions: dims(values),
});
const rtAlb = { LoadBalancer: 'app/RealTechee-ALB/7a1c9e4b5d2f3060' };
const crmAlb = { LoadBalancer: 'app/crm-production-alb/50dc6c495c0c9188' };
const crmDb = { DBInstanceIdentifier: 'crm-production' };

export const scripts: readonly Script[] = [
  {
    id: 'bad-deployment',
    title: 'A bad deployment',
    description:
      'A release of RealTechee answers with server errors; slow answers and a slow database follow.',
    accountId: REALTECHEE_ACCOUNT,
    region: 'us-west-1',
    minutes: 25,
    effects: [
      {
        metric: on('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', rtAlb),
        change: { kind: 'to', value: 9 },
        afterSeconds: 8,
        leadMinutes: 14,
        rampMinutes: 6,
      },
      {
        metric: on('AWS/ApplicationELB', 'TargetResponseTime', rtAlb),
        change: { kind: 'to', value: 5.2 },
        afterSeconds: 55,
        leadMinutes: 14,
        rampMinutes: 4,
      },
      {
        metric: on('AWS/DynamoDB', 'SuccessfulRequestLatency', {
          TableName: tableName('Requests'),
          Operation: 'Query',
        }),
        change: { kind: 'to', value: 240 },
        afterSeconds: 120,
        leadMinutes: 12,
        rampMinutes: 4,
      },
    ],
  },
  {
    id: 'connection-leak',
    title: 'A connection leak',
    description:
      'A service of the CRM does not give its database connections back: the pool fills, then CPU and answers suffer.',
    accountId: CRM_ACCOUNT,
    region: 'us-east-1',
    minutes: 35,
    effects: [
      {
        metric: on('AWS/RDS', 'DatabaseConnections', crmDb),
        change: { kind: 'to', value: 118 },
        afterSeconds: 5,
        leadMinutes: 22,
        rampMinutes: 20,
      },
      {
        metric: on('AWS/RDS', 'CPUUtilization', crmDb),
        change: { kind: 'to', value: 93 },
        afterSeconds: 45,
        leadMinutes: 14,
        rampMinutes: 5,
      },
      {
        metric: on('AWS/ApplicationELB', 'TargetResponseTime', crmAlb),
        change: { kind: 'to', value: 3.4 },
        afterSeconds: 90,
        leadMinutes: 20,
        rampMinutes: 5,
      },
      {
        metric: on('AWS/ApplicationELB', '4XXError', crmAlb),
        change: { kind: 'to', value: 7 },
        afterSeconds: 150,
        leadMinutes: 13,
        rampMinutes: 4,
      },
    ],
  },
  {
    id: 'password-spraying',
    title: 'Password spraying',
    description: 'Somebody tries common passwords against many accounts of the CRM.',
    accountId: CRM_ACCOUNT,
    region: 'us-east-1',
    minutes: 18,
    effects: [
      {
        metric: on('CRM/Security', 'AuthenticationFailure'),
        change: { kind: 'to', value: 34 },
        afterSeconds: 4,
        leadMinutes: 5,
        rampMinutes: 3,
      },
    ],
  },
  {
    id: 'lead-conversion-silent',
    title: 'Lead conversion falls silent',
    description:
      'The job that publishes the CRM’s lead conversion rate has stopped: no data, which counts as breaching.',
    accountId: CRM_ACCOUNT,
    region: 'us-east-1',
    minutes: 45,
    effects: [
      {
        metric: on('CRM/Business', 'LeadConversionRate'),
        change: { kind: 'stop' },
        afterSeconds: 4,
        leadMinutes: 200,
        rampMinutes: 0,
      },
    ],
  },
];
