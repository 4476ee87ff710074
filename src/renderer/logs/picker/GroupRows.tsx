/** The rows of the picker; only those in sight are drawn. Arrows move, Space chooses, a star keeps a group on top. */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { Range } from '@tanstack/react-virtual';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { ELASTIC_REGION } from '../../../shared/logs/elastic';
import type { LogGroup } from '../../../shared/logs/groups';
import { connectionLabel, useConnections } from '../../stores/connections';
import { saveSettings, useSettings } from '../../stores/settings';
import { showFailure } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { bytesText } from '../insights/query-words';
import { isSameGroup, useLogs } from '../store';
import { retentionWords } from './picker-list';
import type { PickerRow } from './picker-list';
import classes from './picker.module.css';

const ROW_PX = 32;

export function GroupRows({ rows, typed }: { rows: readonly PickerRow[]; typed: string }) {
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  // The focused row stays drawn out of sight, so that it keeps the focus.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      if (focused === null || focused >= rows.length || drawn.includes(focused)) return drawn;
      return [...drawn, focused].sort((a, b) => a - b);
    },
    [focused, rows.length],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    rangeExtractor,
    getItemKey: (at) => {
      const row = rows[at];
      return row === undefined ? at : row.kind === 'head' ? `head ${row.title}` : row.id;
    },
  });
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [typed]);
  const onKey = (event: KeyboardEvent<HTMLInputElement>, from: number): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      event.currentTarget.click();
    } else move(event, from);
  };
  const move = (event: KeyboardEvent, from: number): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    let to = from + by;
    while (rows[to]?.kind === 'head') to += by;
    if (rows[to] === undefined) return;
    setFocused(to);
    virtualizer.scrollToIndex(to, { align: 'auto' });
    // It may be drawn only by the next frame.
    requestAnimationFrame(() => document.getElementById(boxId(listId, to))?.focus());
  };
  if (rows.length === 0) {
    return (
      <p className={classes['none']} role="status">
        {typed.trim() === '' ? 'No log groups.' : 'No log group fits.'}
      </p>
    );
  }
  return (
    <div ref={scroller} className={classes['list']}>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const style = { transform: `translateY(${start}px)`, height: ROW_PX };
          return row.kind === 'head' ? (
            <h2 key={key} className={classes['head']} style={style}>
              {row.title}
            </h2>
          ) : (
            <Row
              key={key}
              boxId={boxId(listId, index)}
              group={row.group}
              style={style}
              onFocus={() => setFocused(index)}
              onKeyDown={(event) => onKey(event, index)}
            />
          );
        })}
      </div>
    </div>
  );
}

const boxId = (list: string, at: number): string => `${list}-${at}`;

interface RowProps {
  boxId: string;
  group: LogGroup;
  style: { transform: string; height: number };
  onFocus(): void;
  onKeyDown(event: KeyboardEvent<HTMLInputElement>): void;
}

function Row(props: RowProps) {
  const { boxId: id, group, style, onFocus, onKeyDown } = props;
  const { connectionId, region, name, storedBytes, retentionDays } = group;
  const byId = useConnections((state) => state.byId);
  const chosen = useLogs((state) => state.chosen.some((one) => isSameGroup(one, group)));
  return (
    <div className={classes['row']} style={style} data-chosen={chosen}>
      <label className={classes['name']} title={safeText(name)}>
        <input
          id={id}
          type="checkbox"
          checked={chosen}
          onFocus={onFocus}
          onKeyDown={onKeyDown}
          onChange={() => useLogs.getState().toggle({ connectionId, region, name })}
        />
        <span>{safeText(name)}</span>
      </label>
      <span className={classes['place']}>
        {safeText(connectionLabel(byId, connectionId))}
        {region === ELASTIC_REGION ? '' : ` · ${region}`}
      </span>
      <span className={classes['figure']}>{retentionWords(retentionDays)}</span>
      <span className={classes['figure']}>
        {storedBytes === null ? '' : bytesText(storedBytes)}
      </span>
      <Star group={group} />
    </div>
  );
}

function Star({ group }: { group: LogGroup }) {
  const { connectionId, region, name } = group;
  const logs = useSettings(({ settings }) => settings?.logs);
  if (logs === undefined) return null;
  const starred = logs.favourites.some((one) => isSameGroup(one, group));
  const toggle = (): void => {
    const others = logs.favourites.filter((one) => !isSameGroup(one, group));
    const favourites = starred ? others : [...others, { connectionId, region, name }];
    saveSettings({ logs: { ...logs, favourites } }).catch((error: unknown) =>
      showFailure(error, 'settings.update'),
    );
  };
  return (
    <button
      type="button"
      className={classes['icon']}
      aria-label={`Favourite ${safeText(name)}`}
      aria-pressed={starred}
      onClick={toggle}
    >
      {starred ? <IconStarFilled size={14} aria-hidden /> : <IconStar size={14} aria-hidden />}
    </button>
  );
}
