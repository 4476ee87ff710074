/** From a model to what is painted: colours, stacks, bands, and the reach of each axis. Pure. */
import { unitOf } from '../../shared/alarms/units';
import { paletteStyle } from './chart-colors';
import type { ChartAxis, ChartModel, ChartSeries } from './chart-model';
import { extentOf, placesWithin } from './columns';
import { scaleFor } from './units';
import type { Scale } from './units';

export interface PlannedSeries {
  series: ChartSeries;
  color: string;
  dash: number[];
  shape: 'line' | 'area' | 'bar' | 'edge';
  hidden: boolean;
  /** Where the values are drawn: the series' own, or its top in the stack. Starts and steps as `startMs`, `periodMs` say. */
  top: Float64Array;
  /** Bottom of the stack under it; null: zero. */
  base: Float64Array | null;
  startMs: number;
  periodMs: number;
}

export interface PlannedAxis {
  min: number | null;
  max: number | null;
  /** Where min or max is null, the axis reaches at least over these. */
  low: number;
  high: number;
  label: string | null;
  unit: string | null;
  scale: Scale;
  used: boolean;
}

export interface Plan {
  model: ChartModel;
  series: PlannedSeries[];
  left: PlannedAxis;
  right: PlannedAxis;
  /** Values that the window holds, over all series that are shown. */
  points: number;
}

function styles(model: ChartModel, palette: readonly string[]) {
  const named = model.series.filter((each) => !each.ghost && each.bandOf === null);
  let place = 0;
  let ghosts = 0;
  return model.series.map((series) => {
    // Last week's line has the hue of this week's: ghosts count their own places.
    const at = series.ghost ? ghosts++ : series.bandOf === null ? place++ : place;
    const style = paletteStyle(palette, at, named.length);
    const color = series.color ?? style.color;
    return { color, dash: series.ghost ? [4, 4] : series.color === null ? style.dash : [] };
  });
}

function shapeOf(series: ChartSeries, stacked: boolean): PlannedSeries['shape'] {
  if (series.bandOf !== null) return 'edge';
  if (series.ghost) return 'line';
  return series.drawAs ?? (stacked ? 'area' : 'line');
}

interface Grid {
  startMs: number;
  periodMs: number;
  count: number;
}

function commonGrid(stack: PlannedSeries[]): Grid {
  let startMs = Infinity;
  let endMs = -Infinity;
  let periodMs = Infinity;
  for (const { series } of stack) {
    startMs = Math.min(startMs, series.startMs);
    endMs = Math.max(endMs, series.startMs + series.values.length * series.periodMs);
    periodMs = Math.min(periodMs, series.periodMs);
  }
  return { startMs, periodMs, count: Math.max(0, Math.ceil((endMs - startMs) / periodMs)) };
}

/** Puts each on the sum of those before it; where a value is missing it adds nothing and draws nothing. */
function stackUp(stack: PlannedSeries[]): void {
  if (stack.length === 0) return;
  const grid = commonGrid(stack);
  let below = new Float64Array(grid.count);
  for (const planned of stack) {
    const { values, startMs, periodMs } = planned.series;
    const top = new Float64Array(grid.count);
    const sum = new Float64Array(grid.count);
    for (let at = 0; at < grid.count; at += 1) {
      const place = Math.floor((grid.startMs + at * grid.periodMs - startMs) / periodMs);
      const value = place < 0 ? Number.NaN : (values[place] ?? Number.NaN);
      const under = below[at] ?? 0;
      const whole = value - value === 0;
      top[at] = whole ? under + value : Number.NaN;
      sum[at] = whole ? under + value : under;
    }
    planned.base = below;
    planned.top = top;
    planned.startMs = grid.startMs;
    planned.periodMs = grid.periodMs;
    below = sum;
  }
}

/** CloudWatch's unit where the series of the axis agree on one, or what AWS documents for a metric. */
function axisUnit(axis: ChartAxis, side: ChartSeries[]): string | null {
  if (axis.unit !== null) return axis.unit;
  const first = side[0]?.unit ?? null;
  return side.every((each) => each.unit === first) ? unitOf(null, first) : null;
}

function planAxis(
  axis: ChartAxis,
  name: 'left' | 'right',
  model: ChartModel,
  planned: PlannedSeries[],
): PlannedAxis {
  const shown = planned.filter((each) => each.series.axis === name);
  let low = Infinity;
  let high = -Infinity;
  let fromZero = false;
  for (const each of shown) {
    if (each.hidden) continue;
    const { from, to } = placesWithin(
      each.startMs,
      each.periodMs,
      each.top.length,
      model.startMs,
      model.endMs,
    );
    const extent = extentOf(each.top, from, to);
    if (extent === null) continue;
    low = Math.min(low, extent.min);
    high = Math.max(high, extent.max);
    if (each.shape === 'bar' || each.shape === 'area') fromZero = true;
  }
  for (const { axis: side, visible, value, to } of model.thresholds) {
    if (side !== name || !visible) continue;
    low = Math.min(low, value, to ?? value);
    // With room above for the label and for what lies beyond the limit.
    const top = Math.max(value, to ?? value);
    high = Math.max(high, top + Math.abs(top) * 0.12);
  }
  if (low > high || (low === 0 && high === 0)) [low, high] = [0, 1];
  // Zero is in sight where the values are not far above it; small changes of a large value stay visible.
  const flat = low === high;
  if (fromZero || (low > 0 && (flat || low < high * 0.6))) low = Math.min(0, low);
  if (fromZero || (high < 0 && (flat || high > low * 0.6))) high = Math.max(0, high);
  const unit = axisUnit(
    axis,
    shown.map((each) => each.series),
  );
  const largest = Math.max(Math.abs(axis.min ?? low), Math.abs(axis.max ?? high));
  return {
    min: axis.min,
    max: axis.max,
    low,
    high,
    label: axis.label,
    unit,
    scale: scaleFor(unit, largest),
    used: shown.length > 0 || axis.min !== null || axis.max !== null,
  };
}

/** What to paint of the model; `hidden` are keys of series that the legend turned off. */
export function planOf(
  model: ChartModel,
  palette: readonly string[],
  hidden: ReadonlySet<string>,
): Plan {
  const looks = styles(model, palette);
  const series = model.series.map((each, place): PlannedSeries => ({
    series: each,
    color: looks[place]?.color ?? '#888888',
    dash: looks[place]?.dash ?? [],
    shape: shapeOf(each, model.stacked),
    hidden: hidden.has(each.key),
    top: each.values,
    base: null,
    startMs: each.startMs,
    periodMs: each.periodMs,
  }));
  if (model.stacked) {
    for (const axis of ['left', 'right'] as const) {
      for (const shape of ['area', 'bar'] as const) {
        stackUp(
          series.filter(
            (each) => each.series.axis === axis && each.shape === shape && !each.hidden,
          ),
        );
      }
    }
  }
  const points = series.reduce(
    (sum, each) => (each.hidden ? sum : sum + each.series.values.length),
    0,
  );
  return {
    model,
    series,
    left: planAxis(model.left, 'left', model, series),
    right: planAxis(model.right, 'right', model, series),
    points,
  };
}
