import { afterEach, describe, expect, it } from 'vitest';
import { startRig } from './rig';
import type { Rig } from './rig';

const runbook = (steps: string, more = ''): string =>
  `nightdesk: runbook/1\nname: Test\n${more}steps:\n${steps}`;
const look = `  - id: look\n    do: { kind: describe, what: ecs-service, cluster: crm, name: core }\n`;
const publish = (message: string, id = 'tell'): string =>
  `  - id: ${id}\n    do: { kind: sns-publish, topic: t, message: ${JSON.stringify(message)} }\n`;

let rig: Rig;
afterEach(() => rig.remove());

const kindsOf = ({ calls }: Rig): string[] => calls.map(({ kind }) => kind);

it('tells of a run in states that can be put in order', async () => {
  rig = startRig({ 'a.yaml': runbook(look) });
  const { runId, revision } = await rig.start('a.yaml', await rig.plan('a.yaml'));
  const { revision: last } = await rig.ended(runId);
  expect(revision).toBeGreaterThan(0);
  expect(last).toBeGreaterThan(revision);
});

describe('a plan', () => {
  it('makes no call and resolves what is known', async () => {
    rig = startRig({
      'a.yaml': runbook(
        `${look}${publish('to {% $inputs.who %}')}${publish('{% $steps.look.output.count %}', 'later')}`,
        'inputs: [{ name: who, type: text }]\n',
      ),
    });
    const plan = await rig.plan('a.yaml', { who: '"; rm -rf / {% $inputs %}' });
    expect(rig.calls).toEqual([]);
    expect(plan.problems).toEqual([]);
    expect(plan.class).toBe('changes');
    expect(plan.approval).toEqual({ kind: 'confirm' });
    expect(JSON.parse(plan.steps[1]?.actionJson ?? '')).toMatchObject({
      message: 'to "; rm -rf / {% $inputs %}',
    });
    expect(plan.steps[2]?.unknown).toEqual(['message']);
  });

  it.each([
    ['an input', 'a.yaml', { who: 'x' }, {}],
    ['the file', 'a.yaml', { who: 'y' }, { write: true }],
  ])(
    'approved and then changed in %s is refused',
    async (_what, name, inputs, { write }: { write?: boolean }) => {
      const text = runbook(
        publish('to {% $inputs.who %}'),
        'inputs: [{ name: who, type: text }]\n',
      );
      rig = startRig({ 'a.yaml': text });
      const plan = await rig.plan(name, { who: 'y' });
      if (write === true) rig.write('a.yaml', text.replace('to ', 'TO '));
      const other = await rig.plan(name, inputs);
      expect(other.hash).not.toBe(plan.hash);
      if (write === true)
        await expect(rig.start(name, plan, inputs)).rejects.toThrow(/changed since/);
      expect(rig.calls).toEqual([]);
    },
  );

  it('of a step that destroys wants the name typed', async () => {
    rig = startRig({
      'a.yaml': runbook('  - id: boot\n    do: { kind: rds-reboot, instance: crm-production }\n'),
    });
    const plan = await rig.plan('a.yaml');
    expect(plan.approval).toEqual({ kind: 'type', text: 'crm-production' });
    await expect(rig.start('a.yaml', plan)).rejects.toThrow(/name that was typed/);
    await expect(rig.start('a.yaml', plan, {}, 'crm-Production')).rejects.toThrow(/typed/);
    const { runId } = await rig.start('a.yaml', plan, {}, 'crm-production');
    expect((await rig.ended(runId)).status).toBe('done');
    expect(kindsOf(rig)).toEqual(['rds-reboot']);
  });

  it('of what is destroyed but not known yet is refused', async () => {
    rig = startRig({
      'a.yaml': runbook(
        `${look}  - id: boot\n    do: { kind: rds-reboot, instance: "{% $steps.look.output.name %}" }\n`,
      ),
    });
    const plan = await rig.plan('a.yaml');
    expect(plan.problems).toEqual([expect.stringMatching(/must be known before/)]);
    await expect(rig.start('a.yaml', plan)).rejects.toThrow(/must be known/);
  });

  it('on a read-only connection is refused, and so is its run', async () => {
    rig = startRig({ 'a.yaml': runbook(publish('x')), 'b.yaml': runbook(look) });
    rig.readOnly.add('c1');
    const plan = await rig.plan('a.yaml');
    expect(plan.problems).toEqual([expect.stringMatching(/read-only/)]);
    await expect(rig.start('a.yaml', plan)).rejects.toThrow(/read-only/);
    expect(rig.calls).toEqual([]);
    expect((await rig.plan('b.yaml')).problems).toEqual([]);
  });

  it('wants inputs that fit', async () => {
    rig = startRig({
      'a.yaml': runbook(
        look,
        'inputs:\n  - { name: n, type: number, min: 1, max: 4 }\n  - { name: c, type: choice, choices: [a, b] }\n  - { name: t, type: text, pattern: "[a-z]+" }\n',
      ),
    });
    const wrong = await rig.plan('a.yaml', { n: 9, c: 'x', t: 'a1' });
    expect(wrong.problems).toEqual([
      expect.stringMatching(/at most 4/),
      expect.stringMatching(/one of a, b/),
      expect.stringMatching(/fit \[a-z\]\+/),
    ]);
    expect((await rig.plan('a.yaml', { c: 'a' })).problems).toEqual([
      'n is missing.',
      't is missing.',
    ]);
    expect((await rig.plan('a.yaml', { n: '3', c: 'a', t: 'abc' })).problems).toEqual([]);
  });
});

