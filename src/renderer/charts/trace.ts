/** From values to pixels: the plot's place, and a series on it. */
import { placesWithin, REDUCE_FROM_PER_COLUMN, selectColumns } from './columns';
import type { PlannedSeries } from './plan';

/** Where the plot lies on the canvas (CSS px) and how values become pixels. */
export interface Plot {
  left: number;
  top: number;
  right: number;
  bottom: number;
  startMs: number;
  endMs: number;
  /** Pixel of a value: `bottom − (value − min) × perValue`. */
  leftAxis: AxisMap;
  rightAxis: AxisMap;
}

export interface AxisMap {
  /** Pixel of zero and pixels per unit: y = zero − value × perUnit. */
  zero: number;
  perUnit: number;
}

/** Places of each series to draw, by key; a series that is not in it is drawn from all its values. */
export type Selection = ReadonlyMap<string, Uint32Array>;

/** A series in pixels: where its values lie on the canvas. */
export interface Trace {
  values: Float64Array;
  /** Pixel of value 0 and pixels from one to the next. */
  x0: number;
  step: number;
  axis: AxisMap;
  from: number;
  to: number;
  /** Places to touch; null: all of `[from, to)`. */
  places: Uint32Array | null;
}

/** Works out a series' pixels; with `reduce`, crowded values are reduced to what columns show. */
export function traceOf(
  planned: PlannedSeries,
  plot: Plot,
  selection: Selection,
  reduce = true,
): Trace {
  const perMs = (plot.right - plot.left) / (plot.endMs - plot.startMs);
  const { from, to } = placesWithin(
    planned.startMs,
    planned.periodMs,
    planned.top.length,
    plot.startMs,
    plot.endMs,
  );
  const step = planned.periodMs * perMs;
  return {
    values: planned.top,
    x0: plot.left + (planned.startMs - plot.startMs) * perMs,
    step,
    axis: planned.series.axis === 'left' ? plot.leftAxis : plot.rightAxis,
    from,
    to,
    places:
      selection.get(planned.series.key) ?? (reduce ? reduced(planned.top, from, to, step) : null),
  };
}

let scratch = new Uint32Array(4096);

function reduced(values: Float64Array, from: number, to: number, step: number): Uint32Array | null {
  if (step * REDUCE_FROM_PER_COLUMN > 1) return null;
  if (scratch.length < to - from) scratch = new Uint32Array(to - from);
  const count = selectColumns(values, from, to, 1 / step, 0, scratch);
  return scratch.slice(0, count);
}
