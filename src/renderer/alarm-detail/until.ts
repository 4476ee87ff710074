/** Moments to snooze or mute until, in the zone the operator reads times in. */
export type Zone = 'local' | 'utc';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MORNING_HOUR = 9;

/** 09:00 of the next day in the zone. Built from calendar fields, so a change to summer time keeps 09:00. */
export function tomorrowMorning(now: number, zone: Zone): number {
  const date = new Date(now);
  if (zone === 'utc') {
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1, MORNING_HOUR);
  }
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, MORNING_HOUR).getTime();
}

export interface UntilChoice {
  id: string;
  label: string;
  until: (now: number, zone: Zone) => number;
}

export const snoozeChoices: readonly UntilChoice[] = [
  { id: '15m', label: '15 minutes', until: (now) => now + 15 * MINUTE_MS },
  { id: '1h', label: '1 hour', until: (now) => now + HOUR_MS },
  { id: 'tomorrow', label: 'Until tomorrow 09:00', until: tomorrowMorning },
];

export const muteChoices: readonly UntilChoice[] = [
  { id: '1h', label: '1 hour', until: (now) => now + HOUR_MS },
  { id: '4h', label: '4 hours', until: (now) => now + 4 * HOUR_MS },
  { id: 'tomorrow', label: 'Until tomorrow 09:00', until: tomorrowMorning },
  { id: '1w', label: '1 week', until: (now) => now + 7 * 24 * HOUR_MS },
];

/** What `<input type="datetime-local">` holds for a moment, read in the zone. */
export function toInputValue(at: number, zone: Zone): string {
  const date = new Date(at);
  const shifted = zone === 'utc' ? at : at - date.getTimezoneOffset() * MINUTE_MS;
  return new Date(shifted).toISOString().slice(0, 16);
}

export type UntilInput = { ok: true; at: number } | { ok: false; problem: string };

/** Reads `YYYY-MM-DDTHH:MM` in the zone; it must lie ahead of `now` by at most a year. */
export function parseUntil(text: string, zone: Zone, now: number): UntilInput {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) {
    return { ok: false, problem: 'Enter a date and a time.' };
  }
  const at = new Date(zone === 'utc' ? `${text}Z` : text).getTime();
  if (Number.isNaN(at)) return { ok: false, problem: 'This is not a date.' };
  if (at <= now) return { ok: false, problem: 'This time has passed.' };
  if (at > now + 366 * 24 * HOUR_MS) return { ok: false, problem: 'At most a year ahead.' };
  return { ok: true, at };
}
