/** One row, whole: every value as it came, and what CloudWatch finds the record by. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCopy, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { copyText } from '../../alarms/actions';
import { useTimeZone } from '../../stores/settings';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { formatDate, zoneLabel } from '../../ui/time';
import type { TimeZone } from '../../ui/time';
import { stripAnsi } from '../../../shared/logs/ansi';
import { momentText } from './ResultRowView';
import classes from './insights.module.css';
import type { InsightsQuery } from '../../../shared/logs/insights';
import { lineDetail } from '../../../shared/logs/line-detail';
import { aroundOf, showAround } from './around';
import { rowObject, timeOf } from './result-rows';
import type { ResultRow } from './result-rows';
import type { HeldRows } from './store';
import { copyRow } from './table-actions';

interface Props {
  asked: InsightsQuery;
  held: HeldRows;
  row: ResultRow;
  place: number;
  where: readonly string[] | null;
  onClose(): void;
}

/** A value longer than this is cut on screen; it is copied whole. */
const MOST_LETTERS = 20_000;

export function RowDetail({ asked, held, row, place, where, onClose }: Props) {
  const zone = useTimeZone();
  const around = useMemo(() => aroundOf(held.columns, row, asked), [held, row, asked]);
  const close = useRef<HTMLButtonElement>(null);
  const section = useRef<HTMLElement>(null);
  useEffect(() => close.current?.focus(), []);
  useEffect(() => {
    const element = section.current;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    };
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  return (
    <section ref={section} className={classes['detail']} aria-label="The row">
      <div className={classes['detailHead']}>
        <h2>Row {place + 1}</h2>
        {around !== null && (
          <Button
            size="compact-xs"
            variant="default"
            title="Searches for all lines of its log group from a minute before to a minute after it"
            onClick={() => showAround(around)}
          >
            Lines around it
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={() => copyRow(held, row, where)}>
          Copy as JSON
        </Button>
        <ActionIcon
          ref={close}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label="Close the row"
          onClick={onClose}
        >
          <IconX size={15} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes['values']} role="region" aria-label="Its values" tabIndex={0}>
        <dl>
          {Object.entries(rowObject(held.columns, row, where)).map(([name, value]) => (
            <Entry key={name} name={name} value={value} zone={zone} />
          ))}
        </dl>
      </div>
    </section>
  );
}

/** JSON over lines, behind what stands before it; anything else as it is. */
function laidOut(value: string): string {
  const { pretty } = lineDetail(value);
  return stripAnsi(pretty === null ? value : value.slice(0, value.search(/[[{]/)) + pretty);
}

/** `2026-01-31 02:14:07.123 UTC`. */
const fullMoment = (at: number, zone: TimeZone): string =>
  `${formatDate(at, zone)} ${momentText(at, zone).slice(6)} ${zoneLabel(at, zone)}`;

function Entry({ name, value, zone }: { name: string; value: string; zone: TimeZone }) {
  const at = timeOf(value);
  const text = at === null ? laidOut(value) : fullMoment(at, zone);
  return (
    <>
      <dt>
        {safeText(name)}
        <Tooltip label="Copy">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="xs"
            aria-label={`Copy ${safeText(name)}`}
            onClick={() => void copyText(value, safeText(name))}
          >
            <IconCopy size={12} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </dt>
      <dd>
        {safeMultiline(text.slice(0, MOST_LETTERS))}
        {text.length > MOST_LETTERS && ' … (cut; copy it for all of it)'}
      </dd>
    </>
  );
}
