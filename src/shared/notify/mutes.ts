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
    if (matchesGlob(mute.pattern, alarm.alarmName)) longest = mute;
  }
  return longest;
}

/** Linear in practice and never exponential: only the last `*` is ever returned to. */
function matchesGlob(pattern: string, text: string): boolean {
  const glob = pattern.toLowerCase();
  const name = text.toLowerCase();
  let g = 0;
  let n = 0;
  let starAt = -1;
  let starMatched = 0;
  while (n < name.length) {
    if (glob[g] === '*') {
      starAt = g;
      starMatched = n;
      g += 1;
    } else if (g < glob.length && (glob[g] === '?' || glob[g] === name[n])) {
      g += 1;
      n += 1;
    } else if (starAt === -1) {
      return false;
    } else {
      g = starAt + 1;
      starMatched += 1;
      n = starMatched;
    }
  }
  while (glob[g] === '*') g += 1;
  return g === glob.length;
}
