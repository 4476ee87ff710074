/** Heads of a result's columns: pressed to sort, dragged or moved with the arrows to widen. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { safeText } from '../../ui/safe-text';
import classes from './insights.module.css';
import type { Sort } from './result-rows';
import type { TableColumn } from './table-layout';

const STEP_PX = 16;

interface Props {
  columns: readonly TableColumn[];
  sort: Sort | null;
  onSort(sort: Sort | null): void;
  onWidth(name: string, width: number): void;
}

/** First press: the way one looks for first; then the other way; then as CloudWatch gave them. */
function nextSort(sort: Sort | null, { index, kind }: TableColumn): Sort | null {
  const first = kind === 'number' || kind === 'time';
  if (sort?.column !== index) return { column: index, descending: first };
  return sort.descending === first ? { column: index, descending: !first } : null;
}

export function ResultHeads({ columns, sort, onSort, onWidth }: Props) {
  return (
    <div className={classes['heads']} role="row" aria-rowindex={1}>
      {columns.map((column) => {
        const sorted = sort?.column === column.index ? sort : null;
        return (
          <div
            key={column.index}
            role="columnheader"
            aria-sort={sorted === null ? undefined : sorted.descending ? 'descending' : 'ascending'}
            className={classes['head']}
            style={{ width: column.width }}
          >
            <button
              type="button"
              className={classes['headName']}
              title={`Sort by ${safeText(column.name)}`}
              onClick={() => onSort(nextSort(sort, column))}
            >
              {safeText(column.name)}{' '}
              {sorted !== null &&
                (sorted.descending ? (
                  <IconArrowDown size={11} aria-hidden />
                ) : (
                  <IconArrowUp size={11} aria-hidden />
                ))}
            </button>
            <Handle column={column} onWidth={onWidth} />
          </div>
        );
      })}
    </div>
  );
}

function Handle({ column, onWidth }: { column: TableColumn; onWidth: Props['onWidth'] }) {
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.preventDefault();
    const handle = event.currentTarget;
    const startX = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const onMove = (move: globalThis.PointerEvent): void =>
      onWidth(column.name, column.width + move.clientX - startX);
    const onEnd = (): void => {
      handle.removeEventListener('pointermove', onMove);
      handle.removeEventListener('pointerup', onEnd);
      handle.removeEventListener('pointercancel', onEnd);
    };
    handle.addEventListener('pointermove', onMove);
    handle.addEventListener('pointerup', onEnd);
    handle.addEventListener('pointercancel', onEnd);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = event.key === 'ArrowLeft' ? -STEP_PX : event.key === 'ArrowRight' ? STEP_PX : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onWidth(column.name, column.width + by);
  };
  return (
    <div
      className={classes['handle']}
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${safeText(column.name)}`}
      aria-valuenow={column.width}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
