import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  expressionTokens,
  expressionWords,
  findsMetrics,
  isPointwise,
  metricsFilters,
  renameIds,
  searchesStatePeriod,
} from '../../../src/shared/dashboards/expression';

describe('metric math', () => {
  it('is the same text again when its tokens are joined', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(
          expressionTokens(text)
            .map((token) => token.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('names ids outside quotes and calls', () => {
    const words = expressionWords(`IF(m1 > 5, sum_2 / PERIOD(m1), "m3") + SEARCH('{A,m4}', 'Sum')`);
    expect([...words].sort()).toEqual(['m1', 'sum_2']);
    expect(expressionWords('SELECT AVG(m1) FROM x').size).toBe(0);
  });

  it('renames ids only', () => {
    const names = new Map([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    expect(renameIds(`a + b + a1 + "a" + a(b)`, names)).toBe(`b + a + a1 + "a" + a(a)`);
    expect(renameIds('SELECT a FROM b', names)).toBe('SELECT a FROM b');
  });

  it('finds METRICS and SEARCH', () => {
    expect(metricsFilters('SUM(METRICS("err")) / SUM(METRICS())')).toEqual(['err', '']);
    expect(metricsFilters('m1')).toBeNull();
    expect(findsMetrics(`AVG(SEARCH('{A}', 'Sum', 60))`)).toBe(true);
    expect(searchesStatePeriod(`AVG(SEARCH('{A,b} c="d,e"', 'Sum', 60))`)).toBe(true);
    expect(searchesStatePeriod(`AVG(SEARCH('{A,b} c="d,e"', 'Sum'))`)).toBe(false);
  });

  it.each([
    ['(e1 * 100) / e2', true],
    ['IF(m2 == 0, 1, 1 - (m1 / m2)) * 100', true],
    ['FILL(m1, 0)', true],
    ['FILL(m1, -1.5)', true],
    ['FILL(m1, REPEAT)', false],
    ['FILL(m1, m2)', false],
    ['AVG([m1, m2])', true],
    ['AVG(m1)', false],
    ['SUM(METRICS("e"))', true],
    ['m1 - AVG(m1)', false],
    ['RATE(m1)', false],
    ['DIFF(m1)', false],
    ['ANOMALY_DETECTION_BAND(m1, 2)', false],
    ['RUNNING_SUM(m1)', false],
    [`SEARCH('{A}', 'Sum', 60)`, false],
    ['SELECT AVG(x) FROM y', false],
  ])('%s is pointwise: %s', (expression, expected) => {
    expect(isPointwise(expression)).toBe(expected);
  });
});
