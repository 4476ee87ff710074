import { describe, expect, it } from 'vitest';
import { chartOf } from '../../../src/renderer/logs/insights/chart-of';
import { columnOrder } from '../../../src/renderer/logs/insights/column-order';
import type { Picture } from '../../../src/renderer/logs/insights/chart-of';
import type { ResultRow } from '../../../src/renderer/logs/insights/result-rows';
import { binLength, countsOf, groupingsOf } from '../../../src/renderer/logs/insights/stats-clause';
import type { InsightsTarget } from '../../../src/shared/logs/insights';

const START = Date.UTC(2026, 0, 31, 2, 0);
const MINUTE = 60_000;

const target = (more: Partial<InsightsTarget> = {}): InsightsTarget => ({
  connectionId: 'c',
  region: 'eu-west-1',
  status: 'complete',
  recordsMatched: 0,
  recordsScanned: 0,
  bytesScanned: 0,
  rows: 2,
  failure: null,
  ...more,
});

interface Given {
  query: string;
  columns: string[];
  rows: (string | null)[][];
  targets?: InsightsTarget[];
  phase?: 'running' | 'complete';
  limit?: number;
  where?: string[];
  endMs?: number;
}

function chart(given: Given): Picture {
  const rows = given.rows.map((values, place): ResultRow => ({
    target: given.where === undefined ? 0 : place % given.where.length,
    ptr: null,
    values,
  }));
  return chartOf(
    { queryId: 'q', revision: 1, columns: given.columns, rows },
    {
      query: given.query,
      limit: given.limit ?? 1_000,
      startMs: START,
      endMs: given.endMs ?? START + 20 * MINUTE,
    },
    { phase: given.phase ?? 'complete', targets: given.targets ?? [target()] },
    given.where ?? null,
  );
}

const valuesOf = (picture: Picture): Record<string, number[]> =>
  picture.kind === 'none'
    ? {}
    : Object.fromEntries(picture.series.map(({ label, values }) => [label, [...values]]));

describe('the order of columns', () => {
  const columns = ['@timestamp', '@message', 'n', 'level'];

  it('is that of fields, aliases too, others behind', () => {
    expect(columnOrder('fields level, strlen(@message) as n # why | sort n', columns)).toEqual([
      3, 2, 0, 1,
    ]);
    expect(columnOrder('fields @timestamp, @message\n| fields level', columns)).toEqual([
      0, 1, 3, 2,
    ]);
  });

  it('is left as CloudWatch gave it for stats', () => {
    expect(columnOrder('fields level | stats count(*) as n by level', columns)).toEqual([
      0, 1, 2, 3,
    ]);
  });
});

describe('what a query groups by', () => {
  it('is read from the last stats', () => {
    expect(
      groupingsOf('stats count(*) by a | stats sum(x) as s by `b.c`, bin(5m) as t | sort t'),
    ).toEqual([
      { column: 'b.c', binMs: null },
      { column: 't', binMs: 5 * MINUTE },
    ]);
    expect(groupingsOf('stats count() by span(`@timestamp`, 1h), level')).toEqual([
      { column: 'span(@timestamp, 1h)', binMs: 60 * MINUTE },
      { column: 'level', binMs: null },
    ]);
    expect(groupingsOf('SELECT level, COUNT(*) FROM `g` GROUP BY level ORDER BY level')).toEqual([
      { column: 'level', binMs: null },
    ]);
    expect(groupingsOf('fields @timestamp | sort @timestamp desc')).toEqual([]);
    expect(groupingsOf('stats count(*) as errors')).toEqual([]);
  });

  it('knows how long a bin is, but not a month', () => {
    expect(binLength('5m')).toBe(5 * MINUTE);
    expect(binLength('30s')).toBe(30_000);
    expect(binLength('1 hour')).toBe(3_600_000);
    expect(binLength('2 minutes')).toBe(2 * MINUTE);
    expect(binLength('250ms')).toBe(250);
    expect(binLength('1mo')).toBeNull();
  });

  it('knows which columns count', () => {
    expect([...countsOf('stats count(*), count_distinct(x) as n, avg(y) by bin(1m)')]).toEqual([
      'count(*)',
      'n',
    ]);
  });
});

