/** Columns of a result's table: what each holds and how wide it is. */
import { kindsOf } from './result-rows';
import type { ColumnKind } from './result-rows';
import type { HeldRows } from './store';

export interface TableColumn {
  /** Index into the rows' values; -1: which account and region the row is of. */
  index: number;
  name: string;
  kind: ColumnKind | 'where';
  /** px. */
  width: number;
}

/** A letter of the table's font (px). */
const LETTER_PX = 7.25;
const PADDING_PX = 26;
const LEAST_PX = 64;
const MOST_PX = 460;
const TIME_PX = 176;
const LONG_PX = 280;
/** Rows looked at for how wide a column is. */
const SAMPLE = 200;

export const narrowest = (width: number): number =>
  Math.max(LEAST_PX / 2, Math.min(4_000, Math.round(width)));

/**
 * @param room width there is (px): the last column of long texts takes what the others leave
 */
export function tableColumns(
  held: HeldRows,
  where: readonly string[] | null,
  widths: Readonly<Record<string, number>>,
  room: number,
): TableColumn[] {
  const kinds = kindsOf(held.columns, held.rows);
  const columns = held.columns.map((name, index): TableColumn => {
    const kind = kinds[index] ?? 'text';
    return { index, name, kind, width: widths[name] ?? usualWidth(held, index, kind) };
  });
  const place: TableColumn[] =
    where === null
      ? []
      : [
          {
            index: -1,
            name: 'where',
            kind: 'where',
            width: widths['where'] ?? fit(Math.max(...where.map((text) => text.length))),
          },
        ];
  const all = [...place, ...columns];
  // Only a column of long texts gains by more room.
  const last = all.findLast(({ kind, width }) => kind === 'text' && width >= LONG_PX);
  const used = all.reduce((sum, { width }) => sum + width, 0);
  if (last === undefined || widths[last.name] !== undefined || used >= room) return all;
  return all.map((one) => (one === last ? { ...one, width: one.width + room - used } : one));
}

function usualWidth({ columns, rows }: HeldRows, index: number, kind: ColumnKind): number {
  const name = columns[index] ?? '';
  if (kind === 'time') return Math.max(TIME_PX, fit(name.length));
  const longest = rows.slice(0, SAMPLE).reduce(
    (most, { values }) => Math.max(most, values[index]?.length ?? 0),
    // Room for the arrow of the order.
    name.length + 2,
  );
  return fit(longest);
}

const fit = (letters: number): number =>
  Math.max(LEAST_PX, Math.min(MOST_PX, Math.ceil(letters * LETTER_PX) + PADDING_PX));
