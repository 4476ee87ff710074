import { describe, expect, it } from 'vitest';
import {
  parseUntil,
  snoozeChoices,
  toInputValue,
  tomorrowMorning,
} from '../../../src/renderer/alarm-detail/until';

const now = Date.UTC(2026, 2, 28, 23, 30);

describe('until', () => {
  it('means 09:00 of the next day, in the zone asked for', () => {
    expect(new Date(tomorrowMorning(now, 'utc')).toISOString()).toBe('2026-03-29T09:00:00.000Z');
    const local = new Date(tomorrowMorning(now, 'local'));
    expect([local.getHours(), local.getMinutes()]).toEqual([9, 0]);
    expect(local.getTime()).toBeGreaterThan(now);
  });

  it('offers 15 minutes, an hour and tomorrow', () => {
    expect(snoozeChoices.map((choice) => choice.until(now, 'utc') - now)).toEqual([
      15 * 60_000,
      3_600_000,
      9.5 * 3_600_000,
    ]);
  });

  it.each(['utc', 'local'] as const)('reads back what it shows in %s', (zone) => {
    const at = now + 3_600_000;
    expect(parseUntil(toInputValue(at, zone), zone, now)).toEqual({ ok: true, at });
  });

  it.each(['', 'soon', '2026-03-28T23:29', '2028-01-01T00:00', '2026-13-40T00:00'])(
    'refuses "%s" and says why',
    (text) => {
      const read = parseUntil(text, 'utc', now);
      expect(read.ok).toBe(false);
      expect(read.ok ? '' : read.problem).not.toBe('');
    },
  );
});
