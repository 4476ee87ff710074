/** Which period each line of a widget is asked in. */
import { pickPeriod, shortestKept } from '../metrics/period';
import { validPeriod } from './read-series';
import type { TimeWindow } from './time-range';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
/** Periods people read easily; CloudWatch's own default is 300 s. */
const USUAL = [60, 300, 900, HOUR_S, 6 * HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S];
const MAX_PERIOD = 30 * DAY_S;

export interface PeriodRules extends TimeWindow {
  nowMs: number;
  /** `inherit`: what the body states is obeyed; `auto`: it adapts to the range. */
  periodOverride: 'auto' | 'inherit';
  maxPoints: number;
}

/**
 * The period (s) for a line.
 * @param own what the line or its widget states (s); null: picked by the range
 */
export function linePeriod(own: number | null, rules: PeriodRules): number {
  const windowSeconds = Math.max(1, (rules.endMs - rules.startMs) / 1000);
  if (own === null) return periodByRange(windowSeconds, rules);
  if (rules.periodOverride === 'inherit') {
    // Obeyed, but never so fine that one answer cannot hold it.
    const least = windowSeconds / rules.maxPoints;
    return Math.min(MAX_PERIOD, validPeriod(own * Math.max(1, Math.ceil(least / own))));
  }
  const picked = pickPeriod(own, rules.startMs, rules.endMs, rules.nowMs, rules.maxPoints);
  return Math.min(MAX_PERIOD, validPeriod(picked));
}

function periodByRange(windowSeconds: number, rules: PeriodRules): number {
  const kept = shortestKept((rules.nowMs - rules.startMs) / 1000);
  const usual = windowSeconds <= HOUR_S ? MINUTE_S : 300;
  const least = Math.max(usual, kept, windowSeconds / rules.maxPoints);
  return USUAL.find((period) => period >= least) ?? MAX_PERIOD;
}

/** The whole range as one period (s): `setPeriodToTimeRange`. */
export function wholeRangePeriod(rules: PeriodRules): number {
  const { startMs, endMs } = wholeRangeWindow(rules);
  return Math.min(MAX_PERIOD, Math.max(MINUTE_S, (endMs - startMs) / 1000));
}

/** The range widened to steps that CloudWatch keeps, so that exactly one period fits into it. */
export function wholeRangeWindow({ startMs, endMs, nowMs }: PeriodRules): TimeWindow {
  const step = Math.max(MINUTE_S, shortestKept((nowMs - startMs) / 1000));
  return alignWindow({ startMs, endMs }, step);
}

/** Start down and end up to multiples of the period (s): CloudWatch answers those faster, and they cache. */
export function alignWindow({ startMs, endMs }: TimeWindow, periodSeconds: number): TimeWindow {
  const step = periodSeconds * 1000;
  const start = Math.floor(startMs / step) * step;
  return { startMs: start, endMs: Math.max(start + step, Math.ceil(endMs / step) * step) };
}
