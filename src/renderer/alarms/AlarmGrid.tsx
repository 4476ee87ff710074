/** The virtualised grid: only what is in sight is drawn, however many there are. */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef } from 'react';
import type { Range } from '@tanstack/react-virtual';
import { useConnections } from '../stores/connections';
import { useList } from '../stores/list';
import { useNavigation } from '../stores/navigation';
import { useSettings, useTimeZone } from '../stores/settings';
import { groupColor } from '../ui/SeverityIcon';
import { useNow } from '../ui/time';
import classes from './AlarmList.module.css';
import { AlarmRowView } from './AlarmRowView';
import type { GroupId, ListItem, ListModel } from './list-model';
import { groupNames } from './row-words';
import { currentListModel } from './use-list-model';

const GROUP_PX = 34;
const ROW_PX = 54;
const PACE_MS = 5_000;

function useGrid(items: readonly ListItem[], selectedAt: number | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  // The selected row stays drawn even out of sight, so that it keeps the focus.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      if (selectedAt === undefined || drawn.includes(selectedAt)) return drawn;
      return [...drawn, selectedAt].sort((a, b) => a - b);
    },
    [selectedAt],
  );
  // The same functions while the list is the same: with new ones every place of the list is worked out anew
  // at each step of a scroll, which ten thousand rows are too many for.
  const estimateSize = useCallback(
    (at: number) => (items[at]?.type === 'group' ? GROUP_PX : ROW_PX),
    [items],
  );
  const getItemKey = useCallback(
    (at: number) => {
      const item = items[at];
      if (item === undefined) return at;
      return item.type === 'group' ? `group ${item.id}` : item.row.key;
    },
    [items],
  );
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    overscan: 8,
    rangeExtractor,
  });
  return { scroller, virtualizer };
}

export function AlarmGrid({ model }: { model: ListModel }) {
  const alarmKey = useNavigation((state) => state.alarmKey);
  const marked = useList((state) => state.marked);
  const now = useNow(PACE_MS);
  const zone = useTimeZone();
  const operator = useSettings((state) => state.settings?.operator ?? '');
  const labels = useConnections((state) => state.labels);
  const { items } = model;
  const selectedAt = alarmKey === null ? undefined : model.itemAt.get(alarmKey);
  const { scroller, virtualizer } = useGrid(items, selectedAt);

  // Sizes are known from the kind of item: a changed list must not keep the old places.
  useEffect(() => virtualizer.measure(), [virtualizer, items]);
  useEffect(() => {
    // Follows the selection only: a list that changes under it must not pull the reader back.
    const at = alarmKey === null ? undefined : currentListModel().itemAt.get(alarmKey);
    if (at !== undefined) virtualizer.scrollToIndex(at, { align: 'auto' });
  }, [virtualizer, alarmKey]);

  const firstRow = model.rowKeys[0];
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      role="grid"
      aria-label="Alarms"
      aria-rowcount={items.length}
      aria-multiselectable
    >
      <div
        className={classes['canvas']}
        role="presentation"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const item = items[index];
          if (item === undefined) return null;
          if (item.type === 'group') {
            return (
              <GroupRow key={key} id={item.id} count={item.count} top={start} place={index + 1} />
            );
          }
          return (
            <AlarmRowView
              key={key}
              row={item.row}
              group={item.group}
              top={start}
              place={index + 1}
              selected={item.row.key === alarmKey}
              marked={marked.has(item.row.key)}
              tabbable={
                selectedAt === undefined ? item.row.key === firstRow : item.row.key === alarmKey
              }
              now={now}
              zone={zone}
              operator={operator}
              label={labels.get(item.row.connectionId) ?? item.row.connectionId}
            />
          );
        })}
      </div>
    </div>
  );
}

interface GroupProps {
  id: GroupId;
  count: number;
  top: number;
  place: number;
}

function GroupRow({ id, count, top, place }: GroupProps) {
  return (
    <div
      role="row"
      className={classes['group']}
      aria-rowindex={place}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell">
        <span style={{ color: groupColor(id) }}>{groupNames[id]}</span>{' '}
        <span className={classes['count']}>{count.toLocaleString('en')}</span>
      </span>
    </div>
  );
}
