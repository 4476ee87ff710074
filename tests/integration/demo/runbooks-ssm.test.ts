import {
  CancelCommandCommand,
  DescribeDocumentCommand,
  DescribeInstanceInformationCommand,
  GetAutomationExecutionCommand,
  GetCommandInvocationCommand,
  GetDocumentCommand,
  GetExecutionPreviewCommand,
  ListCommandInvocationsCommand,
  ListDocumentsCommand,
  SendAutomationSignalCommand,
  SendCommandCommand,
  SSMClient,
  StartAutomationExecutionCommand,
  StartExecutionPreviewCommand,
  StopAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DemoAws } from '../../../src/demo';
import { configOf, pass, quietDemo, refusal } from './support/runbook-clients';

const WORKERS = ['i-0317828c84edbe100', 'i-0a4c5e1d2b3f60718'];
let demo: DemoAws;
let client: SSMClient;
beforeEach(async () => {
  demo = await quietDemo();
  client = new SSMClient(configOf(demo, 'us-east-1'));
});
afterEach(async () => {
  client.destroy();
  await demo.stop();
});

const start = async (
  DocumentName: string,
  Parameters: Record<string, string[]> = {},
  ClientToken?: string,
) => {
  const answer = await client.send(
    new StartAutomationExecutionCommand({ DocumentName, Parameters, ClientToken }),
  );
  return answer.AutomationExecutionId ?? '';
};
const look = async (id: string) => {
  const answer = await client.send(
    new GetAutomationExecutionCommand({ AutomationExecutionId: id }),
  );
  const one = answer.AutomationExecution;
  return {
    status: one?.AutomationExecutionStatus,
    failure: one?.FailureMessage,
    steps: one?.StepExecutions?.map((step) => step.StepStatus),
    outputs: one?.StepExecutions?.[0]?.Outputs,
  };
};

test('an automation runs step by step', async () => {
  const id = await start('Demo-DrainConnections', { Database: ['crm-production'] });
  expect(await look(id)).toMatchObject({
    status: 'InProgress',
    steps: ['InProgress', 'Pending', 'Pending'],
  });
  pass(demo, 6);
  expect(await look(id)).toMatchObject({
    status: 'InProgress',
    steps: ['Success', 'InProgress', 'Pending'],
    outputs: { Idle: ['61'] },
  });
  pass(demo, 30);
  expect(await look(id)).toMatchObject({
    status: 'Success',
    steps: ['Success', 'Success', 'Success'],
  });
});

test('one waits until it is approved, one is rejected, one fails, one is stopped', async () => {
  const signal = (id: string, SignalType: 'Approve' | 'Reject') =>
    client.send(new SendAutomationSignalCommand({ AutomationExecutionId: id, SignalType }));
  const approved = await start('Demo-ApproveFailover', { Database: ['crm-production'] });
  const rejected = await start('Demo-ApproveFailover', { Database: ['crm-production'] });
  const failing = await start('Demo-RebuildSearchIndex');
  const stopped = await start('Demo-DrainConnections', { Database: ['crm-production'] });
  expect((await refusal(signal(approved, 'Approve'))).name).toBe(
    'InvalidAutomationSignalException',
  );
  await client.send(new StopAutomationExecutionCommand({ AutomationExecutionId: stopped }));
  pass(demo, 600);
  expect(await look(approved)).toMatchObject({
    status: 'Waiting',
    steps: ['Success', 'Waiting', 'Pending'],
  });
  await signal(approved, 'Approve');
  await signal(rejected, 'Reject');
  pass(demo, 20);
  expect(await look(approved)).toMatchObject({ status: 'Success' });
  expect(await look(rejected)).toMatchObject({
    status: 'Rejected',
    steps: ['Success', 'Failed', 'Pending'],
  });
  const failed = await look(failing);
  expect(failed).toMatchObject({ status: 'Failed', steps: ['Success', 'Failed', 'Pending'] });
  expect(failed.failure).toContain('the index crm-contacts is locked');
  expect(await look(stopped)).toMatchObject({
    status: 'Cancelled',
    steps: ['Cancelled', 'Pending', 'Pending'],
  });
  const again = client.send(new StopAutomationExecutionCommand({ AutomationExecutionId: stopped }));
  expect((await refusal(again)).name).toBe('InvalidAutomationStatusUpdateException');
});

test('the same token starts one execution; with other parameters it is refused', async () => {
  const token = '00000000-0000-4000-8000-000000000001';
  const first = await start('Demo-DrainConnections', { Database: ['a'] }, token);
  expect(await start('Demo-DrainConnections', { Database: ['a'] }, token)).toBe(first);
  const other = await refusal(start('Demo-DrainConnections', { Database: ['b'] }, token));
  expect(other.name).toBe('IdempotentParameterMismatch');
});

