/** What the detail asks for: one metric alarm with an hour of series, a short history and an open incident. */
import type { AlarmDetail } from '../../../src/shared/alarms/alarm';
import type { Incident, TimelineEntry } from '../../../src/shared/incidents/incident';
import { nightRows } from './fixtures';

const MINUTE = 60_000;

function detailOf(key: string): AlarmDetail | undefined {
  const now = Date.now();
  const row = nightRows(now).find((one) => one.key === key);
  if (row === undefined) return undefined;
  return {
    alarm: {
      key,
      arn: key.split('|')[1] ?? key,
      name: row.name,
      connectionId: row.connectionId,
      accountId: row.accountId,
      region: row.region,
      kind: 'metric',
      description: '5XX answers of the load balancer',
      state: row.state,
      stateReason: 'Threshold Crossed: 2 datapoints were greater than the threshold (10.0).',
      stateReasonData: null,
      stateUpdatedAt: row.stateSince,
      stateTransitionedAt: row.stateSince,
      configurationUpdatedAt: now - 90 * 24 * 60 * MINUTE,
      actionsEnabled: true,
      alarmActions: ['arn:aws:sns:us-west-1:111122223333:on-call'],
      okActions: [],
      insufficientDataActions: [],
      tags: { Environment: 'Production' },
      metric: {
        queries: [
          {
            id: 'm1',
            expression: null,
            label: null,
            returnData: true,
            namespace: 'AWS/ApplicationELB',
            metricName: 'HTTPCode_Target_5XX_Count',
            dimensions: [{ name: 'LoadBalancer', value: 'app/web/1' }],
            stat: 'Sum',
            periodSeconds: 300,
            unit: null,
            accountId: null,
          },
        ],
        periodSeconds: 300,
        evaluationPeriods: 2,
        datapointsToAlarm: 2,
        threshold: 10,
        thresholdMetricId: null,
        comparison: 'GreaterThanThreshold',
        treatMissingData: 'notBreaching',
      },
      composite: null,
    },
    severity: row.severity,
    severityRuleId: 'critical-name',
    sentence: '5XX answers are 43 in 5 minutes, limit 10, for two periods.',
    composite: null,
    consoleUrl: 'https://us-west-1.console.aws.amazon.com/cloudwatch/home',
  };
}

function history(): TimelineEntry[] {
  const now = Date.now();
  return [
    {
      id: 't1',
      at: now - 4 * MINUTE,
      kind: 'transition',
      text: 'OK → ALARM, 2 of 2 periods over 10',
      by: null,
      state: 'ALARM',
      source: 'poll',
    },
    {
      id: 't2',
      at: now - 4 * MINUTE + 412,
      kind: 'notified',
      text: 'Popup shown and sound played (412 ms)',
      by: null,
      state: null,
      source: null,
    },
  ];
}

function incidents(key: string): Incident[] {
  const row = nightRows(Date.now()).find((one) => one.key === key);
  if (row === undefined || row.incidentId === null) return [];
  return [
    {
      id: row.incidentId,
      alarmKey: key,
      alarmName: row.name,
      connectionId: row.connectionId,
      region: row.region,
      severity: row.severity,
      state: row.incidentState ?? 'triggered',
      openedAt: row.stateSince,
      resolvedAt: null,
      acknowledgement: null,
      snooze: null,
      notifiedAt: row.stateSince,
      notifiedCount: 1,
      alarmCount: 1,
      timeline: history(),
    },
  ];
}

/** Undefined for names it has no answer to. */
export function answerDetail(name: string, args: unknown): unknown {
  switch (name) {
    case 'alarms.detail':
      return typeof args === 'string' ? detailOf(args) : undefined;
    case 'alarms.history':
      return history();
    case 'incidents.forAlarm':
      return typeof args === 'string' ? incidents(args) : undefined;
    default:
      return undefined;
  }
}
