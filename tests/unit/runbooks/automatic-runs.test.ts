import { beforeEach, describe, expect, it } from 'vitest';
import { AutomaticRuns } from '../../../src/main/runbooks/automatic-runs';
import type { AutomaticRunsParts } from '../../../src/main/runbooks/automatic-runs';
import type { RunbookEntry } from '../../../src/shared/runbooks/listing';
import type { PlannedStep, RunPlan } from '../../../src/shared/runbooks/plan';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';
import type { RunState } from '../../../src/shared/runbooks/run';
import { alarmNamed as alarmOf } from '../../support/alarms';
import { TestClock } from '../../support/test-clock';

const text = `nightdesk: runbook/1
name: Evidence
automatic: true
alarms: [{ name: '*' }]
steps: [{ id: a, do: { kind: note, text: x } }]
`;

function entry(): RunbookEntry {
  const read = readRunbook(text);
  if (!read.ok) throw new Error('not a runbook');
  const { runbook } = read;
  return {
    id: 'starter/a.yaml',
    folder: '/x',
    fileName: 'a.yaml',
    source: 'starter',
    name: 'Evidence',
    class: 'reads',
    runbook,
    problems: [],
  };
}

const step = (more: Partial<PlannedStep> = {}): PlannedStep => ({
  id: 'a',
  name: 'A',
  kind: 'note',
  class: 'reads',
  place: null,
  resource: null,
  actionJson: '{}',
  unknown: [],
  runs: 'yes',
  effect: null,
  failure: null,
  ...more,
});

const denied = {
  kind: 'denied',
  connectionId: 'c',
  operation: 'x',
  message: 'No.',
  advice: '',
} as const;

