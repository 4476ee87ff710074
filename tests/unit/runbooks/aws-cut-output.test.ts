import { expect, test } from 'vitest';
import { cutOutput } from '../../../src/main/runbooks/cut-output';
import { tableOutput } from '../../../src/main/runbooks/actions/aws/table';

const table = tableOutput(
  ['@timestamp', '@message'],
  Array.from({ length: 500 }, (_, i) => [String(i), `"line" ${i} ${'ä'.repeat(40)}`]),
);

test('a long table stays a table and says how many rows are left out', () => {
  const { kind, json } = cutOutput(table, 10_000);
  expect(kind).toBe('table');
  expect(json.length).toBeLessThanOrEqual(10_000);
  const { columns, rows }: { columns: string[]; rows: string[][] } = JSON.parse(json);
  expect(columns).toEqual(['@timestamp', '@message']);
  const kept = rows.length - 1;
  expect(kept).toBeGreaterThan(50);
  expect(rows.slice(0, kept).map(([first]) => Number(first))).toEqual(
    rows.slice(0, kept).map((_, i) => i),
  );
  expect(rows.at(-1)).toEqual([`… ${500 - kept} more rows (cut at 1 MB)`, '']);
});

test('what is short enough is left alone, and what is no table becomes its beginning', () => {
  expect(cutOutput(table)).toEqual(table);
  const text = cutOutput({ kind: 'json', json: JSON.stringify('x'.repeat(20_000)) }, 10_000);
  expect(text.kind).toBe('text');
  expect(JSON.parse(text.json)).toMatch(/^"x{9999}… \(cut at 1 MB\)$/);
});

test('one row that is longer than all is told as left out', () => {
  const { json } = cutOutput(tableOutput(['a'], [['x'.repeat(20_000)]]), 10_000);
  expect(JSON.parse(json)).toEqual({ columns: ['a'], rows: [['… 1 more row (cut at 1 MB)']] });
});
