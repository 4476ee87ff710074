import { describe, expect, it } from 'vitest';
import {
  kindsOf,
  numberOf,
  rowObject,
  rowsCsv,
  rowsJson,
  sortRows,
  timeOf,
} from '../../../src/renderer/logs/insights/result-rows';
import type { ResultRow } from '../../../src/renderer/logs/insights/result-rows';
import { aroundOf } from '../../../src/renderer/logs/insights/around';
import { tableColumns } from '../../../src/renderer/logs/insights/table-layout';
import { step } from '../../../src/renderer/logs/insights/table-steps';

const row = (values: (string | null)[], target = 0, ptr: string | null = null): ResultRow => ({
  target,
  ptr,
  values,
});

describe('values of a result', () => {
  it('are times only as Insights writes them, in UTC', () => {
    expect(timeOf('2026-01-31 02:14:07.123')).toBe(Date.UTC(2026, 0, 31, 2, 14, 7, 123));
    expect(timeOf('2026-01-31 02:14:07')).toBe(Date.UTC(2026, 0, 31, 2, 14, 7));
    expect(timeOf('2026-01-31T02:14:07Z')).toBeNull();
    expect(timeOf('2026-13-31 02:14:07')).toBeNull();
    expect(timeOf(null)).toBeNull();
  });

  it('are numbers only when they are nothing else', () => {
    expect(numberOf('-1.5e3')).toBe(-1_500);
    expect(numberOf('12 ms')).toBeNull();
    expect(numberOf('')).toBeNull();
    expect(numberOf('0x10')).toBeNull();
    expect(numberOf('Infinity')).toBeNull();
  });

  it('say what a column is, empty ones left aside', () => {
    const rows = [
      row(['2026-01-31 02:14:07.123', null, '1', 'a', null]),
      row(['2026-01-31 02:14:08.123', '3', '2x', '4', null]),
    ];
    expect(kindsOf(['t', 'n', 'x', 'm', 'none'], rows)).toEqual([
      'time',
      'number',
      'text',
      'text',
      'text',
    ]);
  });
});

describe('sorting', () => {
  const rows = [row(['10', 'b']), row(['9', 'a']), row([null, 'c']), row(['100', 'a'])];
  const order = (sorted: readonly ResultRow[]) => sorted.map(({ values }) => values[0]);

  it('goes by number where all are numbers, and what is missing comes last either way', () => {
    expect(order(sortRows(rows, { column: 0, descending: false }, ['number', 'text']))).toEqual([
      '9',
      '10',
      '100',
      null,
    ]);
    expect(order(sortRows(rows, { column: 0, descending: true }, ['number', 'text']))).toEqual([
      '100',
      '10',
      '9',
      null,
    ]);
  });

  it('keeps the order of rows that are alike, and the given rows untouched', () => {
    expect(order(sortRows(rows, { column: 1, descending: false }, ['number', 'text']))).toEqual([
      '9',
      '100',
      '10',
      null,
    ]);
    expect(order(rows)).toEqual(['10', '9', null, '100']);
    expect(sortRows(rows, null, [])).toBe(rows);
  });

  it('goes by account for the column that says where', () => {
    const places = [row(['a'], 1), row(['b'], 0)];
    expect(order(sortRows(places, { column: -1, descending: false }, ['text']))).toEqual([
      'b',
      'a',
    ]);
  });
});

describe('copies', () => {
  const rows = [row(['=1+1', null], 1, 'ptr-1'), row(['a,"b"\n', '2'], 0)];
  const where = ['Main eu-west-1', 'Other us-east-1'];

  it('as CSV make formulas harmless and say where', () => {
    expect(rowsCsv(['x', '@y'], rows, where)).toBe(
      `where,x,'@y\r\nOther us-east-1,'=1+1,\r\nMain eu-west-1,"a,""b""\n",2\r\n`,
    );
  });

  it('as JSON keep the pointer, and leave out what is missing', () => {
    expect(JSON.parse(rowsJson(['x', 'y'], rows, null))).toEqual([
      { x: '=1+1', '@ptr': 'ptr-1' },
      { x: 'a,"b"\n', y: '2' },
    ]);
  });

  it('hold a field of any name', () => {
    const object = rowObject(['__proto__'], row(['x']), null);
    expect(Object.entries(object)).toEqual([['__proto__', 'x']]);
  });
});

describe('the table', () => {
  const held = {
    queryId: 'q',
    revision: 1,
    columns: ['level', '@message'],
    rows: [row(['info', 'x'.repeat(500)])],
  };

  it('gives the room there is to the long text, not to the short one', () => {
    const [level, message] = tableColumns(held, null, {}, 1_200);
    expect(level?.width).toBeLessThan(100);
    expect((level?.width ?? 0) + (message?.width ?? 0)).toBe(1_200);
  });

  it('leaves a width that was set by hand', () => {
    expect(tableColumns(held, null, { '@message': 90 }, 1_200)[1]?.width).toBe(90);
  });

  it('says where rows are of, of several accounts', () => {
    expect(tableColumns(held, ['a', 'b'], {}, 0).map(({ name }) => name)).toEqual([
      'where',
      'level',
      '@message',
    ]);
  });

  it('moves its current cell and stays inside', () => {
    const size = { page: 10, rows: 25, columns: 3 };
    const press = (key: string, ctrlKey = false) =>
      step({ key, ctrlKey, metaKey: false }, { place: 20, column: 1 }, size);
    expect(press('ArrowDown')).toEqual({ place: 21, column: 1 });
    expect(press('PageDown')).toEqual({ place: 24, column: 1 });
    expect(press('Home')).toEqual({ place: 20, column: 0 });
    expect(press('Home', true)).toEqual({ place: 0, column: 1 });
    expect(press('End', true)).toEqual({ place: 24, column: 1 });
    expect(press('x')).toBeNull();
  });
});

describe('the lines around a row', () => {
  const asked = {
    targets: [{ connectionId: 'c', region: 'eu-west-1', groups: ['/api', '/web'] }],
  };
  const at = Date.UTC(2026, 0, 31, 2, 14, 7);

  it('are those of its group, a minute either way', () => {
    const one = row(['2026-01-31 02:14:07.000', '111122223333:/web']);
    expect(aroundOf(['@timestamp', '@log'], one, asked)).toEqual({
      groups: [{ connectionId: 'c', region: 'eu-west-1', name: '/web' }],
      startMs: at - 60_000,
      endMs: at + 60_000,
      line: null,
    });
  });

  it('are found with the line itself where the row says its stream and text', () => {
    const columns = ['@timestamp', '@message', '@logStream', '@log'];
    const values = ['2026-01-31 02:14:07.000', 'GET /health', 'task/1', '111122223333:/web'];
    expect(aroundOf(columns, row(values), asked)?.line).toEqual({
      connectionId: 'c',
      region: 'eu-west-1',
      group: '/web',
      stream: 'task/1',
      timestamp: at,
      excerpt: 'GET /health',
    });
    // Of two groups it could stand in either.
    expect(aroundOf(columns.slice(0, 3), row(values.slice(0, 3)), asked)?.line).toBeNull();
  });

  it('are those of all groups asked where it does not say which', () => {
    expect(aroundOf(['@timestamp'], row(['2026-01-31 02:14:07.000']), asked)?.groups).toHaveLength(
      2,
    );
  });

  it('are none of a row of stats', () => {
    expect(aroundOf(['bin(5m)'], row(['2026-01-31 02:10:00.000']), asked)).toBeNull();
  });
});
