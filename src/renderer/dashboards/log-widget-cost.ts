/** When a log widget asks: reading logs costs money each time, so it asks no more often than its cost allows. Pure. */
import type { DashboardRange } from '../../shared/dashboards/dashboard';
import { windowOf } from '../../shared/dashboards/time-range';
import { formatDuration } from '../ui/time';

/** A run that would cost more is asked for by a person. US dollars. */
export const MOST_USD_UNASKED = 0.01;
/** What one widget may spend by itself in an hour. US dollars. */
export const MOST_USD_AN_HOUR = 0.05;
/** However little it costs. ms */
export const LEAST_BETWEEN_MS = 60_000;
const HOUR_MS = 3_600_000;
/** How late records may still come for a time that is over. ms */
const LATE_MS = 15 * 60_000;

/** The last run that was not stopped, of the same question. */
export interface LastRun {
  startedAtMs: number;
  endedAtMs: number;
  bytes: number;
  usd: number;
  failed: boolean;
  /** CloudWatch does not take the query: asked again it would say the same. */
  invalid: boolean;
}

export interface CostQuestion {
  /** Null: not told yet; `unknown`: nobody knows how large the groups are. */
  estimateUsd: number | 'unknown' | null;
  last: LastRun | null;
  range: DashboardRange;
  /** A person pressed refresh since the last run began. */
  pressed: boolean;
  /** A person stopped the last run. */
  stopped: boolean;
  nowMs: number;
}

/** `ask`: a person is to press Run. `rest`: what is on show is to do. `wait`: not known yet. */
export type CostDecision = 'run' | 'rest' | 'ask' | 'wait';

/** What a run is expected to cost: what the last one did, else the estimate. */
export function expectedUsd({
  last,
  estimateUsd,
}: Pick<CostQuestion, 'last' | 'estimateUsd'>): number | 'unknown' | null {
  return last === null || last.failed ? estimateUsd : last.usd;
}

/** Least time between two runs that nobody asked for (ms). */
export const betweenMs = (usd: number): number =>
  Math.max(LEAST_BETWEEN_MS, Math.round((usd / MOST_USD_AN_HOUR) * HOUR_MS));

export function decide(question: CostQuestion): CostDecision {
  const { last, range, pressed, stopped, nowMs } = question;
  const usd = expectedUsd(question);
  if (stopped && !pressed) return 'rest';
  if (usd === null) return 'wait';
  if (usd === 'unknown' || usd > MOST_USD_UNASKED) return last === null ? 'ask' : 'rest';
  if (last === null || pressed) return 'run';
  if (last.invalid || isOver(range, last)) return 'rest';
  return nowMs - last.endedAtMs >= betweenMs(usd) ? 'run' : 'rest';
}

/** A fixed time that was over, late records considered, when it was read: it stays as it is. */
function isOver(range: DashboardRange, last: LastRun): boolean {
  if (range.end === null || last.failed) return false;
  const window = windowOf(range, last.startedAtMs);
  return window !== null && window.endMs + LATE_MS <= last.startedAtMs;
}

/** Enough digits to tell the cost from nothing: `$0.00006`, `$1.25`. */
export function costText(usd: number): string {
  if (!(usd > 0)) return '$0';
  const digits = Math.min(10, Math.max(2, 1 - Math.floor(Math.log10(usd))));
  const written = usd.toFixed(digits);
  return `$${digits === 2 ? written : written.replace(/0+$/, '')}`;
}

/** How it spends, for whoever points at the cost. */
export function capText(usd: number | 'unknown' | null): string {
  const price = 'List price of us-east-1; other regions differ.';
  if (usd === null) return price;
  if (usd === 'unknown' || usd > MOST_USD_UNASKED) {
    return `Runs only when you press Run: by itself it takes queries of up to ${costText(MOST_USD_UNASKED)}. ${price}`;
  }
  return `Asks by itself at most every ${formatDuration(betweenMs(usd))}, so that it never spends more than ${costText(MOST_USD_AN_HOUR)} an hour. ${price}`;
}
