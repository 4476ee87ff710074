/** What bars and their axis say. */
import type { TimeWindow } from '../../../shared/dashboards/time-range';
import { offsetOf, timeTicks } from '../../charts/time-ticks';
import { formatClock, formatClockSeconds, formatDate, zoneLabel } from '../../ui/time';
import type { TimeZone } from '../../ui/time';
import type { Bars } from './buckets';
import type { Tick } from './paint';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** Room of one label on the axis, px. */
const LABEL_PX = 90;

export const countWords = (count: number): string => count.toLocaleString('en');

/** The time of day as exactly as a step needs it. */
export function timeWords(ms: number, stepMs: number, zone: TimeZone): string {
  if (stepMs >= DAY) return formatDate(ms, zone);
  if (stepMs >= MINUTE) return formatClock(ms, zone);
  const seconds = formatClockSeconds(ms, zone);
  return stepMs >= SECOND
    ? seconds
    : `${seconds}.${String(Math.floor(ms) % 1_000).padStart(3, '0')}`;
}

/** `2026-01-31 03:06 – 03:07 UTC`. */
export function windowWords(
  { startMs, endMs }: TimeWindow,
  stepMs: number,
  zone: TimeZone,
): string {
  const day = formatDate(startMs, zone);
  const lastDay = formatDate(endMs - 1, zone);
  if (stepMs >= DAY) return day === lastDay ? day : `${day} – ${lastDay}`;
  const from = `${day} ${timeWords(startMs, stepMs, zone)}`;
  const to = `${day === lastDay ? '' : `${formatDate(endMs, zone)} `}${timeWords(endMs, stepMs, zone)}`;
  return `${from} – ${to} ${zoneLabel(startMs, zone)}`;
}

export function ticksOf({ startMs, endMs, stepMs }: Bars, widthPx: number, zone: TimeZone): Tick[] {
  const at = timeTicks(startMs, endMs, Math.max(1, widthPx / LABEL_PX), offsetOf(zone));
  const distance = (at[1] ?? endMs) - (at[0] ?? startMs);
  const grain = Math.min(distance, Math.max(stepMs, SECOND));
  return at.map((ms) => ({ at: ms, label: tickWords(ms, grain, zone) }));
}

/** Midnight is told by its date. */
function tickWords(ms: number, grain: number, zone: TimeZone): string {
  const date = formatDate(ms, zone);
  if (grain >= DAY) return date.slice(5);
  if (formatClockSeconds(ms, zone) === '00:00:00') return date.slice(5);
  return ms % MINUTE === 0 ? formatClock(ms, zone) : timeWords(ms, grain, zone);
}

/** `30 s`, `5 min`: how long one bar is. */
export function stepWords(stepMs: number): string {
  if (stepMs < SECOND) return `${stepMs} ms`;
  if (stepMs < MINUTE) return `${stepMs / SECOND} s`;
  if (stepMs < 60 * MINUTE) return `${stepMs / MINUTE} min`;
  if (stepMs < DAY) return `${stepMs / (60 * MINUTE)} h`;
  return `${stepMs / DAY} d`;
}
