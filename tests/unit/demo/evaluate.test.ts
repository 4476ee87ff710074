import { describe, expect, test } from 'vitest';
import { evaluateDatapoints } from '../../../src/demo/evaluation/evaluate';
import { comparisons, type Comparison, type MissingData } from '../../../src/demo/model';

/** `0` fine, `X` breaching, `-` missing; oldest first, as in AWS's tables. */
const range = (pattern: string) =>
  pattern.split(' ').map((sign, index) => ({
    at: index * 60_000,
    value: sign === '-' ? null : sign === 'X' ? 11 : 5,
    sampleCount: 1,
  }));
const decide = (pattern: string, treatment: MissingData, n: number, m?: number) =>
  evaluateDatapoints(
    {
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 10,
      EvaluationPeriods: n,
      DatapointsToAlarm: m,
      TreatMissingData: treatment,
    },
    range(pattern),
  ).state;

const A = 'ALARM';
const I = 'INSUFFICIENT_DATA';
const O = 'OK';
const keep = null;

describe('AWS’s tables of missing data', () => {
  // Columns: missing, ignore, breaching, notBreaching.
  test.each([
    ['0 - X - X', O, O, O, O],
    ['0 - - - -', O, O, O, O],
    ['- - - - -', I, keep, A, O],
    ['0 X X - X', A, A, A, A],
    ['- - X - -', A, keep, A, O],
    ['- - - - X', keep, keep, A, O],
    ['X X X X X', A, A, A, A],
    ['0 0 0 0 0', O, O, O, O],
  ])('3 of 3: %s', (pattern, missing, ignore, breaching, notBreaching) => {
    expect(decide(pattern, 'missing', 3)).toBe(missing);
    expect(decide(pattern, 'ignore', 3)).toBe(ignore);
    expect(decide(pattern, 'breaching', 3)).toBe(breaching);
    expect(decide(pattern, 'notBreaching', 3)).toBe(notBreaching);
  });
  test.each([
    ['0 - X - X', A, A, A, A],
    ['0 0 X 0 X', A, A, A, A],
    ['0 - X - -', O, O, A, O],
    ['- - - - 0', O, O, A, O],
    ['- - - X -', A, keep, A, O],
  ])('2 of 3: %s', (pattern, missing, ignore, breaching, notBreaching) => {
    expect(decide(pattern, 'missing', 3, 2)).toBe(missing);
    expect(decide(pattern, 'ignore', 3, 2)).toBe(ignore);
    expect(decide(pattern, 'breaching', 3, 2)).toBe(breaching);
    expect(decide(pattern, 'notBreaching', 3, 2)).toBe(notBreaching);
  });
});

describe('every comparison', () => {
  // Below, at and above a threshold of 10 (or a band of 10 to 20, with 10 and 20 inside).
  const expected: Record<Comparison, Record<string, boolean>> = {
    GreaterThanThreshold: { 9: false, 10: false, 11: true },
    GreaterThanOrEqualToThreshold: { 9: false, 10: true, 11: true },
    LessThanThreshold: { 9: true, 10: false, 11: false },
    LessThanOrEqualToThreshold: { 9: true, 10: true, 11: false },
    LessThanLowerThreshold: { 9: true, 10: false, 21: false },
    GreaterThanUpperThreshold: { 9: false, 20: false, 21: true },
    LessThanLowerOrGreaterThanUpperThreshold: { 9: true, 10: false, 20: false, 21: true },
  };
  const cases = comparisons.flatMap((comparison) =>
    Object.entries(expected[comparison]).map(([value, bad]) => ({
      comparison,
      value: Number(value),
      bad,
    })),
  );
  test.each(cases)('$comparison with $value', ({ comparison, value, bad }) => {
    const verdict = evaluateDatapoints(
      { ComparisonOperator: comparison, Threshold: 10, EvaluationPeriods: 1 },
      [{ at: 0, value, sampleCount: 1, lower: 10, upper: 20 }],
    );
    expect(verdict.state).toBe(bad ? 'ALARM' : 'OK');
  });
});
