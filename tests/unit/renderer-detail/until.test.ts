import { describe, expect, it } from 'vitest';
import { muteChoices, parseUntil, toInputValue } from '../../../src/renderer/alarm-detail/until';

const now = Date.UTC(2026, 2, 28, 23, 30);

describe('until', () => {
  it('offers lengths that all lie ahead, in order', () => {
    const ends = muteChoices.map((choice) => choice.until(now, 'utc') - now);
    expect(ends).toEqual([3_600_000, 4 * 3_600_000, 9.5 * 3_600_000, 7 * 24 * 3_600_000]);
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