test.each([
  [{}, 'is required but was not provided'],
  [{ Database: ['Not A Name'] }, 'not matching allowedPattern: ^[a-z][a-z0-9-]{0,62}$'],
  [{ Database: ['a'], Mode: ['soft'] }, 'not in allowedValues [gentle, hard]'],
  [{ Database: ['a'], IdleMinutes: ['soon'] }, 'not of type Integer'],
  [{ Database: ['a'], Notify: ['yes'] }, 'not of type Boolean'],
  [{ Database: ['a'], Tags: ['[]'] }, 'not of type StringMap'],
  [{ Database: ['a', 'b'] }, 'takes one value'],
  [{ Database: ['a'], Other: ['b'] }, 'Unknown parameters: [Other]'],
])('parameters that do not fit are refused: %j', async (parameters, sentence) => {
  const { name, message } = await refusal(start('Demo-DrainConnections', { ...parameters }));
  expect(name).toBe('InvalidAutomationExecutionParametersException');
  expect(message).toContain(sentence);
});

test('documents tell their parameters, and a preview of one changes nothing', async () => {
  const list = await client.send(
    new ListDocumentsCommand({ Filters: [{ Key: 'DocumentType', Values: ['Automation'] }] }),
  );
  expect(list.DocumentIdentifiers).toHaveLength(4);
  const Name = 'Demo-DrainConnections';
  const { Document } = await client.send(new DescribeDocumentCommand({ Name }));
  expect(Document?.Parameters?.map((one) => one.Type)).toEqual([
    'String',
    'Integer',
    'String',
    'Boolean',
    'StringMap',
    'MapList',
  ]);
  const { Content } = await client.send(new GetDocumentCommand({ Name }));
  expect(JSON.parse(Content ?? '')).toMatchObject({
    schemaVersion: '0.3',
    parameters: { Database: { allowedPattern: '^[a-z][a-z0-9-]{0,62}$' } },
  });
  const { ExecutionPreviewId } = await client.send(
    new StartExecutionPreviewCommand({
      DocumentName: Name,
      ExecutionInputs: { Automation: { Parameters: { Database: ['crm-production'] } } },
    }),
  );
  const preview = await client.send(new GetExecutionPreviewCommand({ ExecutionPreviewId }));
  expect(preview.Status).toBe('Success');
  expect(preview.ExecutionPreview?.Automation?.StepPreviews).toEqual({
    Mutating: 0,
    NonMutating: 1,
    Undetermined: 2,
  });
  expect(demo.changes.count()).toBe(0);
  const none = await refusal(client.send(new DescribeDocumentCommand({ Name: 'none' })));
  expect(none.name).toBe('InvalidDocument');
});

test('a command answers per instance', async () => {
  const { InstanceInformationList } = await client.send(new DescribeInstanceInformationCommand({}));
  expect(InstanceInformationList?.map((one) => one.PingStatus)).toEqual([
    'Online',
    'Online',
    'ConnectionLost',
  ]);
  const { Command } = await client.send(
    new SendCommandCommand({
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: WORKERS,
      Parameters: { commands: ['hostname', 'echo "all is well"'] },
    }),
  );
  expect(Command?.Status).toBe('InProgress');
  const CommandId = Command?.CommandId;
  pass(demo, 5);
  const { CommandInvocations } = await client.send(
    new ListCommandInvocationsCommand({ CommandId, Details: true }),
  );
  expect(CommandInvocations?.map((one) => one.Status)).toEqual(['Success', 'InProgress']);
  pass(demo, 5);
  const outputs = await Promise.all(
    WORKERS.map((InstanceId) =>
      client.send(new GetCommandInvocationCommand({ CommandId, InstanceId })),
    ),
  );
  expect(outputs.map((one) => [one.Status, one.ResponseCode, one.StandardOutputContent])).toEqual([
    ['Success', 0, 'crm-worker-1\nall is well\n'],
    ['Success', 0, 'crm-worker-2\nall is well\n'],
  ]);
});

test('a command fails, is cancelled, or is refused for a machine that cannot be reached', async () => {
  const send = (InstanceIds: string[], ...commands: string[]) =>
    client.send(
      new SendCommandCommand({
        DocumentName: 'AWS-RunShellScript',
        InstanceIds,
        Parameters: { commands },
      }),
    );
  const [InstanceId] = WORKERS;
  const failing = await send([InstanceId ?? ''], 'exit 3');
  const cancelled = await send([InstanceId ?? ''], 'echo never');
  await client.send(new CancelCommandCommand({ CommandId: cancelled.Command?.CommandId }));
  pass(demo, 10);
  const invocation = (CommandId: string | undefined) =>
    client.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
  expect(await invocation(failing.Command?.CommandId)).toMatchObject({
    Status: 'Failed',
    ResponseCode: 3,
    StandardErrorContent: 'failed to run commands: exit status 3',
  });
  expect(await invocation(cancelled.Command?.CommandId)).toMatchObject({
    Status: 'Cancelled',
    StandardOutputContent: '',
  });
  expect(await refusal(send(['i-0b7d9e8f1a2c34560'], 'echo'))).toEqual({
    name: 'InvalidInstanceId',
    message: 'Instances [[i-0b7d9e8f1a2c34560]] not in a valid state for account 111122223333',
  });
});
