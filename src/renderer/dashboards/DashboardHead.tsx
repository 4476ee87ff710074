/** What is open, where it is from, how old it is, and whose metrics it shows. */
import { NativeSelect } from '@mantine/core';
import { IconClockExclamation, IconStar, IconStarFilled } from '@tabler/icons-react';
import type { OpenedDashboard } from '../../shared/dashboards/listing';
import type { ReadResult } from '../../shared/dashboards/read-result';
import { connectionLabel, useConnections } from '../stores/connections';
import { useTimeZone } from '../stores/settings';
import { safeText } from '../ui/safe-text';
import { formatAge, formatFull, useNow } from '../ui/time';
import { favourite } from './actions';
import { useListing } from './listing-store';
import { useDashboards } from './store';
import type { DashboardPlace } from './store';
import classes from './page.module.css';

type Format = Extract<ReadResult, { kind: 'read' }>['format'];

const formats: Record<Format, string> = {
  cloudwatch: 'CloudWatch dashboard',
  cloudformation: 'CloudFormation template',
  grafana: 'Grafana dashboard',
  alarms: 'Alarms',
};

function ago(at: number, now: number): string {
  const age = formatAge(at, now);
  return age === 'now' ? 'just now' : `${age} ago`;
}

interface Props {
  opened: OpenedDashboard;
  name: string | null;
  place: DashboardPlace | null;
  format: Format | null;
}

export function DashboardHead({ opened, name, place, format }: Props) {
  const { entry } = opened;
  const title = safeText(name === null || name === '' ? entry.name : name);
  const listed = useListing((state) => state.listing?.entries.find((each) => each.id === entry.id));
  const starred = listed?.favourite ?? entry.favourite;
  const Star = starred ? IconStarFilled : IconStar;
  return (
    <header className={classes['head']}>
      <h1 title={title}>{title}</h1>
      <button
        type="button"
        className={classes['star']}
        aria-label="Favourite"
        aria-pressed={starred}
        onClick={() => favourite(listed ?? entry)}
      >
        <Star size={15} aria-hidden />
      </button>
      <Source opened={opened} format={format} />
      {entry.source !== 'cloudwatch' && place !== null && (
        <PlacePicker id={entry.id} place={place} />
      )}
    </header>
  );
}

function Source({ opened, format }: { opened: OpenedDashboard; format: Format | null }) {
  const { entry, asOf, failure } = opened;
  const byId = useConnections((state) => state.byId);
  const zone = useTimeZone();
  const now = useNow(10_000);
  const from =
    entry.connectionId !== null
      ? connectionLabel(byId, entry.connectionId)
      : (entry.path ?? 'comes with Nightdesk');
  const kind = format === null ? '' : `${formats[format]} · `;
  return (
    <span className={classes['from']} title={safeText(from)}>
      {kind}
      {safeText(from)}
      {entry.modifiedAt !== null && (
        <span title={formatFull(entry.modifiedAt, zone)}>
          {' '}
          · changed {ago(entry.modifiedAt, now)}
        </span>
      )}
      {failure !== null && (
        <span className={classes['old']} title={safeText(`${failure.message} ${failure.advice}`)}>
          {' '}
          <IconClockExclamation size={13} aria-hidden /> read {ago(asOf, now)}:{' '}
          {safeText(failure.message)}
        </span>
      )}
    </span>
  );
}

/** Files say which metrics, not whose: a connection and a region are picked. */
function PlacePicker({ id, place }: { id: string; place: DashboardPlace }) {
  const list = useConnections((state) => state.list);
  const data = list.flatMap(({ connection }) =>
    connection.regions.map((region) => ({
      value: `${connection.id}|${region}`,
      label: safeText(`${connection.label} ${region}`),
    })),
  );
  return (
    <NativeSelect
      size="xs"
      aria-label="Connection"
      value={`${place.connectionId}|${place.region}`}
      data={data}
      onChange={(event) => {
        const value = event.currentTarget.value;
        const at = value.lastIndexOf('|');
        useDashboards
          .getState()
          .setPlace(id, { connectionId: value.slice(0, at), region: value.slice(at + 1) });
      }}
    />
  );
}
