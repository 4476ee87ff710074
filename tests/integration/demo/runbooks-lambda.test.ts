import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DemoAws } from '../../../src/demo';
import { alarmState, configOf, pass, quietDemo, refusal } from './support/runbook-clients';

const NOTIFIER = 'RealTechee-notification-processor';
let demo: DemoAws;
let client: LambdaClient;
beforeEach(async () => {
  demo = await quietDemo();
  client = new LambdaClient(configOf(demo, 'us-west-1'));
});
afterEach(async () => {
  client.destroy();
  await demo.stop();
});

const invoke = async (
  name: string,
  payload: unknown,
  more: Partial<ConstructorParameters<typeof InvokeCommand>[0]> = {},
) => {
  const answer = await client.send(
    new InvokeCommand({
      FunctionName: name,
      Payload: Buffer.from(JSON.stringify(payload)),
      LogType: 'Tail',
      ...more,
    }),
  );
  return {
    status: answer.StatusCode,
    error: answer.FunctionError,
    version: answer.ExecutedVersion,
    log: Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8'),
    payload: answer.Payload?.transformToString() ?? '',
  };
};

test('pointing the alias back ends the bad deployment, and its alarm, within a minute', async () => {
  demo.run('bad-deployment');
  pass(demo, 120);
  expect(await alarmState(demo, 'us-west-1', 'RealTechee-Critical-Error-Rate')).toBe('ALARM');
  const named = { FunctionName: NOTIFIER, Name: 'live' };
  const bad = await client.send(new GetAliasCommand(named));
  expect(bad.FunctionVersion).toBe('5');
  const broken = await invoke(NOTIFIER, {}, { Qualifier: 'live' });
  expect(broken).toMatchObject({ status: 200, error: 'Unhandled', version: '5' });
  expect(JSON.parse(broken.payload)).toMatchObject({ errorType: 'TypeError' });
  expect(broken.log).toContain('Invoke Error');
  const versions = await client.send(new ListVersionsByFunctionCommand({ FunctionName: NOTIFIER }));
  expect(versions.Versions?.map((one) => one.Version)).toEqual([
    '$LATEST',
    '1',
    '2',
    '3',
    '4',
    '5',
  ]);
  const stale = await refusal(
    client.send(new UpdateAliasCommand({ ...named, FunctionVersion: '4', RevisionId: 'stale' })),
  );
  expect(stale.name).toBe('PreconditionFailedException');
  await client.send(
    new UpdateAliasCommand({ ...named, FunctionVersion: '4', RevisionId: bad.RevisionId }),
  );
  pass(demo, 60);
  expect(await alarmState(demo, 'us-west-1', 'RealTechee-Critical-Error-Rate')).toBe('OK');
  const mended = await invoke(NOTIFIER, {}, { Qualifier: 'live' });
  expect(mended).toMatchObject({ version: '4', error: undefined });
  expect(mended.log).toMatch(/^START RequestId: [\s\S]*REPORT RequestId: /);
});

test('the function that rolls back does', async () => {
  demo.run('bad-deployment');
  pass(demo, 120);
  const { payload } = await invoke('RealTechee-Auto-Rollback', {});
  expect(JSON.parse(payload)).toMatchObject({
    from: 'realtechee-web:213',
    to: 'realtechee-web:212',
  });
  pass(demo, 60);
  expect(await alarmState(demo, 'us-west-1', 'RealTechee-Critical-Error-Rate')).toBe('OK');
});

test('read-only mode stops what writes, and leaving it lets it go on', async () => {
  const written = (): number => {
    const region = demo.world.region('444455556666', 'us-west-1');
    const key = 'AWS/DynamoDB|ConsumedWriteCapacityUnits|TableName=Contacts-k2v5x7q3jrhdnb6w-prod';
    const now = demo.now();
    return region.metrics.window(key, now - 300_000, now, now)?.sum ?? 0;
  };
  expect(written()).toBeGreaterThan(0);
  const on = await invoke('RealTechee-Read-Only-Mode', { readOnly: true });
  expect(JSON.parse(on.payload)).toEqual({ readOnly: true, before: false, changed: true });
  const configuration = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: 'RealTechee-Read-Only-Mode' }),
  );
  expect(configuration.Environment?.Variables).toEqual({ READ_ONLY: 'true' });
  pass(demo, 600);
  expect(written()).toBe(0);
  const off = await invoke('RealTechee-Read-Only-Mode', { readOnly: false });
  expect(JSON.parse(off.payload)).toEqual({ readOnly: false, before: true, changed: true });
  pass(demo, 600);
  expect(written()).toBeGreaterThan(0);
  const wrong = await invoke('RealTechee-Read-Only-Mode', { mode: 'on' });
  expect(wrong.error).toBe('Unhandled');
  expect(JSON.parse(wrong.payload)).toMatchObject({ errorType: 'ValidationError' });
});

test('asking whether a function could be invoked changes nothing; events are taken without an answer', async () => {
  const dry = await invoke(
    'RealTechee-Read-Only-Mode',
    { readOnly: true },
    { InvocationType: 'DryRun' },
  );
  expect(dry.status).toBe(204);
  expect(demo.changes.count()).toBe(0);
  const event = await invoke(NOTIFIER, {}, { InvocationType: 'Event' });
  expect(event.status).toBe(202);
  expect(demo.changes.count('Invoke')).toBe(1);
});

test('functions are listed and described; what is not there is refused in AWS’s words', async () => {
  const list = await client.send(new ListFunctionsCommand({}));
  expect(list.Functions).toHaveLength(12);
  const page = await client.send(new ListFunctionsCommand({ MaxItems: 5 }));
  const rest = await client.send(new ListFunctionsCommand({ Marker: page.NextMarker }));
  expect([page.Functions?.length, rest.Functions?.length]).toEqual([5, 7]);
  const arn = `arn:aws:lambda:us-west-1:444455556666:function:${NOTIFIER}`;
  const one = await client.send(new GetFunctionCommand({ FunctionName: arn }));
  expect(one.Configuration?.FunctionArn).toBe(arn);
  const aliases = await client.send(new ListAliasesCommand({ FunctionName: NOTIFIER }));
  expect(aliases.Aliases?.map((alias) => alias.Name)).toEqual(['live']);
  expect(await refusal(client.send(new GetFunctionCommand({ FunctionName: 'none' })))).toEqual({
    name: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:us-west-1:444455556666:function:none',
  });
  const alias = await refusal(
    client.send(new GetAliasCommand({ FunctionName: NOTIFIER, Name: 'none' })),
  );
  expect(alias.message).toBe(`Cannot find alias arn: ${arn}:none`);
  const text = await refusal(
    client.send(new InvokeCommand({ FunctionName: NOTIFIER, Payload: Buffer.from('{') })),
  );
  expect(text.name).toBe('InvalidRequestContentException');
});
