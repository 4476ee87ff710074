/** One connection in one region: the operations the console uses, as the SDK's clients send them. */
import type { QueueMessage, RegionApi } from './aws-api';
import { billedMetrics } from './billed-metrics';
import { Caller } from './caller';
import { dashboardCalls, dashboardChanges } from './dashboard-calls';
import { logChanges, logQueryCalls } from './log-query-calls';
import { logReadCalls } from './log-read-calls';
import { stackCalls } from './stack-calls';
import type { CallerInit } from './caller';
import { queueRegion } from './queue-region';
import { runbookChanges } from './runbook-changes';
import { runbookReads } from './runbook-reads';

export { queueRegion } from './queue-region';

export type RegionApiInit = CallerInit;

/** Beside what the console needs daily, what a connection's test needs. */
export interface ProbedRegionApi extends RegionApi {
  /** Receives without hiding anything from other readers. */
  peekQueue(queueUrl: string, signal: AbortSignal): Promise<void>;
}

export function createRegionApi(init: RegionApiInit): ProbedRegionApi {
  const caller = new Caller(init);
  const receive = async (
    queueUrl: string,
    waitSeconds: number,
    signal: AbortSignal,
    visibility: { VisibilityTimeout?: number } = {},
  ): Promise<QueueMessage[]> => {
    const answer = await caller.call({
      operation: 'ReceiveMessage',
      signal,
      extraMs: waitSeconds * 1000,
      send: (sdk, clients, options) =>
        clients.sqs(queueRegion(queueUrl, init.region)).send(
          new sdk.ReceiveMessageCommand({
            QueueUrl: queueUrl,
            MaxNumberOfMessages: 10,
            WaitTimeSeconds: waitSeconds,
            ...visibility,
          }),
          options,
        ),
    });
    return (answer.Messages ?? []).flatMap(({ Body, ReceiptHandle }) =>
      Body === undefined || ReceiptHandle === undefined
        ? []
        : [{ body: Body, receiptHandle: ReceiptHandle }],
    );
  };
  const { readOnly, id: connectionId } = init.connection;
  const { region } = init;
  const changes = readOnly ? null : { ...dashboardChanges(caller), ...logChanges(caller) };
  const api: Omit<ProbedRegionApi, 'runbookReads' | 'runbookChanges'> = {
    connectionId,
    region,
    describeAlarms: (input, signal) =>
      caller.call({
        operation: 'DescribeAlarms',
        signal,
        send: (sdk, { cloudwatch }, options) =>
          cloudwatch.send(new sdk.DescribeAlarmsCommand(input), options),
      }),
    describeAlarmHistory: (input, signal) =>
      caller.call({
        operation: 'DescribeAlarmHistory',
        signal,
        send: (sdk, { cloudwatch }, options) =>
          cloudwatch.send(new sdk.DescribeAlarmHistoryCommand(input), options),
      }),
    listTagsForResource: (arn, signal) =>
      caller.call({
        operation: 'ListTagsForResource',
        signal,
        send: (sdk, { cloudwatch }, options) =>
          cloudwatch.send(new sdk.ListTagsForResourceCommand({ ResourceARN: arn }), options),
      }),
    getMetricData: (input, signal) =>
      caller.call({
        operation: 'GetMetricData',
        signal,
        metrics: (answer) => billedMetrics(input, answer),
        send: (sdk, { cloudwatch }, options) =>
          cloudwatch.send(new sdk.GetMetricDataCommand(input), options),
      }),
    listMetrics: (input, signal) =>
      caller.call({
        operation: 'ListMetrics',
        signal,
        send: (sdk, { cloudwatch }, options) =>
          cloudwatch.send(new sdk.ListMetricsCommand(input), options),
      }),
    callerIdentity: async (signal) => {
      const { Account, Arn } = await caller.call({
        operation: 'GetCallerIdentity',
        signal,
        send: (sdk, { sts }, options) => sts.send(new sdk.GetCallerIdentityCommand({}), options),
      });
      return { accountId: Account ?? '', arn: Arn ?? '' };
    },
    receiveMessages: (queueUrl, waitSeconds, signal) => receive(queueUrl, waitSeconds, signal),
    peekQueue: async (queueUrl, signal) => {
      await receive(queueUrl, 0, signal, { VisibilityTimeout: 0 });
    },
    deleteMessages: (queueUrl, handles, signal) =>
      deleteAll(caller, init, queueUrl, handles, signal),
    ...dashboardCalls(caller),
    ...stackCalls(caller),
    ...logQueryCalls(caller),
    ...logReadCalls(caller),
    changes,
    clockSkewMs: init.skewMs,
    destroy: () => caller.destroy(),
  };
  return {
    ...api,
    runbookReads: runbookReads(caller, connectionId, region, api),
    runbookChanges: changes === null ? null : runbookChanges(caller, connectionId, region, changes),
  };
}

/** SQS takes ten a call. Handles that SQS no longer knows are as good as deleted. */
async function deleteAll(
  caller: Caller,
  init: RegionApiInit,
  queueUrl: string,
  handles: string[],
  signal: AbortSignal,
): Promise<void> {
  for (let start = 0; start < handles.length; start += 10) {
    const Entries = handles
      .slice(start, start + 10)
      .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
    await caller.call({
      operation: 'DeleteMessageBatch',
      signal,
      send: (sdk, clients, options) =>
        clients
          .sqs(queueRegion(queueUrl, init.region))
          .send(new sdk.DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }), options),
    });
  }
}
