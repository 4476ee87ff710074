/** One row of a result. Whatever its values hold is text and nothing else. */
import { memo } from 'react';
import { stripAnsi } from '../../../shared/logs/ansi';
import { safeText } from '../../ui/safe-text';
import { formatClockSeconds, formatDate, formatFull } from '../../ui/time';
import type { TimeZone } from '../../ui/time';
import classes from './insights.module.css';
import { timeOf } from './result-rows';
import type { ResultRow } from './result-rows';
import type { TableColumn } from './table-layout';

interface Props {
  row: ResultRow;
  place: number;
  /** px from the first row. */
  top: number;
  columns: readonly TableColumn[];
  where: readonly string[] | null;
  zone: TimeZone;
  /** Place of the current cell's column; null: it is in another row. */
  active: number | null;
  onChoose(column: number): void;
  onOpen(): void;
}

/** More of a value is not drawn: nobody could see it. */
const MOST_LETTERS = 600;

export const cellId = (place: number, column: number): string => `insights-cell-${place}-${column}`;

export const ResultRowView = memo(
  function ResultRowView({ row, place, top, columns, active, onChoose, onOpen, ...look }: Props) {
    return (
      <div
        className={classes['row']}
        role="row"
        aria-rowindex={place + 2}
        aria-selected={active !== null}
        style={{ transform: `translateY(${top}px)` }}
        onClick={(event) => onChoose(columnAt(event.target))}
        onDoubleClick={onOpen}
      >
        {columns.map((column, index) => (
          <div
            key={column.index}
            id={cellId(place, index)}
            role="gridcell"
            className={classes['cell']}
            data-kind={column.kind}
            data-place={index}
            data-active={index === active}
            style={{ width: column.width }}
          >
            <Value row={row} column={column} {...look} />
          </div>
        ))}
      </div>
    );
  },
  (before, after) =>
    before.row === after.row &&
    before.top === after.top &&
    before.columns === after.columns &&
    before.where === after.where &&
    before.zone === after.zone &&
    before.active === after.active,
);

function columnAt(target: EventTarget): number {
  const cell = target instanceof Element ? target.closest('[data-place]') : null;
  return Number(cell?.getAttribute('data-place') ?? 0);
}

type ValueProps = Pick<Props, 'row' | 'where' | 'zone'> & { column: TableColumn };

function Value({ row, column, where, zone }: ValueProps) {
  if (column.index < 0) return safeText(where?.[row.target] ?? '');
  const value = row.values[column.index] ?? null;
  if (value === null) return <span className={classes['missing']}>–</span>;
  const at = column.kind === 'time' ? timeOf(value) : null;
  if (at === null) return safeText(stripAnsi(value.slice(0, MOST_LETTERS)));
  return <time title={formatFull(at, zone)}>{momentText(at, zone)}</time>;
}

/** `01-31 02:14:07.123`; whole seconds without a fraction. */
export function momentText(at: number, zone: TimeZone): string {
  const part = at % 1_000 === 0 ? '' : `.${String(at % 1_000).padStart(3, '0')}`;
  return `${formatDate(at, zone).slice(5)} ${formatClockSeconds(at, zone)}${part}`;
}
