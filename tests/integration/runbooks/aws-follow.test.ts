import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StepAction } from '../../../src/shared/runbooks/step-kinds';
import { awsRig, CRM, failureOf } from './aws-rig';
import type { AwsRig } from './aws-rig';
import type { Told } from './local-rig';

let rig: AwsRig;
beforeEach(async () => {
  rig = await awsRig();
});
afterEach(() => rig.stop());

/** Told to stop as soon as it says what is looked for. */
function cancelAt(told: Told, words: RegExp): Told {
  const { tell } = told.context;
  told.context.tell = (said) => {
    tell(said);
    if (words.test(said)) told.abort.abort();
  };
  return told;
}

describe('step-functions', () => {
  const action = {
    kind: 'step-functions',
    stateMachine: 'crm-lead-reimport',
    input: { file: 'leads.csv' },
  } as const;

  test('an execution is followed from state to state to its output', async () => {
    expect(await rig.effect(action)).toBe('starts crm-lead-reimport and waits for its end');
    const told = rig.told(CRM);
    expect(await rig.value(action, CRM, told)).toMatchObject({
      status: 'SUCCEEDED',
      output: { records: 412 },
    });
    expect(told.said).toContain('In the state ImportLeads');
    expect(told.shown.length).toBeGreaterThan(2);
  });

  test('a second try of the same step takes the execution that is there', async () => {
    const told = rig.told(CRM, { token: 'run-6.start' });
    const first = await rig.value(action, CRM, told);
    expect(await rig.value(action, CRM, told)).toEqual(first);
    expect(
      [...rig.demo.world.all()].flatMap(({ resources }) => [...resources.executions]),
    ).toHaveLength(1);
  });

  test('one that fails says why, and is started anew by the next try', async () => {
    const told = rig.told(CRM, { token: 'run-7.start' });
    const report = { kind: 'step-functions', stateMachine: 'crm-report-rebuild' } as const;
    const failure = await failureOf(rig.run(report, CRM, told));
    expect(failure.message).toContain('States.TaskFailed: the template weekly-v3 was not found');
    await failureOf(rig.run(report, CRM, told));
    expect(
      [...rig.demo.world.all()].flatMap(({ resources }) => [...resources.executions]),
    ).toHaveLength(2);
  });

  test('a cancelled step stops the execution', async () => {
    const told = cancelAt(rig.told(CRM), /ReadFile/);
    const failure = await failureOf(rig.run(action, CRM, told));
    expect(failure.message).toMatch(/^The execution was stopped/);
    expect(rig.demo.changes.entries).toMatchObject([
      { operation: 'StartExecution', error: null },
      { operation: 'StopExecution', error: null },
    ]);
  });

  test('one that is not there is found out before', async () => {
    expect((await failureOf(rig.effect({ ...action, stateMachine: 'none' }))).kind).toBe(
      'not-found',
    );
  });
});

