/** Paints planned series on a canvas straight from their typed arrays. */
import { placesWithin, REDUCE_FROM_PER_COLUMN, selectColumns } from './columns';
import type { Plan, PlannedSeries } from './plan';
import { rasterColor, rasterLine } from './raster';

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

interface Trace {
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

function traceOf(planned: PlannedSeries, plot: Plot, selection: Selection, reduce = true): Trace {
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

/** Adds the line to the current path; lone points become dots. */
function addLine(context: CanvasRenderingContext2D, trace: Trace): void {
  const { values, x0, step, places, from } = trace;
  const { zero, perUnit } = trace.axis;
  const count = places === null ? trace.to - from : places.length;
  let run = 0;
  let x = 0;
  let y = 0;
  for (let index = 0; index < count; index += 1) {
    const at = places === null ? from + index : (places[index] ?? 0);
    const value = values[at] ?? Number.NaN;
    if (value - value !== 0) {
      if (run === 1) context.rect(x - 1, y - 1, 2, 2);
      run = 0;
      continue;
    }
    x = x0 + at * step;
    y = zero - value * perUnit;
    if (run === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
    run += 1;
  }
  if (run === 1) context.rect(x - 1, y - 1, 2, 2);
}

/** Fills between `top` and the base (or zero), one polygon for each run without gaps. */
function fillRuns(
  context: CanvasRenderingContext2D,
  trace: Trace,
  base: Float64Array | null,
): void {
  const { values, x0, step, places, from } = trace;
  const { zero, perUnit } = trace.axis;
  const count = places === null ? trace.to - from : places.length;
  const placeAt = (index: number): number =>
    places === null ? from + index : (places[index] ?? 0);
  context.beginPath();
  let start = 0;
  for (let index = 0; index <= count; index += 1) {
    const value = index < count ? (values[placeAt(index)] ?? Number.NaN) : Number.NaN;
    if (value - value === 0) {
      const x = x0 + placeAt(index) * step;
      const y = zero - value * perUnit;
      if (index === start) context.moveTo(x, y);
      else context.lineTo(x, y);
      continue;
    }
    for (let back = index - 1; back >= start; back -= 1) {
      const at = placeAt(back);
      context.lineTo(x0 + at * step, zero - (base === null ? 0 : (base[at] ?? 0)) * perUnit);
    }
    if (index > start) context.closePath();
    start = index + 1;
  }
  context.fill();
}

function paintBars(
  context: CanvasRenderingContext2D,
  trace: Trace,
  base: Float64Array | null,
  slot: { index: number; of: number },
): void {
  const { values, x0, step, from, to, axis } = trace;
  const whole = Math.max(1, step * 0.8);
  const width = Math.max(1, whole / slot.of);
  context.beginPath();
  for (let at = from; at < to; at += 1) {
    const value = values[at] ?? Number.NaN;
    if (value - value !== 0) continue;
    const y = axis.zero - value * axis.perUnit;
    const y0 = axis.zero - (base === null ? 0 : (base[at] ?? 0)) * axis.perUnit;
    context.rect(x0 + at * step - whole / 2 + slot.index * width, y, width, y0 - y);
  }
  context.fill();
}

function paintBands(
  context: CanvasRenderingContext2D,
  plan: Plan,
  plot: Plot,
  selection: Selection,
): void {
  const edges = new Map<string, PlannedSeries[]>();
  for (const each of plan.series) {
    if (each.shape !== 'edge' || each.hidden) continue;
    const name = each.series.bandOf ?? '';
    edges.set(name, [...(edges.get(name) ?? []), each]);
  }
  for (const [one, other] of edges.values()) {
    if (one === undefined || other === undefined) continue;
    context.fillStyle = `${one.color}26`;
    const base = other.top;
    const trace = traceOf(one, plot, selection);
    // Where one edge is missing there is no band.
    const both = one.top.map((value, at) => (Number.isNaN(base[at] ?? Number.NaN) ? NaN : value));
    fillRuns(context, { ...trace, values: both, places: null }, base);
  }
}

/** Few lines are drawn carefully; hundreds, where nobody sees a joint, cheaply. */
const MANY_LINES = 40;

function strokeLine(
  context: CanvasRenderingContext2D,
  planned: PlannedSeries,
  trace: Trace,
  many: boolean,
): void {
  const edge = planned.shape === 'edge';
  context.strokeStyle = edge
    ? `${planned.color}66`
    : planned.series.ghost
      ? `${planned.color}99`
      : planned.color;
  context.lineWidth = many || edge ? 1 : planned.series.ghost ? 1.2 : 1.6;
  context.lineJoin = many ? 'bevel' : 'round';
  context.lineCap = 'round';
  context.setLineDash(planned.dash);
  context.beginPath();
  addLine(context, trace);
  context.stroke();
}

/** Kept between drawings: a sheet of pixels as large as the plot. */
let sheet: { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } | null = null;

function sheetOf(width: number, height: number): typeof sheet {
  if (sheet !== null && sheet.canvas.width === width && sheet.canvas.height === height) {
    return sheet;
  }
  const canvas = new OffscreenCanvas(width, height);
  // Written from pixels and read once: it never needs a graphics card.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  sheet = context === null ? null : { canvas, context };
  return sheet;
}

/** All lines of a crowded chart as pixels; false where there is no canvas to take them. */
function paintCrowd(
  context: CanvasRenderingContext2D,
  lines: PlannedSeries[],
  plot: Plot,
  selection: Selection,
): boolean {
  const ratio = context.getTransform().a;
  const width = Math.ceil((plot.right - plot.left) * ratio);
  const height = Math.ceil((plot.bottom - plot.top) * ratio);
  const target = sheetOf(width, height);
  if (target === null) return false;
  const image = new ImageData(width, height);
  const raster = { pixels: new Uint32Array(image.data.buffer), width, height };
  for (const planned of lines) {
    const trace = traceOf(planned, plot, selection, false);
    const line = {
      values: trace.values,
      places: trace.places,
      from: trace.from,
      to: trace.to,
      x0: (trace.x0 - plot.left) * ratio,
      step: trace.step * ratio,
      zero: (trace.axis.zero - plot.top) * ratio,
      perUnit: trace.axis.perUnit * ratio,
      color: rasterColor(planned.color),
    };
    rasterLine(raster, line, ratio);
  }
  target.context.putImageData(image, 0, 0);
  context.drawImage(target.canvas, plot.left, plot.top, width / ratio, height / ratio);
  return true;
}

/** Paints everything of the plan within the plot's rectangle; order: bands, areas, bars, ghosts, lines. */
export function paintSeries(
  context: CanvasRenderingContext2D,
  plan: Plan,
  plot: Plot,
  selection: Selection,
): void {
  if (!(plot.endMs > plot.startMs) || plot.right <= plot.left) return;
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top - 1, plot.right - plot.left, plot.bottom - plot.top + 2);
  context.clip();
  paintBands(context, plan, plot, selection);
  const shown = plan.series.filter((each) => !each.hidden);
  const many = shown.length > MANY_LINES;
  const bars = shown.filter((each) => each.shape === 'bar');
  for (const planned of shown) {
    const trace = traceOf(planned, plot, selection);
    if (planned.shape === 'area') {
      context.fillStyle = `${planned.color}${planned.base === null ? '33' : '80'}`;
      fillRuns(context, trace, planned.base);
    }
    if (planned.shape === 'bar') {
      context.fillStyle = planned.color;
      const stacked = planned.base !== null;
      paintBars(context, trace, planned.base, {
        index: stacked ? 0 : bars.indexOf(planned),
        of: stacked ? 1 : bars.length,
      });
    }
  }
  const crowd = many ? shown.filter((each) => each.shape === 'line' && !each.series.ghost) : [];
  const painted = crowd.length > MANY_LINES && paintCrowd(context, crowd, plot, selection);
  // Ghosts lie under what is.
  for (const ghosts of [true, false]) {
    for (const planned of shown) {
      if (planned.shape === 'bar' || planned.series.ghost !== ghosts) continue;
      if (painted && planned.shape === 'line' && !ghosts) continue;
      strokeLine(context, planned, traceOf(planned, plot, selection), many);
    }
  }
  context.restore();
}
