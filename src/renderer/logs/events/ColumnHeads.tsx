/** The heads of the columns: widened by dragging or with the arrow keys, fields moved, pinned and taken away by a menu. */
import { Menu } from '@mantine/core';
import type { KeyboardEvent, PointerEvent } from 'react';
import { safeText } from '../../ui/safe-text';
import classes from './events.module.css';
import { moveField, toggleField, useLayout } from './grid-columns';
import type { PlacedColumn } from './grid-columns';

const STEP_PX = 16;

export function ColumnHeads({ columns }: { columns: readonly PlacedColumn[] }) {
  return (
    <div className={classes['heads']} role="row" aria-rowindex={1}>
      {columns.map((column) => (
        <div
          key={column.id}
          role="columnheader"
          className={classes['head']}
          data-pinned={column.pinned}
          style={{ width: column.width, ...(column.pinned ? { left: column.left } : {}) }}
        >
          <HeadMenu column={column} />
          <Handle column={column} />
        </div>
      ))}
    </div>
  );
}

function HeadMenu({ column }: { column: PlacedColumn }) {
  const { togglePinned, resetWidth } = useLayout.getState();
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <button type="button" className={classes['headName']} title={safeText(column.label)}>
          {safeText(column.label)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => togglePinned(column.id)}>
          {column.pinned ? 'Let it scroll away' : 'Keep it at the left'}
        </Menu.Item>
        <Menu.Item onClick={() => resetWidth(column.id)}>Usual width</Menu.Item>
        {column.kind === 'field' && (
          <>
            <Menu.Item onClick={() => moveField(column.path, -1)}>Move left</Menu.Item>
            <Menu.Item onClick={() => moveField(column.path, 1)}>Move right</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => toggleField(column.path)}>Take it away</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function Handle({ column }: { column: PlacedColumn }) {
  const { setWidth } = useLayout.getState();
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.preventDefault();
    const handle = event.currentTarget;
    const startX = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const onMove = (move: globalThis.PointerEvent): void =>
      setWidth(column.id, column.width + move.clientX - startX);
    const onEnd = (): void => {
      handle.removeEventListener('pointermove', onMove);
      handle.removeEventListener('pointerup', onEnd);
      handle.removeEventListener('pointercancel', onEnd);
    };
    handle.addEventListener('pointermove', onMove);
    handle.addEventListener('pointerup', onEnd);
    handle.addEventListener('pointercancel', onEnd);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? -STEP_PX : event.key === 'ArrowRight' ? STEP_PX : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    setWidth(column.id, column.width + by);
  };
  return (
    <div
      className={classes['handle']}
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${safeText(column.label)}`}
      aria-valuenow={column.width}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
