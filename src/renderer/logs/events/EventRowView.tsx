/** One event in the grid. Whatever its line holds is text and nothing else. */
import { memo } from 'react';
import type { LogSource } from '../../../shared/logs/log-event';
import { assertNever } from '../../../shared/assert-never';
import { connectionLabel, useConnections } from '../../stores/connections';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { formatClockSeconds, formatDate, formatFull } from '../../ui/time';
import type { TimeZone } from '../../ui/time';
import classes from './events.module.css';
import { fieldText, wordsOf } from './event-words';
import type { PlacedColumn } from './grid-columns';
import { stretches } from './highlight';
import { rowId } from './row-layout';
import type { EventRow } from './row-pages';

interface Props {
  place: number;
  height: number;
  /** Undefined while it is on its way. */
  row: EventRow | undefined;
  sources: readonly LogSource[];
  columns: readonly PlacedColumn[];
  zone: TimeZone;
  wrap: boolean;
  raw: boolean;
  finder: RegExp | null;
  selected: boolean;
  onSelect(seq: number): void;
}

export const EventRowView = memo(
  function EventRowView(props: Props) {
    const { place, height, row, columns, selected, onSelect } = props;
    const level = row === undefined ? null : wordsOf(row).level;
    return (
      <div
        id={row === undefined ? undefined : rowId(row.seq)}
        className={classes['row']}
        role="row"
        aria-rowindex={place + 2}
        aria-selected={selected}
        aria-busy={row === undefined}
        data-level={level ?? undefined}
        data-wrap={props.wrap}
        style={{ height }}
        onClick={() => {
          if (row !== undefined) onSelect(row.seq);
        }}
      >
        {columns.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            className={classes['cell']}
            data-kind={column.kind}
            data-pinned={column.pinned}
            style={{ width: column.width, ...(column.pinned ? { left: column.left } : {}) }}
          >
            {row !== undefined && <Cell {...props} row={row} column={column} />}
          </div>
        ))}
      </div>
    );
  },
  (before, after) =>
    before.row === after.row &&
    before.place === after.place &&
    before.height === after.height &&
    before.columns === after.columns &&
    before.sources === after.sources &&
    before.selected === after.selected &&
    before.finder === after.finder &&
    before.zone === after.zone &&
    before.wrap === after.wrap &&
    before.raw === after.raw,
);

function Cell({
  row,
  column,
  sources,
  zone,
  wrap,
  raw,
  finder,
}: Props & { row: EventRow; column: PlacedColumn }) {
  switch (column.kind) {
    case 'time':
      return <Time ms={row.timestamp} zone={zone} />;
    case 'level':
      return <span className={classes['level']}>{wordsOf(row).level ?? ''}</span>;
    case 'where':
      return <Where source={sources[row.source]} />;
    case 'field':
      return <Text text={safeText(fieldText(row, column.path))} finder={finder} />;
    case 'message': {
      const { message, mended } = wordsOf(row);
      const text = raw ? row.text : message;
      return (
        <>
          {mended && !raw && (
            <span
              className={classes['mended']}
              title="Garbled text, shown mended; the detail has the original"
            >
              mended{' '}
            </span>
          )}
          <Text text={wrap ? safeMultiline(text) : safeText(text)} finder={finder} />
        </>
      );
    }
    default:
      return assertNever(column.kind);
  }
}

function Time({ ms, zone }: { ms: number; zone: TimeZone }) {
  const part = String(Math.floor(ms) % 1_000).padStart(3, '0');
  return (
    <time title={formatFull(ms, zone)}>
      <span className={classes['date']}>{formatDate(ms, zone).slice(5)} </span>
      {formatClockSeconds(ms, zone)}
      <span className={classes['date']}>.{part}</span>
    </time>
  );
}

function Where({ source }: { source: LogSource | undefined }) {
  const byId = useConnections((state) => state.byId);
  if (source === undefined) return null;
  const { connectionId, region, group, stream } = source;
  const whole = `${connectionLabel(byId, connectionId)} ${region} ${group} ${stream}`;
  // The end of a group's name tells it apart from its neighbours.
  return <span title={safeText(whole)}>{safeText(group.split('/').slice(-2).join('/'))}</span>;
}

function Text({ text, finder }: { text: string; finder: RegExp | null }) {
  if (finder === null) return text;
  return stretches(text, finder).map((stretch, at) =>
    stretch.marked ? <mark key={at}>{stretch.text}</mark> : stretch.text,
  );
}
