/** The ways a run may go beside the straight one. */
import { afterEach, describe, expect, it } from 'vitest';
import { TestClock } from '../../support/test-clock';
import { startRig } from './rig';
import type { Rig } from './rig';

const runbook = (steps: string, more = ''): string =>
  `nightdesk: runbook/1\nname: Test\n${more}steps:\n${steps}`;
const look = `  - id: look\n    do: { kind: describe, what: bucket, name: b }\n`;
const publish = (id: string, more = ''): string =>
  `  - id: ${id}\n${more}    do: { kind: sns-publish, topic: t, message: ${id} }\n`;
const update = (id: string): string =>
  `  - id: ${id}\n    do: { kind: ecs-update, cluster: crm, service: core, forceNewDeployment: true }\n`;

let rig: Rig;
let clock: TestClock;
const begin = (files: Record<string, string>): void => {
  clock = new TestClock();
  rig = startRig(files, clock);
};
afterEach(() => rig.remove());
const statuses = (state: { steps: { id: string; status: string }[] }): string[] =>
  state.steps.map(({ id, status }) => `${id} ${status}`);
const messages = (): unknown[] =>
  rig.calls.flatMap(({ action }) => ('message' in action ? [action.message] : []));
const started = (runId: string, at = 0) =>
  rig.until(runId, ({ steps }) => steps[at]?.status === 'running');

describe('a condition', () => {
  it('known when it is planned is shown there, and the step holds nothing', async () => {
    begin({
      'a.yaml': runbook(
        `${update('up').replace('    do:', "    if: '$inputs.sure'\n    do:")}${look}`,
        'inputs: [{ name: sure, type: boolean }]\n',
      ),
    });
    const plan = await rig.plan('a.yaml', { sure: false });
    expect(plan.steps.map(({ runs }) => runs)).toEqual(['no', 'yes']);
    expect(plan.class).toBe('reads');
    expect(statuses(await rig.run('a.yaml', { sure: false }))).toEqual(['up skipped', 'look done']);
    expect(rig.calls.map(({ kind }) => kind)).toEqual(['describe']);
  });

  it('that cannot be worked out fails the step', async () => {
    begin({ 'a.yaml': runbook(`${look}${publish('tell', "    if: '$steps.look.output + 1'\n")}`) });
    rig.answers.set('describe', async () => 'text');
    const state = await rig.run('a.yaml');
    expect(statuses(state)).toEqual(['look done', 'tell failed']);
    expect(messages()).toEqual([]);
  });
});

describe('a step for each of a list', () => {
  const each = (more = ''): string =>
    `${look}  - id: each\n    forEach: $steps.look.output\n${more}    do: { kind: sns-publish, topic: t, message: '{% $item %}' }\n`;

  it('of nothing is passed over', async () => {
    begin({ 'a.yaml': runbook(each()) });
    rig.answers.set('describe', async () => []);
    const state = await rig.run('a.yaml');
    expect(statuses(state)).toEqual(['look done', 'each skipped']);
    expect(state.steps[1]?.note).toBe('The list is empty.');
  });

  it('looks at its condition element by element', async () => {
    begin({ 'a.yaml': runbook(each("    if: '$item > 1'\n")) });
    rig.answers.set('describe', async () => [1, 2, 3]);
    expect(statuses(await rig.run('a.yaml'))).toEqual([
      'look done',
      'each[0] skipped',
      'each[1] done',
      'each[2] done',
    ]);
    expect(messages()).toEqual([2, 3]);
  });

  it('goes on from the element that failed', async () => {
    begin({ 'a.yaml': runbook(each()) });
    rig.answers.set('describe', async () => ['a', 'b', 'c']);
    let broken = true;
    rig.answers.set('sns-publish', async (action) => {
      if (broken && 'message' in action && action.message === 'b') throw new Error('no');
      return null;
    });
    const failed = await rig.run('a.yaml');
    expect(statuses(failed)).toEqual([
      'look done',
      'each[0] done',
      'each[1] failed',
      'each[2] waiting',
    ]);
    broken = false;
    const { runId } = failed;
    await rig.service.act({ action: 'retry', runId, stepId: 'each[1]' });
    await rig.until(runId, ({ status }) => status === 'done');
    expect(messages()).toEqual(['a', 'b', 'b', 'c']);
    expect(new Set(rig.calls.map(({ token }) => token)).size).toBe(4);
  });

  it('is refused for a list of more than five hundred', async () => {
    begin({ 'a.yaml': runbook(each()) });
    rig.answers.set('describe', async () => Array.from({ length: 501 }, (_, i) => i));
    const state = await rig.run('a.yaml');
    expect(state.steps[1]?.failure?.message).toMatch(/501 elements/);
    expect(messages()).toEqual([]);
  });
});