describe('eventbridge-put', () => {
  const action = {
    kind: 'eventbridge-put',
    source: 'crm.on-call',
    detailType: 'Drill',
    detail: { by: 'on-call' },
  } as const;

  test('an event is put on the bus', async () => {
    expect(await rig.effect(action)).toContain('the bus default');
    expect(await rig.value(action)).toMatchObject({
      eventId: expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(rig.demo.changes.count('PutEvents')).toBe(1);
  });

  test('a bus that is not there is found out before', async () => {
    expect((await failureOf(rig.effect({ ...action, bus: 'none' }))).kind).toBe('not-found');
    expect(await rig.effect({ ...action, bus: 'default' })).toContain('the bus default');
  });

  test('an event that the bus turns down fails the step', async () => {
    const failure = await failureOf(rig.run({ ...action, detailType: '' }));
    expect(failure.message).toContain('InvalidArgument');
  });

  test('sources of AWS are refused before', async () => {
    expect((await failureOf(rig.effect({ ...action, source: 'aws.ec2' }))).kind).toBe('invalid');
  });
});

describe('rds-reboot', () => {
  test('a failover is followed until the database is available in the other zone', async () => {
    const action = { kind: 'rds-reboot', instance: 'crm-production', failover: true } as const;
    expect(await rig.effect(action)).toMatch(/^fails over us-east-1a → us-east-1b/);
    const told = rig.told(CRM);
    expect(await rig.value(action, CRM, told)).toMatchObject({
      before: { zone: 'us-east-1a' },
      zone: 'us-east-1b',
      status: 'available',
    });
    expect(told.said.some((words) => words.startsWith('rebooting for'))).toBe(true);
  });

  test('one without a standby, and one that is away, are told before', async () => {
    const replica = { kind: 'rds-reboot', instance: 'crm-production-replica' } as const;
    expect((await failureOf(rig.effect({ ...replica, failover: true }))).message).toContain(
      'no standby',
    );
    const told = cancelAt(rig.told(CRM), /^rebooting/);
    expect((await failureOf(rig.run(replica, CRM, told))).message).toContain('The reboot goes on');
    expect((await failureOf(rig.effect(replica))).message).toContain('is rebooting');
    expect(rig.demo.changes.count('RebootDBInstance')).toBe(1);
  });
});

describe('ssm-automation', () => {
  const drain = {
    kind: 'ssm-automation',
    document: 'Demo-DrainConnections',
    parameters: { Database: 'crm-production', IdleMinutes: '5' },
  } satisfies StepAction;

  test('says what it would do, then goes through its steps', async () => {
    expect(await rig.effect(drain)).toBe(
      'runs 3 steps: countConnections, endConnections, verify; 1 only reads, of 2 AWS cannot say',
    );
    const told = rig.told(CRM);
    expect(await rig.value(drain, CRM, told)).toMatchObject({
      status: 'Success',
      steps: [
        { step: 'countConnections', status: 'Success', outputs: { Idle: ['61'] } },
        { step: 'endConnections', status: 'Success' },
        { step: 'verify', status: 'Success' },
      ],
    });
    expect(told.said).toContain('In endConnections · 1 of 3 steps done');
    expect(told.shown.length).toBeGreaterThan(2);
  });

  test.each<[string, Record<string, string | string[]>, RegExp]>([
    ['one that is missing', {}, /needs Database/],
    ['one that is not known', { Database: 'a', Databse: 'a' }, /no Databse\. It has Database/],
    ['a pattern', { Database: 'CRM production' }, /Database: “CRM production” does not fit/],
    [
      'a type',
      { Database: 'a', IdleMinutes: 'ten' },
      /IdleMinutes: “ten” is not of the type Integer/,
    ],
    ['an allowed value', { Database: 'a', Mode: 'rude' }, /Mode: “rude” is none of gentle, hard/],
    ['truth', { Database: 'a', Notify: 'yes' }, /Notify: “yes” is not of the type Boolean/],
    ['a map', { Database: 'a', Tags: 'x=1' }, /Tags: .*StringMap/],
    ['too many', { Database: ['a', 'b'] }, /one value is wanted, 2 are given/],
  ])('parameters are checked before anything: %s', async (_, parameters, words) => {
    const action = { ...drain, parameters };
    expect((await failureOf(rig.effect(action))).message).toMatch(words);
    expect((await failureOf(rig.run(action))).message).toMatch(words);
    expect(rig.demo.changes.count()).toBe(0);
  });

  test('lists and maps are taken', async () => {
    const parameters = { Database: 'a', Tags: '{"a":"b"}', Targets: ['{"x":"y"}', '{"x":"z"}'] };
    expect(await rig.value({ ...drain, parameters })).toMatchObject({ status: 'Success' });
  });

  test('a document of another kind is refused', async () => {
    const failure = await failureOf(rig.effect({ ...drain, document: 'AWS-RunShellScript' }));
    expect(failure.message).toContain('Automation is wanted');
  });

  test('a step that fails says which and why; the next try begins anew', async () => {
    const rebuild = { kind: 'ssm-automation', document: 'Demo-RebuildSearchIndex' } as const;
    const told = rig.told(CRM, { token: 'run-8.rebuild' });
    const failure = await failureOf(rig.run(rebuild, CRM, told));
    expect(failure.message).toMatch(/in the step rebuild:.*crm-contacts is locked/);
    await failureOf(rig.run(rebuild, CRM, told));
    expect(
      [...rig.demo.world.all()].flatMap(({ resources }) => [...resources.automations]),
    ).toHaveLength(2);
  });

  test('the same try asked twice is one execution', async () => {
    const told = rig.told(CRM, { token: 'run-9.drain' });
    await Promise.all([rig.run(drain, CRM, told), rig.run(drain, CRM, told)]);
    expect(
      [...rig.demo.world.all()].flatMap(({ resources }) => [...resources.automations]),
    ).toHaveLength(1);
  });

  test('waiting for an approval is told, and cancelling stops it', async () => {
    const told = cancelAt(rig.told(CRM), /^Waits for an approval in approve/);
    const failure = await failureOf(
      rig.run(
        { kind: 'ssm-automation', document: 'Demo-ApproveFailover', parameters: { Database: 'a' } },
        CRM,
        told,
      ),
    );
    expect(failure.message).toContain('was told to stop');
    expect(rig.demo.changes.count('StopAutomationExecution')).toBe(1);
  });
});

describe('ssm-command', () => {
  const instances = ['i-0317828c84edbe100', 'i-0a4c5e1d2b3f60718'];
  const action = {
    kind: 'ssm-command',
    document: 'AWS-RunShellScript',
    instances,
    parameters: { commands: ['hostname', 'echo it works'] },
  } satisfies StepAction;

  test('each instance gives what it wrote', async () => {
    expect(await rig.effect(action)).toBe(
      'runs AWS-RunShellScript on 2 instances: crm-worker-1, crm-worker-2',
    );
    const told = rig.told(CRM);
    expect(await rig.value(action, CRM, told)).toMatchObject({
      rows: [
        {
          instance: instances[0],
          name: 'crm-worker-1',
          status: 'Success',
          code: '0',
          output: 'crm-worker-1\nit works\n',
        },
        { instance: instances[1], output: 'crm-worker-2\nit works\n' },
      ],
    });
    expect(told.said).toContain('0 of 2 instances through');
  });

  test('an instance that fails fails the step, with its output shown', async () => {
    const told = rig.told(CRM);
    const failing = { ...action, parameters: { commands: ['echo before', 'exit 3'] } };
    const failure = await failureOf(rig.run(failing, CRM, told));
    expect(failure.message).toContain('2 of 2 instances failed, crm-worker-1 (Failed)');
    expect(told.shown.at(-1)?.json).toContain('exit status 3');
  });

  test('targets are taken, and both or none are refused', async () => {
    const { instances: _, ...rest } = action;
    const targets = [{ key: 'tag:Name', values: ['crm-worker-2'] }];
    expect(rig.resource({ ...rest, targets })).toBe('tag:Name=crm-worker-2');
    expect(await rig.effect({ ...rest, targets })).toMatch(
      /on all instances with tag:Name=crm-worker-2: 1 now, crm-worker-2$/,
    );
    expect(await rig.value({ ...rest, targets })).toMatchObject({
      rows: [{ name: 'crm-worker-2' }],
    });
    expect((await failureOf(rig.effect(rest))).message).toContain('Either instances or targets');
    expect((await failureOf(rig.effect({ ...action, targets }))).kind).toBe('invalid');
  });

  test.each([
    ['tag:Name', 'crm-worker-3', /: 1 now, crm-worker-3; crm-worker-3 does not answer$/],
    ['tag:Name', 'nobody', /: none now, so it would reach nothing$/],
    ['resource-groups:Name', 'workers', /; which they are is known when it runs$/],
  ])('what %s %s would reach is said before', async (key, value, said) => {
    const { instances: _, ...rest } = action;
    expect(await rig.effect({ ...rest, targets: [{ key, values: [value] }] })).toMatch(said);
  });

  test('an instance that is not managed, or away, is named before', async () => {
    const wanted = [instances[0] ?? '', 'i-0b7d9e8f1a2c34560', 'i-0123456789abcdef0'];
    expect(await rig.effect({ ...action, instances: wanted })).toMatch(
      /3 instances: crm-worker-1, crm-worker-3, i-0123456789abcdef0; crm-worker-3 does not answer; i-0123456789abcdef0 is not known to Systems Manager there$/,
    );
  });

  test('a cancelled step cancels the command', async () => {
    const told = cancelAt(rig.told(CRM), /^0 of 2/);
    expect((await failureOf(rig.run(action, CRM, told))).message).toMatch(
      /^The command was cancelled/,
    );
    expect(rig.demo.changes.count('CancelCommand')).toBe(1);
  });
});

test('support-case says so when the plan has none', async () => {
  const action = { kind: 'support-case', subject: 'Down', body: 'Since 03:00' } as const;
  expect((await failureOf(rig.effect(action))).message).toBe(
    'This account’s support plan has no cases by API.',
  );
  expect((await failureOf(rig.run(action))).message).toContain('support plan');
  expect(rig.demo.changes.count('CreateCase')).toBe(0);
});

test('sns-publish tells who hears it', async () => {
  const action = { kind: 'sns-publish', topic: 'crm-critical-alerts', message: { a: 1 } } as const;
  expect(await rig.effect(action)).toBe('goes to 2 subscriptions');
  expect(await rig.value(action)).toHaveProperty('messageId', expect.stringMatching(/^[\w-]{36}$/));
  expect(rig.demo.changes.entries).toMatchObject([{ input: { Message: '{"a":1}' } }]);
});

test('lambda-invoke gives what the function gave, and could be invoked before', async () => {
  const action = {
    kind: 'lambda-invoke',
    function: 'crm-read-only-mode',
    payload: { readOnly: true },
  } as const;
  expect(await rig.effect(action)).toMatch(/^runs crm-read-only-mode version/);
  expect(rig.demo.changes.count()).toBe(0);
  expect(await rig.value(action)).toMatchObject({ status: 200 });
  expect(rig.demo.changes.count('Invoke')).toBe(1);
});
