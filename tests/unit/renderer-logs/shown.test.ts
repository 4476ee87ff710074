/** What the pane of lines says when there are none, where its keys lead, and what it keeps in its place. */
import { describe, expect, it } from 'vitest';
import { FOLLOW_MS, followedUntil } from '../../../src/renderer/logs/detail/follow';
import { hasShownAll } from '../../../src/renderer/logs/detail/wanted-line';
import { emptyWords, goneWords } from '../../../src/renderer/logs/events/empty-words';
import { meansTheGrid } from '../../../src/renderer/logs/events/grid-focus';
import { columnsOf, placed } from '../../../src/renderer/logs/events/grid-columns';
import { createPane } from '../../../src/renderer/logs/events/pane';
import {
  fieldEntries,
  fieldsWith,
  openAtFirst,
} from '../../../src/renderer/logs/facets/facet-model';
import { excerptWords } from '../../../src/renderer/logs/notes/excerpt-words';
import { searchSentence } from '../../../src/renderer/logs/search/progress-words';
import { patternMistake } from '../../../src/renderer/logs/search/pattern-check';
import { examples } from '../../../src/renderer/logs/search/PatternHelp';
import { showHeld } from '../../../src/renderer/logs/tail/tail-run';
import { parsePattern } from '../../../src/demo/logs/filter/pattern';
import { toLucene } from '../../../src/shared/logs/elastic-pattern';
import type { EngineAnswers, ViewState } from '../../../src/shared/logs/engine-protocol';
import { startEngine } from '../log-engine/engine-rig';
import type { GroupProgress, SearchProgress } from '../../../src/shared/logs/search';

const group = (more: Partial<GroupProgress> = {}): GroupProgress => ({
  connectionId: 'c',
  region: 'r',
  group: 'g',
  phase: 'done',
  pages: 1,
  emptyPages: 0,
  events: 0,
  bytes: 0,
  throttles: 0,
  coveredFromMs: 0,
  coveredToMs: 100,
  failure: null,
  ...more,
});

const view = (count: number): ViewState => ({
  dataset: 'd',
  view: 'main',
  revision: count,
  count,
  total: count,
  complete: true,
});

describe('no lines', () => {
  const words = (phases: GroupProgress['phase'][], hasPattern = false): string =>
    emptyWords({ coverage: phases.map((phase) => ({ phase })), hasPattern });

  it('are silence only when everything was read', () => {
    expect(words(['done', 'done'])).toBe('No events in this time.');
    expect(words(['done'], true)).toBe('No event in this time fits the pattern.');
  });

  it.each<[GroupProgress['phase'][], RegExp]>([
    [['failed'], /^The group could not be read whole, so there may be events/],
    [['stopped'], /^The group was not read whole/],
    [['failed', 'done'], /^1 of 2 groups could not be read whole/],
    [['failed', 'failed'], /^2 of 2 groups could not be read whole/],
    [['stopped', 'done'], /^1 of 2 groups was not read whole/],
    [['stopped', 'failed', 'done'], /^2 of 3 groups were not read whole/],
  ])('are no silence of %j', (phases, said) => {
    expect(words(phases)).toMatch(said);
    expect(words(phases, true)).toMatch(/there may be events/);
  });

  it('of a tail are those that came', () => {
    expect(emptyWords({ coverage: null, hasPattern: true })).toMatch(/while it was followed/);
    expect(goneWords(true)).toMatch(/Resume/);
    expect(goneWords(false)).not.toMatch(/Resume/);
  });
});

describe('a pane whose engine was started again', () => {
  it('says nothing of the lines it had, until there are some again', () => {
    const pane = createPane('d', true);
    pane.getState().took(view(7));
    pane.getState().select(3, 2);
    pane.getState().lost();
    expect(pane.getState()).toMatchObject({ state: null, gone: true, selected: null });
    pane.getState().took(view(2));
    expect(pane.getState()).toMatchObject({ state: view(2), gone: false });
  });
});

describe('a tail that ends while it is paused', () => {
  it('shows what was held back, and stays where one reads', () => {
    const pane = createPane('d', false);
    pane.setState({ follow: true });
    pane.getState().took(view(65));
    pane.getState().pause();
    pane.getState().took(view(109));
    expect(pane.getState().state?.count).toBe(65);
    showHeld(pane);
    expect(pane.getState().state?.count).toBe(109);
    expect(pane.getState().follow).toBe(false);
    pane.getState().took(view(110));
    expect(pane.getState().state?.count).toBe(110);
  });

  it('goes on at its end when it was not paused', () => {
    const pane = createPane('d', false);
    pane.setState({ follow: true });
    showHeld(pane);
    expect(pane.getState().follow).toBe(true);
  });
});

describe('keys without a focus', () => {
  const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    defaultPrevented: false,
    ...more,
  });

  it('that move lead to the lines, others and those of somebody else do not', () => {
    expect(meansTheGrid(press('j'), true)).toBe(true);
    expect(meansTheGrid(press('ArrowDown'), true)).toBe(true);
    expect(meansTheGrid(press('ArrowDown'), false)).toBe(false);
    expect(meansTheGrid(press('ArrowDown', { defaultPrevented: true }), true)).toBe(false);
    expect(meansTheGrid(press('k', { ctrlKey: true }), true)).toBe(false);
    expect(meansTheGrid(press('l'), true)).toBe(false);
  });
});

