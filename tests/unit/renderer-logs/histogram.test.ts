import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPane } from '../../../src/renderer/logs/events/pane';
import { barAt, barsOver, barWindow } from '../../../src/renderer/logs/histogram/buckets';
import { droppedGap, gapsOf, gapWords } from '../../../src/renderer/logs/histogram/gaps';
import { barLines, stacksOf } from '../../../src/renderer/logs/histogram/stacks';
import { keyed } from '../../../src/renderer/logs/histogram/use-brush';
import { stepWords, ticksOf, windowWords } from '../../../src/renderer/logs/histogram/words';
import { zoomBack, zoomIn, zoomOut } from '../../../src/renderer/logs/histogram/zoom-history';
import { startEngine } from '../log-engine/engine-rig';

const utc = () => 0;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (clock: string): number => Date.parse(`2026-03-01T${clock}Z`);

describe('bars', () => {
  it('are of round length, begin at round times and cover the whole window', () => {
    for (const length of [
      1,
      90,
      9_999,
      61_234,
      15 * MINUTE,
      3 * HOUR,
      31 * 24 * HOUR,
      455 * 24 * HOUR,
    ]) {
      for (const width of [200, 960, 3_800]) {
        const window = { startMs: at('03:06:07.123'), endMs: at('03:06:07.123') + length };
        const bars = barsOver(window, width, utc);
        expect(bars.startMs).toBeLessThanOrEqual(window.startMs);
        expect(bars.endMs).toBeGreaterThanOrEqual(window.endMs);
        expect(window.startMs - bars.startMs).toBeLessThan(bars.stepMs);
        expect(bars.endMs - window.endMs).toBeLessThan(bars.stepMs);
        expect(bars.startMs % bars.stepMs).toBe(0);
        expect(bars.count).toBeLessThanOrEqual(Math.max(10, width / 6));
        expect(bars.endMs).toBe(bars.startMs + bars.count * bars.stepMs);
      }
    }
  });

  it('of days begin at midnight of the zone', () => {
    const east = () => 5.5 * HOUR;
    const bars = barsOver(
      { startMs: at('03:00:00'), endMs: at('03:00:00') + 90 * 24 * HOUR },
      800,
      east,
    );
    expect(bars.stepMs).toBe(24 * HOUR);
    expect((bars.startMs + 5.5 * HOUR) % (24 * HOUR)).toBe(0);
  });

  it('are found by place and give back their times', () => {
    const bars = barsOver({ startMs: at('03:00:00'), endMs: at('03:10:00') }, 600, utc);
    expect(barAt(bars, -5, 600)).toBe(0);
    expect(barAt(bars, 9_999, 600)).toBe(bars.count - 1);
    const middle = barAt(bars, 300, 600);
    const window = barWindow(bars, middle);
    expect(window.startMs).toBeLessThanOrEqual(at('03:05:00'));
    expect(window.endMs).toBeGreaterThan(at('03:05:00'));
    expect(barWindow(bars, 5, 2)).toEqual(barWindow(bars, 2, 5));
  });
});

describe('stacks of what the engine counted', () => {
  let engine: ReturnType<typeof startEngine>;
  beforeEach(async () => {
    engine = startEngine();
    await engine.open();
    await engine.append([
      { message: '{"level":"info","fn":"a"}', timestamp: 0 },
      { message: '{"level":"error","fn":"b"}', timestamp: 10 },
      { message: 'WARN plain', timestamp: 10 },
      { message: '{"level":"info","fn":"a"}', timestamp: 15 },
      { message: 'nothing said', timestamp: 30 },
    ]);
    await engine.look('');
  });
  afterEach(() => engine.close());
  const ask = async (by: string | null) =>
    stacksOf(
      await engine.client.ask('histogram', {
        ...engine.names,
        fromMs: 0,
        toMs: 40,
        buckets: 4,
        by,
      }),
      by,
    );

  it('put the most severe level at the bottom, and lines without one on top', async () => {
    const stacks = await ask('@level');
    expect(stacks.series.map(({ label, total }) => [label, total])).toEqual([
      ['error', 1],
      ['warn', 1],
      ['info', 2],
      ['no level', 1],
    ]);
    expect(stacks.totals).toEqual([1, 3, 0, 1]);
    expect([stacks.most, stacks.all]).toEqual([3, 5]);
    expect(barLines(stacks, 1)).toMatchObject([
      { label: 'error', count: 1, tone: 'critical' },
      { label: 'warn', count: 1, tone: 'warning' },
      { label: 'info', count: 1 },
    ]);
  });

  it('give other fields no colour of severity', async () => {
    const stacks = await ask('fn');
    expect(stacks.series.map(({ label }) => label)).toEqual(['a', 'b', 'others']);
    for (const { tone } of stacks.series) expect(tone).toHaveProperty('grey');
    const byValue = await ask('level');
    for (const { tone } of byValue.series) expect(tone).toHaveProperty('grey');
  });

  it('merely count when nothing else is asked', async () => {
    const stacks = await ask(null);
    expect(stacks.series.map(({ label, total }) => [label, total])).toEqual([['events', 5]]);
    await engine.look('absent');
    expect(await ask(null)).toMatchObject({ most: 0, all: 0 });
  });
});

