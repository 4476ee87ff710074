import { startOf } from './grid';
import { like, mapPoints, notSupported, type Series, type Value, valuesOn } from './series';

const DAY = 86_400_000;

/** Functions of a line's datapoints, by name; of an array they make an array. */
export const lineFunctions: ReadonlyMap<string, (series: Series) => Series> = new Map([
  ['ABS', (series) => mapPoints(series, Math.abs)],
  ['CEIL', (series) => mapPoints(series, Math.ceil)],
  ['FLOOR', (series) => mapPoints(series, Math.floor)],
  // The logarithm of 0 or less is no datapoint.
  ['LOG', (series) => mapPoints(series, Math.log)],
  ['LOG10', (series) => mapPoints(series, Math.log10)],
  ['DIFF', (series) => fromPrevious(series, (value, before) => value - before)],
  ['DIFF_TIME', (series) => fromPrevious(series, (_, __, seconds) => seconds)],
  [
    'RATE',
    (series) => fromPrevious(series, (value, before, seconds) => (value - before) / seconds),
  ],
  ['RUNNING_SUM', runningSum],
]);

type FromPrevious = (value: number, before: number, secondsBetween: number) => number;

/** The first datapoint has none before it and falls away. */
function fromPrevious(series: Series, apply: FromPrevious): Series {
  let before = Number.NaN;
  let beforeIndex = 0;
  const seconds = series.on.periodMs / 1000;
  const values = series.values.map((value, index) => {
    if (Number.isNaN(value)) return value;
    const result = Number.isNaN(before)
      ? Number.NaN
      : apply(value, before, (index - beforeIndex) * seconds);
    before = value;
    beforeIndex = index;
    return result;
  });
  return like(series, values);
}

function runningSum(series: Series): Series {
  let sum = 0;
  return mapPoints(series, (value) => (Number.isNaN(value) ? value : (sum += value)));
}

/** What a line's times say, in UTC: a value for every period, whether the line has one or not. */
export const timeFunctions: ReadonlyMap<string, (at: number) => number> = new Map([
  ['MINUTE', (at) => new Date(at).getUTCMinutes()],
  ['HOUR', (at) => new Date(at).getUTCHours()],
  // Monday is 1, Sunday 7; the epoch began on a Thursday.
  ['DAY', (at) => ((Math.floor(at / DAY) + 3) % 7) + 1],
  ['DATE', (at) => new Date(at).getUTCDate()],
  ['MONTH', (at) => new Date(at).getUTCMonth() + 1],
  ['YEAR', (at) => new Date(at).getUTCFullYear()],
  ['EPOCH', (at) => at / 1000],
]);

export const timesOf = (series: Series, read: (at: number) => number): Series =>
  like(
    series,
    series.values.map((_, index) => read(startOf(series.on, index))),
  );

type Filler = { kind: 'repeat' } | { kind: 'linear' } | { kind: 'values'; values: Float64Array };

/** Replaces gaps; what lies before the first datapoint (and, for `linear`, after the last) stays empty. */
export function fillLine(series: Series, filler: Filler): Series {
  const { values } = series;
  switch (filler.kind) {
    case 'values':
      return like(
        series,
        values.map((value, index) =>
          Number.isNaN(value) ? (filler.values[index] ?? Number.NaN) : value,
        ),
      );
    case 'repeat': {
      let last = Number.NaN;
      return like(
        series,
        values.map((value) => {
          if (!Number.isNaN(value)) last = value;
          return last;
        }),
      );
    }
    case 'linear':
      return like(series, interpolated(values));
  }
}

function interpolated(values: Float64Array): Float64Array {
  const filled = Float64Array.from(values);
  let last = -1;
  values.forEach((value, index) => {
    if (Number.isNaN(value)) return;
    const before = last;
    const from = values[before] ?? Number.NaN;
    for (let gap = before + 1; gap < index; gap += 1) {
      filled[gap] = from + ((value - from) * (gap - before)) / (index - before);
    }
    last = index;
  });
  return filled;
}

/** What fills a line: `REPEAT`, `LINEAR`, or (`filling` not null) a number or another line. */
export function fillerFor(line: Series, word: string, filling: Value | null): Filler {
  if (filling === null) return word === 'REPEAT' ? { kind: 'repeat' } : { kind: 'linear' };
  if (filling.kind === 'scalar') {
    return { kind: 'values', values: new Float64Array(line.on.length).fill(filling.value) };
  }
  if (filling.kind !== 'series') throw notSupported('FILL', filling);
  return { kind: 'values', values: valuesOn(filling.series, line.on) };
}
