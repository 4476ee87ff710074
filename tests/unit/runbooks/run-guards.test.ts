/** What keeps a run from beginning, or a step from changing something: people, locks, read-only connections. */
import { afterEach, describe, expect, it } from 'vitest';
import { TestClock } from '../../support/test-clock';
import { startRig } from './rig';
import type { Rig } from './rig';

const runbook = (steps: string, more = ''): string =>
  `nightdesk: runbook/1\nname: Test\n${more}steps:\n${steps}`;
const look = `  - id: look\n    do: { kind: describe, what: bucket, name: b }\n`;
const publish = (id: string, more = ''): string =>
  `  - id: ${id}\n${more}    do: { kind: sns-publish, topic: t, message: ${id} }\n`;
const update = (id: string, service = 'core'): string =>
  `  - id: ${id}\n    do: { kind: ecs-update, cluster: crm, service: '${service}', forceNewDeployment: true }\n`;

let rig: Rig;
let clock: TestClock;
const begin = (files: Record<string, string>): void => {
  clock = new TestClock();
  rig = startRig(files, clock);
};
afterEach(() => rig.remove());
const started = (runId: string, at = 0) =>
  rig.until(runId, ({ steps }) => steps[at]?.status === 'running');

describe('a second person', () => {
  const files = {
    'a.yaml': runbook(publish('tell'), 'approval: second-person\n'),
    'b.yaml': runbook(publish('other'), 'approval: second-person\n'),
  };
  const start = (name: string, hash: string, code: string, by = 'Second') =>
    rig.service.start({
      ...rig.request(name),
      commandId: crypto.randomUUID(),
      hash,
      typed: null,
      secondPerson: { name: by, code },
    });

  it('is somebody else, with the code of this plan', async () => {
    begin(files);
    const plan = await rig.plan('a.yaml');
    const other = await rig.plan('b.yaml');
    expect(plan.secondPerson).toBe(true);
    await expect(rig.start('a.yaml', plan)).rejects.toThrow(/code does not fit/);
    await expect(start('a.yaml', plan.hash, '')).rejects.toThrow(/code does not fit/);
    const code = rig.service.secondCode(plan.hash);
    const otherCode = rig.service.secondCode(other.hash);
    expect(code).toMatch(/^\d{6}$/);
    if (code !== otherCode) {
      await expect(start('a.yaml', plan.hash, otherCode)).rejects.toThrow(/code does not fit/);
    }
    await expect(start('a.yaml', plan.hash, code, ' FIRST ')).rejects.toThrow(/somebody else/);
    const { runId } = await start('a.yaml', plan.hash, code);
    expect(await rig.ended(runId)).toMatchObject({ status: 'done', secondPerson: 'Second' });
    await clock.advance(1_000);
    // Used up with its plan; the next plan of the same has another.
    await expect(start('a.yaml', plan.hash, code)).rejects.toThrow(/not there any more/);
    const { hash } = await rig.plan('a.yaml');
    await expect(start('a.yaml', hash, code)).rejects.toThrow(/code does not fit/);
    expect(rig.calls).toHaveLength(1);
  });

  it('has another code after five wrong ones, and none when the plan is old', async () => {
    begin(files);
    const { hash } = await rig.plan('a.yaml');
    const code = rig.service.secondCode(hash);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let i = 0; i < 5; i += 1) await expect(start('a.yaml', hash, wrong)).rejects.toThrow();
    await expect(start('a.yaml', hash, code)).rejects.toThrow(/code does not fit/);
    await clock.advance(31 * 60_000);
    expect(() => rig.service.secondCode(hash)).toThrow(/not there any more/);
    expect(rig.calls).toEqual([]);
  });
});

