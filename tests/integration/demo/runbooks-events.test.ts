import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { CreateCaseCommand, SupportClient } from '@aws-sdk/client-support';
import {
  GetIPSetCommand,
  ListIPSetsCommand,
  UpdateIPSetCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DemoAws } from '../../../src/demo';
import { alarmState, configOf, pass, quietDemo, refusal } from './support/runbook-clients';

let demo: DemoAws;
beforeEach(async () => {
  demo = await quietDemo();
});
afterEach(() => demo.stop());
const crm = () => demo.world.region('111122223333', 'us-east-1').resources;

test('blocking where the spraying comes from ends the failed logins', async () => {
  const client = new WAFV2Client(configOf(demo, 'us-east-1'));
  demo.run('password-spraying');
  pass(demo, 60);
  expect(await alarmState(demo, 'us-east-1', 'CRM-High-Auth-Failures')).toBe('ALARM');
  const { IPSets } = await client.send(new ListIPSetsCommand({ Scope: 'REGIONAL' }));
  const named = { Name: IPSets?.[0]?.Name, Id: IPSets?.[0]?.Id, Scope: 'REGIONAL' } as const;
  const block = async (...addresses: string[]) => {
    const { IPSet, LockToken } = await client.send(new GetIPSetCommand(named));
    return client.send(
      new UpdateIPSetCommand({
        ...named,
        LockToken,
        Addresses: [...(IPSet?.Addresses ?? []), ...addresses],
      }),
    );
  };
  // Two of three sources: fewer attempts, but not their end.
  await block('192.0.2.44/31');
  pass(demo, 60);
  expect(await alarmState(demo, 'us-east-1', 'CRM-High-Auth-Failures')).toBe('ALARM');
  expect(demo.scenarios().some(({ running }) => running)).toBe(true);
  await block('192.0.2.181/32');
  pass(demo, 60);
  expect(await alarmState(demo, 'us-east-1', 'CRM-High-Auth-Failures')).toBe('OK');
  expect(demo.scenarios().some(({ running }) => running)).toBe(false);
  const { IPSet } = await client.send(new GetIPSetCommand(named));
  expect(IPSet?.Addresses).toEqual(['198.51.100.0/28', '192.0.2.44/31', '192.0.2.181/32']);
  expect((await refusal(block('192.0.2.0/33'))).name).toBe('WAFInvalidParameterException');
  const stale = client.send(
    new UpdateIPSetCommand({ ...named, LockToken: IPSets?.[0]?.LockToken, Addresses: [] }),
  );
  expect((await refusal(stale)).name).toBe('WAFOptimisticLockException');
  client.destroy();
});

test('a topic takes what is published, and refuses what SNS refuses', async () => {
  const client = new SNSClient(configOf(demo, 'us-east-1'));
  const { Topics } = await client.send(new ListTopicsCommand({}));
  expect(Topics).toHaveLength(4);
  const TopicArn = 'arn:aws:sns:us-east-1:111122223333:crm-critical-alerts';
  const answer = await client.send(
    new PublishCommand({
      TopicArn,
      Subject: 'Response has started',
      Message: 'on it & looking <now>',
    }),
  );
  expect(answer.MessageId).toMatch(/^[0-9a-f-]{36}$/);
  expect(crm().published).toMatchObject([
    {
      topic: 'crm-critical-alerts',
      subject: 'Response has started',
      message: 'on it & looking <now>',
    },
  ]);
  const none = client.send(new PublishCommand({ TopicArn: `${TopicArn}-none`, Message: 'a' }));
  expect(await refusal(none)).toEqual({
    name: 'NotFoundException',
    message: 'Topic does not exist',
  });
  const empty = await refusal(client.send(new PublishCommand({ TopicArn, Message: '' })));
  expect(empty.message).toBe('Invalid parameter: Empty message');
  client.destroy();
});

test('a queue takes a message, which can be received', async () => {
  const client = new SQSClient(configOf(demo, 'us-east-1'));
  const listed = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'crm-mail' }));
  expect(listed.QueueUrls).toHaveLength(2);
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'crm-mail-out' }));
  const sent = await client.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: '{"lead":7}',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'retry' } },
    }),
  );
  const counts = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  expect(counts.Attributes?.ApproximateNumberOfMessages).toBe('1');
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages?.map((one) => [one.MessageId, one.Body])).toEqual([
    [sent.MessageId, '{"lead":7}'],
  ]);
  client.destroy();
});

