/** The audited groups, however many: only those in sight are drawn. Arrows move, Space marks, Enter sets right. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { AuditedGroup } from '../../../shared/logs/retention';
import { useConnections } from '../../stores/connections';
import { auditColumns, groupKey } from './audit-rows';
import type { AuditColumn } from './audit-rows';
import { AuditRow, auditRowId } from './AuditRow';
import classes from './retention.module.css';
import { useRetention } from './store';

interface Props {
  rows: readonly AuditedGroup[];
  /** Set right what is marked. */
  onPreview(): void;
}

const ROW_PX = 28;
const HEAD_PX = 28;

const headWords: Readonly<Record<AuditColumn, string>> = {
  name: 'Log group',
  where: 'Where',
  verdict: 'State',
  has: 'Kept',
  wanted: 'Should be',
  bytes: 'Stored',
  usd: 'A month',
  change: 'By the policy',
};

export function AuditTable({ rows, onPreview }: Props) {
  const [current, setCurrent] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const labels = useConnections((state) => state.labels);
  const marked = useRetention((state) => state.marked);
  const { mark } = useRetention.getState();
  const at = Math.min(current, rows.length - 1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    scrollPaddingStart: HEAD_PX,
  });
  const goTo = (place: number): void => {
    const inside = Math.max(0, Math.min(rows.length - 1, place));
    setCurrent(inside);
    virtual.scrollToIndex(inside);
  };
  const toggle = (place: number): void => {
    const group = rows[place];
    if (group === undefined) return;
    const key = groupKey(group);
    mark([key], !marked.has(key));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const to = placeAfter(event.key, at, page, rows.length);
    if (to !== null) goTo(to);
    else if (event.key === ' ') toggle(at);
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      mark(rows.map(groupKey), true);
    } else if (event.key === 'Enter') {
      const group = rows[at];
      if (group !== undefined && marked.size === 0) mark([groupKey(group)], true);
      onPreview();
    } else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      role="grid"
      aria-label="Log groups and how long they are kept"
      aria-multiselectable
      aria-rowcount={rows.length + 1}
      aria-colcount={auditColumns.length + 1}
      aria-activedescendant={auditRowId(at)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <Heads rows={rows} />
      <div
        className={classes['rows']}
        role="presentation"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const group = rows[index];
          if (group === undefined) return null;
          return (
            <AuditRow
              key={key}
              group={group}
              place={index}
              top={start}
              labels={labels}
              marked={marked.has(groupKey(group))}
              active={index === at}
              onChoose={() => setCurrent(index)}
              onMark={() => toggle(index)}
            />
          );
        })}
      </div>
    </div>
  );
}

function placeAfter(key: string, at: number, page: number, rows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return at + page;
    case 'PageUp':
      return at - page;
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return null;
  }
}

function Heads({ rows }: { rows: readonly AuditedGroup[] }) {
  const sort = useRetention((state) => state.sort);
  const marked = useRetention((state) => state.marked);
  const { sortBy, mark } = useRetention.getState();
  const keys = useMemo(() => rows.map(groupKey), [rows]);
  const some = keys.some((key) => marked.has(key));
  const all = some && keys.every((key) => marked.has(key));
  return (
    <div className={classes['heads']} role="row" aria-rowindex={1}>
      <span role="columnheader" className={classes['box']}>
        <input
          type="checkbox"
          aria-label="Mark all groups listed"
          checked={all}
          ref={(box) => {
            if (box !== null) box.indeterminate = some && !all;
          }}
          onChange={() => mark(keys, !all)}
        />
      </span>
      {auditColumns.map((column) => {
        const sorted = sort.column === column;
        const Icon = sort.descending ? IconArrowDown : IconArrowUp;
        return (
          <span
            key={column}
            role="columnheader"
            data-column={column}
            className={classes['head']}
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
          >
            <button type="button" className={classes['headName']} onClick={() => sortBy(column)}>
              {headWords[column]} {sorted && <Icon size={11} aria-hidden />}
            </button>
          </span>
        );
      })}
    </div>
  );
}
