import { describe, expect, it } from 'vitest';
import { noteOf, shownOf, sorted } from '../../../src/renderer/runbooks/run/output-model';
import {
  alarmNameOf,
  elapsedText,
  isLive,
  knownOf,
  leftByCancelling,
  notStopped,
  runWord,
  stepElapsed,
  stepName,
  stepsBehind,
  stepWord,
  tookText,
  withTimes,
} from '../../../src/renderer/runbooks/run-words';
import { runbookOf } from './fixtures';
import type { StepRun, StepStatus } from '../../../src/shared/runbooks/run';

function stepOf(name: string, status: StepStatus, more: Partial<StepRun> = {}): StepRun {
  return {
    id: name,
    name,
    kind: 'note',
    class: 'reads',
    status,
    startedAt: null,
    endedAt: null,
    attempt: 1,
    requestJson: null,
    output: null,
    failure: null,
    progress: null,
    question: null,
    note: null,
    ...more,
  };
}

describe('what a note said', () => {
  const { steps } = runbookOf({
    steps: [
      { id: 'own', do: { kind: 'note', text: '**Call** the team' } },
      { id: 'look', do: { kind: 'describe', what: 'stack', name: '**Call** the team' } },
    ],
  });
  const gave = (id: string, text: string) => ({
    id,
    output: { kind: 'text' as const, json: JSON.stringify(text) },
  });
  it('is Markdown only where it is the file’s own text, word for word', () => {
    expect(noteOf({ steps }, gave('own', '**Call** the team'))).toBe('**Call** the team');
    expect(noteOf({ steps: [], undo: steps }, gave('own', '**Call** the team'))).not.toBeNull();
    expect(noteOf({ steps }, gave('own', '[Call](https://example.com) the team'))).toBeNull();
    expect(noteOf({ steps }, gave('look', '**Call** the team'))).toBeNull();
    expect(noteOf({ steps }, { id: 'own', output: null })).toBeNull();
  });
});

