/** Moments as the browser's own date field writes them (`2026-01-31T02:14`), in the zone on show. */
import type { TimeZone } from '../ui/time';

const two = (value: number): string => String(value).padStart(2, '0');

export function fieldText(ms: number, zone: TimeZone): string {
  const at = new Date(ms);
  if (zone === 'utc') return at.toISOString().slice(0, 16);
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** ms UTC; null for what is no moment. */
export function fieldMoment(text: string, zone: TimeZone): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return null;
  const at = Date.parse(zone === 'utc' ? `${text}Z` : text);
  return Number.isFinite(at) ? at : null;
}
