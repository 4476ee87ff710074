import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStatistic } from '../../../src/demo/metrics/statistic-name';
import {
  aggregate,
  isStatistic,
  type Sample,
  statisticOf,
} from '../../../src/demo/metrics/statistics';

function statistic(sample: Sample, name: string): number | null {
  const spec = parseStatistic(name);
  if (spec === null) throw new Error(`${name} is not known`);
  const value = statisticOf(sample, spec);
  return Number.isNaN(value) ? null : value;
}

const known = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum', 'p0', 'p50', 'p99.9', 'p100'];
const ranges = ['IQM', 'tm99', 'wm98', 'tc90', 'ts90', 'TM(2%:98%)', 'TM(150:1000)', 'TM(:95%)'];
const more = ['TC(0.005:0.030)', 'TS(80%:)', 'WM(10%:90%)', 'PR(:300)', 'PR(100:2000)', 'PR(10:)'];

test.each([...known, ...ranges, ...more])('%s is a statistic', (name) =>
  expect(isStatistic(name)).toBe(true),
);
test.each([
  'average',
  'p101',
  'p',
  'tm',
  'TM()',
  'TM(:)',
  'TM(10%:90)',
  'TM(90%:10%)',
  'TM(10%:190%)',
  'PR(10%:90%)',
  'median',
])('%s is none', (name) => expect(isStatistic(name)).toBe(false));

const of = (...values: number[]): Sample => {
  const samples = values.map((value) => ({ value, count: 1 }));
  const sample = aggregate(
    samples.map(({ value }) => ({
      sum: value,
      count: 1,
      min: value,
      max: value,
      values: [{ value, count: 1 }],
    })),
  );
  if (sample === null) throw new Error('no values');
  return sample;
};
const oneToTen = of(10, 2, 3, 4, 5, 6, 7, 8, 9, 1);

/** By hand, from the guide's definitions. */
test.each([
  ['SampleCount', 10],
  ['Sum', 55],
  ['Average', 5.5],
  ['p0', 1],
  ['p50', 5],
  ['p90', 9],
  ['p100', 10],
  ['tm90', 5],
  ['tc90', 9],
  ['ts90', 45],
  ['TM(10%:90%)', 5.5],
  ['TM(3:8)', 6],
  ['TC(3:8)', 5],
  ['TS(:3)', 6],
  ['PR(:3)', 30],
  ['PR(3:8)', 50],
  ['IQM', 5.5],
  ['wm90', 5.4],
  ['WM(2:8)', (2 * 2 + 3 + 4 + 5 + 6 + 7 + 8 * 3) / 10],
])('%s of 1 … 10 is %d', (name, expected) =>
  expect(statistic(oneToTen, name)).toBeCloseTo(expected, 9),
);

describe('of a modelled spread', () => {
  const spread = fc
    .tuple(
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.double({ min: 0.01, max: 1000, noNaN: true }),
    )
    .map(([min, height, reach]): Sample => {
      const mean = min + height * reach;
      return { sum: mean * 100, count: 100, min, max: min + reach };
    });

  test('percentiles rise from the minimum to the maximum', () => {
    fc.assert(
      fc.property(spread, (sample) => {
        const shares = [0, 1, 25, 50, 75, 90, 99, 99.9, 100];
        const values = shares.map((share) => statistic(sample, `p${share}`) ?? Number.NaN);
        expect(values).toEqual([...values].sort((a, b) => a - b));
        expect(values[0]).toBeCloseTo(sample.min, 6);
        expect(values.at(-1)).toBeCloseTo(sample.max, 6);
      }),
    );
  });

  test('trimmed sum = trimmed mean × trimmed count, and the whole is the sum', () => {
    fc.assert(
      fc.property(spread, fc.integer({ min: 1, max: 100 }), (sample, share) => {
        const read = (name: string): number => statistic(sample, name) ?? Number.NaN;
        expect(read(`tm${share}`) * read(`tc${share}`)).toBeCloseTo(read(`ts${share}`), 5);
        expect(read('ts100') / sample.sum).toBeCloseTo(1, 6);
        expect(read('tm90')).toBeLessThanOrEqual(read('Average') + 1e-9);
      }),
    );
  });

  test('a rank undoes a percentile', () => {
    fc.assert(
      fc.property(spread, fc.integer({ min: 1, max: 99 }), (sample, share) => {
        const value = statistic(sample, `p${share}`) ?? 0;
        const rank = statistic(sample, `PR(:${value.toFixed(10)})`) ?? -1;
        // Ten decimals of a flat part may be less than a rank.
        const around = statistic(sample, `PR(:${(value * 1.001 + 0.001).toFixed(10)})`) ?? -1;
        expect(rank).toBeLessThanOrEqual(around);
        expect(around).toBeGreaterThanOrEqual(share - 0.5);
      }),
    );
  });
});

test('a statistic set tells no percentiles, unless all its samples are equal', () => {
  const set = { sum: 30, count: 10, min: 1, max: 9, opaque: true };
  expect(statistic(set, 'p50')).toBeNull();
  expect(statistic(set, 'Average')).toBe(3);
  expect(statistic({ ...set, min: 3, max: 3 }, 'p50')).toBe(3);
});

test('negative values have no percentiles', () => {
  expect(statistic(of(-1, 2), 'tm90')).toBeNull();
  expect(statistic(of(-1, 2), 'Minimum')).toBe(-1);
});

test('shorthands are what they stand for', () => {
  expect(parseStatistic('tm99')).toEqual(parseStatistic('TM(:99%)'));
  expect(parseStatistic('IQM')).toEqual(parseStatistic('TM(25%:75%)'));
});