describe('a run in words', () => {
  it('says that it pauses only after the step', () => {
    expect(runWord({ status: 'running', pausing: true })).toBe('pausing after this step');
    expect(runWord({ status: 'asking', pausing: true })).toBe('asks you');
    expect(isLive({ status: 'paused' })).toBe(true);
    expect(isLive({ status: 'interrupted' })).toBe(false);
  });
  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [64_000, '1 min 04 s'],
    [7_500_000, '2 h 05 min'],
  ])('%d ms are %s', (ms, text) => expect(elapsedText(ms)).toBe(text));
  it('counts from one in a list, and what is behind it', () => {
    expect(stepName({ id: 'drain[2]', name: 'Drain' })).toBe('Drain · 3');
    expect(stepName({ id: 'drain', name: 'Drain' })).toBe('Drain');
    const steps = [stepOf('a', 'done'), stepOf('b', 'skipped'), stepOf('c', 'failed')];
    expect(stepsBehind({ steps })).toBe('2 of 3 steps');
    expect(stepsBehind({ steps: steps.slice(0, 1) })).toBe('1 of 1 step');
  });
  it('does not invent how long a step took whose end nobody knows', () => {
    const began = { startedAt: 1_000 };
    expect(stepElapsed(stepOf('a', 'waiting'), 9_000)).toBeNull();
    expect(stepElapsed(stepOf('a', 'running', began), 9_000)).toBe(8_000);
    expect(stepElapsed(stepOf('a', 'done', { ...began, endedAt: 2_000 }), 9_000)).toBe(1_000);
    expect(stepElapsed(stepOf('a', 'unknown', began), 9_000)).toBeNull();
  });
  it('tells what is known of one that was cut off, and what cancelling left as it is', () => {
    const steps = [
      stepOf('Look', 'done'),
      stepOf('Restart', 'unknown'),
      stepOf('Check', 'failed'),
      stepOf('Tell', 'waiting'),
    ];
    expect(knownOf({ steps }).slice(1)).toEqual([
      'Done, on record: “Look”.',
      'Not known: “Restart” had begun. Look at what it acts on before it is tried again.',
      'Failed: “Check”.',
      'Never begun: “Tell”.',
    ]);
    expect(knownOf({ steps: [] }).slice(1)).toEqual(['No step is on record as done.']);
    const goesOn = stepOf('a', 'cancelled', { note: 'The deployment goes on.' });
    const silent = ['', 'Cancelled.', null].map((note) => stepOf('b', 'cancelled', { note }));
    expect(notStopped({ steps: [goesOn, ...silent] })).toEqual([goesOn]);
  });
  it('tells what a cancelled run had changed, and what it never began', () => {
    const steps = [
      stepOf('Look', 'done'),
      stepOf('Restart', 'done', { id: 'restart[1]', class: 'changes' }),
      stepOf('Scale', 'cancelled', { class: 'changes' }),
      stepOf('Tell', 'waiting', { class: 'changes' }),
    ];
    expect(leftByCancelling({ steps, class: 'changes' })).toEqual([
      'Done before it was cancelled, and left so: “Restart · 2”.',
      'Never begun: “Tell”.',
    ]);
    const looked = steps.slice(0, 1);
    expect(leftByCancelling({ steps: looked, class: 'changes' })).toEqual([
      'No step that changes anything was done before it was cancelled.',
    ]);
    expect(leftByCancelling({ steps: looked, class: 'reads' })).toEqual([]);
  });
  it('says of a step that will not come by itself that it was not run', () => {
    const step = stepOf('a', 'waiting');
    expect(stepWord(step, { status: 'running' })).toBe('waits');
    expect(stepWord(step, { status: 'paused' })).toBe('waits');
    expect(stepWord(step, { status: 'failed' })).toBe('not run');
    expect(stepWord(stepOf('a', 'done'), { status: 'failed' })).toBe('done');
  });
  it('says the moments of a text on the clock of the person, and leaves all else as it is', () => {
    const text = 'web:213 since 2026-11-23T06:29:07.254Z, until 2026-11-23T06:39:34Z; 2026-11-23';
    expect(withTimes(text, 'utc')).toBe(
      'web:213 since 2026-11-23 06:29:07 UTC, until 2026-11-23 06:39:34 UTC; 2026-11-23',
    );
    expect(withTimes('at 2026-99-99T99:99:99Z', 'utc')).toBe('at 2026-99-99T99:99:99Z');
  });
  it('does not call a short time none, and knows the name of an alarm that is not listed', () => {
    expect([tookText(999), tookText(1_000)]).toEqual(['under 1 s', '1 s']);
    const arn = 'arn:aws:cloudwatch:us-west-1:444455556666:alarm:a:alarm:b c';
    expect(alarmNameOf(`production|${arn}`)).toBe('a:alarm:b c');
    expect(alarmNameOf('nothing')).toBeNull();
  });
});

describe('what a step gave', () => {
  const shown = (kind: 'text' | 'json' | 'table' | 'series', value: unknown) =>
    shownOf({ kind, json: JSON.stringify(value) }, 'utc');
  it('is shown as what it says it is, and else as the text or tree it is', () => {
    const table = { columns: ['a'], rows: [['1']] };
    expect(shown('table', table)).toEqual({ kind: 'table', table });
    expect(shown('table', { columns: [1] }).kind).toBe('tree');
    expect(shown('json', 'plain')).toEqual({ kind: 'text', text: 'plain' });
    expect(shownOf({ kind: 'json', json: '{"cut' }, 'utc')).toEqual({
      kind: 'text',
      text: '{"cut',
    });
  });
  it('is a chart with its gaps open, whatever the order of its points', () => {
    const points = [
      [180_000, 3],
      [0, 1],
      [60_000, 2],
    ];
    const out = shown('series', { series: [{ label: 'CPU', points }] });
    const model = out.kind === 'series' ? out.model : null;
    expect(model).toMatchObject({ startMs: 0, endMs: 180_000 });
    expect(model?.series[0]?.periodMs).toBe(60_000);
    expect([...(model?.series[0]?.values ?? [])]).toEqual([1, 2, Number.NaN, 3]);
  });
  it('is no chart with less than two moments', () => {
    for (const points of [[], [[0, 1]]]) {
      expect(shown('series', { series: [{ label: 'CPU', points }] }).kind).toBe('tree');
    }
  });
  it('is sorted by numbers where both are', () => {
    const rows = [['10'], ['9'], ['b'], ['a 10'], ['a 9'], ['']];
    expect(sorted(rows.slice(0, 2), 0, false)).toEqual([['9'], ['10']]);
    expect(sorted(rows.slice(2, 5), 0, true)).toEqual([['b'], ['a 10'], ['a 9']]);
    expect(rows[0]).toEqual(['10']);
  });
});
