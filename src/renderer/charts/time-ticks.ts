/** Round times for a time axis, in UTC or in the machine's zone, also across a change of clocks. */
import type { TimeZone } from '../ui/time';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const STEPS_MS = [
  1_000,
  5_000,
  10_000,
  30_000,
  60_000,
  300_000,
  600_000,
  900_000,
  1_800_000,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
];

/** The zone's distance from UTC at a moment (ms, east positive). */
export type OffsetAt = (at: number) => number;

export function offsetOf(zone: TimeZone): OffsetAt {
  return zone === 'utc' ? () => 0 : (at) => -new Date(at).getTimezoneOffset() * 60_000;
}

function stepFor(lengthMs: number, most: number): number {
  return (
    STEPS_MS.find((candidate) => lengthMs / candidate <= most) ??
    Math.ceil(lengthMs / most / DAY) * DAY
  );
}

/** The moment at which clocks of the zone show `wall` (ms as if UTC). */
function momentOf(wall: number, offsetAt: OffsetAt): number {
  const guess = wall - offsetAt(wall);
  return wall - offsetAt(guess);
}

/** Round wall-clock times within `[startMs, endMs]`, ascending, about `most` at most. */
export function timeTicks(
  startMs: number,
  endMs: number,
  most: number,
  offsetAt: OffsetAt,
): number[] {
  if (!(endMs > startMs) || !(most >= 1)) return [];
  const step = stepFor(endMs - startMs, most);
  const offset = offsetAt(startMs);
  const ticks: number[] = [];
  let wall = Math.ceil((startMs + offset) / step) * step;
  for (;;) {
    // Up to an hour a change of clocks moves nothing off its round time; above, the wall clock decides.
    const at = step <= HOUR ? wall - offset : momentOf(wall, offsetAt);
    if (at > endMs) return ticks;
    const last = ticks.at(-1);
    if (at >= startMs && (last === undefined || at > last)) ticks.push(at);
    wall += step;
  }
}
