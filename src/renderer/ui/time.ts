/** Times for people. Everything on show is in one zone, local or UTC, and says which. */
import { useSyncExternalStore } from 'react';

export type TimeZone = 'local' | 'utc';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: TimeZone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${zone}${JSON.stringify(options)}`;
  const known = formatters.get(id);
  if (known !== undefined) return known;
  // Swedish writes dates as ISO does: 2026-01-31 02:14.
  const made = new Intl.DateTimeFormat('sv-SE', {
    ...options,
    hourCycle: 'h23',
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  });
  formatters.set(id, made);
  return made;
}

/** `02:14`. */
export function formatClock(ms: number, zone: TimeZone): string {
  return formatter(zone, { hour: '2-digit', minute: '2-digit' }).format(ms);
}

/** `02:14:07`. */
export function formatClockSeconds(ms: number, zone: TimeZone): string {
  return formatter(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms);
}

/** `2026-01-31`. */
export function formatDate(ms: number, zone: TimeZone): string {
  return formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);
}

/** `2026-01-31 02:14:07 UTC`: unmistakable, for titles and copies. */
export function formatFull(ms: number, zone: TimeZone): string {
  return `${formatDate(ms, zone)} ${formatClockSeconds(ms, zone)} ${zoneLabel(ms, zone)}`;
}

/** The clock time today, with the date on any other day. */
export function formatWhen(ms: number, now: number, zone: TimeZone): string {
  const clock = formatClock(ms, zone);
  const date = formatDate(ms, zone);
  return date === formatDate(now, zone) ? clock : `${date.slice(5)} ${clock}`;
}

/** `UTC`, or the local offset at that moment: `UTC+02:00`. */
export function zoneLabel(ms: number, zone: TimeZone): string {
  if (zone === 'utc') return 'UTC';
  const minutes = -new Date(ms).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const abs = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `UTC${minutes > 0 ? '+' : '−'}${two(Math.floor(abs / 60))}:${two(abs % 60)}`;
}

/** A length of time (ms), the largest unit that says enough: `6 s`, `4 min`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) return withRest(length, HOUR, 'h', MINUTE, 'min', 10);
  return withRest(length, DAY, 'd', HOUR, 'h', 7);
}

/** The smaller unit is left out once the larger has reached `exactFrom`: it no longer says anything. */
function withRest(
  length: number,
  unit: number,
  name: string,
  restUnit: number,
  restName: string,
  exactFrom: number,
): string {
  const whole = Math.floor(length / unit);
  const rest = Math.floor((length % unit) / restUnit);
  return rest === 0 || whole >= exactFrom
    ? `${whole} ${name}`
    : `${whole} ${name} ${rest} ${restName}`;
}

/** How long ago (ms), for ages: `now` under five seconds. */
export function formatAge(at: number, now: number): string {
  const age = now - at;
  return age < 5 * SECOND ? 'now' : formatDuration(age);
}

// One timer per pace for the whole window, however many rows tick.
interface Ticker {
  now: number;
  listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | null;
}
const tickers = new Map<number, Ticker>();

function ticker(paceMs: number): Ticker {
  const known = tickers.get(paceMs);
  if (known !== undefined) return known;
  const made: Ticker = { now: Date.now(), listeners: new Set(), timer: null };
  tickers.set(paceMs, made);
  return made;
}

function subscribe(shared: Ticker, paceMs: number, listener: () => void): () => void {
  shared.listeners.add(listener);
  shared.timer ??= setInterval(() => {
    shared.now = Date.now();
    for (const each of shared.listeners) each();
  }, paceMs);
  return () => {
    shared.listeners.delete(listener);
    if (shared.listeners.size > 0 || shared.timer === null) return;
    clearInterval(shared.timer);
    shared.timer = null;
  };
}

const subscriptions = new Map<number, (listener: () => void) => () => void>();

/** The time now (ms), re-rendering every `paceMs`. */
export function useNow(paceMs = 5_000): number {
  const shared = ticker(paceMs);
  let subscription = subscriptions.get(paceMs);
  if (subscription === undefined) {
    subscription = (listener) => subscribe(shared, paceMs, listener);
    subscriptions.set(paceMs, subscription);
  }
  return useSyncExternalStore(subscription, () =>
    shared.timer === null ? freshen(shared) : shared.now,
  );
}

/** Between timers the snapshot must stay equal within a render; a second's grain is enough. */
function freshen(shared: Ticker): number {
  const now = Date.now();
  if (now - shared.now >= SECOND) shared.now = now;
  return shared.now;
}
