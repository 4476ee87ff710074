/** Views that show one value a series: reduction, colour steps, trend. Pure. */
import type { MetricWidget } from '../../shared/dashboards/dashboard';
import { paletteStyle } from './chart-colors';
import type { ChartAxis, ChartSeries } from './chart-model';
import { placesWithin } from './columns';
import { formatValue, scaleFor } from './units';

export type Reduce = MetricWidget['reduce'];
export type ColorStep = MetricWidget['steps'][number];

/** What every one-value view is given. */
export interface OneValueProps {
  /** Accessible name of the figure: the widget's title. */
  name: string;
  series: ChartSeries[];
  /** Only datapoints within (ms UTC) count. */
  startMs: number;
  endMs: number;
  reduce: Reduce;
  /** Colours by value, ascending; may be empty. */
  steps: ColorStep[];
  axis: ChartAxis;
  /** All digits instead of a scaled, rounded value. */
  fullPrecision?: boolean;
}

export interface OneValue {
  key: string;
  /** As given: shown through safeText. */
  label: string;
  /** NaN where the window holds no datapoint. */
  value: number;
  text: string;
  /** The series' own, or the palette's. */
  color: string;
  /** Of the step that the value is in; null without steps. */
  stepColor: string | null;
  series: ChartSeries;
}

/** Datapoints of the window; gaps are left out. */
function within(series: ChartSeries, startMs: number, endMs: number): number[] {
  const { values, periodMs } = series;
  const { from, to } = placesWithin(series.startMs, periodMs, values.length, startMs, endMs);
  const found: number[] = [];
  for (let place = from; place < to; place += 1) {
    const value = values[place] ?? Number.NaN;
    const at = series.startMs + place * periodMs;
    if (value - value === 0 && at >= startMs && at <= endMs) found.push(value);
  }
  return found;
}

/** One value of many; NaN of none: a series without datapoints has no sum either. */
export function reduceSeries(
  series: ChartSeries,
  reduce: Reduce,
  startMs: number,
  endMs: number,
): number {
  const values = within(series, startMs, endMs);
  const [first] = values;
  if (first === undefined) return Number.NaN;
  const sum = values.reduce((total, value) => total + value, 0);
  switch (reduce) {
    case 'last':
      return values.at(-1) ?? first;
    case 'avg':
      return sum / values.length;
    case 'sum':
      return sum;
    case 'min':
      return values.reduce((least, value) => Math.min(least, value), first);
    case 'max':
      return values.reduce((most, value) => Math.max(most, value), first);
    default:
      return reduce satisfies never;
  }
}

/** Colour of the last step at or under the value; null without steps or value. */
export function stepColor(steps: ColorStep[], value: number): string | null {
  if (Number.isNaN(value)) return null;
  let color: string | null = null;
  for (const step of steps) if (step.from === null || value >= step.from) color = step.color;
  return color;
}

/** Value as written in a tile or bar. */
export function oneValueText(value: number, unit: string | null, full: boolean): string {
  if (Number.isNaN(value)) return 'no data';
  if (!full) return formatValue(value, unit);
  const { suffix } = scaleFor(unit, 0);
  // All digits in CloudWatch's own unit: nothing scaled, so only units that need no scale keep their sign.
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 20 })}${unit === 'Percent' ? suffix : unit === null || unit === 'None' || unit === 'Count' ? '' : ` ${unit}`}`;
}

/** Every series as one value, in order. */
export function oneValues(props: OneValueProps, palette: readonly string[]): OneValue[] {
  const { series, reduce, startMs, endMs, steps, axis } = props;
  return series.map((each, place) => {
    const value = reduceSeries(each, reduce, startMs, endMs);
    return {
      key: each.key,
      label: each.label,
      value,
      text: oneValueText(value, axis.unit ?? each.unit, props.fullPrecision ?? false),
      color: each.color ?? paletteStyle(palette, place, series.length).color,
      stepColor: stepColor(steps, value),
      series: each,
    };
  });
}

/** Change from the datapoint before the last to the last, as a share (0.1 = up 10 %); null where there is none. */
export function trendOf(series: ChartSeries, startMs: number, endMs: number): number | null {
  const values = within(series, startMs, endMs);
  const last = values.at(-1);
  const before = values.at(-2);
  if (last === undefined || before === undefined) return null;
  if (last === before) return 0;
  return before === 0 ? null : (last - before) / Math.abs(before);
}

/** `3 values: p99 4.2 s, p50 120 ms …`. */
export function valuesSummary(values: OneValue[], safe: (text: string) => string): string {
  const words = values.slice(0, 5).map(({ label, text }) => `${safe(label)} ${text}`);
  if (values.length > 5) words.push(`and ${values.length - 5} more`);
  return `${values.length} ${values.length === 1 ? 'value' : 'values'}: ${words.join(', ')}`;
}
