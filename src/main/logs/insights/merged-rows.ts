import type { ResultField } from '@aws-sdk/client-cloudwatch-logs';

/** A row as it crosses to the window: which target it is of, what GetLogRecord finds it by, its values. */
export interface MergedRow {
  target: number;
  ptr: string | null;
  values: (string | null)[];
}

type Rows = readonly ResultField[][];

const TIME = '@timestamp';

/** All fields in the order they were first seen; `@ptr` is no column. */
export function columnsOf(targets: readonly Rows[]): string[] {
  const columns = new Set<string>();
  for (const rows of targets) {
    for (const row of rows) {
      for (const { field } of row) if (field !== undefined && field !== '@ptr') columns.add(field);
    }
  }
  return [...columns];
}

/**
 * The targets' rows under the same columns. Where each target's rows are in order of time, all the same way, so
 * are the merged ones; otherwise one target follows the other.
 */
export function mergeRows(targets: readonly Rows[], columns: readonly string[]): MergedRow[] {
  const place = new Map(columns.map((column, index) => [column, index]));
  const lists = targets.map((rows, target) => rows.map((row) => toRow(row, target, place)));
  const time = place.get(TIME);
  const filled = lists.filter((rows) => rows.length > 0);
  if (filled.length < 2 || time === undefined) return lists.flat();
  const timeOf = (row: MergedRow): string => row.values[time] ?? '';
  for (const sign of [-1, 1]) {
    const before = (a: MergedRow, b: MergedRow): number =>
      timeOf(a) === timeOf(b) ? 0 : timeOf(a) < timeOf(b) ? -sign : sign;
    // Sorting is stable, so rows of one time keep their order.
    if (filled.every((rows) => inOrder(rows, before))) return lists.flat().sort(before);
  }
  return lists.flat();
}

function toRow(
  fields: readonly ResultField[],
  target: number,
  place: ReadonlyMap<string, number>,
): MergedRow {
  const row: MergedRow = {
    target,
    ptr: null,
    values: Array.from({ length: place.size }, () => null),
  };
  for (const { field = '', value } of fields) {
    const index = place.get(field);
    if (field === '@ptr') row.ptr = value ?? null;
    else if (index !== undefined) row.values[index] = value ?? null;
  }
  return row;
}

const inOrder = (
  rows: readonly MergedRow[],
  compare: (a: MergedRow, b: MergedRow) => number,
): boolean =>
  rows.every((row, index) => {
    const next = rows[index + 1];
    return next === undefined || compare(row, next) <= 0;
  });