describe('a run', () => {
  it('gives later steps what earlier ones found', async () => {
    rig = startRig({
      'a.yaml': runbook(
        `${look}  - id: each\n    forEach: $steps.look.output.names\n    do: { kind: sns-publish, topic: t, message: "hi {% $item %}" }\n  - id: good\n    do: { kind: check, that: "$count($steps.each.output) = 2" }\n`,
      ),
    });
    rig.answers.set('describe', async () => ({ names: ['a', '{% $alarm %}'] }));
    const state = await rig.run('a.yaml');
    expect(state.steps.map(({ id, status }) => [id, status])).toEqual([
      ['look', 'done'],
      ['each[0]', 'done'],
      ['each[1]', 'done'],
      ['good', 'done'],
    ]);
    expect(rig.calls.map(({ action }) => ('message' in action ? action.message : null))).toEqual([
      null,
      'hi a',
      'hi {% $alarm %}',
    ]);
    expect(new Set(rig.calls.map(({ token }) => token)).size).toBe(3);
  });

  it('is on record before each step acts', async () => {
    rig = startRig({ 'a.yaml': runbook(publish('x')) });
    rig.answers.set('sns-publish', async () => {
      expect(rig.events.at(-1)).toMatchObject({ type: 'runbook-step', phase: 'started' });
      return null;
    });
    expect((await rig.run('a.yaml')).status).toBe('done');
    expect(rig.events.map((event) => ('phase' in event ? event.phase : event.type))).toEqual([
      'runbook-started',
      'started',
      'done',
      'runbook-ended',
    ]);
  });

  it('does not begin without a journal, and ends when it breaks', async () => {
    rig = startRig({ 'a.yaml': runbook(publish('x') + publish('y', 'two')) });
    rig.journal.problem = 'disk full';
    await expect(rig.run('a.yaml')).rejects.toThrow(/journal cannot record/);
    expect(rig.calls).toEqual([]);
    rig.journal.problem = null;
    rig.answers.set('sns-publish', async () => {
      rig.journal.problem = 'disk full';
      return null;
    });
    const plan = await rig.plan('a.yaml');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { runId } = await rig.start('a.yaml', plan);
    const state = await rig.ended(runId);
    expect(state.status).toBe('failed');
    expect(rig.calls).toHaveLength(1);
    expect(rig.reports).toEqual([expect.stringMatching(/not on record/)]);
  });

  it('starts once for one command', async () => {
    rig = startRig({ 'a.yaml': runbook(publish('x')) });
    const { hash } = await rig.plan('a.yaml');
    const command = {
      ...rig.request('a.yaml'),
      commandId: 'same',
      hash,
      typed: null,
      secondPerson: null,
    };
    const [one, two] = await Promise.allSettled([
      rig.service.start(command),
      rig.service.start(command),
    ]);
    expect(one.status).toBe('fulfilled');
    expect(two.status).toBe('fulfilled');
    if (one.status === 'fulfilled') await rig.ended(one.value.runId);
    expect(rig.calls).toHaveLength(1);
  });

  it('holds what it changes, until it has ended', async () => {
    const update = (name: string): string =>
      runbook(
        '  - id: up\n    do: { kind: ecs-update, cluster: crm, service: core, forceNewDeployment: true }\n',
      ).replace('Test', name);
    rig = startRig({ 'a.yaml': update('First'), 'b.yaml': update('Second') });
    let release = (): void => undefined;
    rig.answers.set(
      'ecs-update',
      () => new Promise((resolve) => void (release = () => resolve(null))),
    );
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await rig.until(runId, ({ steps }) => steps[0]?.status === 'running');
    await expect(rig.start('b.yaml', await rig.plan('b.yaml'))).rejects.toThrow(/First is running/);
    release();
    await rig.ended(runId);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    rig.answers.delete('ecs-update');
    const second = await rig.start('b.yaml', await rig.plan('b.yaml'));
    expect((await rig.ended(second.runId)).status).toBe('done');
  });

  it('ends a step that takes too long, and tries again where it is said', async () => {
    rig = startRig({
      'a.yaml': runbook(
        '  - id: slow\n    timeout: 100ms\n    retry: { attempts: 2, delay: 10ms }\n    do: { kind: describe, what: bucket, name: b }\n',
      ),
    });
    let tries = 0;
    rig.answers.set('describe', (_action, { signal }) => {
      tries += 1;
      return tries === 2
        ? Promise.resolve('late')
        : new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
          });
    });
    const state = await rig.run('a.yaml');
    expect(state.steps[0]).toMatchObject({ status: 'done', attempt: 2 });
    expect(new Set(rig.calls.map(({ token }) => token)).size).toBe(1);
  });

  it('stops at a failure and goes on from there', async () => {
    rig = startRig({ 'a.yaml': runbook(look + publish('x')) });
    let broken = true;
    rig.answers.set('describe', async () => {
      if (broken) throw new Error('not there');
      return {};
    });
    const failed = await rig.run('a.yaml');
    expect(failed.steps.map(({ status }) => status)).toEqual(['failed', 'waiting']);
    broken = false;
    await rig.service.act({ action: 'retry', runId: failed.runId, stepId: 'look' });
    const done = await rig.until(failed.runId, ({ status }) => status === 'done');
    expect(done.steps.map(({ status }) => status)).toEqual(['done', 'done']);
  });

  it('skips a failed step with a reason', async () => {
    rig = startRig({ 'a.yaml': runbook(look + publish('x')) });
    rig.answers.set('describe', async () => {
      throw new Error('not there');
    });
    const failed = await rig.run('a.yaml');
    await rig.service.act({ action: 'skip', runId: failed.runId, stepId: 'look', reason: 'known' });
    const done = await rig.until(failed.runId, ({ status }) => status === 'done');
    expect(done.steps[0]).toMatchObject({
      status: 'skipped',
      note: expect.stringContaining('known'),
    });
  });

  it('is cancelled mid-way, and the rest never runs', async () => {
    rig = startRig({ 'a.yaml': runbook(look + publish('x')) });
    rig.answers.set(
      'describe',
      (_action, { signal, tell }) =>
        new Promise((_resolve, reject) => {
          tell('going');
          signal.addEventListener('abort', () => reject(new Error('It was told to stop.')));
        }),
    );
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await rig.until(runId, ({ steps }) => steps[0]?.progress === 'going');
    await rig.service.act({ action: 'cancel', runId });
    const state = await rig.ended(runId);
    expect(state.status).toBe('cancelled');
    expect(state.steps.map(({ status }) => status)).toEqual(['cancelled', 'waiting']);
    expect(kindsOf(rig)).toEqual(['describe']);
  });

  it('pauses before the next step and goes on', async () => {
    rig = startRig({ 'a.yaml': runbook(look + publish('x')) });
    let release = (): void => undefined;
    rig.answers.set('describe', () => new Promise((resolve) => void (release = () => resolve({}))));
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await rig.until(runId, ({ steps }) => steps[0]?.status === 'running');
    await rig.service.act({ action: 'pause', runId });
    release();
    await rig.until(runId, ({ status }) => status === 'paused');
    expect(kindsOf(rig)).toEqual(['describe']);
    await rig.service.act({ action: 'resume', runId });
    expect((await rig.ended(runId)).status).toBe('done');
  });

  it('asks and takes the answer', async () => {
    rig = startRig({
      'a.yaml': runbook(
        '  - id: q\n    do: { kind: ask, question: Which?, answer: choose, choices: [a, b] }\n',
      ),
    });
    rig.answers.set('ask', (_action, { ask }) =>
      ask({ text: 'Which?', answer: 'choose', choices: ['a', 'b'], pattern: null }),
    );
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await rig.until(runId, ({ status }) => status === 'asking');
    await expect(
      rig.service.act({ action: 'answer', runId, stepId: 'q', answer: 'c' }),
    ).rejects.toThrow(/none of the choices/);
    await rig.service.act({ action: 'answer', runId, stepId: 'q', answer: 'b' });
    expect((await rig.ended(runId)).steps[0]?.output?.json).toBe('"b"');
  });

  it('masks secrets in the plan, the state and the journal', async () => {
    const secret = 'S3cr"et\\value';
    rig = startRig({
      'a.yaml': runbook(
        publish('key {% $inputs.key %}'),
        'inputs: [{ name: key, type: secret }]\n',
      ),
    });
    rig.answers.set('sns-publish', async (action) => ({ echoed: action }));
    const plan = await rig.plan('a.yaml', { key: secret });
    const { runId } = await rig.start('a.yaml', plan, { key: secret });
    const state = await rig.ended(runId);
    expect(rig.calls[0]?.action).toMatchObject({ message: `key ${secret}` });
    const seen = JSON.stringify([plan, state, rig.events]);
    expect(seen).not.toContain('S3cr');
    expect(seen).toContain('••••••');
  });

  it('runs another runbook in its place', async () => {
    rig = startRig({
      'outer.yaml': runbook(
        `${look}  - id: inner\n    do: { kind: runbook, runbook: inner.yaml, inputs: { who: "{% $steps.look.output.name %}" } }\n`,
      ),
      'inner.yaml': runbook(
        publish('to {% $inputs.who %}'),
        'inputs: [{ name: who, type: text }]\n',
      ),
    });
    rig.answers.set('describe', async () => ({ name: 'core' }));
    const state = await rig.run('outer.yaml');
    expect(state.steps.map(({ id, status }) => [id, status])).toEqual([
      ['look', 'done'],
      ['inner.tell', 'done'],
    ]);
    expect(rig.calls[1]?.action).toMatchObject({ message: 'to core' });
  });

  it('passes over a step whose condition is not met', async () => {
    rig = startRig({
      'a.yaml': runbook(
        `${look}  - id: maybe\n    if: $steps.look.output.bad\n    do: { kind: sns-publish, topic: t, message: x }\n`,
      ),
    });
    rig.answers.set('describe', async () => ({ bad: false }));
    const state = await rig.run('a.yaml');
    expect(state.steps.map(({ status }) => status)).toEqual(['done', 'skipped']);
    expect(kindsOf(rig)).toEqual(['describe']);
  });
});
