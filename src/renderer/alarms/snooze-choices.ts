/** The lengths a snooze is offered in. */
import type { TimeZone } from '../ui/time';

export interface SnoozeChoice {
  label: string;
  /** The moment it ends (ms). */
  until: number;
}

const MINUTE = 60_000;
const MORNING_HOUR = 9;

/** Tomorrow 09:00 in the zone on show. */
export function tomorrowMorning(now: number, zone: TimeZone): number {
  const at = new Date(now);
  if (zone === 'utc') {
    return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1, MORNING_HOUR);
  }
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1, MORNING_HOUR).getTime();
}

export function snoozeChoices(now: number, zone: TimeZone): SnoozeChoice[] {
  return [
    { label: '15 minutes', until: now + 15 * MINUTE },
    { label: '1 hour', until: now + 60 * MINUTE },
    { label: '4 hours', until: now + 240 * MINUTE },
    { label: 'Until tomorrow 09:00', until: tomorrowMorning(now, zone) },
  ];
}

const customPattern = /^\s*(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*$/i;

/**
 * Reads a custom length: `45m`, `1h 30m`, `2d`, or a clock time `06:30` (the next one in the zone on show).
 * Null when it is none of these, or not in the future, or beyond 30 days.
 */
export function parseSnooze(text: string, now: number, zone: TimeZone): number | null {
  const until = parseClock(text, now, zone) ?? parseLength(text, now);
  if (until === null) return null;
  return until > now && until - now <= 30 * 24 * 60 * MINUTE ? until : null;
}

function parseLength(text: string, now: number): number | null {
  const match = customPattern.exec(text);
  if (match === null) return null;
  const [days, hours, minutes] = [match[1], match[2], match[3]].map((part) => Number(part ?? 0));
  return now + (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * MINUTE;
}

function parseClock(text: string, now: number, zone: TimeZone): number | null {
  const match = /^\s*([01]?\d|2[0-3]):([0-5]\d)\s*$/.exec(text);
  if (match === null) return null;
  const at = new Date(now);
  const hours = Number(match[1]);
  const minutes = Number(match[2]);
  if (zone === 'utc') at.setUTCHours(hours, minutes, 0, 0);
  else at.setHours(hours, minutes, 0, 0);
  if (at.getTime() <= now) {
    if (zone === 'utc') at.setUTCDate(at.getUTCDate() + 1);
    else at.setDate(at.getDate() + 1);
  }
  return at.getTime();
}
