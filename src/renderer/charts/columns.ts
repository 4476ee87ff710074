/**
 * Reduction to what pixels can show. A line of more points than pixel columns is drawn from the first,
 * lowest, highest and last point of every column: the picture is the same, the work is not.
 */

/** More values than this per pixel column are reduced; fewer are drawn as they are. */
export const REDUCE_FROM_PER_COLUMN = 2;

const isGap = (value: number): boolean => value - value !== 0;

/** The most places that `selectColumns` writes for `count` values: never more than were there, plus none. */
export const mostSelected = (count: number): number => count;

/**
 * Writes the places of the values that a line must touch into `out`, ascending, and answers how many.
 * `perColumn` is values per pixel column, `phase` where the first value lies in its column (in values).
 * Of every column the first, lowest, highest and last value stay; of every run of gaps one NaN stays.
 */
export function selectColumns(
  values: Float64Array,
  from: number,
  to: number,
  perColumn: number,
  phase: number,
  out: Uint32Array,
): number {
  let count = 0;
  let at = from;
  let gapBefore = false;
  while (at < to) {
    const column = Math.floor((at - from + phase) / perColumn);
    const end = Math.min(to, Math.max(at + 1, Math.ceil(from - phase + (column + 1) * perColumn)));
    let first = -1;
    let last = -1;
    let low = at;
    let high = at;
    let lowest = Infinity;
    let highest = -Infinity;
    for (; at < end; at += 1) {
      const value = values[at] ?? Number.NaN;
      if (isGap(value)) {
        if (gapBefore) continue;
        // A gap inside a column splits it: what came before is written first.
        count = writeColumn(out, count, first, low, high, last);
        first = -1;
        lowest = Infinity;
        highest = -Infinity;
        out[count] = at;
        count += 1;
        gapBefore = true;
        continue;
      }
      gapBefore = false;
      if (first < 0) first = at;
      last = at;
      if (value < lowest) {
        lowest = value;
        low = at;
      }
      if (value > highest) {
        highest = value;
        high = at;
      }
    }
    count = writeColumn(out, count, first, low, high, last);
  }
  return count;
}

function writeColumn(
  out: Uint32Array,
  start: number,
  first: number,
  low: number,
  high: number,
  last: number,
): number {
  if (first < 0) return start;
  let count = start;
  out[count] = first;
  count += 1;
  const early = Math.min(low, high);
  const late = Math.max(low, high);
  if (early > first && early < last) {
    out[count] = early;
    count += 1;
  }
  if (late > early && late > first && late < last) {
    out[count] = late;
    count += 1;
  }
  if (last > first) {
    out[count] = last;
    count += 1;
  }
  return count;
}

/** Smallest and largest value of `[from, to)`; null where there is none. */
export function extentOf(
  values: Float64Array,
  from: number,
  to: number,
): { min: number; max: number } | null {
  let min = Infinity;
  let max = -Infinity;
  for (let at = from; at < to; at += 1) {
    const value = values[at] ?? Number.NaN;
    // Comparisons with NaN are false; infinities are gaps too.
    if (value < min && value > -Infinity) min = value;
    if (value > max && value < Infinity) max = value;
  }
  return min <= max ? { min, max } : null;
}

/** Places `[from, to)` of the values within the window, with one neighbour more at each side for the line to leave by. */
export function placesWithin(
  startMs: number,
  periodMs: number,
  count: number,
  windowStart: number,
  windowEnd: number,
): { from: number; to: number } {
  const from = Math.max(0, Math.floor((windowStart - startMs) / periodMs));
  const to = Math.min(count, Math.ceil((windowEnd - startMs) / periodMs) + 1);
  return { from: Math.min(from, count), to: Math.max(to, Math.min(from, count)) };
}
