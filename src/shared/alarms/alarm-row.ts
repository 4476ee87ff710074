import type { Incident } from '../incidents/incident';
import type { Severity } from '../severity/severity';
import type { Alarm, AlarmRow } from './alarm';
import { cannotFire } from './cannot-fire';
import { summarize } from './summary';

/** What a row shows beside the alarm itself. Times ms UTC. */
export interface RowContext {
  now: number;
  severity: Severity;
  mutedUntil: number | null;
  /** Transitions into ALARM in the last 20 minutes. */
  flaps: number;
  /** When it last came out of ALARM, if lately enough to show. */
  recoveredAt: number | null;
  stale: boolean;
}

/** The list's view of an alarm and its newest incident; a resolved incident leaves only its recovery. */
export function toAlarmRow(alarm: Alarm, incident: Incident | null, context: RowContext): AlarmRow {
  const open = incident !== null && incident.state !== 'resolved' ? incident : null;
  return {
    key: alarm.key,
    name: alarm.name,
    connectionId: alarm.connectionId,
    accountId: alarm.accountId,
    region: alarm.region,
    kind: alarm.kind,
    state: alarm.state,
    severity: context.severity,
    summary: summarize(alarm),
    stateSince: alarm.stateTransitionedAt,
    incidentId: open?.id ?? null,
    incidentState: open === null || open.state === 'resolved' ? null : open.state,
    owner: open?.acknowledgement?.by ?? null,
    acknowledgedAt: open?.acknowledgement?.at ?? null,
    snoozedUntil: open?.snooze?.until ?? null,
    mutedUntil: context.mutedUntil,
    flaps: context.flaps,
    recoveredAt: context.recoveredAt,
    cannotFire: cannotFire(alarm, context.now),
    actionsEnabled: alarm.actionsEnabled,
    stale: context.stale,
  };
}
