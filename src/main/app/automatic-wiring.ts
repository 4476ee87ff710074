/** What begins to fire starts the runbooks that collect evidence; nothing of runbooks is loaded for that yet. */
import type { Alarm } from '../../shared/alarms/alarm';
import type { ConnectionStatus } from '../../shared/connections/connection';
import type { IncidentService } from '../incidents/incident-service';
import type { Runbooks } from '../runbooks/runbook-parts';

interface AutomaticWiring {
  incidents: Pick<IncidentService, 'onFired'>;
  /** Null for an alarm that has gone. */
  alarm: (key: string) => Alarm | null;
  runbooks: Promise<Pick<Runbooks, 'fired'>>;
  report: (problem: string) => void;
}

/**
 * Only what is news fires: not what the journal knew before this start. One that has recovered by the time it is heard
 * of (found in CloudWatch's history) is past. Answers how to stop.
 */
export function automaticOnFiring({
  incidents,
  alarm,
  runbooks,
  report,
}: AutomaticWiring): () => void {
  return incidents.onFired((transitions) => {
    const firing = new Map(
      transitions.flatMap(({ alarmKey }) => {
        const found = alarm(alarmKey);
        return found?.state === 'ALARM' ? [[alarmKey, found] as const] : [];
      }),
    );
    runbooks
      .then((ready) => {
        for (const one of firing.values()) ready.fired(one);
      })
      .catch((cause: unknown) => report(`Runbooks did not run by themselves: ${String(cause)}`));
  });
}

/** Why nothing can be read there now, in a few words; null when it can. */
export function unreadable(
  statuses: readonly ConnectionStatus[],
  connectionId: string,
  region: string,
): string | null {
  const status = statuses.find(({ connection }) => connection.id === connectionId);
  if (status === undefined) return 'its connection has gone';
  if (status.connection.paused) return 'its connection is paused';
  const failure = status.regions.find((one) => one.region === region)?.failure ?? null;
  switch (failure?.kind) {
    case 'denied':
    case 'credentials-expired':
    case 'credentials-missing':
      return `its connection cannot read: ${failure.message}`;
    case 'paused':
      return 'the cost cap is reached';
    default:
      // What is slow or away for a moment may answer the next call.
      return null;
  }
}
