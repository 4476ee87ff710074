import type { Dim } from '../model';
import { ExpressionError } from './expression';
import { type Grid, startOf } from './grid';

/** The metric a series comes from, as dynamic labels name it. */
export interface SeriesMetric {
  namespace: string;
  metricName: string;
  dimensions: Dim[];
  stat: string;
  /** Seconds. */
  period: number;
}

/** One line: values by period, NaN where there is no datapoint. */
export interface Series {
  on: Grid;
  values: Float64Array;
  /** What tells it from its neighbours; empty: the query's own name. */
  label: string;
  metric: SeriesMetric | null;
}

export type Value =
  | { kind: 'scalar'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'series'; series: Series }
  | { kind: 'list'; list: Series[] };

export const scalar = (value: number): Value => ({ kind: 'scalar', value });
export const one = (series: Series): Value => ({ kind: 'series', series });
export const many = (list: Series[]): Value => ({ kind: 'list', list });

/** A series like another, with other values. What is not a number is no datapoint. */
export function like(source: Series, values: Float64Array): Series {
  for (let index = 0; index < values.length; index += 1) {
    if (!Number.isFinite(values[index] ?? Number.NaN)) values[index] = Number.NaN;
  }
  return { ...source, values };
}

/** Applies to each datapoint. */
export const mapPoints = (source: Series, apply: (value: number) => number): Series =>
  like(source, source.values.map(apply));

/** What a function does to a line, it does to each of an array of lines. */
export function mapLines(value: Value, apply: (series: Series) => Series, name: string): Value {
  switch (value.kind) {
    case 'series':
      return one(apply(value.series));
    case 'list':
      return many(value.list.map(apply));
    case 'scalar':
    case 'text':
      throw notSupported(name, value);
  }
}

export const notSupported = (name: string, value: Value): ExpressionError =>
  new ExpressionError(`Function '${name}' does not support an argument of type ${typeName(value)}`);

export function typeName(value: Value): string {
  switch (value.kind) {
    case 'scalar':
      return 'Scalar';
    case 'text':
      return 'String';
    case 'series':
      return 'TimeSeries';
    case 'list':
      return 'TimeSeries[]';
  }
}

const sameGrid = (a: Grid, b: Grid): boolean =>
  a.startMs === b.startMs && a.periodMs === b.periodMs && a.length === b.length;

/** The grid of lines of different periods: the longest, whose times the others are read at. */
export function commonGrid(lines: readonly Series[]): Grid | null {
  return lines.reduce<Grid | null>(
    (widest, { on }) => (widest === null || on.periodMs > widest.periodMs ? on : widest),
    null,
  );
}

/** The line's values at the times of a grid. */
export function valuesOn(series: Series, on: Grid): Float64Array {
  if (sameGrid(series.on, on)) return series.values;
  const values = new Float64Array(on.length).fill(Number.NaN);
  for (let index = 0; index < on.length; index += 1) {
    const at = (startOf(on, index) - series.on.startMs) / series.on.periodMs;
    if (Number.isInteger(at)) values[index] = series.values[at] ?? Number.NaN;
  }
  return values;
}
