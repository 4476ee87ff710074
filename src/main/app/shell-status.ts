import type { AlarmState } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import type { ConnectionStatus } from '../../shared/connections/connection';
import type { Incident } from '../../shared/incidents/incident';
import { severities } from '../../shared/severity/severity';
import type { ShellStatus } from '../shell/status-text';
import type { Banners } from './banners';

const timeOfDay = (ms: number): string =>
  new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** What title, tray and badge say: of the open incidents whose alarm still fires, and of what is not seen. */
export function shellStatus(
  incidents: Incident[],
  stateOf: (alarmKey: string) => AlarmState | null,
  statuses: ConnectionStatus[],
): ShellStatus {
  const firing = incidents.filter((incident) => stateOf(incident.alarmKey) === 'ALARM');
  const blind = statuses.flatMap(({ regions }) =>
    regions.flatMap(({ blindSince }) => (blindSince === null ? [] : [blindSince])),
  );
  return {
    firing: firing.length,
    unacknowledged: firing.filter(({ state }) => state === 'triggered').length,
    worst: severities.find((severity) => firing.some((one) => one.severity === severity)) ?? null,
    blindSince: blind.length === 0 ? null : Math.min(...blind),
  };
}

/** One banner per connection that cannot be seen, naming kind, age and what to do. */
export function connectionBanners(
  statuses: ConnectionStatus[],
  banners: Banners,
  shown: Set<string>,
): void {
  const failing = new Set<string>();
  for (const { connection, regions } of statuses) {
    const region =
      regions.find(({ blindSince, failure }) => blindSince !== null && failure !== null) ??
      regions.find(({ failure }) => failure !== null && failure.kind !== 'throttled');
    if (region?.failure == null) continue;
    const id = `connection:${connection.id}`;
    failing.add(id);
    const blind = region.blindSince === null ? '' : `: blind since ${timeOfDay(region.blindSince)}`;
    banners.set(id, {
      level: region.blindSince === null ? 'warning' : 'error',
      text: `${connection.label} ${region.region}${blind}. ${region.failure.message}`,
      advice: region.failure.advice,
      action: { label: 'Try again', command: 'refresh' },
      dismissible: true,
    });
  }
  for (const id of shown) if (!failing.has(id)) banners.set(id, null);
  shown.clear();
  for (const id of failing) shown.add(id);
}

/** Runs `task` every `everyMs` on the given clock until stopped; never overlaps, as `task` is synchronous. */
export function every(clock: Clock, everyMs: number, task: () => void): () => void {
  let cancel = clock.after(everyMs, function again() {
    task();
    cancel = clock.after(everyMs, again);
  });
  return () => cancel();
}