describe('a step that fails', () => {
  it('is tried as often as the file says, with the same token', async () => {
    begin({ 'a.yaml': runbook(publish('tell', '    retry: { attempts: 3, delay: 10s }\n')) });
    rig.answers.set('sns-publish', async () => Promise.reject(new Error('no')));
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await clock.advance(9_000);
    expect(rig.calls).toHaveLength(1);
    await clock.advance(20_000);
    const state = await rig.ended(runId);
    expect(state.steps[0]).toMatchObject({ status: 'failed', attempt: 3 });
    expect(rig.calls).toHaveLength(3);
    expect(new Set(rig.calls.map(({ token }) => token)).size).toBe(1);
    const began = rig.events.filter((event) => 'phase' in event && event.phase === 'started');
    expect(began).toHaveLength(3);
  });

  it('is passed over where the file says so', async () => {
    begin({
      'a.yaml': runbook(
        `${look.replace('    do', '    onFailure: continue\n    do')}${publish('tell', '    if: \'$steps.look.status = "failed"\'\n')}`,
      ),
    });
    rig.answers.set('describe', async () => Promise.reject(new Error('no')));
    const state = await rig.run('a.yaml');
    expect(statuses(state)).toEqual(['look failed', 'tell done']);
    expect(state.status).toBe('done');
  });

  it('is undone with what its run gave, by a plan of its own', async () => {
    begin({
      'a.yaml': `${runbook(`${look}${publish('tell', '    onFailure: undo\n')}`)}undo:\n  - id: back\n    do: { kind: sns-publish, topic: t, message: 'was {% $steps.look.output.old %}' }\n`,
    });
    rig.answers.set('describe', async () => ({ old: 4 }));
    rig.answers.set('sns-publish', async (action) => {
      if ('message' in action && action.message === 'tell') throw new Error('no');
      return null;
    });
    const failed = await rig.run('a.yaml');
    expect(failed).toMatchObject({ status: 'failed', undoable: true });
    const ended = rig.events.find((event) => event.type === 'runbook-ended');
    expect(ended).toMatchObject({ note: expect.stringContaining('can be undone') });
    await clock.advance(1_000);
    const request = { ...rig.request('a.yaml'), undoOf: failed.runId };
    const plan = await rig.service.plan(request, new AbortController().signal);
    expect(plan.steps.map(({ actionJson }) => JSON.parse(actionJson))).toMatchObject([
      { message: 'was 4' },
    ]);
    const more = { commandId: 'undo', hash: plan.hash, typed: null, secondPerson: null };
    const { runId } = await rig.service.start({ ...request, ...more });
    expect(await rig.ended(runId)).toMatchObject({ status: 'done', undoable: false });
    expect(messages()).toEqual(['tell', 'was 4']);
    await expect(
      rig.service.plan({ ...request, undoOf: runId }, new AbortController().signal),
    ).rejects.toThrow(/can be undone with/);
  });

  it('tried again with a double click is tried once', async () => {
    begin({ 'a.yaml': runbook(publish('tell')) });
    rig.answers.set('sns-publish', async () => Promise.reject(new Error('no')));
    const { runId } = await rig.run('a.yaml');
    rig.answers.delete('sns-publish');
    const action = { action: 'retry', runId, stepId: 'tell' } as const;
    const clicks = await Promise.allSettled([rig.service.act(action), rig.service.act(action)]);
    expect(clicks.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await rig.until(runId, ({ status }) => status === 'done');
    expect(rig.calls).toHaveLength(2);
  });
});

describe('time', () => {
  it('ends a step that does not listen, and says that it may go on', async () => {
    begin({ 'a.yaml': runbook(publish('tell', '    timeout: 5s\n')) });
    rig.answers.set('sns-publish', () => new Promise(() => undefined));
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await started(runId);
    await clock.advance(5_000);
    expect((await rig.service.state(runId)).status).toBe('running');
    await clock.advance(10_000);
    const state = await rig.ended(runId);
    expect(state.steps[0]?.failure).toMatchObject({
      kind: 'timed-out',
      message: expect.stringMatching(/longer than 5 s.*whether it goes on is not known/),
    });
  });

  it('starts one run a second, but for those that run by themselves', async () => {
    begin({ 'a.yaml': runbook(look), 'b.yaml': runbook(look) });
    await rig.start('a.yaml', await rig.plan('a.yaml'));
    const plan = await rig.plan('b.yaml');
    await expect(rig.start('b.yaml', plan)).rejects.toThrow(/started this second/);
    await clock.advance(999);
    await expect(rig.start('b.yaml', plan)).rejects.toThrow(/started this second/);
    await clock.advance(1);
    await rig.ended((await rig.start('b.yaml', plan)).runId);
    const request = rig.request('a.yaml');
    const { hash } = await rig.plan('a.yaml');
    const more = { commandId: 'auto', hash, typed: null, secondPerson: null };
    const { runId } = await rig.service.start({ ...request, ...more }, true);
    expect(await rig.ended(runId)).toMatchObject({ automatic: true, by: 'Nightdesk' });
  });

  it('makes a plan old', async () => {
    begin({ 'a.yaml': runbook(publish('tell')) });
    const plan = await rig.plan('a.yaml');
    await clock.advance(31 * 60_000);
    await expect(rig.start('a.yaml', plan)).rejects.toThrow(/not there any more/);
    expect(rig.calls).toEqual([]);
  });
});

describe('cancelling', () => {
  it('ends a run that waits to try again, that is paused, and that asks', async () => {
    begin({
      'retry.yaml': runbook(publish('tell', '    retry: { attempts: 3, delay: 1h }\n')),
      'pause.yaml': runbook(`${look}${publish('tell')}`),
      'ask.yaml': runbook('  - id: q\n    do: { kind: ask, question: Sure?, answer: confirm }\n'),
    });
    rig.answers.set('sns-publish', async () => Promise.reject(new Error('no')));
    const retrying = await rig.start('retry.yaml', await rig.plan('retry.yaml'));
    await clock.advance(1_000);
    await rig.until(retrying.runId, ({ steps }) => steps[0]?.attempt === 1);
    await rig.service.act({ action: 'cancel', runId: retrying.runId });
    expect(await rig.ended(retrying.runId)).toMatchObject({ status: 'cancelled' });

    const { release } = rig.held('describe');
    const paused = await rig.start('pause.yaml', await rig.plan('pause.yaml'));
    await started(paused.runId);
    await rig.service.act({ action: 'pause', runId: paused.runId });
    await release();
    await rig.until(paused.runId, ({ status }) => status === 'paused');
    await rig.service.act({ action: 'cancel', runId: paused.runId });
    expect(statuses(await rig.ended(paused.runId))).toEqual(['look done', 'tell waiting']);

    await clock.advance(1_000);
    rig.answers.set('ask', (_action, { ask, signal }) =>
      Promise.race([
        ask({ text: 'Sure?', answer: 'confirm', choices: [], pattern: null }),
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('Told to stop.'))),
        ),
      ]),
    );
    const asking = await rig.start('ask.yaml', await rig.plan('ask.yaml'));
    const { runId } = asking;
    await rig.until(runId, ({ status }) => status === 'asking');
    await rig.service.act({ action: 'cancel', runId });
    expect((await rig.ended(runId)).status).toBe('cancelled');
    await expect(
      rig.service.act({ action: 'answer', runId, stepId: 'q', answer: 'yes' }),
    ).rejects.toThrow();
  });

  it('a second time is refused', async () => {
    begin({ 'a.yaml': runbook(look) });
    const { runId } = await rig.run('a.yaml');
    await expect(rig.service.act({ action: 'cancel', runId })).rejects.toThrow(/ended already/);
  });
});

describe('a question to confirm', () => {
  const answers: [string, boolean][] = [
    ['yes', true],
    ['Yes', true],
    ['no', true],
    ['confirmed', true],
    ['', false],
    ['maybe', false],
    ['yes please', false],
    ['0', false],
  ];
  it.each(answers)('answered with %j is taken: %j', async (answer, taken) => {
    begin({
      'a.yaml': runbook('  - id: q\n    do: { kind: ask, question: Sure?, answer: confirm }\n'),
    });
    rig.answers.set('ask', (_action, { ask }) =>
      ask({ text: 'Sure?', answer: 'confirm', choices: [], pattern: null }),
    );
    const { runId } = await rig.start('a.yaml', await rig.plan('a.yaml'));
    await rig.until(runId, ({ status }) => status === 'asking');
    const act = rig.service.act({ action: 'answer', runId, stepId: 'q', answer });
    if (!taken) {
      await expect(act).rejects.toThrow(/yes or no/);
      expect((await rig.service.state(runId)).status).toBe('asking');
      return;
    }
    await act;
    expect((await rig.ended(runId)).steps[0]?.output?.json).toBe(JSON.stringify(answer));
  });
});
