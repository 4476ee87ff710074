/** Finds out by asking who a connection is and which of the needed permissions it lacks. Changes nothing. */
import type { ConnectionTest, PermissionCheck } from '../../shared/connections/connection';
import { AwsFailure } from './aws-api';
import type { ConnectionSession, Identity } from './connection-session';
import { awsOperations } from './operations';
import type { OperationName } from './operations';
import { queueRegion } from './region-api';
import type { ProbedRegionApi } from './region-api';

/** Rejects with `AwsFailure` when not even the identity can be had (credentials, network, clock). */
export async function testConnection(
  session: ConnectionSession,
  signal: AbortSignal,
): Promise<ConnectionTest> {
  const identity = await session.identity(signal);
  const { regions, pushQueueUrl } = session.connection;
  const [firstRegion] = regions;
  const perRegion = await Promise.all(
    regions.map((region) => checkRegion(session.api(region), identity, signal)),
  );
  // Dashboards are the account's, so one region is asked.
  const dashboards =
    firstRegion === undefined
      ? []
      : [
          await check('ListDashboards', firstRegion, () =>
            session.api(firstRegion).listDashboards(undefined, signal),
          ),
        ];
  const queue =
    pushQueueUrl === null || firstRegion === undefined
      ? []
      : await checkQueue(session, pushQueueUrl, firstRegion, signal);
  signal.throwIfAborted();
  return {
    accountId: identity.accountId,
    arn: identity.arn,
    permissions: [...perRegion.flat(), ...dashboards, ...queue],
  };
}

async function checkRegion(
  api: ProbedRegionApi,
  { accountId, arn }: Identity,
  signal: AbortSignal,
): Promise<PermissionCheck[]> {
  const partition = arn.split(':')[1] ?? 'aws';
  const anAlarm = `arn:${partition}:cloudwatch:${api.region}:${accountId}:alarm:nightdesk-permission-check`;
  const now = Date.now();
  const query = {
    Id: 'check',
    MetricStat: {
      Metric: { Namespace: 'AWS/Usage', MetricName: 'CallCount' },
      Period: 300,
      Stat: 'Sum',
    },
  };
  return Promise.all([
    check('DescribeAlarms', api.region, () =>
      api.describeAlarms({ MaxRecords: 1, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }, signal),
    ),
    check('DescribeAlarmHistory', api.region, () =>
      api.describeAlarmHistory({ MaxRecords: 1 }, signal),
    ),
    check('ListTagsForResource', api.region, () => api.listTagsForResource(anAlarm, signal)),
    check('GetMetricData', api.region, () =>
      api.getMetricData(
        {
          StartTime: new Date(now - 600_000),
          EndTime: new Date(now),
          MetricDataQueries: [query],
        },
        signal,
      ),
    ),
  ]);
}

async function checkQueue(
  session: ConnectionSession,
  queueUrl: string,
  firstRegion: string,
  signal: AbortSignal,
): Promise<PermissionCheck[]> {
  const region = queueRegion(queueUrl, firstRegion);
  const api = session.api(firstRegion);
  return Promise.all([
    check('ReceiveMessage', region, () => api.peekQueue(queueUrl, signal)),
    // A handle of no message: SQS checks the permission first and then finds nothing to delete.
    check('DeleteMessageBatch', region, () => api.deleteMessages(queueUrl, ['none'], signal)),
  ]);
}

async function check(
  operation: OperationName,
  region: string,
  ask: () => Promise<unknown>,
): Promise<PermissionCheck> {
  const action = awsOperations[operation].iamAction ?? operation;
  try {
    await ask();
    return { action, region, outcome: 'allowed', message: null };
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    const { kind, message } = error.failure;
    if (kind === 'denied') return { action, region, outcome: 'denied', message };
    // Only somebody who may ask is told that the thing is not there.
    if (kind === 'not-found' && operation === 'ListTagsForResource') {
      return { action, region, outcome: 'allowed', message: null };
    }
    return { action, region, outcome: 'failed', message };
  }
}
