/** What a row says in words, apart from how it is drawn. */
import type { AlarmRow } from '../../shared/alarms/alarm';
import { formatAge, formatClock, formatDuration, formatWhen } from '../ui/time';
import type { TimeZone } from '../ui/time';
import type { GroupId } from './list-model';

export const groupNames: Record<GroupId, string> = {
  critical: 'Critical',
  security: 'Security',
  warning: 'Warning',
  business: 'Business',
  info: 'Info',
  unsure: 'Not known: data is old',
  recovered: 'Recently recovered',
  'cannot-fire': 'Cannot fire',
  'no-data': 'No data',
  ok: 'OK',
  listed: 'Alarms',
};

function ago(at: number, now: number): string {
  const age = formatAge(at, now);
  return age === 'now' ? 'now' : `${age} ago`;
}

/** Who has it or until when it is quiet; empty when nobody has. */
export function rowHolder(row: AlarmRow, operator: string, now: number, zone: TimeZone): string {
  if (row.incidentState === 'snoozed' && row.snoozedUntil !== null) {
    return `snoozed to ${formatWhen(row.snoozedUntil, now, zone)}`;
  }
  if (row.incidentState === 'acknowledged') {
    const who = row.owner === null ? 'taken' : row.owner === operator ? 'you' : row.owner;
    return row.acknowledgedAt === null ? who : `${who}, ${ago(row.acknowledgedAt, now)}`;
  }
  if (row.mutedUntil !== null) return `muted to ${formatWhen(row.mutedUntil, now, zone)}`;
  return '';
}

/** The time that matters for a row in its group. */
export function rowTime(row: AlarmRow, group: GroupId, now: number, zone: TimeZone): string {
  if (row.state === 'ALARM') return formatAge(row.stateSince, now);
  if (group === 'recovered' && row.recoveredAt !== null) return formatClock(row.recoveredAt, zone);
  if (group === 'cannot-fire') return '—';
  return formatDuration(now - row.stateSince);
}

/** The second line: what broke, and where. */
export function rowSummary(row: AlarmRow, label: string): string {
  const flapped = row.flaps > 1 ? `flapped ${row.flaps}× in 20 min` : null;
  const what = row.state !== 'ALARM' && row.cannotFire !== null ? row.cannotFire : row.summary;
  const off = row.state === 'ALARM' && !row.actionsEnabled ? 'actions off' : null;
  return [flapped, what, off, label, row.region]
    .filter((part): part is string => part !== null && part !== '')
    .join(' · ');
}

/** State, severity and holder in one sentence, for those who cannot see the colours. */
export function rowDescription(row: AlarmRow, group: GroupId, holder: string): string {
  const state = row.state === 'ALARM' ? `${row.severity}, firing` : groupNames[group].toLowerCase();
  const stale = row.stale ? ', data is old' : '';
  return `${state}${stale}${holder === '' ? '' : `, ${holder}`}`;
}
