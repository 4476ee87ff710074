/** What the series say at one moment. Pure. */
import type { Plan, PlannedSeries } from './plan';

export interface ValueAt {
  planned: PlannedSeries;
  /** The series' own value. */
  value: number;
  /** Where it is drawn: its top in the stack. */
  drawn: number;
  /** Time of the datapoint, ms UTC. */
  at: number;
}

/** The datapoint of one series nearest to a moment, at most a period away; null where there is none. */
export function valueAt(planned: PlannedSeries, at: number): ValueAt | null {
  const { startMs, periodMs, values } = planned.series;
  const place = Math.round((at - startMs) / periodMs);
  if (place < 0 || place >= values.length) return null;
  const value = values[place] ?? Number.NaN;
  if (value - value !== 0) return null;
  const time = startMs + place * periodMs;
  const drawn = planned.top[Math.round((time - planned.startMs) / planned.periodMs)];
  return { planned, value, drawn: drawn ?? value, at: time };
}

/** All shown series' values at a moment, highest first. */
export function valuesAt(plan: Plan, at: number): ValueAt[] {
  const found: ValueAt[] = [];
  for (const planned of plan.series) {
    if (planned.hidden) continue;
    const value = valueAt(planned, at);
    if (value !== null) found.push(value);
  }
  return found.sort((a, b) => b.value - a.value);
}

/** Shortest period of the shown series (ms); null without series. */
export function finestPeriod(plan: Plan): number | null {
  let finest = Infinity;
  for (const { series, hidden } of plan.series) {
    if (!hidden) finest = Math.min(finest, series.periodMs);
  }
  return finest === Infinity ? null : finest;
}

/** The moment on the finest series' grid nearest to `at`, within the window. */
export function snap(plan: Plan, at: number): number {
  const { startMs, endMs } = plan.model;
  let best: PlannedSeries | null = null;
  for (const planned of plan.series) {
    if (planned.hidden) continue;
    if (best === null || planned.series.periodMs < best.series.periodMs) best = planned;
  }
  if (best === null) return Math.min(endMs, Math.max(startMs, at));
  const { startMs: origin, periodMs } = best.series;
  const first = Math.ceil((startMs - origin) / periodMs);
  const last = Math.floor((endMs - origin) / periodMs);
  const place = Math.min(last, Math.max(first, Math.round((at - origin) / periodMs)));
  return origin + place * periodMs;
}
