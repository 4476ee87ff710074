import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DemoAws, demoKeys, type Fault, startDemo } from '../../../src/demo';

let demo: DemoAws;
let aws: CloudWatchClient;
const common = { region: 'us-east-1', credentials: demoKeys.crm, maxAttempts: 1 };
beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, fleet: { alarms: 730 } });
  aws = new CloudWatchClient({ ...common, endpoint: demo.endpoint });
});
afterEach(() => demo.faults.clear());
afterAll(async () => {
  aws.destroy();
  await demo.stop();
});

test('paging gives every alarm once, whatever the page and filter', async () => {
  const truth = [...demo.world.region('111122223333', 'us-east-1').alarms.values()];
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 20, max: 100 }),
      fc.constantFrom('', 'fleet-00', 'crm-', 'nothing'),
      fc.constantFrom<('MetricAlarm' | 'CompositeAlarm')[]>(
        ['MetricAlarm'],
        ['CompositeAlarm'],
        ['MetricAlarm', 'CompositeAlarm'],
      ),
      async (MaxRecords, prefix, AlarmTypes) => {
        const names: (string | undefined)[] = [];
        const input = {
          MaxRecords,
          AlarmTypes,
          ...(prefix === '' ? {} : { AlarmNamePrefix: prefix }),
        };
        for await (const page of paginateDescribeAlarms({ client: aws }, input)) {
          const both = [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? [])];
          expect(both.length).toBeLessThanOrEqual(MaxRecords);
          names.push(...both.map((alarm) => alarm.AlarmName));
        }
        const expected = truth.filter(
          (a) =>
            a.name.startsWith(prefix) &&
            AlarmTypes.includes(a.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm'),
        );
        expect(names.sort()).toEqual(expected.map((a) => a.name).sort());
      },
    ),
    { numRuns: 15 },
  );
});

test('a token of another question is refused', async () => {
  const { NextToken } = await aws.send(new DescribeAlarmsCommand({ MaxRecords: 5 }));
  for (const token of ['nonsense', NextToken]) {
    await expect(
      aws.send(new DescribeAlarmsCommand({ StateValue: 'OK', NextToken: token })),
    ).rejects.toMatchObject({ name: 'InvalidNextToken' });
  }
});

test('limits are checked as AWS checks them', async () => {
  await expect(aws.send(new DescribeAlarmsCommand({ MaxRecords: 101 }))).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '101' at 'maxRecords' failed to satisfy constraint: Member must have value less than or equal to 100",
  });
  const AlarmNames = Array.from({ length: 101 }, (_, index) => `a${index}`);
  await expect(aws.send(new DescribeAlarmsCommand({ AlarmNames }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('the last day has a history, paged without loss, composites only when asked', async () => {
  const StartDate = new Date(demo.now() - 86_400_000);
  const collect = async (extra: object): Promise<string[]> => {
    const lines: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await aws.send(
        new DescribeAlarmHistoryCommand({ MaxRecords: 3, StartDate, NextToken, ...extra }),
      );
      lines.push(
        ...(page.AlarmHistoryItems ?? []).map(
          (i) => `${i.Timestamp?.toISOString()} ${i.AlarmName} ${i.HistorySummary}`,
        ),
      );
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return lines;
  };
  const lines = await collect({ HistoryItemType: 'StateUpdate' });
  expect(lines.length).toBeGreaterThanOrEqual(5);
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines).toEqual([...lines].sort().reverse());
  expect(
    lines.some((line) => line.includes('CRM-Database-High-CPU Alarm updated from OK to ALARM')),
  ).toBe(true);
  const ascending = await collect({ HistoryItemType: 'StateUpdate', ScanBy: 'TimestampAscending' });
  expect(ascending).toEqual([...lines].sort());
});

test('500 alarms at once, all listed and queued', async () => {
  const own = await startDemo({ evaluateEveryMs: Infinity, systems: [], fleet: { alarms: 600 } });
  const client = new CloudWatchClient({ ...common, endpoint: own.endpoint });
  expect(own.storm('us-east-1', 500)).toHaveLength(500);
  own.advance(120_000);
  let listed = 0;
  for await (const page of paginateDescribeAlarms({ client }, { StateValue: 'ALARM' }))
    listed += page.MetricAlarms?.length ?? 0;
  expect(listed).toBe(500);
  expect(own.world.region('111122223333', 'us-east-1').queue.length).toBe(500);
  client.destroy();
  await own.stop();
});

test('a change of state reaches a long poll, and a deleted message does not come again', async () => {
  const sqs = new SQSClient({ ...common, endpoint: demo.endpoint });
  const QueueUrl = demo.queueUrl('us-east-1');
  const waiting = sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10, MaxNumberOfMessages: 10 }),
  );
  while (demo.requests.count('ReceiveMessage') === 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
  demo.setAlarmState('us-east-1', 'CRM-High-Response-Time', { state: 'ALARM', reason: 'by hand' });
  const { Messages } = await waiting;
  expect(JSON.parse(Messages?.[0]?.Body ?? '')).toMatchObject({
    'detail-type': 'CloudWatch Alarm State Change',
    region: 'us-east-1',
    detail: {
      alarmName: 'CRM-High-Response-Time',
      state: { value: 'ALARM', reason: 'by hand' },
      previousState: { value: 'OK' },
    },
  });
  const Entries = (Messages ?? []).map((m, i) => ({
    Id: String(i),
    ReceiptHandle: m.ReceiptHandle,
  }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  expect(demo.world.region('111122223333', 'us-east-1').queue.length).toBe(0);
  sqs.destroy();
});

test('a role’s session belongs to the role’s account', async () => {
  const sts = new STSClient({ ...common, endpoint: demo.endpoint });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::444455556666:role/oncall',
      RoleSessionName: 'night',
    }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken,
  };
  const assumed = new STSClient({ ...common, endpoint: demo.endpoint, credentials });
  expect((await assumed.send(new GetCallerIdentityCommand({}))).Arn).toBe(
    'arn:aws:sts::444455556666:assumed-role/oncall/night',
  );
  const mfa = new AssumeRoleCommand({
    RoleArn: 'arn:aws:iam::444455556666:role/mfa-oncall',
    RoleSessionName: 'n',
  });
  await expect(sts.send(mfa)).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(
    sts.send(new AssumeRoleCommand({ RoleArn: 'nothing-valid-in-here', RoleSessionName: 'n' })),
  ).rejects.toMatchObject({
    message: 'nothing-valid-in-here is invalid',
  });
  sts.destroy();
  assumed.destroy();
});