describe('a result over time', () => {
  const bins = {
    query: 'stats count(*) as n by level, bin(5m)',
    columns: ['level', 'bin(5m)', 'n'],
    rows: [
      ['error', '2026-01-31 02:10:00.000', '3'],
      ['info', '2026-01-31 02:00:00.000', '7'],
      ['info', '2026-01-31 02:15:00.000', '9'],
    ],
  };

  it('is a line for each category, nothing counted drawn as none', () => {
    const picture = chart(bins);
    expect(picture).toMatchObject({ kind: 'time', startMs: START, note: null });
    expect(valuesOf(picture)).toEqual({ error: [0, 0, 3, 0], info: [7, 0, 0, 9] });
  });

  it.each([
    ['still running', { phase: 'running' as const }],
    ['cut at so many rows', { limit: 2 }],
    ['cut by the query itself', { query: `${bins.query} | limit 3` }],
    [
      'without an account that failed',
      {
        targets: [
          target(),
          target({
            failure: {
              kind: 'denied',
              connectionId: 'c',
              operation: 'StartQuery',
              message: 'No.',
              advice: 'Ask.',
            },
          }),
        ],
      },
    ],
  ])('leaves gaps where it is %s', (_, more) => {
    expect(valuesOf(chart({ ...bins, ...more }))['info']).toEqual([7, NaN, NaN, 9]);
  });

  it('leaves gaps for what does not count', () => {
    const picture = chart({
      query: 'stats avg(x) as a, max(x) by bin(5m) as t',
      columns: ['t', 'a', 'max(x)'],
      rows: [
        ['2026-01-31 02:00:00.000', '1.5', '4'],
        ['2026-01-31 02:10:00.000', '2.5', null],
      ],
    });
    expect(valuesOf(picture)).toEqual({ a: [1.5, NaN, 2.5, NaN], 'max(x)': [4, NaN, NaN, NaN] });
  });

  it('tells accounts apart', () => {
    const picture = chart({ ...bins, where: ['Main eu-west-1', 'Other us-east-1'] });
    expect(Object.keys(valuesOf(picture))).toEqual([
      'Main eu-west-1 · error',
      'Other us-east-1 · info',
      'Main eu-west-1 · info',
    ]);
  });

  it('says that bins at the edge are cut, and begins at the bin', () => {
    const picture = chartOf(
      {
        queryId: 'q',
        revision: 1,
        columns: ['bin(5m)', 'n'],
        rows: [{ target: 0, ptr: null, values: ['2026-01-31 01:55:00.000', '4'] }],
      },
      {
        query: 'stats count(*) as n by bin(5m)',
        limit: 10,
        startMs: START - 3 * MINUTE,
        endMs: START + 5 * MINUTE,
      },
      { phase: 'complete', targets: [target({ rows: 1 })] },
      null,
    );
    expect(picture).toMatchObject({ kind: 'time', startMs: START - 5 * MINUTE });
    expect(picture.kind === 'time' && picture.note).toContain('partly');
    expect(valuesOf(picture)).toEqual({ n: [4, 0] });
  });

  it('is bars where months do not make a grid', () => {
    const picture = chart({
      query: 'stats count(*) as n by bin(1mo)',
      columns: ['bin(1mo)', 'n'],
      rows: [
        ['2026-01-01 00:00:00.000', '1'],
        ['2026-02-01 00:00:00.000', '2'],
        ['2026-03-01 00:00:00.000', '3'],
      ],
    });
    expect(picture.kind).toBe('bars');
    expect(Object.values(valuesOf(picture))).toEqual([[1], [2], [3]]);
  });
});

describe('two measures over time', () => {
  const rows = [['2026-01-31 02:00:00.000', '1', '900', '5']];

  it('have an axis each, because they are rarely alike', () => {
    const picture = chart({
      query: 'stats count(*) as n, avg(ms) as ms by bin(5m)',
      columns: ['bin(5m)', 'n', 'ms'],
      rows: rows.map((values) => values.slice(0, 3)),
    });
    expect(picture).toMatchObject({
      axes: { left: 'n', right: 'ms' },
      series: [
        { label: 'n', axis: 'left' },
        { label: 'ms', axis: 'right' },
      ],
    });
  });

  it('share one where there are three', () => {
    const picture = chart({
      query: 'stats min(x), avg(x), max(x) by bin(5m)',
      columns: ['bin(5m)', 'min(x)', 'avg(x)', 'max(x)'],
      rows,
    });
    expect(picture).toMatchObject({ axes: null });
    expect(picture.kind === 'time' && picture.series.every(({ axis }) => axis === 'left')).toBe(
      true,
    );
  });
});

describe('a result by category', () => {
  it('names the account only where the categories do not tell rows apart', () => {
    const given = {
      query: 'stats count(*) as n by service',
      columns: ['service', 'n'],
      where: ['Main', 'Other'],
    };
    expect(
      Object.keys(
        valuesOf(
          chart({
            ...given,
            rows: [
              ['api', '1'],
              ['web', '2'],
            ],
          }),
        ),
      ),
    ).toEqual(['api', 'web']);
    expect(
      Object.keys(
        valuesOf(
          chart({
            ...given,
            rows: [
              ['api', '1'],
              ['api', '2'],
            ],
          }),
        ),
      ),
    ).toEqual(['Main · api', 'Other · api']);
  });

  it('is bars, and a status code is a category, not a number', () => {
    const picture = chart({
      query: 'stats count(*) by statusCode | sort statusCode',
      columns: ['statusCode', 'count(*)'],
      rows: [
        ['200', '12'],
        [null, '3'],
      ],
    });
    expect(picture).toMatchObject({ kind: 'bars', label: 'count(*)', note: null });
    expect(valuesOf(picture)).toEqual({ '200': [12], '(none)': [3] });
  });

  it('is not drawn of records', () => {
    const picture = chart({
      query: 'fields @timestamp, responseTime',
      columns: ['@timestamp', 'responseTime'],
      rows: [['2026-01-31 02:10:00.000', '3']],
    });
    expect(picture.kind).toBe('none');
  });
});
