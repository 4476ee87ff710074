/** What begins to fire starts the runbooks that collect evidence; nothing of runbooks is loaded for that yet. */
import type { Alarm } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import type { ConnectionStatus } from '../../shared/connections/connection';
import type { IncidentService } from '../incidents/incident-service';
import type { Runbooks } from '../runbooks/runbook-parts';
import type { AlarmUpdate } from '../seams';

interface AutomaticWiring {
  incidents: Pick<IncidentService, 'onFired' | 'openIncidents'>;
  /** Those that tell of alarms. */
  sources: readonly { onUpdate(listener: (update: AlarmUpdate) => void): () => void }[];
  /** Null for an alarm that has gone. */
  alarm: (key: string) => Alarm | null;
  runbooks: Promise<Pick<Runbooks, 'fired'>>;
  clock: Clock;
  report: (problem: string) => void;
}

/** What began to fire longer before the console did is looked into by people (ms). */
const OWED_MS = 10 * 60_000;

/**
 * What is news fires. So does what an earlier console journalled a moment ago and did not live to look into, once it is
 * seen that it still fires. One that has recovered by the time it is heard of (found in CloudWatch's history) is past.
 * To be called before the first alarms are heard of. Answers how to stop.
 */
export function automaticOnFiring(wiring: AutomaticWiring): () => void {
  const { incidents, sources, alarm, runbooks, report } = wiring;
  const fire = (fired: readonly { alarm: Alarm; since?: number }[]): void => {
    if (fired.length === 0) return;
    runbooks
      .then((ready) => {
        for (const one of fired) ready.fired(one.alarm, one.since);
      })
      .catch((cause: unknown) => report(`Runbooks did not run by themselves: ${String(cause)}`));
  };
  const owed = owedOf(wiring);
  const stops = [
    incidents.onFired((transitions) => {
      const keys = new Set(transitions.map(({ alarmKey }) => alarmKey));
      fire(
        [...keys].flatMap((key) => {
          const found = alarm(key);
          return found?.state === 'ALARM' ? [{ alarm: found }] : [];
        }),
      );
    }),
    ...sources.map((source) =>
      source.onUpdate(({ upserted }) => {
        if (owed.size === 0) return;
        fire(
          upserted.flatMap((found) => {
            const since = owed.get(found.key);
            owed.delete(found.key);
            return since === undefined || found.state !== 'ALARM' ? [] : [{ alarm: found, since }];
          }),
        );
      }),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** By alarm: when its open incident began (ms), where that was a moment ago. */
function owedOf({ incidents, clock }: AutomaticWiring): Map<string, number> {
  const now = clock.now();
  return new Map(
    incidents
      .openIncidents()
      .filter(({ openedAt }) => now - openedAt < OWED_MS)
      .map(({ alarmKey, openedAt }) => [alarmKey, openedAt]),
  );
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
