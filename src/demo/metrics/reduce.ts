import { ExpressionError } from './expression';
import {
  commonGrid,
  like,
  notSupported,
  one,
  scalar,
  type Series,
  type Value,
  valuesOn,
} from './series';

export const reducers = ['SUM', 'AVG', 'MIN', 'MAX', 'STDDEV', 'DATAPOINT_COUNT'] as const;
export type Reducer = (typeof reducers)[number];

/** A line becomes a number, an array of lines one line. Throws `ExpressionError` for anything else. */
export function reduce(by: Reducer, value: Value): Value {
  switch (value.kind) {
    case 'series':
      return scalar(reduceLine(by, value.series));
    case 'list':
      return one(across(by, value.list));
    case 'scalar':
    case 'text':
      throw notSupported(by, value);
  }
}

/** NaN for a line without datapoints, except for its sum and count. */
export function reduceLine(by: Reducer, { values }: Series): number {
  const running = new Running();
  for (const value of values) if (!Number.isNaN(value)) running.add(value);
  return running.result(by, running.count);
}

function across(by: Reducer, lines: readonly Series[]): Series {
  const on = commonGrid(lines);
  if (on === null) throw new ExpressionError(`Function '${by}' was given an empty array`);
  const columns = lines.map((line) => valuesOn(line, on));
  const values = new Float64Array(on.length);
  for (let index = 0; index < on.length; index += 1) {
    const running = new Running();
    for (const column of columns) {
      const value = column[index] ?? Number.NaN;
      if (!Number.isNaN(value)) running.add(value);
    }
    // The mean counts a line without a datapoint as 0, as long as another has one.
    values[index] = running.count === 0 ? Number.NaN : running.result(by, lines.length);
  }
  return like({ on, values, label: '', metric: null }, values);
}

class Running {
  count = 0;
  private sum = 0;
  private min = Infinity;
  private max = -Infinity;
  private mean = 0;
  /** Sum of squared distances from the mean, kept up as values come (Welford). */
  private squares = 0;

  add(value: number): void {
    this.count += 1;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    const distance = value - this.mean;
    this.mean += distance / this.count;
    this.squares += distance * (value - this.mean);
  }

  result(by: Reducer, divisor: number): number {
    if (by === 'DATAPOINT_COUNT') return this.count;
    if (by === 'SUM') return this.sum;
    if (this.count === 0) return Number.NaN;
    switch (by) {
      case 'AVG':
        return this.sum / divisor;
      case 'MIN':
        return this.min;
      case 'MAX':
        return this.max;
      case 'STDDEV':
        return Math.sqrt(this.squares / this.count);
    }
  }
}
