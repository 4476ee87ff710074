/** Rows of a query in the window: read, sorted, and written out for the clipboard. */
import { csvLine } from '../../../shared/logs/csv';

/** As main tells them. */
export interface ResultRow {
  /** Index of the run's target. */
  target: number;
  /** What CloudWatch finds the whole record by; null for rows of `stats`. */
  ptr: string | null;
  /** One for each column. */
  values: readonly (string | null)[];
}

/** Rows as main's own words have them. */
export function readRows(rowsJson: string): ResultRow[] {
  const rows: ResultRow[] = JSON.parse(rowsJson);
  return rows;
}

export interface Sort {
  /** Index of the column; -1 sorts by target. */
  column: number;
  descending: boolean;
}

export type ColumnKind = 'time' | 'number' | 'text';

/** As Insights writes times: `2026-01-31 02:14:07.123`, UTC. */
const TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})?$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** ms UTC; null for anything that is not written as Insights writes times. */
export function timeOf(value: string | null): number | null {
  if (value === null || !TIME.test(value)) return null;
  const at = Date.parse(`${value.slice(0, 10)}T${value.slice(11, 23)}Z`);
  return Number.isFinite(at) ? at : null;
}

/** Null for what is no number: nothing is read out of `12 ms`. */
export function numberOf(value: string | null): number | null {
  return value !== null && NUMBER.test(value.trim()) ? Number(value) : null;
}

const known = new WeakMap<readonly ResultRow[], readonly ColumnKind[]>();

/** What all values of a column are; empty ones do not count. Looked at once for the same rows. */
export function kindsOf(
  columns: readonly string[],
  rows: readonly ResultRow[],
): readonly ColumnKind[] {
  const kinds = known.get(rows) ?? lookAt(columns, rows);
  known.set(rows, kinds);
  return kinds;
}

function lookAt(columns: readonly string[], rows: readonly ResultRow[]): ColumnKind[] {
  return columns.map((_, column) => {
    let seen = false;
    let time = true;
    let number = true;
    for (const { values } of rows) {
      const value = values[column] ?? null;
      if (value === null || value === '') continue;
      seen = true;
      time &&= timeOf(value) !== null;
      number &&= numberOf(value) !== null;
      if (!time && !number) return 'text';
    }
    if (!seen) return 'text';
    return time ? 'time' : 'number';
  });
}

/** Rows in another order; what has no value comes last either way. Rows that are alike keep their order. */
export function sortRows(
  rows: readonly ResultRow[],
  sort: Sort | null,
  kinds: readonly ColumnKind[],
): readonly ResultRow[] {
  if (sort === null) return rows;
  const { column, descending } = sort;
  const sign = descending ? -1 : 1;
  if (column < 0) return [...rows].sort((a, b) => sign * (a.target - b.target));
  const compare = kinds[column] === 'number' ? byNumber : byText;
  return [...rows].sort((a, b) => {
    const left = a.values[column] ?? null;
    const right = b.values[column] ?? null;
    const emptyLeft = left === null || left === '';
    const emptyRight = right === null || right === '';
    if (emptyLeft || emptyRight) return Number(emptyLeft) - Number(emptyRight);
    return sign * compare(left, right);
  });
}

const byNumber = (a: string, b: string): number => Number(a) - Number(b);

const collator = new Intl.Collator('en', { numeric: true });
const byText = (a: string, b: string): number => collator.compare(a, b);

/** RFC 4180, `where` first where there are several targets; formulas are made harmless. */
export function rowsCsv(
  columns: readonly string[],
  rows: readonly ResultRow[],
  where: readonly string[] | null,
): string {
  const head = csvLine(where === null ? columns : ['where', ...columns]);
  return rows.reduce((text, { target, values }) => {
    const cells = columns.map((_, column) => values[column] ?? '');
    return text + csvLine(where === null ? cells : [where[target] ?? '', ...cells]);
  }, head);
}

/** One row as an object, with its `@ptr` and where it is of. */
export function rowObject(
  columns: readonly string[],
  row: ResultRow,
  where: readonly string[] | null,
): Record<string, string> {
  const entries: [string, string][] = where === null ? [] : [['where', where[row.target] ?? '']];
  columns.forEach((column, index) => {
    const value = row.values[index] ?? null;
    if (value !== null) entries.push([column, value]);
  });
  if (row.ptr !== null) entries.push(['@ptr', row.ptr]);
  // A field may be named as anything, `__proto__` too.
  return Object.fromEntries(entries);
}

export const rowsJson = (
  columns: readonly string[],
  rows: readonly ResultRow[],
  where: readonly string[] | null,
): string =>
  JSON.stringify(
    rows.map((row) => rowObject(columns, row, where)),
    null,
    2,
  );
