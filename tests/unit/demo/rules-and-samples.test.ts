import { describe, expect, test } from 'vitest';
import {
  parseRule,
  ruleHolds,
  ruleReferences,
  RuleSyntaxError,
} from '../../../src/demo/evaluation/rule';
import { formatDouble } from '../../../src/demo/evaluation/reason';
import { MetricSource } from '../../../src/demo/metrics/metric-source';

const states: Record<string, 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'> = {
  a: 'ALARM',
  b: 'OK',
  'c d': 'INSUFFICIENT_DATA',
};
const holds = (rule: string): boolean => ruleHolds(parseRule(rule), (name) => states[name] ?? null);

test.each([
  ['ALARM(a)', true],
  ['ALARM("b")', false],
  ['OK(b) AND ALARM(a)', true],
  ['NOT ALARM(a) OR OK(b)', true],
  ['NOT (ALARM(a) OR OK(b))', false],
  ['ALARM(b) AND ALARM(b) OR ALARM(a)', true],
  ['ALARM(a) OR ALARM(b) AND ALARM(b)', true],
  ["INSUFFICIENT_DATA('c d')", true],
  ['INSUFFICIENT_DATA(c d)', true],
  ['TRUE AND NOT FALSE', true],
  ['OK(nowhere)', false],
])('rule %s', (rule, expected) => expect(holds(rule)).toBe(expected));

test.each(['', 'ALARM', 'ALARM(', 'ALARM(a) AND', '(ALARM(a)', 'BROKEN(a)', 'ALARM(a) ALARM(b)'])(
  'rule %j is refused',
  (rule) => expect(() => parseRule(rule)).toThrow(RuleSyntaxError),
);

test('references come once, in order', () => {
  expect(ruleReferences('ALARM(x) AND (OK(y) OR NOT ALARM(x))')).toEqual(['x', 'y']);
});

test.each([
  [10, '10.0'],
  [21.5, '21.5'],
  [0, '0.0'],
  [12_000_000, '1.2E7'],
  [0.0005, '5.0E-4'],
  [-3, '-3.0'],
])('%d is printed as %s', (value, text) => expect(formatDouble(value)).toBe(text));

describe('computed metrics', () => {
  const spec = {
    namespace: 'N',
    metricName: 'M',
    dimensions: [],
    unit: 'None',
    base: 50,
    daily: 0.5,
    noise: 0.1,
    kind: 'gauge',
    samples: 1,
    everyMinutes: 1,
  } as const;
  const at = Date.UTC(2026, 0, 5);
  const day = (seed: number): (number | undefined)[] => {
    const source = new MetricSource(seed);
    const key = source.declare({ ...spec, dimensions: [] });
    return Array.from(
      { length: 1440 },
      (_, m) => source.window(key, at + m * 60_000, at + (m + 1) * 60_000, Infinity)?.sum,
    );
  };
  test('same seed, same day; another seed, another day', () => {
    expect(day(1)).toEqual(day(1));
    expect(day(1)).not.toEqual(day(2));
  });
  test('follows the day', () => {
    const values = day(1).map((v) => v ?? 0);
    const hour = (h: number): number =>
      values.slice(h * 60, h * 60 + 60).reduce((a, b) => a + b, 0) / 60;
    expect(Math.max(...Array.from({ length: 24 }, (_, h) => hour(h)))).toBeGreaterThan(65);
    expect(Math.min(...Array.from({ length: 24 }, (_, h) => hour(h)))).toBeLessThan(35);
  });
});