describe('fields while one filters', () => {
  const fields = (
    of: number,
    ...columns: [path: string, few: boolean][]
  ): EngineAnswers['columns'] => ({
    columns: columns.map(([path, few]) => ({ path, few, share: 1, types: ['string'] })),
    sample: { looked: of, of },
  });

  it('keep their places and what is open; rare ones come to them', () => {
    const whole = fields(1_000, ['method', true], ['@timestamp', false], ['type', true]);
    const shown = fields(2, ['@timestamp', true], ['error.name', true], ['type', true]);
    const merged = fieldsWith(whole, shown);
    expect(merged.sample).toEqual(whole.sample);
    const open = openAtFirst(fieldEntries(merged.columns));
    expect(open).not.toContain('@timestamp');
    expect(open).toEqual(expect.arrayContaining(['method', 'type', 'error.name']));
    expect(fieldsWith(whole, fields(1, ['type', false]))).toBe(whole);
  });
});

describe('wrapped lines', () => {
  it('end within the window, others may be scrolled to', () => {
    const width = (wrap: boolean): number => {
      const layout = { widths: {}, pinned: new Set<string>() };
      const last = placed(columnsOf([], true), layout, 564, wrap).at(-1);
      return (last?.left ?? 0) + (last?.width ?? 0);
    };
    expect(width(true)).toBeLessThanOrEqual(564);
    expect(width(false)).toBeGreaterThan(564);
  });
});

describe('how far a search got', () => {
  const sentence = (phase: SearchProgress['phase'], ...groups: GroupProgress[]): string =>
    searchSentence(
      { searchId: 's', phase, groups, events: 0, startedAt: 0, endedAt: 1 },
      { startMs: 0, endMs: 100 },
    );

  it('says of a throttled one that it tries again only while it does', () => {
    const slow = group({ throttles: 4, phase: 'searching', coveredToMs: 0 });
    expect(sentence('searching', slow)).toContain('throttled 4 ×, trying again');
    expect(sentence('stopped', { ...slow, phase: 'stopped' })).toMatch(/throttled 4 ×$/);
    expect(sentence('done', group({ throttles: 4 }))).toContain('throttled 4 ×, caught up');
    expect(sentence('done', group({ throttles: 4, phase: 'failed' }))).toMatch(/throttled 4 ×$/);
  });

  it('counts one, two and many groups as people do', () => {
    expect(sentence('done', group())).toContain('the group read whole, no gaps');
    expect(sentence('done', group(), group())).toContain('both groups read whole, no gaps');
    expect(sentence('done', group(), group(), group())).toContain('all 3 groups read whole');
  });
});

describe('the examples of patterns', () => {
  const cloudwatch = [...examples.cloudwatch, ...examples.both].map(([example]) => example);

  it.each(cloudwatch)('CloudWatch takes %s', (example) => {
    expect(() => parsePattern(example)).not.toThrow();
    expect(patternMistake(example)).toBeNull();
  });

  it.each(examples.both.map(([example]) => example))('others take %s too', (example) => {
    expect(toLucene(example).ok).toBe(true);
  });
});

describe('a bookmarked line', () => {
  const record = JSON.stringify({ level: 'error', message: 'It "failed"\nat night', more: 1 });

  it.each([
    [record, 'It "failed"\nat night'],
    [record.slice(0, record.indexOf('at night') + 2), 'It "failed"\nat'],
    ['{"level":"error","note":"no message', '{"level":"error","note":"no message'],
    ['198.51.100.7 "message":"not JSON"', '198.51.100.7 "message":"not JSON"'],
    ['{"msg":"cut \\u00', 'cut \\u00'],
  ])('is told by its message: %s', (excerpt, words) => {
    expect(excerptWords(excerpt)).toBe(words);
  });
});

describe('a line that is looked for', () => {
  it('is missing only when the view has been told of all that came', async () => {
    const engine = startEngine();
    await engine.open();
    await engine.append(['one', 'two']);
    const shown = (count: number) => ({ dataset: engine.names.dataset, state: view(count) });
    expect(await hasShownAll(engine.client, shown(0))).toBe(false);
    expect(await hasShownAll(engine.client, shown(2))).toBe(true);
    expect(await hasShownAll(engine.client, { ...shown(2), state: null })).toBe(false);
    engine.close();
  });
});

describe('a request that is followed', () => {
  it('is not looked for in a time that has not been, beyond what clocks differ by', () => {
    const line = Date.UTC(2026, 0, 31, 3);
    expect(followedUntil(line, line + 3_600_000)).toBe(line + FOLLOW_MS);
    expect(followedUntil(line, line + 120_000)).toBe(line + 120_000);
    expect(followedUntil(line, line - 5_000)).toBe(line + 60_000);
  });
});