describe('runbooks that run by themselves', () => {
  let clock: TestClock;
  let plan: RunPlan;
  let started: string[];
  let missed: string[];
  let reports: string[];
  /** How each run that goes on ends. */
  let ends: ((failed: boolean) => void)[];
  let parts: AutomaticRunsParts;
  let runs: AutomaticRuns;
  beforeEach(() => {
    clock = new TestClock();
    plan = {
      runbookId: 'starter/a.yaml',
      name: 'Evidence',
      class: 'reads',
      steps: [step()],
      approval: { kind: 'none' },
      secondPerson: false,
      hash: '0'.repeat(64),
      problems: [],
    };
    started = [];
    missed = [];
    reports = [];
    ends = [];
    const state = (failed: boolean): RunState => ({
      ...firstState,
      steps: firstState.steps.map((one) => ({ ...one, failure: failed ? denied : null })),
    });
    parts = {
      list: async () => ({ folders: [], entries: [entry()] }),
      plan: async () => plan,
      start: async ({ alarmKey }) => {
        started.push(alarmKey ?? '');
        return firstState;
      },
      rested: () => new Promise((resolve) => ends.push((failed) => resolve(state(failed)))),
      lastRan: async () => null,
      severityOf: () => 'warning',
      unreadable: () => null,
      missed: (_alarm, why) => void missed.push(why),
      clock,
      report: (problem) => void reports.push(problem),
    };
    runs = new AutomaticRuns(parts);
  });
  const fire = (name: string): void => runs.fired(alarmOf(name));
  const next = async (failed = false): Promise<void> => {
    await clock.advance(0);
    ends.shift()?.(failed);
    await clock.advance(0);
  };

  it('go one at a time', async () => {
    fire('one');
    fire('two');
    await clock.advance(0);
    expect(started).toEqual([alarmOf('one').key]);
    await next();
    expect(started).toEqual([alarmOf('one').key, alarmOf('two').key]);
  });

  it('start six a minute; the others wait, and what waits ten minutes is told, not run', async () => {
    for (let i = 0; i < 9; i += 1) fire(`alarm-${i}`);
    for (let i = 0; i < 9; i += 1) await next();
    expect(started).toHaveLength(6);
    await clock.advance(59_000);
    expect(started).toHaveLength(6);
    await clock.advance(2_000);
    for (let i = 0; i < 3; i += 1) await next();
    expect(started).toHaveLength(9);

    fire('first');
    fire('late');
    await clock.advance(60_000);
    expect(started).toHaveLength(10);
    await clock.advance(11 * 60_000);
    await next();
    expect(started).toHaveLength(10);
    expect(missed).toEqual([expect.stringContaining('its turn came too late')]);
  });

  it('do not run again for an alarm that flaps, but for its next episode', async () => {
    fire('one');
    await next();
    await clock.advance(60_000);
    fire('one');
    await next();
    expect(started).toHaveLength(1);
    await clock.advance(10 * 60_000);
    fire('one');
    await next();
    expect(started).toHaveLength(2);
  });

  it('do not wait for a clock that was set back', async () => {
    for (let i = 0; i < 6; i += 1) fire(`alarm-${i}`);
    for (let i = 0; i < 6; i += 1) await next();
    expect(started).toHaveLength(6);
    let back = 0;
    parts.clock = { now: () => clock.now() - back, after: (ms, task) => clock.after(ms, task) };
    runs = new AutomaticRuns(parts);
    for (let i = 0; i < 6; i += 1) runs.fired(alarmOf(`alarm-${i}`));
    for (let i = 0; i < 6; i += 1) await next();
    expect(started).toHaveLength(12);
    back = 3_600_000;
    fire('new');
    fire('alarm-0');
    await next();
    await next();
    expect(started.slice(12)).toEqual([alarmOf('new').key, alarmOf('alarm-0').key]);
  });

  it('run for what began before the console did, unless it has been looked into or is long ago', async () => {
    const now = clock.now();
    runs.fired(alarmOf('cut off'), now - 60_000);
    await next();
    expect(started).toEqual([alarmOf('cut off').key]);
    parts.lastRan = async () => now - 60_000;
    runs.fired(alarmOf('looked into'), now - 60_000);
    await next();
    expect(started).toHaveLength(1);
    expect(missed).toEqual([]);
    parts.lastRan = async () => null;
    runs.fired(alarmOf('long ago'), now - 11 * 60_000);
    await next();
    expect(started).toHaveLength(1);
    expect(missed).toEqual([expect.stringContaining('its turn came too late')]);
  });

  it('hold no more than fifty alarms', async () => {
    for (let i = 0; i < 60; i += 1) fire(`alarm-${i}`);
    await clock.advance(0);
    expect(reports).toEqual([expect.stringContaining('More than 50 alarms')]);
  });

  it('do not ask again what AWS has refused', async () => {
    fire('one');
    await next(true);
    fire('two');
    await next();
    expect(started).toHaveLength(1);
    expect(missed).toEqual([expect.stringContaining('AWS has refused it')]);
  });

  it.each<[string, () => void, string]>([
    [
      'cannot be read',
      () => (parts.unreadable = () => 'its connection is paused'),
      'its connection is paused',
    ],
    ['is refused in the plan', () => (plan.problems = ['A: No.']), 'A: No.'],
    ['changes something', () => (plan.class = 'changes'), 'it does more than read'],
    [
      'changes something in one step',
      () => (plan.steps = [step({ class: 'changes', runs: 'no' })]),
      'it does more than read',
    ],
    ['asks', () => (plan.steps = [step({ kind: 'ask' })]), 'it asks a person'],
  ])('never run where it %s, and that is told', async (_what, change, why) => {
    change();
    fire('one');
    await next();
    expect(started).toEqual([]);
    expect(missed).toEqual([`Runbook Evidence did not run by itself: ${why}`]);
  });

  it('end with the console', async () => {
    for (let i = 0; i < 8; i += 1) fire(`alarm-${i}`);
    for (let i = 0; i < 8; i += 1) await next();
    runs.stop();
    await clock.advance(120_000);
    expect(started).toHaveLength(6);
    expect(missed).toEqual([]);
  });
});

const firstState: RunState = {
  runId: 'r',
  hash: '0'.repeat(64),
  by: 'Nightdesk',
  secondPerson: null,
  automatic: true,
  runbookId: 'starter/a.yaml',
  name: 'Evidence',
  alarmKey: null,
  connectionId: 'c',
  region: 'us-east-1',
  inputs: {},
  class: 'reads',
  undoOf: null,
  status: 'done',
  pausing: false,
  steps: [
    {
      id: 'a',
      name: 'A',
      kind: 'note',
      class: 'reads',
      status: 'done',
      startedAt: 0,
      endedAt: 0,
      attempt: 1,
      requestJson: null,
      output: null,
      failure: null,
      progress: null,
      question: null,
      note: null,
    },
  ],
  startedAt: 0,
  endedAt: 0,
  revision: 1,
  undoable: false,
};