describe('what was not read', () => {
  const window = { startMs: 0, endMs: 100 };
  const group = (
    name: string,
    from: number | null,
    to: number | null,
    phase = 'searching' as const,
  ) => ({
    group: name,
    phase,
    coveredFromMs: from,
    coveredToMs: to,
  });

  it('is all that one group has still to read', () => {
    const done = { ...group('c', null, null), phase: 'done' as const };
    expect(gapsOf([done], window)).toEqual([]);
    expect(gapsOf([group('a', 60, 100), group('b', null, null), done], window)).toEqual([
      { startMs: 0, endMs: 60, groups: ['a', 'b'], of: 3 },
      { startMs: 60, endMs: 100, groups: ['b'], of: 3 },
    ]);
    expect(gapsOf([group('a', 20, 70)], window)).toEqual([
      { startMs: 0, endMs: 20, groups: ['a'], of: 1 },
      { startMs: 70, endMs: 100, groups: ['a'], of: 1 },
    ]);
  });

  it('is said of a bar', () => {
    const gaps = gapsOf([group('a', 50, 100)], window);
    expect(gapWords(gaps, { startMs: 60, endMs: 70 })).toBeNull();
    expect(gapWords(gaps, { startMs: 10, endMs: 20 })).toBe('not read yet');
    expect(gapWords(gaps, { startMs: 40, endMs: 60 })).toBe('not read whole');
    const two = gapsOf([group('a', 50, 100), group('b', 0, 100)], window);
    expect(gapWords(two, { startMs: 10, endMs: 20 })).toBe('not read in 1 of 2 groups');
    expect(gapWords(two, { startMs: 50, endMs: 60 })).toBeNull();
  });
});

describe('keys', () => {
  const press = (key: string, shiftKey = false) => ({
    key,
    shiftKey,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
  });

  it('move from bar to bar and select with Shift', () => {
    expect(keyed(press('ArrowRight'), { cursor: null, anchor: null }, 9)).toMatchObject({
      cursor: 0,
    });
    expect(keyed(press('ArrowLeft'), { cursor: null, anchor: null }, 9)).toMatchObject({
      cursor: 9,
    });
    expect(keyed(press('ArrowRight'), { cursor: 9, anchor: null }, 9)).toMatchObject({ cursor: 9 });
    expect(keyed(press('ArrowRight', true), { cursor: 3, anchor: null }, 9)).toMatchObject({
      cursor: 4,
      anchor: 3,
    });
    expect(keyed(press('Home', true), { cursor: 4, anchor: 3 }, 9)).toMatchObject({
      cursor: 0,
      anchor: 3,
    });
    expect(keyed(press('ArrowLeft'), { cursor: 4, anchor: 3 }, 9)).toMatchObject({
      cursor: 3,
      anchor: null,
    });
  });

  it('take and leave, and leave the rest to the page', () => {
    expect(keyed(press('Enter'), { cursor: 4, anchor: 3 }, 9)).toBe('take');
    expect(keyed(press('Escape'), { cursor: 4, anchor: 3 }, 9)).toBe('leave');
    expect(keyed(press('z'), { cursor: 4, anchor: 3 }, 9)).toBeNull();
    expect(keyed({ ...press('ArrowLeft'), ctrlKey: true }, { cursor: 4, anchor: 3 }, 9)).toBeNull();
  });
});

describe('events that were dropped', () => {
  it('leave a gap, which is no silence', () => {
    const gaps = droppedGap({ fromMs: 10, toMs: 49 });
    expect(gapWords(gaps, { startMs: 40, endMs: 60 })).toMatch(/dropped/);
    expect(gapWords(gaps, { startMs: 50, endMs: 60 })).toBeNull();
    expect(droppedGap(null)).toEqual([]);
  });
});

describe('zooms', () => {
  it('are taken back one by one', () => {
    const pane = createPane('d', true);
    zoomIn(pane, { startMs: 0, endMs: 100 });
    zoomIn(pane, { startMs: 10, endMs: 20 });
    expect(pane.getState().zoom).toEqual({ startMs: 10, endMs: 20 });
    expect(zoomBack(pane)).toBe(true);
    expect(pane.getState().zoom).toEqual({ startMs: 0, endMs: 100 });
    expect(zoomBack(pane)).toBe(true);
    expect(pane.getState().zoom).toBeNull();
    expect(zoomBack(pane)).toBe(false);
  });

  it('are all gone at once for the whole time', () => {
    const pane = createPane('d', true);
    zoomIn(pane, { startMs: 0, endMs: 100 });
    zoomIn(pane, { startMs: 10, endMs: 20 });
    zoomOut(pane);
    expect(pane.getState().zoom).toBeNull();
    expect(zoomBack(pane)).toBe(false);
  });
});

describe('words', () => {
  it('say the time as exactly as a bar is long', () => {
    const window = { startMs: at('03:06:00'), endMs: at('03:07:00') };
    expect(windowWords(window, MINUTE, 'utc')).toBe('2026-03-01 03:06 – 03:07 UTC');
    expect(
      windowWords({ startMs: at('23:59:30'), endMs: at('23:59:30') + MINUTE }, 30_000, 'utc'),
    ).toBe('2026-03-01 23:59:30 – 2026-03-02 00:00:30 UTC');
    expect(windowWords({ startMs: at('03:06:00.1'), endMs: at('03:06:00.2') }, 100, 'utc')).toBe(
      '2026-03-01 03:06:00.100 – 03:06:00.200 UTC',
    );
    expect([200, 30_000, 5 * MINUTE, 12 * HOUR, 48 * HOUR].map(stepWords)).toEqual([
      '200 ms',
      '30 s',
      '5 min',
      '12 h',
      '2 d',
    ]);
  });

  it('date the axis at midnight', () => {
    const bars = barsOver({ startMs: at('22:00:00'), endMs: at('22:00:00') + 4 * HOUR }, 900, utc);
    const labels = ticksOf(bars, 900, 'utc').map(({ label }) => label);
    expect(labels).toContain('23:00');
    expect(labels).toContain('03-02');
  });
});