test('a state machine goes from state to state, fails, is stopped, and starts once per name', async () => {
  const client = new SFNClient(configOf(demo, 'us-east-1'));
  const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
  const [importer, report] = stateMachines?.map((one) => one.stateMachineArn) ?? [];
  const described = await client.send(
    new DescribeStateMachineCommand({ stateMachineArn: importer }),
  );
  expect(JSON.parse(described.definition ?? '')).toMatchObject({ StartAt: 'ReadFile' });
  const start = async (stateMachineArn: string | undefined, name?: string, input = '{"file":1}') =>
    (await client.send(new StartExecutionCommand({ stateMachineArn, name, input }))).executionArn;
  const look = (executionArn: string | undefined) =>
    client.send(new DescribeExecutionCommand({ executionArn }));
  const one = await start(importer, 'first');
  expect(await start(importer, 'first')).toBe(one);
  expect((await refusal(start(importer, 'first', '{}'))).name).toBe('ExecutionAlreadyExists');
  expect((await refusal(start(importer, 'x', '{'))).name).toBe('InvalidExecutionInput');
  const failing = await start(report);
  const stopped = await start(importer);
  pass(demo, 10);
  expect((await look(one)).status).toBe('RUNNING');
  const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn: one }));
  expect(events?.map((event) => event.type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskStateExited',
    'TaskStateEntered',
  ]);
  await client.send(new StopExecutionCommand({ executionArn: stopped, cause: 'not needed' }));
  pass(demo, 60);
  expect(await look(one)).toMatchObject({ status: 'SUCCEEDED', output: '{"records":412}' });
  expect(await look(failing)).toMatchObject({
    status: 'FAILED',
    error: 'States.TaskFailed',
    cause: 'the template weekly-v3 was not found',
  });
  expect(await look(stopped)).toMatchObject({ status: 'ABORTED', cause: 'not needed' });
  client.destroy();
});

test('events are taken or refused one by one', async () => {
  const client = new EventBridgeClient(configOf(demo, 'us-east-1'));
  const good = { Source: 'oncall', DetailType: 'Drill', Detail: '{"step":1}' };
  const { FailedEntryCount, Entries } = await client.send(
    new PutEventsCommand({
      Entries: [good, { ...good, Detail: 'no' }, { ...good, Source: 'aws.ecs' }],
    }),
  );
  expect(FailedEntryCount).toBe(2);
  expect(Entries?.map((entry) => entry.ErrorCode)).toEqual([
    undefined,
    'MalformedDetail',
    'NotAuthorizedForSourceException',
  ]);
  expect(crm().events).toHaveLength(1);
  client.destroy();
});

test('support says that the account has no plan for it', async () => {
  const client = new SupportClient(configOf(demo, 'us-east-1'));
  const refused = await refusal(
    client.send(new CreateCaseCommand({ subject: 'Help', communicationBody: 'Now' })),
  );
  expect(refused.name).toBe('SubscriptionRequiredException');
  expect(refused.message).toContain('Premium Support Subscription is required');
  client.destroy();
});

test('what changes is noted; a role that only reads is refused, and that is noted too', async () => {
  const cloudwatch = new CloudWatchClient(configOf(demo, 'us-east-1'));
  await cloudwatch.send(
    new SetAlarmStateCommand({
      AlarmName: 'CRM-High-Error-Rate',
      StateValue: 'ALARM',
      StateReason: 'drill',
    }),
  );
  await alarmState(demo, 'us-east-1', 'CRM-High-Error-Rate');
  const sts = new STSClient(configOf(demo, 'us-east-1', 'crm'));
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::111122223333:role/readonly-oncall',
      RoleSessionName: 'night',
    }),
  );
  const client = new SNSClient({
    ...configOf(demo, 'us-east-1'),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken,
    },
  });
  expect((await client.send(new ListTopicsCommand({}))).Topics).toHaveLength(4);
  const refused = await refusal(
    client.send(
      new PublishCommand({
        TopicArn: 'arn:aws:sns:us-east-1:111122223333:crm-critical-alerts',
        Message: 'a',
      }),
    ),
  );
  expect(refused.message).toContain(
    'arn:aws:sts::111122223333:assumed-role/readonly-oncall/night is not authorized to perform: sns:Publish',
  );
  expect(
    demo.changes.entries.map(({ service, operation, error }) => [service, operation, error]),
  ).toEqual([
    ['monitoring', 'SetAlarmState', null],
    ['sns', 'Publish', 'AccessDeniedException'],
  ]);
  expect(crm().published).toEqual([]);
  for (const each of [cloudwatch, sts, client]) each.destroy();
});
