import { describe, expect, test } from 'vitest';
import type { MetricQuery } from '../../../src/demo/model';
import { MetricSource } from '../../../src/demo/metrics/metric-source';
import { Solver } from '../../../src/demo/metrics/queries';
import type { Value } from '../../../src/demo/metrics/series';
import { runNow } from '../../../src/demo/metrics/steps';

const MINUTE = 60_000;
/** A Thursday, 13:58 UTC: four one-minute periods run over the hour. */
const START = Date.UTC(2026, 3, 30, 13, 58);
const NOW = START + 4 * MINUTE - 1;

/** The table of AWS's own examples, `null` for a missing datapoint. */
const data: Record<string, (number | null)[]> = {
  m1: [1, 2, null, 4],
  m2: [0, 4, 6, 8],
  m3: [null, null, null, null],
  a1: [30, 20, 0, 0],
  a2: [20, null, 20, null],
  neg: [-1.5, 2.5, 0, -3],
  g1: [1, 1, 0, 0],
  g2: [30, null, 0, 0],
  g3: [0, 0, 20, null],
};

function source(): MetricSource {
  const made = new MetricSource(1);
  for (const [name, values] of Object.entries(data)) {
    values.forEach((value, index) => {
      if (value === null) return;
      const at = START + index * MINUTE;
      made.put('N', name, [], { at, unit: 'None', sum: value, count: 1, min: value, max: value });
    });
  }
  return made;
}

function solve(expression: string, extra: MetricQuery[] = []): Value {
  const metrics = Object.keys(data).map((name): MetricQuery => ({
    Id: name,
    MetricStat: {
      Metric: { Namespace: 'N', MetricName: name, Dimensions: [] },
      Period: 60,
      Stat: 'Average',
    },
  }));
  const queries = [...metrics, ...extra, { Id: 'e0', Expression: expression }];
  const window = { startMs: START, endMs: START + 4 * MINUTE, aligned: true };
  const solver = new Solver({ source: source(), accountId: '1', queries, now: NOW }, window);
  return runNow(solver.resolve('e0'));
}

const points = (values: Float64Array): (number | null)[] =>
  [...values].map((value) => (Number.isNaN(value) ? null : Number(value.toFixed(6))));

function line(expression: string, extra: MetricQuery[] = []): (number | null)[] {
  const value = solve(expression, extra);
  if (value.kind !== 'series') throw new Error(`${expression} is a ${value.kind}`);
  return points(value.series.values);
}

describe('operators', () => {
  test.each([
    ['m1 + m2', [1, 6, 6, 12]],
    ['m1 / m2', [null, 0.5, 0, 0.5]],
    ['2 + 3 * m2', [2, 14, 20, 26]],
    ['(2 + 3) * m2', [0, 20, 30, 40]],
    ['-m2 + 2 ^ 3', [8, 4, 2, 0]],
    ['m2 * -2 ^ 2', [0, -16, -24, -32]],
    ['m2 ^ 2 ^ 0', [0, 4, 6, 8]],
    ['10 - 4 - m2', [6, 2, 0, -2]],
    ['m1 - -m1', [2, 4, null, 8]],
    ['a1 < a2', [0, 0, 1, 0]],
    ['a1 >= 30', [1, 0, 0, 0]],
    ['a1 > 15 AND a2 > 15', [1, 0, 0, 0]],
    ['a1 > 15 && a2 > 15 || m2 == 8', [1, 0, 0, 1]],
    ['m2 == 4 OR m2 != 6', [1, 1, 0, 1]],
  ])('%s', (expression, expected) => expect(line(expression)).toEqual(expected));
});

describe('functions of a line', () => {
  test.each([
    ['ABS(neg)', [1.5, 2.5, 0, 3]],
    ['CEIL(neg)', [-1, 3, 0, -3]],
    ['FLOOR(neg)', [-2, 2, 0, -3]],
    ['LOG10(m2 * 25)', [null, 2, 2.176091, 2.30103]],
    ['LOG(neg)', [null, 0.916291, null, null]],
    ['DIFF(m1)', [null, 1, null, 2]],
    ['DIFF_TIME(m1)', [null, 60, null, 120]],
    ['RATE(m1)', [null, 0.016667, null, 0.016667]],
    ['RUNNING_SUM(m1)', [1, 3, null, 7]],
    ['FILL(m1, 0)', [1, 2, 0, 4]],
    ['FILL(m1, REPEAT)', [1, 2, 2, 4]],
    ['FILL(m1, LINEAR)', [1, 2, 3, 4]],
    ['FILL(m1, m2)', [1, 2, 6, 4]],
    ['FILL(m1, MIN(m1))', [1, 2, 1, 4]],
    ['MINUTE(m3)', [58, 59, 0, 1]],
    ['HOUR(m1)', [13, 13, 14, 14]],
    ['DAY(m1)', [4, 4, 4, 4]],
    ['DATE(m1) + MONTH(m1) * 100 + YEAR(m1) * 10000', Array(4).fill(20260430)],
    ['EPOCH(m1) - EPOCH(m1) + PERIOD(m1)', [60, 60, 60, 60]],
    ['TIME_SERIES(5 * MAX(m2))', [40, 40, 40, 40]],
    ['m2 - AVG(m2)', [-4.5, -0.5, 1.5, 3.5]],
    ['m2 * 0 + SUM(m1)', [7, 7, 7, 7]],
    ['m2 * 0 + DATAPOINT_COUNT(m1)', [3, 3, 3, 3]],
    ['m2 * 0 + STDDEV(a1)', Array(4).fill(12.990381)],
    ['m2 * 0 + METRIC_COUNT(METRICS("m"))', [3, 3, 3, 3]],
  ])('%s', (expression, expected) => expect(line(expression)).toEqual(expected));
});

