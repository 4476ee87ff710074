/** What steps of runbooks look at, as the SDK's clients ask for it. */
import type { RegionApi } from './aws-api';
import type { Caller } from './caller';
import { queueRegion } from './queue-region';
import type { RunbookReads } from './runbook-api';
import { askingOf } from './runbook-ask';
import { resourceReads } from './runbook-resource-reads';
import { workReads } from './runbook-work-reads';

type Own = Pick<
  RegionApi,
  | 'startQuery'
  | 'getQueryResults'
  | 'stopQuery'
  | 'describeLogGroups'
  | 'describeStacks'
  | 'describeAlarms'
  | 'getMetricData'
  | 'getDashboard'
>;

export function runbookReads(
  caller: Caller,
  connectionId: string,
  region: string,
  own: Own,
): RunbookReads {
  const ask = askingOf(caller);
  const { startQuery, getQueryResults, stopQuery } = own;
  const { describeLogGroups, describeStacks, getMetricData, getDashboard } = own;
  return {
    connectionId,
    region,
    startQuery,
    getQueryResults,
    stopQuery,
    describeLogGroups,
    describeStacks,
    getMetricData,
    getDashboard,
    alarms: (AlarmNames, signal) =>
      own.describeAlarms({ AlarmNames, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }, signal),
    alarmsFrom: ({ prefix, token }, signal) =>
      own.describeAlarms(
        {
          AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
          MaxRecords: 100,
          NextToken: token,
          ...(prefix === '' ? {} : { AlarmNamePrefix: prefix }),
        },
        signal,
      ),
    getQueueUrl: (QueueName, signal) =>
      ask('GetQueueUrl', signal, (clients, options, sdk) =>
        clients.sqs(region).send(new sdk.GetQueueUrlCommand({ QueueName }), options),
      ),
    getQueue: (QueueUrl, signal) =>
      ask('GetQueueAttributes', signal, (clients, options, sdk) =>
        clients
          .sqs(queueRegion(QueueUrl, region))
          .send(new sdk.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }), options),
      ),
    ...workReads(ask),
    ...resourceReads(ask),
  };
}