test.each<[Fault, object]>([
  [{ kind: 'throttle' }, { name: 'Throttling', message: 'Rate exceeded' }],
  [{ kind: 'server-error' }, { $metadata: { httpStatusCode: 500 } }],
  [{ kind: 'server-error', status: 503 }, { $metadata: { httpStatusCode: 503 } }],
  [{ kind: 'expired-token' }, { name: 'ExpiredToken' }],
  [{ kind: 'access-denied' }, { name: 'AccessDenied' }],
  [{ kind: 'time-too-skewed' }, { name: 'RequestTimeTooSkewed' }],
  [{ kind: 'garbage' }, { name: 'SyntaxError' }],
  [{ kind: 'reset' }, { code: 'ECONNRESET' }],
])('fault %j strikes once, and only the operation it names', async (fault, expected) => {
  demo.faults.set({ fault, operation: 'DescribeAlarms', times: 1 });
  await aws.send(new DescribeAlarmHistoryCommand({ MaxRecords: 1 }));
  const failure: unknown = await aws
    .send(new DescribeAlarmsCommand({ MaxRecords: 1 }))
    .catch((reason: unknown) => reason);
  expect(failure).toMatchObject(expected);
  await aws.send(new DescribeAlarmsCommand({ MaxRecords: 1 }));
});

test('a hang is only ended by the caller', async () => {
  demo.faults.set({ fault: { kind: 'hang' } });
  await expect(
    aws.send(new DescribeAlarmsCommand({}), { abortSignal: AbortSignal.timeout(200) }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});

test('a wrong clock is named, and the Date header shows it', async () => {
  demo.faults.set({ fault: { kind: 'clock-skew', ms: 20 * 60_000 } });
  const fresh = new CloudWatchClient({ ...common, endpoint: demo.endpoint });
  await expect(fresh.send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  });
  fresh.destroy();
});

test('a quota lets so many through', async () => {
  demo.faults.set({ fault: { kind: 'throttle', perSecond: 5 } });
  const calls = await Promise.allSettled(
    Array.from({ length: 12 }, () => aws.send(new DescribeAlarmsCommand({ MaxRecords: 1 }))),
  );
  const through = calls.filter((call) => call.status === 'fulfilled').length;
  expect(through).toBeGreaterThanOrEqual(5);
  expect(through).toBeLessThanOrEqual(8);
});