describe('functions of an array', () => {
  test.each([
    ['SUM([m1, m2])', [1, 6, 6, 12]],
    ['AVG([m1, m2])', [0.5, 3, 3, 6]],
    ['MIN([m1, m2])', [0, 2, 6, 4]],
    ['MAX([m1, m2])', [1, 4, 6, 8]],
    ['DATAPOINT_COUNT([m1, m2])', [2, 2, 1, 2]],
    ['STDDEV([m1, m2])', [0.5, 1, 0, 2]],
    ['SUM(100 / [m1, m2])', [100, 75, 16.666667, 37.5]],
    ['SUM(METRICS("a"))', [50, 20, 20, 0]],
    ['SUM([METRICS("a1"), METRICS("m2")])', [30, 24, 6, 8]],
    ['FIRST(SORT([m1, m2], AVG, DESC))', [0, 4, 6, 8]],
    ['LAST(SORT([m1, m2], AVG, DESC))', [1, 2, null, 4]],
    ['FIRST(SLICE(SORT([m1, m2, a1], SUM, ASC), 1, 2))', [0, 4, 6, 8]],
    ['FIRST(CONCAT(m1, [m2, a1]))', [1, 2, null, 4]],
  ])('%s', (expression, expected) => expect(line(expression)).toEqual(expected));

  test.each([
    ['SORT([m1, m2, a1], SUM, DESC, 2)', 2],
    ['SLICE([m1, m2, a1], 1)', 2],
    ['REMOVE_EMPTY([m1, m3])', 1],
    ['[m1, m2] / m2', 2],
    ['METRICS()', 9],
  ])('%s answers %d lines', (expression, count) => {
    const value = solve(expression);
    expect(value.kind === 'list' ? value.list.length : value.kind).toBe(count);
  });

  test('an array of found lines keeps their names', () => {
    const value = solve('METRICS("a") / 100');
    expect(value.kind === 'list' ? value.list.map((each) => each.label) : []).toEqual(['a1', 'a2']);
  });
});

/** The tables of AWS's guide, "Using IF expressions". */
describe('IF', () => {
  test.each([
    ['IF(g1, g2, g3)', [30, 0, 20, null]],
    ['IF(g1, 5, g3)', [5, 5, 20, null]],
    ['IF(g1, g2, 5)', [30, 0, 5, 5]],
    ['IF(g1, g2)', [30, 0, null, null]],
    ['IF(1 > 2, g2, g3)', [0, 0, 20, null]],
    ['IF(1 > 2, g2)', [null, null, null, null]],
    ['IF(m1, 5, 7)', [5, 5, null, 5]],
  ])('%s', (expression, expected) => expect(line(expression)).toEqual(expected));
  test('filters by value and by time', () => {
    expect(line('IF(m2 > 4, m2, 0)')).toEqual([0, 0, 6, 8]);
    expect(line('IF(DAY(m2) < 6, m2)')).toEqual([0, 4, 6, 8]);
    expect(line('IF(HOUR(m2) == 14, m2)')).toEqual([null, null, 6, 8]);
  });
});

describe('several periods', () => {
  const slow: MetricQuery = {
    Id: 'slow',
    MetricStat: {
      Metric: { Namespace: 'N', MetricName: 'm2', Dimensions: [] },
      Period: 120,
      Stat: 'Sum',
    },
  };
  test('an expression has the longest, at whose times the others are read', () => {
    expect(line('slow + m2', [slow])).toEqual([4, 20]);
    expect(line('SUM([slow, m2])', [slow])).toEqual([4, 20]);
    expect(line('TIME_SERIES(PERIOD(slow))', [slow])).toEqual([120, 120]);
  });
  test('expressions stand on expressions', () => {
    const e1 = { Id: 'e1', Expression: 'm2 * 2' };
    const e2 = { Id: 'e2', Expression: '[e1, m2]', Period: 60 };
    expect(line('SUM(e2) - e1', [e1, e2])).toEqual([0, 4, 6, 8]);
  });
});

describe('errors', () => {
  test.each([
    ['m1 +', 'Invalid syntax'],
    ['m1 m2', 'Invalid syntax'],
    ['(m1', 'Invalid syntax'],
    ['m1 ? 2', 'Invalid syntax'],
    ['', 'Invalid syntax'],
    ['nowhere * 2', "ID 'nowhere' not found"],
    ['ANOMALY_DETECTOR(m1)', "Function 'ANOMALY_DETECTOR' not found"],
    ['sum(m1)', "Function 'sum' not found"],
    ['e0 + 1', "Circular dependency involving 'e0'"],
    ['[m1] + [m2]', "Unsupported operand type(s) for +: 'TimeSeries[]' and 'TimeSeries[]'"],
    ['SUM(5)', "Function 'SUM' does not support an argument of type Scalar"],
    ['SUM([])', "Function 'SUM' was given an empty array"],
    ['SORT([m1], MEDIAN, DESC)', "Function 'SORT' was given the wrong number of arguments"],
    ['LAMBDA("f")', "Function 'LAMBDA' is not supported"],
    ['DB_PERF_INSIGHTS("RDS", "db", "m")', "Function 'DB_PERF_INSIGHTS' is not supported"],
    ['INSIGHT_RULE_METRIC("r", "Sum")', "Function 'INSIGHT_RULE_METRIC' refers to"],
    ['SERVICE_QUOTA(m1)', "Function 'SERVICE_QUOTA' requires a usage metric"],
    ["SEARCH('', 'Sum', 60)", 'Invalid search expression'],
    [`${'('.repeat(5000)}m1${')'.repeat(5000)}`, 'Invalid syntax'],
  ])('%s', (expression, message) => expect(() => solve(expression)).toThrow(message));
});
