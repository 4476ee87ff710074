import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followView } from '../../../src/renderer/logs/facets/follow-view';
import {
  facetValues,
  fieldEntries,
  openAtFirst,
  sampleWords,
  tellsApart,
} from '../../../src/renderer/logs/facets/facet-model';
import { usesOf } from '../../../src/renderer/logs/filter/clauses';
import { newWords, ordered, patternsWords } from '../../../src/renderer/logs/patterns/pattern-list';
import { EngineError } from '../../../src/shared/logs/engine-client';
import type { EngineFailure } from '../../../src/shared/logs/engine-protocol';
import { startEngine } from '../log-engine/engine-rig';

describe('the fields at the side', () => {
  let engine: ReturnType<typeof startEngine>;
  beforeEach(async () => {
    engine = startEngine();
    await engine.open();
    await engine.append(
      Array.from({ length: 60 }, (_, i) =>
        JSON.stringify({
          level: i % 3 === 0 ? 'error' : 'info',
          requestId: `r-${i}`,
          http: { statusCode: i % 2 === 0 ? 200 : 500 },
          zone: 'one',
          parts: {},
        }),
      ),
    );
    await engine.look('');
  });
  afterEach(() => engine.close());

  it('begin with the level and where lines are from, then the telling ones with few values', async () => {
    const { columns } = await engine.client.ask('columns', engine.names);
    const entries = fieldEntries(columns);
    const paths = entries.map(({ path }) => path);
    expect(paths.slice(0, 4)).toEqual(['@level', '@group', '@region', '@stream']);
    expect(paths.slice(4)).toEqual(['http.statusCode', 'zone', 'requestId']);
    expect(openAtFirst(entries)).toEqual(['@level', '@group', 'http.statusCode', 'zone']);
  });

  it('are closed where hardly any value comes again, however few there are', async () => {
    await engine.append([
      JSON.stringify({ level: 'info', kind: 'late', at: '1' }),
      JSON.stringify({ level: 'info', kind: 'late', at: '1' }),
      JSON.stringify({ level: 'info', kind: 'late', at: '2' }),
      JSON.stringify({ level: 'info', kind: 'late', at: '3' }),
    ]);
    await engine.look('kind:late');
    const { columns } = await engine.client.ask('columns', engine.names);
    expect(new Map(columns.map(({ path, few }) => [path, few]))).toEqual(
      new Map([
        ['level', true],
        ['kind', true],
        ['at', false],
      ]),
    );
  });

  it('are not counted from rows that were dropped, and are counted again when the view knows', async () => {
    const small = startEngine(2 ** 20);
    await small.open();
    const lines = (n: number): string[] =>
      Array.from({ length: 2_000 }, (_, i) => JSON.stringify({ n, i, text: 'x'.repeat(200) }));
    await small.append(lines(0));
    await small.look('');
    const ask = () => small.client.ask('facets', { ...small.names, fields: ['n'], top: 5 });
    const appended = small.append([...lines(1), ...lines(2), ...lines(3)]);
    await expect(ask()).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    await appended;
    const { dropped, evicted } = await small.client.ask('stats', { dataset: small.names.dataset });
    expect(evicted).toBeGreaterThan(0);
    expect(dropped?.toMs ?? 0).toBeGreaterThanOrEqual(dropped?.fromMs ?? Infinity);
    await small.look('');
    await expect(ask()).resolves.toHaveLength(1);
    small.close();
  });

  it('show what the filter hides with its count of all, and what it asks for in any case', async () => {
    const fields = ['@level', 'zone'];
    const [all] = await engine.client.ask('facets', { ...engine.names, fields, top: 10 });
    await engine.look('@level:=error');
    const [shown, zone] = await engine.client.ask('facets', { ...engine.names, fields, top: 10 });
    expect(
      facetValues('@level', shown, all, usesOf('@level:=error -@level:=gone', '@level')),
    ).toEqual([
      { value: 'error', count: 20, inAll: 20, use: 'for' },
      { value: 'info', count: null, inAll: 40, use: 'none' },
      { value: 'gone', count: null, inAll: null, use: 'out' },
    ]);
    expect(tellsApart(shown, new Map())).toBe(false);
    expect(tellsApart(zone, new Map([['one', 'for']]))).toBe(true);
    expect(tellsApart(all, new Map())).toBe(true);
  });
});

