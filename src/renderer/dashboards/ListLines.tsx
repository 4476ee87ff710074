/** The kinds of lines in the list of dashboards. */
import {
  IconAlertTriangle,
  IconClockExclamation,
  IconFile,
  IconLayoutDashboard,
  IconSparkles,
  IconStar,
  IconStarFilled,
  IconX,
} from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import type { DashboardEntry, DashboardSource } from '../../shared/dashboards/listing';
import { safeText } from '../ui/safe-text';
import { formatAge, useNow } from '../ui/time';
import { favourite, forget, refreshList } from './actions';
import type { ListLine } from './list-items';
import { useDashboards } from './store';
import classes from './list.module.css';

interface Place {
  top: number;
  height: number;
  index: number;
}

const styleOf = ({ top, height }: Place): CSSProperties => ({
  transform: `translateY(${top}px)`,
  height,
});

export function SectionLine({
  line,
  place,
}: {
  line: Extract<ListLine, { kind: 'section' }>;
  place: Place;
}) {
  return (
    <div
      role="row"
      aria-rowindex={place.index}
      className={classes['section']}
      style={styleOf(place)}
    >
      <span role="gridcell">
        {safeText(line.title)} <span className={classes['count']}>{line.count}</span>
      </span>
    </div>
  );
}

function sourceWords(source: DashboardSource, now: number): string {
  switch (source.phase) {
    case 'loading':
      return 'Asking for its dashboards…';
    case 'ready':
      return 'It has no dashboards.';
    case 'failed':
      return source.failure?.message ?? 'Its dashboards could not be listed.';
    case 'stale': {
      const age = source.asOf === null ? '' : ` ${formatAge(source.asOf, now)} old.`;
      return `${source.failure?.message ?? 'It did not answer.'} The list is${age === '' ? ' old.' : age}`;
    }
  }
}

export function SourceLine({ source, place }: { source: DashboardSource; place: Place }) {
  const now = useNow(10_000);
  const troubled = source.phase === 'failed' || source.phase === 'stale';
  const Icon = source.phase === 'stale' ? IconClockExclamation : IconAlertTriangle;
  const words = safeText(sourceWords(source, now));
  const advice = safeText(source.failure?.advice ?? '');
  return (
    <div
      role="row"
      aria-rowindex={place.index}
      className={classes['source']}
      data-troubled={troubled}
      style={styleOf(place)}
    >
      <span role="gridcell" title={`${words} ${advice}`}>
        {troubled && <Icon size={13} aria-hidden />} {words}
      </span>
      {troubled && (
        <span role="gridcell">
          <button type="button" onClick={refreshList}>
            Try again
          </button>
        </span>
      )}
    </div>
  );
}

function EntryIcon({ source }: { source: DashboardEntry['source'] }) {
  switch (source) {
    case 'cloudwatch':
      return <IconLayoutDashboard size={15} aria-hidden />;
    case 'file':
      return <IconFile size={15} aria-hidden />;
    case 'starter':
      return <IconSparkles size={15} aria-hidden />;
  }
}

interface EntryProps {
  entry: DashboardEntry;
  place: Place;
  selected: boolean;
  tabbable: boolean;
}

export function EntryLine({ entry, place, selected, tabbable }: EntryProps) {
  const name = safeText(entry.name);
  const where = entry.path ?? entry.region ?? 'comes with Nightdesk';
  const open = (): void => useDashboards.getState().open(entry.id);
  const Star = entry.favourite ? IconStarFilled : IconStar;
  return (
    <div
      role="row"
      aria-label={name}
      aria-rowindex={place.index}
      aria-selected={selected}
      tabIndex={tabbable ? 0 : -1}
      className={classes['entry']}
      style={styleOf(place)}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
        event.preventDefault();
        open();
      }}
    >
      <EntryIcon source={entry.source} />
      <span role="gridcell" className={classes['name']} title={`${name}\n${safeText(where)}`}>
        {name}
      </span>
      <span role="gridcell" className={classes['buttons']}>
        {entry.source === 'file' && (
          <button
            type="button"
            aria-label={`Forget ${name}`}
            title="Take it off this list; the file stays"
            onClick={(event) => {
              event.stopPropagation();
              forget(entry.id);
            }}
          >
            <IconX size={14} aria-hidden />
          </button>
        )}
        <button
          type="button"
          aria-label={`Favourite ${name}`}
          aria-pressed={entry.favourite}
          onClick={(event) => {
            event.stopPropagation();
            favourite(entry);
          }}
        >
          <Star size={14} aria-hidden />
        </button>
      </span>
    </div>
  );
}
