/** One group of the audit. */
import {
  IconCheck,
  IconClockDown,
  IconClockUp,
  IconInfinity,
  IconMinus,
} from '@tabler/icons-react';
import type { AuditedGroup, RetentionVerdict } from '../../../shared/logs/retention';
import { safeText } from '../../ui/safe-text';
import { bytesText, usdText } from '../insights/query-words';
import { daysText, verdictWords, wantedText, whereText } from './audit-rows';
import classes from './retention.module.css';

interface Props {
  group: AuditedGroup;
  place: number;
  top: number;
  labels: ReadonlyMap<string, string>;
  marked: boolean;
  active: boolean;
  onChoose(): void;
  onMark(): void;
}

export const auditRowId = (place: number): string => `retention-row-${place}`;

const icons: Readonly<Record<RetentionVerdict, typeof IconCheck>> = {
  compliant: IconCheck,
  'too-short': IconClockUp,
  'too-long': IconClockDown,
  'never-expires': IconInfinity,
  'no-rule': IconMinus,
};

export function AuditRow({ group, place, top, labels, marked, active, onChoose, onMark }: Props) {
  const name = safeText(group.name);
  const Icon = icons[group.verdict];
  const where = safeText(whereText(group, labels));
  return (
    <div
      id={auditRowId(place)}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={marked}
      data-active={active}
      className={classes['row']}
      style={{ transform: `translateY(${top}px)` }}
      onMouseDown={onChoose}
    >
      <span role="gridcell" className={classes['box']}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Mark ${name}`}
          checked={marked}
          onChange={onMark}
        />
      </span>
      <span role="gridcell" data-column="name" className={classes['cell']} title={name}>
        {name}
      </span>
      <span role="gridcell" data-column="where" className={classes['cell']} title={where}>
        {where}
      </span>
      <span
        role="gridcell"
        data-column="verdict"
        data-verdict={group.verdict}
        className={classes['cell']}
      >
        <Icon size={14} aria-hidden /> {verdictWords[group.verdict]}
      </span>
      <span role="gridcell" data-column="has" className={classes['cell']}>
        {daysText(group.retentionDays)}
      </span>
      <span role="gridcell" data-column="wanted" className={classes['cell']}>
        {wantedText(group)}
      </span>
      <span role="gridcell" data-column="bytes" className={classes['cell']}>
        {group.storedBytes === null ? 'not known' : bytesText(group.storedBytes)}
      </span>
      <span role="gridcell" data-column="usd" className={classes['cell']}>
        {group.monthlyUsd === null ? '–' : usdText(group.monthlyUsd)}
      </span>
      <span role="gridcell" data-column="change" className={classes['cell']}>
        {changeText(group.changeUsd)}
      </span>
    </div>
  );
}

/** `−$0.27`: what a month costs less; nothing where it stays the same. */
function changeText(usd: number | null): string {
  if (usd === null) return '–';
  if (usd === 0) return '';
  return `${usd < 0 ? '−' : '+'}${usdText(Math.abs(usd))}`;
}
