/** How a stretch of time is cut into bars. */
import type { TimeWindow } from '../../../shared/dashboards/time-range';
import type { OffsetAt } from '../../charts/time-ticks';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS_MS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7].map((n) => n * DAY),
];
/** Narrowest bar with its gap, px. */
const NARROWEST = 6;
/** More are not asked for, however wide the window. */
const MOST = 600;

export interface Bars extends TimeWindow {
  stepMs: number;
  count: number;
}

/** Bars of a round length that begin at round times of the zone, over the whole window and little more. */
export function barsOver(
  { startMs, endMs }: TimeWindow,
  widthPx: number,
  offsetAt: OffsetAt,
): Bars {
  const most = Math.max(10, Math.min(MOST, Math.floor(widthPx / NARROWEST)));
  const length = Math.max(1, endMs - startMs);
  const stepMs =
    STEPS_MS.find((step) => length / step <= most - 1) ??
    Math.ceil(length / (most - 1) / DAY) * DAY;
  const offset = offsetAt(startMs);
  const from = Math.floor((startMs + offset) / stepMs) * stepMs - offset;
  const count = Math.max(1, Math.ceil((endMs - from) / stepMs));
  return { startMs: from, endMs: from + count * stepMs, stepMs, count };
}

/** Times of one bar, end excluded (ms UTC). */
export function barWindow({ startMs, stepMs }: Bars, from: number, to = from): TimeWindow {
  const [low, high] = from <= to ? [from, to] : [to, from];
  return { startMs: startMs + low * stepMs, endMs: startMs + (high + 1) * stepMs };
}

/** The bar at a place, the nearest when it is beside them. */
export function barAt(bars: Bars, x: number, widthPx: number): number {
  const at = Math.floor((x / Math.max(1, widthPx)) * bars.count);
  return Math.min(bars.count - 1, Math.max(0, at));
}
