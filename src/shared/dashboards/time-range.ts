/** Time ranges of dashboards and pages: relative (`-PT3H`, `3h`) or absolute (ISO 8601, UTC). */
import type { DashboardRange } from './dashboard';

/** ms UTC; the end is after the start. */
export interface TimeWindow {
  startMs: number;
  endMs: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** CloudWatch keeps nothing older than 455 days. */
export const LONGEST_WINDOW_MS = 455 * DAY;
/** Less says nothing: the shortest period is a second. */
export const SHORTEST_WINDOW_MS = 10 * SECOND;

/** Months and years as CloudWatch's console counts them in relative ranges: 30 and 365 days. */
const ISO =
  /^-?P(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;
const ISO_UNITS = [365 * DAY, 30 * DAY, 7 * DAY, DAY, HOUR, MINUTE, SECOND];
const SHORT = /^-?(\d{1,6})\s*(s|m|h|d|w|mo|y)$/;
const SHORT_UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
  mo: 30 * DAY,
  y: 365 * DAY,
};

/** Length (ms) of `-PT3H`, `P7D`, `3h`, `15mo`; null for anything else. The sign says "ago" and is left out. */
export function durationMs(text: string): number | null {
  const short = SHORT.exec(text.trim());
  if (short !== null) return Number(short[1]) * (SHORT_UNITS[short[2] ?? ''] ?? 0);
  const iso = ISO.exec(text.trim());
  if (iso === null || !/\d/.test(text) || /T$/.test(text.trim())) return null;
  return ISO_UNITS.reduce((sum, unit, index) => sum + Number(iso[index + 1] ?? 0) * unit, 0);
}

/** A moment (ms UTC): absolute, or so long before now; null for what is neither. */
export function momentMs(text: string, nowMs: number): number | null {
  const length = durationMs(text);
  if (length !== null) return nowMs - length;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) || text.length === 10;
  const at = Date.parse(zoned ? text : `${text}Z`);
  return Number.isFinite(at) ? at : null;
}

/** The window a range means now; null when it cannot be read or its end is not after its start. */
export function windowOf(range: DashboardRange, nowMs: number): TimeWindow | null {
  const startMs = momentMs(range.start, nowMs);
  const endMs = range.end === null ? nowMs : momentMs(range.end, nowMs);
  if (startMs === null || endMs === null || endMs <= startMs) return null;
  return { startMs, endMs };
}

export function isRelative(range: DashboardRange): boolean {
  return durationMs(range.start) !== null;
}

/** An absolute range of a window, to the second. */
export function rangeOf({ startMs, endMs }: TimeWindow): DashboardRange {
  return { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() };
}

export interface UsualRange {
  /** `-PT3H`: the range's start. */
  start: string;
  /** `3h`: on a button. */
  short: string;
  /** `Last 3 hours`. */
  words: string;
  ms: number;
}

const usual = (short: string, start: string, words: string): UsualRange => ({
  start,
  short,
  words: `Last ${words}`,
  ms: durationMs(start) ?? 0,
});

/** From a glance to as far back as CloudWatch keeps. */
export const usualRanges: readonly UsualRange[] = [
  usual('5m', '-PT5M', '5 minutes'),
  usual('15m', '-PT15M', '15 minutes'),
  usual('30m', '-PT30M', '30 minutes'),
  usual('1h', '-PT1H', 'hour'),
  usual('3h', '-PT3H', '3 hours'),
  usual('6h', '-PT6H', '6 hours'),
  usual('12h', '-PT12H', '12 hours'),
  usual('1d', '-P1D', 'day'),
  usual('3d', '-P3D', '3 days'),
  usual('1w', '-P7D', 'week'),
  usual('2w', '-P14D', '2 weeks'),
  usual('1mo', '-P30D', '30 days'),
  usual('3mo', '-P90D', '90 days'),
  usual('6mo', '-P180D', '6 months'),
  usual('15mo', '-P455D', '15 months'),
];

const UNIT_WORDS: readonly [number, string][] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
];

/** `3 hours`, `1 day 6 hours`. */
export function durationWords(ms: number): string {
  const parts: string[] = [];
  let rest = Math.round(ms / SECOND) * SECOND;
  for (const [unit, word] of UNIT_WORDS) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) parts.push(`${count} ${word}${count === 1 ? '' : 's'}`);
  }
  return parts.length === 0 ? '0 seconds' : parts.slice(0, 2).join(' ');
}

/** `Last 3 hours`, or start and end in one zone: never a mixture. */
export function rangeWords(range: DashboardRange, zone: 'local' | 'utc'): string {
  const length = durationMs(range.start);
  const untilNow = range.end === null || durationMs(range.end) === 0;
  if (length !== null && untilNow) {
    return usualRanges.find(({ ms }) => ms === length)?.words ?? `Last ${durationWords(length)}`;
  }
  return `${endWords(range.start, zone)} – ${range.end === null ? 'now' : endWords(range.end, zone)}`;
}

function endWords(text: string, zone: 'local' | 'utc'): string {
  const length = durationMs(text);
  if (length !== null) return length === 0 ? 'now' : `${durationWords(length)} ago`;
  const at = momentMs(text, 0);
  if (at === null) return text;
  const format = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone === 'utc' ? 'UTC' : undefined,
  });
  return `${format.format(at)}${zone === 'utc' ? ' UTC' : ''}`;
}

/** A page's range with the way back. */
export interface RangeHistory {
  current: DashboardRange;
  /** Newest last. */
  past: readonly DashboardRange[];
}

const MAX_PAST = 50;

export function goTo(history: RangeHistory, range: DashboardRange): RangeHistory {
  return { current: range, past: [...history.past, history.current].slice(-MAX_PAST) };
}

/** Drags a window: ends in any order, widened to the shortest that says something. */
export function zoomTo(history: RangeHistory, fromMs: number, toMs: number): RangeHistory {
  const startMs = Math.floor(Math.min(fromMs, toMs));
  const endMs = Math.max(Math.ceil(Math.max(fromMs, toMs)), startMs + SHORTEST_WINDOW_MS);
  return goTo(history, rangeOf({ startMs, endMs }));
}

/** The range before; the same history where there is none. */
export function goBack(history: RangeHistory): RangeHistory {
  const current = history.past.at(-1);
  return current === undefined ? history : { current, past: history.past.slice(0, -1) };
}

/** Twice as long around the same middle, not beyond now and not older than CloudWatch keeps. */
export function zoomOut(history: RangeHistory, nowMs: number): RangeHistory {
  const window = windowOf(history.current, nowMs);
  if (window === null) return history;
  const half = window.endMs - window.startMs;
  const endMs = Math.min(nowMs, window.endMs + half / 2);
  const startMs = Math.max(endMs - 2 * half, nowMs - LONGEST_WINDOW_MS);
  return goTo(history, rangeOf({ startMs: Math.floor(startMs), endMs: Math.floor(endMs) }));
}

/** The window so long earlier: for comparing. */
export function earlier({ startMs, endMs }: TimeWindow, byMs: number): TimeWindow {
  return { startMs: startMs - byMs, endMs: endMs - byMs };
}
