import type { LocalRule } from '../../../src/shared/local-rules/local-rule';

/** ALB 5XX over five minutes above ten, every 30 s. */
export const rule = (changes: Partial<LocalRule> = {}): LocalRule => ({
  id: 'r1',
  name: 'ALB errors',
  description: '',
  enabled: true,
  connectionId: 'crm',
  region: 'us-east-1',
  queries: [
    {
      id: 'm1',
      metric: {
        namespace: 'AWS/ApplicationELB',
        metricName: 'HTTPCode_ELB_5XX_Count',
        dimensions: [{ name: 'LoadBalancer', value: 'app/crm/1' }],
      },
      expression: null,
      stat: 'Sum',
      unit: null,
      periodSeconds: 60,
      label: null,
      accountId: null,
      returnData: true,
    },
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
  ...changes,
});
