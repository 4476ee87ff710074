import type { AlarmDetail, AlarmRow } from '../../shared/alarms/alarm';
import type { Incident } from '../../shared/incidents/incident';
import { connectionLabel, useConnections } from '../stores/connections';
import { useTimeZone } from '../stores/settings';
import { safeText } from '../ui/safe-text';
import { formatAge, formatDuration, formatWhen, useNow } from '../ui/time';
import type { TimeZone } from '../ui/time';
import { DetailActions } from './DetailActions';
import { Notice } from './Notice';
import { SeverityTag } from './SeverityTag';
import styles from './detail.module.css';

/** Who has it, since when, and when that lapses. */
export function ownerText(
  row: AlarmRow,
  incident: Incident | undefined,
  now: number,
  zone: TimeZone,
): string | null {
  const parts: string[] = [];
  const held = incident?.acknowledgement;
  if (row.incidentState === 'acknowledged' && held) {
    const expiry =
      held.expiresAt === null
        ? ''
        : held.expiresAt > now
          ? `, lapses in ${formatDuration(held.expiresAt - now)}`
          : ', lapsing';
    parts.push(`Acknowledged by ${held.by}, ${ago(held.at, now)}${expiry}`);
  } else if (row.incidentState === 'acknowledged') {
    parts.push(`Acknowledged${row.owner === null ? '' : ` by ${row.owner}`}`);
  }
  if (row.incidentState === 'snoozed' && row.snoozedUntil !== null) {
    const by = incident?.snooze ? ` by ${incident.snooze.by}` : '';
    parts.push(`Snoozed${by} until ${formatWhen(row.snoozedUntil, now, zone)}`);
  }
  if (row.mutedUntil !== null) parts.push(`Muted until ${formatWhen(row.mutedUntil, now, zone)}`);
  return parts.length === 0 ? null : parts.join(' · ');
}

function ago(at: number, now: number): string {
  const age = formatAge(at, now);
  return age === 'now' ? 'just now' : `${age} ago`;
}

function StaleNotice({ row, now }: { row: AlarmRow; now: number }) {
  const zone = useTimeZone();
  const status = useConnections((state) => state.byId.get(row.connectionId));
  if (!row.stale) return null;
  const region = status?.regions.find((each) => each.region === row.region);
  const at = region?.lastGoodAt ?? null;
  return (
    <Notice>
      As of {at === null ? 'an unknown time' : formatWhen(at, now, zone)}: AWS has not answered
      since, so the state may be different now.
      {region?.failure && ` ${safeText(region.failure.message)} ${safeText(region.failure.advice)}`}
    </Notice>
  );
}

interface Props {
  row: AlarmRow;
  detail: AlarmDetail | undefined;
  incident: Incident | undefined;
}

/** Name, sentence, what can be done, who has it. Drawn from the list's row at once, completed by the detail. */
export function DetailHead({ row, detail, incident }: Props) {
  const zone = useTimeZone();
  const now = useNow();
  const byId = useConnections((state) => state.byId);
  const owner = ownerText(row, incident, now, zone);
  const place = [connectionLabel(byId, row.connectionId), row.region, row.accountId];
  const state = row.state === 'INSUFFICIENT_DATA' ? 'Insufficient data' : row.state;
  return (
    <header>
      <div className={styles.heading}>
        <SeverityTag severity={row.severity} />
        <h1>{safeText(row.name)}</h1>
      </div>
      <p className={styles.sentence}>{safeText(detail?.sentence ?? row.summary)}</p>
      <p className={styles.where}>
        <strong className={row.state === 'ALARM' ? styles.firing : undefined}>{state}</strong> for{' '}
        {formatDuration(now - row.stateSince)} · {safeText(place.filter(Boolean).join(' · '))}
      </p>
      <DetailActions row={row} detail={detail} />
      {owner !== null && <p className={styles.owner}>{safeText(owner)}</p>}
      <StaleNotice row={row} now={now} />
      {row.cannotFire !== null && <Notice>Cannot fire: {safeText(row.cannotFire)}</Notice>}
    </header>
  );
}
