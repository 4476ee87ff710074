/** What can be copied of a table. */
import { copyText } from '../../alarms/actions';
import { rowObject } from './result-rows';
import type { ResultRow } from './result-rows';
import { safeText } from '../../ui/safe-text';
import type { HeldRows } from './store';
import type { TableColumn } from './table-layout';

/** The value as CloudWatch gave it: times in UTC. */
export function copyCell(
  row: ResultRow,
  where: readonly string[] | null,
  column: TableColumn | undefined,
): void {
  if (column === undefined) return;
  const text = column.index < 0 ? where?.[row.target] : row.values[column.index];
  void copyText(text ?? '', safeText(column.name));
}

/** As JSON, with its `@ptr`. */
export function copyRow(
  { columns }: HeldRows,
  row: ResultRow,
  where: readonly string[] | null,
): void {
  void copyText(JSON.stringify(rowObject(columns, row, where), null, 2), 'the row as JSON');
}
