import { isoOffset } from './history-data';
import type { StateValue, StoredAlarm } from './model';
import { hashText } from './random';
import type { RegionStore } from './region';

interface Previous {
  state: StateValue;
  reason: string;
  reasonData: string | null;
  at: number;
}

/** What follows a change of state: the alarm's actions (in the history) and EventBridge's event (in the queues). */
export function publishTransition(
  region: RegionStore,
  alarm: StoredAlarm,
  previous: Previous,
  at: number,
  quiet: boolean,
): void {
  if (alarm.actionsEnabled && (alarm.kind === 'metric' || alarm.suppressedBy === null)) {
    for (const action of actionsOf(alarm)) recordAction(region, alarm, action, at);
  }
  if (quiet) return;
  const body = JSON.stringify(alarmEvent(region, alarm, previous, at));
  for (const queue of region.queues.values()) queue.send(body, Date.now());
}

function actionsOf(alarm: StoredAlarm): string[] {
  if (alarm.state === 'ALARM') return alarm.alarmActions;
  return alarm.state === 'OK' ? alarm.okActions : alarm.insufficientDataActions;
}

function recordAction(region: RegionStore, alarm: StoredAlarm, action: string, at: number): void {
  region.record({
    alarmName: alarm.name,
    alarmType: alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
    type: 'Action',
    at: at + 40,
    summary: `Successfully executed action ${action}`,
    data: JSON.stringify({
      actionState: 'Succeeded',
      stateUpdateTimestamp: at,
      notificationResource: action,
      publishedMessage: null,
      error: null,
    }),
  });
}

const eventState = (state: Omit<Previous, 'at'>, at: number): Record<string, unknown> => ({
  value: state.state,
  reason: state.reason,
  reasonData: state.reasonData ?? undefined,
  timestamp: isoOffset(at),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export function alarmEvent(
  region: RegionStore,
  alarm: StoredAlarm,
  previous: Previous,
  at: number,
): Record<string, unknown> {
  const id = hashText(`${alarm.arn}/${at}`, 1).toString(16).padStart(8, '0');
  return {
    version: '0',
    id: `${id}-0000-4000-8000-${id}0000`,
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: region.accountId,
    time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: region.name,
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      state: eventState(alarm, at),
      previousState: eventState(previous, previous.at),
      configuration: eventConfiguration(alarm),
    },
  };
}

function eventConfiguration(alarm: StoredAlarm): Record<string, unknown> {
  const description = alarm.description ?? undefined;
  if (alarm.kind === 'composite') return { description, alarmRule: alarm.rule };
  const { config } = alarm;
  const queries = config.Metrics ?? [
    {
      Id: 'm1',
      ReturnData: true,
      MetricStat: {
        Metric: {
          Namespace: config.Namespace ?? '',
          MetricName: config.MetricName ?? '',
          Dimensions: config.Dimensions,
        },
        Period: config.Period ?? 60,
        Stat: config.Statistic ?? config.ExtendedStatistic ?? 'Average',
      },
    },
  ];
  return {
    description,
    metrics: queries.map((query) => ({
      id: query.Id,
      expression: query.Expression,
      label: query.Label,
      metricStat:
        query.MetricStat === undefined
          ? undefined
          : {
              metric: {
                namespace: query.MetricStat.Metric.Namespace,
                name: query.MetricStat.Metric.MetricName,
                dimensions: Object.fromEntries(
                  query.MetricStat.Metric.Dimensions.map((d) => [d.Name, d.Value]),
                ),
              },
              period: query.MetricStat.Period,
              stat: query.MetricStat.Stat,
            },
      returnData: query.ReturnData ?? true,
    })),
  };
}
