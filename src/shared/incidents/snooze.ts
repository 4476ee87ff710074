import { assertNever } from '../assert-never';

export type SnoozeChoice =
  | { kind: 'fifteen-minutes' }
  | { kind: 'one-hour' }
  | { kind: 'tomorrow-morning' }
  | { kind: 'until'; at: number };

const MINUTE = 60_000;
const MORNING_HOUR = 9;

/**
 * When a snooze chosen at `now` ends (ms since epoch). "Tomorrow morning" is 09:00 by the wall clock of the
 * computer's time zone on the next calendar day, also across a change of daylight saving time; between
 * midnight and 05:00 it means the morning that is coming.
 */
export function snoozeUntil(choice: SnoozeChoice, now: number): number {
  switch (choice.kind) {
    case 'fifteen-minutes':
      return now + 15 * MINUTE;
    case 'one-hour':
      return now + 60 * MINUTE;
    case 'tomorrow-morning':
      return tomorrowMorning(now);
    case 'until':
      return choice.at;
    default:
      return assertNever(choice);
  }
}

function tomorrowMorning(now: number): number {
  const date = new Date(now);
  const days = date.getHours() < 5 ? 0 : 1;
  // The Date constructor works in wall-clock time, so a 23- or 25-hour day needs no arithmetic here.
  return new Date(
    date.getFullYear(),
    date.getMonth(),
    date.getDate() + days,
    MORNING_HOUR,
  ).getTime();
}
