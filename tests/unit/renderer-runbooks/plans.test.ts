import { describe, expect, it } from 'vitest';
import { planDifferences } from '../../../src/renderer/runbooks/plan-diff';
import { valueRows } from '../../../src/renderer/runbooks/plan-rows';
import type { PlannedStep, RunPlan } from '../../../src/shared/runbooks/plan';

const place = { connectionId: 'production', region: 'us-east-1', accountId: '111122223333' };

function stepOf(id: string, more: Partial<PlannedStep> = {}): PlannedStep {
  return {
    id,
    name: id,
    kind: 'ecs-update',
    class: 'changes',
    place,
    resource: 'shop/web',
    actionJson: '{"kind":"ecs-update","desiredCount":2}',
    unknown: [],
    runs: 'yes',
    effect: 'desired count 1 → 2',
    failure: null,
    ...more,
  };
}

function planOf(hash: string, steps: PlannedStep[], more: Partial<RunPlan> = {}): RunPlan {
  return {
    runbookId: 'x',
    name: 'X',
    class: 'changes',
    steps,
    approval: { kind: 'confirm' },
    secondPerson: false,
    hash,
    problems: [],
    ...more,
  };
}

const said = (before: RunPlan, now: RunPlan): string[] =>
  planDifferences(before, now).map(({ stepId, text }) => `${stepId ?? '-'} ${text}`);

describe('what differs between two plans', () => {
  it('is nothing under the same hash, and never nothing under another', () => {
    const one = planOf('1', [stepOf('a')]);
    expect(said(one, planOf('1', []))).toEqual([]);
    expect(said(one, planOf('2', [stepOf('a')]))).toEqual([
      expect.stringMatching(/^- .*what is shown reads the same\.$/),
    ]);
  });
  it('is every value that changed, with what it was', () =>
    expect(
      said(
        planOf('1', [stepOf('a')]),
        planOf('2', [
          stepOf('a', {
            class: 'destroys',
            place: { ...place, accountId: '999988887777' },
            resource: null,
            effect: 'desired count 1 → 0',
            runs: 'unknown',
            actionJson: '{"kind":"ecs-update","desiredCount":0,"force":true}',
          }),
        ]),
      ),
    ).toEqual([
      'a “a”: class was changes, is destroys.',
      'a “a”: place was 111122223333 us-east-1, is 999988887777 us-east-1.',
      'a “a”: resource was shop/web, is not known.',
      'a “a”: what it finds was desired count 1 → 2, is desired count 1 → 0.',
      'a “a”: whether it runs was yes, is unknown.',
      'a “a”: desiredCount was 2, is 0.',
      'a “a”: force was not there, is true.',
    ]));
  it('is what came, went, moved, and a worse class of the whole', () => {
    const before = planOf('1', [stepOf('a'), stepOf('b'), stepOf('c')], { class: 'reads' });
    expect(said(before, planOf('2', [stepOf('b'), stepOf('a'), stepOf('d')]))).toEqual([
      '- It changes now; what you saw only reads.',
      '- The steps come in another order.',
      'd “d” is new.',
      '- “c” is gone.',
    ]);
    expect(said(before, planOf('2', [stepOf('a'), stepOf('c')], { class: 'reads' }))).toEqual([
      '- “b” is gone.',
    ]);
  });
});

describe('the values of a step', () => {
  const rows = (action: unknown, unknown: string[] = []): string[] =>
    valueRows(JSON.stringify(action), unknown).rows.map(
      ({ path, value, unknown: open }) => `${path}=${value}${open ? ' ?' : ''}`,
    );
  it('are named by where they lie; the kind has a place of its own', () =>
    expect(
      rows({
        kind: 'x',
        a: { kind: 'inner', 'b.c': 1 },
        list: [true, { d: null }],
        none: [],
        empty: {},
        text: '',
      }),
    ).toEqual([
      'a.kind=inner',
      'a["b.c"]=1',
      'list[0]=true',
      'list[1].d=null',
      'none=[]',
      'empty={}',
      'text=',
    ]));
  it('are marked where they are not known yet', () =>
    expect(rows({ a: ['{% $steps.x %}'], b: 'c' }, ['a[0]'])).toEqual([
      'a[0]={% $steps.x %} ?',
      'b=c',
    ]));
  it('are cut, which is counted; what cannot be read is shown as it is', () => {
    const long = valueRows(JSON.stringify({ a: Array.from({ length: 250 }, (_, i) => i) }), []);
    expect([long.rows.length, long.more]).toEqual([200, 50]);
    expect(valueRows('{"a":', [])).toEqual({
      rows: [{ path: 'value', value: '{"a":', unknown: false }],
      more: 0,
    });
  });
});
