/** Moments to mute until, in the zone the operator reads times in. */
import { tomorrowMorning } from '../alarms/snooze-choices';
import type { TimeZone } from '../ui/time';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export interface UntilChoice {
  id: string;
  label: string;
  until: (now: number, zone: TimeZone) => number;
}

export const muteChoices: readonly UntilChoice[] = [
  { id: '1h', label: '1 hour', until: (now) => now + HOUR_MS },
  { id: '4h', label: '4 hours', until: (now) => now + 4 * HOUR_MS },
  { id: 'tomorrow', label: 'Until tomorrow 09:00', until: tomorrowMorning },
  { id: '1w', label: '1 week', until: (now) => now + 7 * 24 * HOUR_MS },
];

/** What `<input type="datetime-local">` holds for a moment, read in the zone. */
export function toInputValue(at: number, zone: TimeZone): string {
  const date = new Date(at);
  const shifted = zone === 'utc' ? at : at - date.getTimezoneOffset() * MINUTE_MS;
  return new Date(shifted).toISOString().slice(0, 16);
}

export type UntilInput = { ok: true; at: number } | { ok: false; problem: string };

/** Reads `YYYY-MM-DDTHH:MM` in the zone; it must lie ahead of `now` by at most a year. */
export function parseUntil(text: string, zone: TimeZone, now: number): UntilInput {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) {
    return { ok: false, problem: 'Enter a date and a time.' };
  }
  const at = new Date(zone === 'utc' ? `${text}Z` : text).getTime();
  if (Number.isNaN(at)) return { ok: false, problem: 'This is not a date.' };
  if (at <= now) return { ok: false, problem: 'This time has passed.' };
  if (at > now + 366 * 24 * HOUR_MS) return { ok: false, problem: 'At most a year ahead.' };
  return { ok: true, at };
}
