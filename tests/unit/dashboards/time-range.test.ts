import { describe, expect, it } from 'vitest';
import {
  durationMs,
  goBack,
  momentMs,
  rangeWords,
  usualRanges,
  windowOf,
  zoomOut,
  zoomTo,
} from '../../../src/shared/dashboards/time-range';

const now = Date.UTC(2026, 0, 31, 12);
const hour = 3_600_000;

describe('time ranges', () => {
  it.each([
    ['-PT3H', 3 * hour],
    ['P7D', 7 * 24 * hour],
    ['-P1DT12H', 36 * hour],
    ['-PT90M', 1.5 * hour],
    ['-P1M', 30 * 24 * hour],
    ['3h', 3 * hour],
    ['15mo', 450 * 24 * hour],
    ['P0D', 0],
    ['P', null],
    ['PT', null],
    ['P1DT', null],
    ['three hours', null],
  ])('%s is %s ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it('reads absolute times as UTC', () => {
    expect(momentMs('2026-01-31T11:00:00', now)).toBe(now - hour);
    expect(momentMs('2026-01-31T12:00:00+01:00', now)).toBe(now - hour);
    expect(momentMs('31.1.2026', now)).toBeNull();
  });

  it('gives a window, or null where the end is not after the start', () => {
    expect(windowOf({ start: '-PT3H', end: null }, now)).toEqual({
      startMs: now - 3 * hour,
      endMs: now,
    });
    expect(windowOf({ start: '-PT1H', end: '-PT2H' }, now)).toBeNull();
  });

  it('has words', () => {
    expect(rangeWords({ start: '-PT3H', end: null }, 'utc')).toBe('Last 3 hours');
    expect(rangeWords({ start: '-PT7H', end: 'P0D' }, 'utc')).toBe('Last 7 hours');
    const absolute = { start: '2026-01-31T10:00:00Z', end: '2026-01-31T11:30:00Z' };
    expect(rangeWords(absolute, 'utc')).toBe('31 Jan 2026, 10:00 UTC – 31 Jan 2026, 11:30 UTC');
  });

  it('lists usual ranges from five minutes to fifteen months', () => {
    const lengths = usualRanges.map(({ ms }) => ms);
    expect(lengths[0]).toBe(300_000);
    expect(lengths.at(-1)).toBe(455 * 24 * hour);
    expect(lengths.every((ms, at) => at === 0 || ms > (lengths[at - 1] ?? 0))).toBe(true);
  });

  it('zooms, goes back and widens', () => {
    const start = { current: { start: '-PT3H', end: null }, past: [] };
    const zoomed = zoomTo(start, now, now - hour);
    expect(windowOf(zoomed.current, now)).toEqual({ startMs: now - hour, endMs: now });
    expect(goBack(zoomed)).toEqual(start);
    expect(goBack(start)).toBe(start);
    const wider = windowOf(zoomOut(zoomed, now).current, now);
    expect(wider).toEqual({ startMs: now - 2 * hour, endMs: now });
  });
});
