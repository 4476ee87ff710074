import { describe, expect, it } from 'vitest';
import { timeTicks } from '../../../src/renderer/charts/time-ticks';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const utc = () => 0;
/** Berlin around its changes of 2026: 29 March and 25 October, 01:00 UTC. */
const berlin = (at: number): number =>
  at >= Date.UTC(2026, 2, 29, 1) && at < Date.UTC(2026, 9, 25, 1) ? 2 * HOUR : HOUR;

const wallHours = (ticks: number[]): number[] =>
  ticks.map((at) => new Date(at + berlin(at)).getUTCHours());

describe('time ticks', () => {
  it('are round and no more than asked for', () => {
    const start = Date.UTC(2026, 0, 1, 0, 7);
    const ticks = timeTicks(start, start + 3 * HOUR, 7, utc);
    expect(ticks.map((at) => new Date(at).toISOString().slice(11, 16))).toEqual([
      '00:30',
      '01:00',
      '01:30',
      '02:00',
      '02:30',
      '03:00',
    ]);
  });

  it.each([
    ['forward', Date.UTC(2026, 2, 28, 5)],
    ['back', Date.UTC(2026, 9, 24, 5)],
  ])('stay on the wall clock when clocks go %s', (_, start) => {
    const days = timeTicks(start, start + 4 * DAY, 6, berlin);
    expect(days).toHaveLength(4);
    expect(new Set(wallHours(days))).toEqual(new Set([0]));
    const quarters = timeTicks(start, start + 2 * DAY, 10, berlin);
    expect(wallHours(quarters).every((hour) => hour % 6 === 0)).toBe(true);
  });

  it('ascend and stay within the window, also through the hour that is told twice', () => {
    const start = Date.UTC(2026, 9, 24, 22);
    for (const most of [2, 5, 10, 40]) {
      const ticks = timeTicks(start, start + 8 * HOUR, most, berlin);
      expect(ticks.length).toBeGreaterThan(0);
      ticks.forEach((at, index) => {
        expect(at).toBeGreaterThanOrEqual(start);
        expect(at).toBeLessThanOrEqual(start + 8 * HOUR);
        if (index > 0) expect(at).toBeGreaterThan(ticks[index - 1] ?? 0);
      });
    }
  });

  it('answers nothing for a window that is none', () => {
    expect(timeTicks(5, 5, 4, utc)).toEqual([]);
    expect(timeTicks(0, Number.NaN, 4, utc)).toEqual([]);
  });
});