describe('a lock', () => {
  it('is on the thing in its account, whichever connection leads there', async () => {
    begin({ 'a.yaml': runbook(update('up')), 'b.yaml': runbook(update('up')) });
    const { release } = rig.held('ecs-update');
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await started(runId);
    await clock.advance(1_000);
    const request = { ...rig.request('b.yaml'), connectionId: 'c2' };
    const plan = await rig.service.plan(request, new AbortController().signal);
    const more = { commandId: 'x', hash: plan.hash, typed: null, secondPerson: null };
    await expect(rig.service.start({ ...request, ...more })).rejects.toThrow(/is running on/);
    await release();
    await rig.ended(runId);
    const second = await rig.service.start({ ...request, ...more });
    await started(second.runId);
    await release();
    expect((await rig.ended(second.runId)).status).toBe('done');
  });

  it('is taken when the thing becomes known, and the step fails where another run holds it', async () => {
    begin({
      'a.yaml': runbook(update('up')),
      'b.yaml': runbook(`${look}${update('up', '{% $steps.look.output %}')}`).replace('Test', 'B'),
    });
    rig.answers.set('describe', async () => 'core');
    const { release } = rig.held('ecs-update');
    const first = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await started(first.runId);
    await clock.advance(1_000);
    const second = await rig.start('b.yaml', await rig.plan('b.yaml'));
    const state = await rig.ended(second.runId);
    expect(state.steps[1]?.failure?.message).toMatch(/Test is running on the same thing/);
    expect(rig.calls.filter(({ kind }) => kind === 'ecs-update')).toHaveLength(1);
    await release();
    await rig.ended(first.runId);
    await rig.service.act({ action: 'retry', runId: second.runId, stepId: 'up' });
    await started(second.runId, 1);
    await release();
    await rig.until(second.runId, ({ status }) => status === 'done');
  });

  it('is let go by a run that is cancelled, and never taken by one that reads', async () => {
    begin({
      'a.yaml': runbook(update('up')),
      'b.yaml': runbook(update('up')),
      'c.yaml': runbook(look),
    });
    rig.held('ecs-update');
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await started(runId);
    await clock.advance(1_000);
    await rig.run('c.yaml');
    await rig.service.act({ action: 'cancel', runId });
    await rig.ended(runId);
    rig.answers.delete('ecs-update');
    await clock.advance(1_000);
    expect((await rig.run('b.yaml')).status).toBe('done');
  });

  it('is on the runbook for its alarm: twice at once is refused', async () => {
    begin({ 'a.yaml': runbook(publish('tell')) });
    const { release } = rig.held('sns-publish');
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await started(runId);
    await clock.advance(1_000);
    await expect(rig.start('a.yaml', await rig.plan('a.yaml'))).rejects.toThrow(/is running/);
    await release();
    await rig.ended(runId);
  });
});

describe('a step whose target rests on what runs now', () => {
  it('is refused at the start where it is another than on the sheet', async () => {
    begin({
      'a.yaml': runbook(
        `  - id: back\n    do: { kind: ecs-update, cluster: crm, service: core, rollBack: true }\n`,
      ),
    });
    let effect = 'task definition 213 → 212';
    const { 'ecs-update': handler } = rig.handlers;
    if (handler === undefined) throw new Error('There is no handler.');
    handler.effect = async () => effect;
    const approved = await rig.plan('a.yaml');
    effect = 'task definition 214 → 213';
    await expect(rig.start('a.yaml', approved)).rejects.toThrow(
      /has changed since it was approved/,
    );
    expect(rig.calls).toEqual([]);
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    expect((await rig.ended(runId)).status).toBe('done');
  });
});

describe('a connection made read-only', () => {
  it('after the approval refuses the start', async () => {
    begin({ 'a.yaml': runbook(publish('tell')) });
    const plan = await rig.plan('a.yaml');
    rig.readOnly.add('c1');
    await expect(rig.start('a.yaml', plan)).rejects.toThrow(/read-only/);
    expect(rig.calls).toEqual([]);
  });

  it('while the run goes on fails the step that would change something', async () => {
    begin({ 'a.yaml': runbook(`${look}${publish('tell')}`) });
    rig.answers.set('describe', async () => {
      rig.readOnly.add('c1');
      return null;
    });
    const state = await rig.run('a.yaml');
    expect(state.steps[1]?.failure?.kind).toBe('read-only');
    expect(rig.calls.map(({ kind }) => kind)).toEqual(['describe']);
  });
});
