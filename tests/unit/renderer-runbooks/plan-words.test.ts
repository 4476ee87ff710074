import { describe, expect, it } from 'vitest';
import {
  changedPlaces,
  countsOf,
  elementsWords,
  footWords,
  runHint,
} from '../../../src/renderer/runbooks/plan-words';
import type { PlannedStep } from '../../../src/shared/runbooks/plan';

const place = { connectionId: 'production', region: 'us-east-1', accountId: '111122223333' };

const stepOf = (more: Partial<PlannedStep> = {}): PlannedStep => ({
  id: 'a',
  name: 'a',
  kind: 'ecs-update',
  class: 'changes',
  place,
  resource: null,
  actionJson: '{}',
  unknown: [],
  runs: 'yes',
  effect: null,
  failure: null,
  ...more,
});
const reads = stepOf({ class: 'reads' });
const changes = stepOf();
const destroys = stepOf({ class: 'destroys' });
const passed = stepOf({ class: 'destroys', runs: 'no' });

describe('a plan in a line', () => {
  it.each<[string, PlannedStep[]]>([
    ['1 step, which destroys.', [destroys]],
    ['2 steps: 1 changes something, 1 only looks.', [reads, changes]],
    [
      '5 steps: 1 destroys, 2 change something, 2 only look.',
      [reads, changes, destroys, changes, reads],
    ],
    ['3 steps: 1 only looks, 2 are passed over.', [passed, reads, passed]],
    ['1 step: 1 is passed over.', [passed]],
    ['0 steps.', []],
  ])('%s', (words, steps) => expect(countsOf({ steps })).toBe(words));

  it('names each place that is changed once, and none that is only looked at', () => {
    const elsewhere = { ...place, region: 'us-west-1', accountId: null };
    const steps = [
      changes,
      destroys,
      stepOf({ place: elsewhere }),
      stepOf({ class: 'reads', place: { ...place, region: 'eu-west-1' } }),
      stepOf({ runs: 'no', place: { ...place, region: 'eu-west-2' } }),
      stepOf({ place: null }),
    ];
    expect(changedPlaces({ steps }, new Map([['production', 'Production']]))).toEqual([
      'Production · 111122223333 · us-east-1',
      'Production · account not known yet · us-west-1',
    ]);
    expect(changedPlaces({ steps: [changes] }, new Map())).toEqual([
      'production · 111122223333 · us-east-1',
    ]);
  });
});

describe('what stands in the way of approving', () => {
  const free = { preview: false, problems: 0, named: true, seconded: true, seen: true };
  it('is said one thing at a time, the gravest first', () => {
    expect(footWords({ ...free, preview: true, problems: 1 })).toContain('cannot be run from here');
    expect(footWords({ ...free, problems: 1, named: false })).toContain('reasons stand above');
    expect(footWords({ ...free, named: false, seconded: false })).toContain('type the name');
    expect(footWords({ ...free, seconded: false, seen: false })).toContain('second person');
    expect(footWords({ ...free, seen: false })).toContain('scroll down');
    expect(footWords(free)).toContain('exactly what is shown');
  });
});

describe('beside the button that runs it', () => {
  it('says what comes of it, and of a read-only connection before it is tried', () => {
    expect(runHint('reads', 'Production')).toContain('runs at once');
    expect(runHint('destroys', null)).toContain('approved');
    expect(runHint('changes', 'Production')).toContain('Production is read-only');
  });
});

describe('what a step runs for', () => {
  it.each<[string[] | null | undefined, string | null]>([
    [undefined, null],
    [null, 'Runs once for each element of a list that is known later.'],
    [[], 'Runs for none: its list is empty.'],
    [['a'], 'Runs once, for a.'],
    [['a', 'b'], 'Runs 2 times, for a, b.'],
  ])('%j reads as %s', (elements, words) => {
    expect(elementsWords(elements === undefined ? {} : { elements })).toBe(words);
  });
  it('names a dozen and counts the rest', () => {
    const elements = Array.from({ length: 20 }, (_, i) => String(i));
    expect(elementsWords({ elements })).toMatch(/^Runs 20 times, for 0, .*, 11 and 8 more\.$/);
  });
});
