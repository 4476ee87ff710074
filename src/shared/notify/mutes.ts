import { globMatches } from '../severity/glob';
import type { Mute } from '../settings/settings';

/**
 * The mute that silences an alarm at `now`: the one that lasts longest. Patterns are globs (`*`, `?`),
 * case-insensitive, matched against the whole name.
 */
export function activeMute(
  mutes: Mute[],
  alarm: { alarmName: string; connectionId: string },
  now: number,
): Mute | null {
  let longest: Mute | null = null;
  for (const mute of mutes) {
    if (mute.until <= now || mute.until <= (longest?.until ?? 0)) continue;
    if (mute.connectionId !== null && mute.connectionId !== alarm.connectionId) continue;
    if (globMatches(mute.pattern, alarm.alarmName)) longest = mute;
  }
  return longest;
}
