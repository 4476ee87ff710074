/** Rows as a table, however many: only those in sight are drawn. One cell is current; arrows move it. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { useTimeZone } from '../../stores/settings';
import { useWidth } from '../events/use-width';
import classes from './insights.module.css';
import { kindsOf, sortRows } from './result-rows';
import type { ResultRow, Sort } from './result-rows';
import { ResultHeads } from './ResultHeads';
import { cellId, ResultRowView } from './ResultRowView';
import { RowDetail } from './RowDetail';
import type { InsightsQuery } from '../../../shared/logs/insights';
import type { HeldRows } from './store';
import { copyCell, copyRow } from './table-actions';
import { narrowest, tableColumns } from './table-layout';
import { step } from './table-steps';

interface Props {
  asked: InsightsQuery;
  held: HeldRows;
  where: readonly string[] | null;
}

const ROW_PX = 22;
const HEAD_PX = 26;

interface Current {
  row: ResultRow;
  /** Place among the columns shown. */
  column: number;
}

export function ResultTable({ asked, held, where }: Props) {
  const [sort, setSort] = useState<Sort | null>(null);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const [current, setCurrent] = useState<Current | null>(null);
  const [open, setOpen] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const zone = useTimeZone();
  const width = useWidth(scroller);
  const columns = useMemo(
    () => tableColumns(held, where, widths, width),
    [held, where, widths, width],
  );
  const rows = useMemo(
    () => sortRows(held.rows, sort, kindsOf(held.columns, held.rows)),
    [held, sort],
  );
  const place = useMemo(() => placeOf(rows, current?.row ?? null), [rows, current]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    scrollPaddingStart: HEAD_PX,
  });
  const wide = columns.reduce((sum, column) => sum + column.width, 0);
  const shown = rows[place];

  const goTo = (nextPlace: number, column: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, nextPlace))];
    if (row === undefined) return;
    setCurrent({ row, column: Math.max(0, Math.min(columns.length - 1, column)) });
    virtual.scrollToIndex(Math.max(0, Math.min(rows.length - 1, nextPlace)));
  };
  useColumnInSight(scroller, columns, current?.column ?? 0);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const at = { place: Math.max(0, place), column: current?.column ?? 0 };
    const moved = step(event, at, { page, rows: rows.length, columns: columns.length });
    if (moved !== null) {
      event.preventDefault();
      goTo(place < 0 ? 0 : moved.place, moved.column);
      return;
    }
    if (shown === undefined || current === null) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      setOpen(true);
    } else if (event.key.toLowerCase() === 'c') {
      event.preventDefault();
      if (event.shiftKey) copyRow(held, shown, where);
      else copyCell(shown, where, columns[current.column]);
    }
  };

  return (
    <>
      <div
        ref={scroller}
        className={classes['scroller']}
        role="grid"
        aria-label="Rows of the query"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={
          shown === undefined ? undefined : cellId(place, current?.column ?? 0)
        }
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <ResultHeads
          columns={columns}
          sort={sort}
          onSort={(next) => {
            setSort(next);
            virtual.scrollToOffset(0);
          }}
          onWidth={(name, to) => setWidths({ ...widths, [name]: narrowest(to) })}
        />
        <div
          className={classes['rows']}
          role="presentation"
          style={{ height: virtual.getTotalSize(), width: wide }}
        >
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <ResultRowView
                key={item.key}
                row={row}
                place={item.index}
                top={item.start}
                columns={columns}
                where={where}
                zone={zone}
                active={item.index === place ? (current?.column ?? 0) : null}
                onChoose={(column) => setCurrent({ row, column })}
                onOpen={() => setOpen(true)}
              />
            );
          })}
        </div>
      </div>
      {open && shown !== undefined && (
        <RowDetail
          asked={asked}
          held={held}
          row={shown}
          place={place}
          where={where}
          onClose={() => {
            setOpen(false);
            scroller.current?.focus();
          }}
        />
      )}
    </>
  );
}

/** Where a row is now: later rows replace earlier ones, and records keep their pointer. -1: nowhere. */
function placeOf(rows: readonly ResultRow[], row: ResultRow | null): number {
  if (row === null) return -1;
  const same = rows.indexOf(row);
  if (same >= 0 || row.ptr === null) return same;
  return rows.findIndex(({ ptr, target }) => ptr === row.ptr && target === row.target);
}

function useColumnInSight(
  scroller: RefObject<HTMLDivElement | null>,
  columns: readonly { width: number }[],
  column: number,
): void {
  const latest = useRef(columns);
  useLayoutEffect(() => {
    latest.current = columns;
  });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const left = latest.current.slice(0, column).reduce((sum, { width }) => sum + width, 0);
    const right = left + (latest.current[column]?.width ?? 0);
    if (left < element.scrollLeft) element.scrollTo({ left });
    else if (right > element.scrollLeft + element.clientWidth) {
      element.scrollTo({ left: Math.min(left, right - element.clientWidth) });
    }
  }, [scroller, column]);
}
