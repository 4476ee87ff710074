import { describe, expect, test } from 'vitest';
import { fillLabel, formatNumber } from '../../../src/demo/metrics/dynamic-label';
import { parseInsights } from '../../../src/demo/metrics/insights/parse-insights';
import { defaultLabels } from '../../../src/demo/metrics/labels';
import type { Series, SeriesMetric } from '../../../src/demo/metrics/series';

describe('Metrics Insights', () => {
  test('reads every clause', () => {
    const query = parseInsights(
      'SELECT MAX("My.Metric") FROM SCHEMA("AWS/ECS", ClusterName, "Service Name")' +
        " WHERE ClusterName = 'it\\'s' AND \"Service Name\" != 'b' GROUP BY ClusterName, AWS.AccountId" +
        ' ORDER BY SUM() DESC LIMIT 5',
    );
    expect(query).toEqual({
      of: 'MAX',
      metricName: 'My.Metric',
      namespace: 'AWS/ECS',
      dimensions: ['ClusterName', 'Service Name'],
      where: [
        { key: 'ClusterName', equal: true, value: "it's" },
        { key: 'Service Name', equal: false, value: 'b' },
      ],
      groupBy: ['ClusterName', 'AWS.AccountId'],
      orderBy: { of: 'SUM', order: 'DESC' },
      limit: 5,
    });
  });
  test('keywords in any case; order is ascending by default', () => {
    const query = parseInsights('select avg(CPU) from Custom group by Host order by max()');
    expect(query).toMatchObject({ namespace: 'Custom', dimensions: null, limit: 500 });
    expect(query.orderBy).toEqual({ of: 'MAX', order: 'ASC' });
  });
  test.each([
    'SELECT CPU FROM N',
    'SELECT MEDIAN(a) FROM N',
    'SELECT AVG(a)',
    'SELECT AVG(a) FROM AWS/EC2',
    'SELECT AVG(a) FROM N WHERE b',
    'SELECT AVG(a) FROM N WHERE b = "c"',
    "SELECT AVG(a) FROM N WHERE b > 'c'",
    'SELECT AVG(a) FROM N LIMIT 501',
    'SELECT AVG(a) FROM N ORDER BY a',
    'SELECT AVG(a) FROM N; DROP',
  ])('%s is refused', (text) => expect(() => parseInsights(text)).toThrow('Invalid syntax'));
});

const metric = (
  metricName: string,
  dimensions: Record<string, string> = {},
  stat = 'Average',
  period = 60,
): SeriesMetric => ({
  namespace: 'N',
  metricName,
  dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  stat,
  period,
});

describe('what tells metrics apart', () => {
  test.each([
    ['a name alone', [metric('a')], ['a']],
    ['names', [metric('a', {}, 'Sum'), metric('b')], ['a', 'b']],
    ['statistics', [metric('a', {}, 'Sum'), metric('a', {}, 'p90')], ['a Sum', 'a p90']],
    ['dimensions', [metric('a', { d: '1', e: 'x' }), metric('a', { d: '2', e: 'x' })], ['1', '2']],
    [
      'dimensions and names',
      [metric('a', { d: '1' }), metric('b', { d: '1' }), metric('a', { d: '2' })],
      ['1 a', '1 b', '2 a'],
    ],
  ])('%s', (_, metrics, labels) => expect(defaultLabels(metrics, true)).toEqual(labels));
  test('a metric that was asked for by name keeps it', () => {
    const both = [metric('a', { d: '1' }), metric('a', { d: '2' })];
    expect(defaultLabels(both, false)).toEqual(['1 a', '2 a']);
  });
});

describe('dynamic labels', () => {
  const startMs = Date.UTC(2026, 10, 22, 18, 0);
  const series: Series = {
    on: { startMs, periodMs: 60_000, length: 4 },
    values: Float64Array.of(3, Number.NaN, 1, 12_345.6),
    label: '',
    metric: metric('Errors', { FunctionName: 'f', 'My Dim': 'v' }, 'Sum'),
  };
  const context = {
    region: 'us-east-1',
    accountId: '111122223333',
    timezone: '+0000',
    now: startMs + 5 * 60_000 + 20_000,
  };
  const fill = (label: string, timezone = '+0000'): string =>
    fillLabel(label, series, 'Errors', { ...context, timezone });
  test.each([
    ['${LABEL}: ${SUM}', 'Errors: 12.3k'],
    ['[avg ${AVG} min ${MIN} max ${MAX}]', '[avg 4.12k min 1 max 12.3k]'],
    ['${FIRST} … ${LAST} of ${DATAPOINT_COUNT}', '3 … 12.3k of 3'],
    ['${FIRST_TIME}', '2026-11-22 18:00:00 UTC'],
    ['${MIN_TIME_RELATIVE} ago', '3m 20s ago'],
    ['${LAST_TIME_RELATIVE}', '2m 20s'],
    ['${FIRST_LAST_RANGE} in ${FIRST_LAST_TIME_RANGE}', '12.3k in 3m'],
    ['${MIN_MAX_RANGE} in ${MIN_MAX_TIME_RANGE}', '12.3k in 1m'],
    ["${PROP('MetricName')} ${PROP('Dim.FunctionName')} ${PROP('Dim.My Dim')}", 'Errors f v'],
    ["${PROP('Stat')} ${PROP('Period')} ${PROP('Namespace')}", 'Sum 60 N'],
    ["${PROP('Region')} ${PROP('AccountId')}", 'us-east-1 111122223333'],
    ["${PROP('Dim.Nope')}|${NOPE}|${PROP('Nope')}", "|${NOPE}|${PROP('Nope')}"],
    ['no dollar', 'no dollar'],
  ])('%s', (label, expected) => expect(fill(label)).toBe(expected));
  test('times are written in the zone asked for', () => {
    expect(fill('${FIRST_TIME}', '+0530')).toBe('2026-11-22 23:30:00 +0530');
    expect(fill('${FIRST_TIME}', '-0800')).toBe('2026-11-22 10:00:00 -0800');
  });
  test('a line without datapoints has no figures', () => {
    const empty = { ...series, values: new Float64Array(4).fill(Number.NaN) };
    expect(fillLabel('${MAX} ${DATAPOINT_COUNT}', empty, 'x', context)).toBe('- 0');
  });
  test.each([
    [0, '0'],
    [0.84213, '0.842'],
    [999.6, '1k'],
    [-1234, '-1.23k'],
    [1.5e6, '1.5M'],
    [2.1e11, '210G'],
    [0.00012345, '0.000123'],
  ])('%d is written %s', (value, text) => expect(formatNumber(value)).toBe(text));
});