it('says when a count is of a part', () => {
  expect(sampleWords({ looked: 10, of: 10 })).toBeNull();
  expect(sampleWords({ looked: 100_000, of: 1_200_000 })).toBe(
    'counts of 100,000 lines, taken evenly from 1,200,000',
  );
});

describe('asking as the view changes', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Every question takes `tookMs`. */
  function rig(gapMs: number, tookMs: number, failure: EngineFailure | null = null) {
    const asked: number[] = [];
    const answers: number[] = [];
    const failures: (string | null)[] = [];
    let running = 0;
    let most = 0;
    let failing = failure;
    const follower = followView<number>({
      gapMs,
      ask: async () => {
        asked.push(performance.now());
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => {
          setTimeout(resolve, tookMs);
        });
        running -= 1;
        const failed = failing;
        failing = null;
        if (failed !== null) throw new EngineError(failed);
        return asked.length;
      },
      onAnswer: (answer) => answers.push(answer),
      onFailure: (message) => failures.push(message),
    });
    return { follower, asked, answers, failures, most: () => most };
  }

  it('asks one at a time, at most every so often, and once more after the last change', async () => {
    const { follower, asked, answers, most } = rig(250, 20);
    for (let i = 0; i < 200; i += 1) {
      follower.changed();
      await vi.advanceTimersByTimeAsync(5);
    }
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(before).toBeGreaterThanOrEqual(3);
    expect(before).toBeLessThanOrEqual(5);
    expect(asked.length).toBeLessThanOrEqual(before + 1);
    expect(asked.at(-1)).toBeGreaterThan(900);
    expect(most()).toBe(1);
    expect(answers).toHaveLength(asked.length);
    follower.stop();
  });

  it('rests longer after a slow answer', async () => {
    const { follower, asked } = rig(250, 1_000);
    follower.changed();
    await vi.advanceTimersByTimeAsync(500);
    follower.changed();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(2);
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(3_000);
    follower.stop();
  });

  it('asks again when rows were dropped meanwhile, tells what went wrong, and is silent once stopped', async () => {
    const cancelled = rig(100, 10, { kind: 'cancelled', message: 'x' });
    cancelled.follower.changed();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(cancelled.answers).toEqual([2]);
    expect(cancelled.failures).toEqual([]);
    const broken = rig(100, 10, { kind: 'unknown', message: 'broken' });
    broken.follower.changed();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(broken.failures).toEqual(['broken']);
    const stopped = rig(100, 10);
    stopped.follower.changed();
    await vi.advanceTimersByTimeAsync(5);
    stopped.follower.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stopped.answers).toEqual([]);
  });
});

describe('the list of patterns', () => {
  const pattern = (
    template: string,
    count: number,
    firstMs: number,
    lastMs: number,
    isNew = false,
  ) => ({
    template,
    count,
    firstMs,
    lastMs,
    isNew,
    said: [null],
    open: false,
    seq: 0,
  });
  const list = [
    pattern('a', 5, 0, 10),
    pattern('b', 9, 0, 5),
    pattern('c', 1, 8, 8, true),
    pattern('d', 2, 7, 9, true),
  ];
  const names = (order: 'count' | 'new' | 'last') =>
    ordered(list, order)
      .map(({ template }) => template)
      .join('');

  it('is in the order asked for', () => {
    expect([names('count'), names('new'), names('last')]).toEqual(['badc', 'dcba', 'adcb']);
  });

  it('says of what it is, and does not call new what may be old', () => {
    expect(patternsWords(4, 4, { looked: 17, of: 17 })).toBe('4 patterns in 17 lines.');
    expect(patternsWords(400, 300, { looked: 200_000, of: 900_000 })).toBe(
      'The 300 commonest of 400 patterns counted in 200,000 lines taken evenly from 900,000.',
    );
    const whole = { patterns: list, sample: { looked: 17, of: 17 } };
    expect(newWords(whole, null, 0)).toBeNull();
    expect(newWords(whole, 7, 0)).toBe('2 new since the alarm began.');
    expect(newWords({ ...whole, sample: { looked: 17, of: 90 } }, 7, 0)).toBe(
      '2 new since the alarm began, as far as these lines tell.',
    );
    expect(newWords(whole, 7, 7)).toMatch(/cannot be told/);
    expect(newWords({ ...whole, patterns: [] }, 7, null)).toMatch(/cannot be told/);
  });
});
