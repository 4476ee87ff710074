import type { Settings } from '../settings/settings';

/**
 * Whether the wall clock of the computer's time zone stands within the quiet hours. Only the clock face is
 * compared, so a change of daylight saving time moves nothing; `from` later than `to` reaches across midnight;
 * both the same means no quiet hours.
 */
export function inQuietHours(quiet: Settings['quietHours'], at: number): boolean {
  if (!quiet.enabled) return false;
  const date = new Date(at);
  const minute = date.getHours() * 60 + date.getMinutes();
  const from = minuteOf(quiet.from);
  const to = minuteOf(quiet.to);
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
