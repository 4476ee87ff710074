/** One alarm in the list. */
import { IconClockExclamation, IconHomeSignal, IconStack2 } from '@tabler/icons-react';
import { memo } from 'react';
import type { CSSProperties, MouseEvent } from 'react';
import type { AlarmRow } from '../../shared/alarms/alarm';
import { isLocalKey } from '../../shared/local-rules/local-key';
import { useList } from '../stores/list';
import { useNavigation } from '../stores/navigation';
import { safeText } from '../ui/safe-text';
import { SeverityIcon, groupColor } from '../ui/SeverityIcon';
import { formatFull } from '../ui/time';
import type { TimeZone } from '../ui/time';
import classes from './AlarmList.module.css';
import type { GroupId } from './list-model';
import { markTo } from './move';
import { rowDescription, rowHolder, rowSummary, rowTime } from './row-words';

interface Props {
  row: AlarmRow;
  group: GroupId;
  /** Pixels from the top of the list. */
  top: number;
  /** 1-based place among all rows of the grid. */
  place: number;
  selected: boolean;
  marked: boolean;
  /** Takes the Tab key: the selected row, or the first when none is. */
  tabbable: boolean;
  now: number;
  zone: TimeZone;
  /** Who sits here: what they hold says `you`. */
  operator: string;
  /** The connection's name. */
  label: string;
}

/** A click selects; with Ctrl (Command) it marks, with Shift it marks the range. */
function onRowClick(event: MouseEvent, key: string): void {
  if (event.shiftKey) {
    markTo(key);
  } else if (event.ctrlKey || event.metaKey) {
    useList.getState().toggleMark(key);
  } else {
    useList.getState().clearMarks();
    useNavigation.getState().showAlarm(key);
  }
}

export const AlarmRowView = memo(function AlarmRowView(props: Props) {
  const { row, group, top, place, selected, marked, tabbable, now, zone, operator, label } = props;
  const firing = row.state === 'ALARM';
  const holder = rowHolder(row, operator, now, zone);
  const style: CSSProperties & Record<'--bar', string> = {
    transform: `translateY(${top}px)`,
    '--bar': firing ? `var(--nd-${row.severity})` : 'var(--nd-idle)',
  };
  const summary = safeText(rowSummary(row, label));
  return (
    <div
      role="row"
      className={classes['row']}
      style={style}
      aria-rowindex={place}
      aria-selected={selected}
      aria-label={safeText(row.name)}
      aria-description={safeText(rowDescription(row, group, holder))}
      tabIndex={tabbable ? 0 : -1}
      data-key={row.key}
      data-firing={firing}
      data-taken={firing && holder !== ''}
      data-stale={row.stale}
      data-marked={marked}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => onRowClick(event, row.key)}
    >
      <span className={classes['bar']} />
      <span className={classes['icon']}>
        <SeverityIcon row={row} size={17} />
      </span>
      <span role="gridcell" className={classes['what']} title={`${safeText(row.name)}\n${summary}`}>
        <span className={classes['name']}>
          {row.kind === 'composite' && (
            <IconStack2 size={13} aria-label="Composite" style={{ verticalAlign: '-2px' }} />
          )}
          {isLocalKey(row.key) && (
            <IconHomeSignal size={13} aria-label="Local rule" style={{ verticalAlign: '-2px' }} />
          )}{' '}
          {safeText(row.name)}
        </span>
        <span className={classes['sub']}>
          {row.stale && (
            <span className={classes['stale']}>
              <IconClockExclamation size={12} aria-hidden style={{ verticalAlign: '-2px' }} /> old
              data ·{' '}
            </span>
          )}
          {summary}
        </span>
      </span>
      <span role="gridcell" className={classes['when']}>
        <span
          className={classes['age']}
          title={`Since ${formatFull(row.stateSince, zone)}`}
          style={firing ? { color: groupColor(row.severity) } : undefined}
        >
          {rowTime(row, group, now, zone)}
        </span>
        <span className={classes['state']}>{safeText(holder)}</span>
      </span>
    </div>
  );
});
