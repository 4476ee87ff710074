/** Paints planned series on a canvas straight from their typed arrays. */
import { paintCrowd } from './paint-crowd';
import type { Plan, PlannedSeries } from './plan';
import { traceOf } from './trace';
import type { Plot, Selection, Trace } from './trace';

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
