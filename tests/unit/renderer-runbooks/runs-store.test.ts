import { beforeEach, describe, expect, it } from 'vitest';
import { runsFound } from '../../../src/renderer/runbooks/run-words';
import { inOrder, useRuns } from '../../../src/renderer/runbooks/runs-store';
import type { RunState } from '../../../src/shared/runbooks/run';

const stateOf = (revision: number, status: RunState['status']): RunState => ({
  runId: 'r1',
  revision,
  runbookId: 'starter/a.yaml',
  name: 'A',
  alarmKey: null,
  connectionId: null,
  region: null,
  inputs: {},
  class: 'reads',
  hash: '',
  by: 'first',
  secondPerson: null,
  automatic: false,
  undoOf: null,
  status,
  pausing: false,
  steps: [],
  startedAt: 0,
  endedAt: null,
  undoable: false,
});

const shown = (): RunState | undefined => useRuns.getState().byId.get('r1');

beforeEach(() => useRuns.setState({ byId: new Map(), whole: new Set() }));

describe('the state of a run', () => {
  it('stays the newer one when the answer to its start comes behind a push', () => {
    useRuns.getState().take(stateOf(7, 'done'));
    useRuns.getState().take(stateOf(2, 'running'));
    expect(shown()?.status).toBe('done');
    useRuns.getState().take(stateOf(8, 'running'));
    expect(shown()?.status).toBe('running');
  });

  it('pushed meanwhile stays over what was asked for', () => {
    useRuns.getState().take(stateOf(7, 'done'));
    useRuns.getState().fill([stateOf(2, 'running')], true);
    expect(shown()?.status).toBe('done');
  });

  it('of a list is replaced by one that came whole', () => {
    useRuns.getState().fill([stateOf(9, 'running')], false);
    useRuns.getState().take(stateOf(2, 'asking'));
    expect(shown()?.status).toBe('asking');
  });
});

describe('the order of runs', () => {
  it('puts what waits for a person first, then what runs, then the past, each newest first', () => {
    const runs = (['done', 'running', 'asking', 'paused', 'interrupted'] as const).map(
      (status, at) => ({ ...stateOf(1, status), startedAt: at }),
    );
    expect(inOrder(runs).map(({ status }) => status)).toEqual([
      'interrupted',
      'asking',
      'paused',
      'running',
      'done',
    ]);
  });
});

describe('the filter of runs', () => {
  it('takes those that have every word, in runbook, alarm, person or status', () => {
    const failed: RunState = { ...stateOf(1, 'failed'), name: 'Roll back', alarmKey: 'k' };
    const own: RunState = { ...stateOf(1, 'done'), name: 'Roll on', automatic: true };
    const found = (filter: string): string[] =>
      runsFound([failed, own], filter, (key) => `Alarm-${key}`).map(({ name }) => name);
    expect(found(' ')).toEqual(['Roll back', 'Roll on']);
    expect(found('ROLL')).toEqual(['Roll back', 'Roll on']);
    expect(found('alarm-k failed')).toEqual(['Roll back']);
    expect(found('itself')).toEqual(['Roll on']);
    expect(found('first done')).toEqual([]);
  });
});
