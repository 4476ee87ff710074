/** Dense series: one value per period, NaN where nothing was published. */
import type { SeriesHead } from '../../shared/metrics/query';
import type { AnsweredLine } from './answer';

export interface Line {
  label: string | null;
  /** ms UTC of the first value. */
  startMs: number;
  periodMs: number;
  values: Float64Array;
  status: SeriesHead['status'];
  messages: string[];
}

/** ms UTC; `to` is exclusive. */
export interface Window {
  fromMs: number;
  toMs: number;
}

/** Even for a hostile answer a series stays this short. */
const MAX_VALUES = 200_000;

/** The answer on the epoch's grid of `periodMs`, clipped to the window; times between are moved to their period's start. */
export function gridLine(answered: AnsweredLine, periodMs: number, window: Window): Line {
  const count = Math.min(
    MAX_VALUES,
    Math.max(0, Math.ceil((window.toMs - window.fromMs) / periodMs)),
  );
  const values = new Float64Array(count).fill(Number.NaN);
  for (const [at, value] of answered.points) {
    const index = Math.floor((at - window.fromMs) / periodMs);
    if (index >= 0 && index < count) values[index] = value;
  }
  const { label, status, messages } = answered;
  return { label, startMs: window.fromMs, periodMs, values, status, messages };
}

/** The answer on the grid its own times show: for what is asked whole, whose period CloudWatch may choose. */
export function ownGridLine(answered: AnsweredLine, periodMs: number, window: Window): Line {
  const times = [...answered.points.keys()]
    .filter((at) => at > window.fromMs - periodMs && at < window.toMs)
    .toSorted((a, b) => a - b);
  const first = times[0];
  if (first === undefined) return gridLine(answered, periodMs, window);
  const fits = times.every((at) => (at - first) % periodMs === 0);
  const step = fits ? periodMs : shortestStep(times, periodMs);
  const phase = (((first - window.fromMs) % step) + step) % step;
  const fromMs = Math.min(first, window.fromMs + phase);
  return gridLine(answered, step, { fromMs, toMs: window.toMs });
}

function shortestStep(times: readonly number[], otherwise: number): number {
  let step = otherwise;
  times.forEach((at, index) => {
    const before = times[index - 1];
    if (before !== undefined) step = Math.min(step, at - before);
  });
  return Math.max(1_000, step);
}

/** Start of the newest period with a value (ms), or null. */
export function lastKnown({ values, startMs, periodMs }: Line): number | null {
  for (let index = values.length - 1; index >= 0; index -= 1) {
    if (!Number.isNaN(values[index] ?? Number.NaN)) return startMs + index * periodMs;
  }
  return null;
}

/**
 * `newer` written over `older` within `window`, where it is the truth; where it is incomplete, its gaps hide
 * nothing. Both lie on the same grid and touch.
 */
export function mergeLines(older: Line, newer: Line, window: Window): Line {
  const { periodMs } = older;
  const endOf = (line: Line): number => line.startMs + line.values.length * periodMs;
  const startMs = Math.min(older.startMs, window.fromMs);
  const count = Math.round((Math.max(endOf(older), window.toMs) - startMs) / periodMs);
  const values = new Float64Array(count).fill(Number.NaN);
  values.set(older.values, Math.round((older.startMs - startMs) / periodMs));
  const at = Math.round((newer.startMs - startMs) / periodMs);
  if (newer.status === 'complete') values.set(newer.values, at);
  else {
    newer.values.forEach((value, index) => {
      if (!Number.isNaN(value)) values[at + index] = value;
    });
  }
  return { ...newer, startMs, periodMs, values };
}

/** The line's values within the window, on its own grid; NaN where it has none. */
export function sliceLine(line: Line, window: Window): Line {
  const { startMs, periodMs, values } = line;
  const first = Math.ceil((window.fromMs - startMs) / periodMs);
  const end = Math.ceil((window.toMs - startMs) / periodMs);
  const count = Math.min(MAX_VALUES, Math.max(0, end - first));
  const cut = new Float64Array(count).fill(Number.NaN);
  const from = Math.max(0, first);
  const part = values.subarray(from, Math.max(from, Math.min(end, values.length)));
  if (part.length > 0) cut.set(part.subarray(0, count - (from - first)), from - first);
  return { ...line, startMs: startMs + first * periodMs, values: cut };
}

export const trimFront = (line: Line, maxValues: number): Line => {
  const extra = line.values.length - maxValues;
  if (extra <= 0) return line;
  return {
    ...line,
    startMs: line.startMs + extra * line.periodMs,
    values: line.values.slice(extra),
  };
};
