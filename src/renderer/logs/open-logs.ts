/** From an alarm to its logs. */
import type { Alarm } from '../../shared/alarms/alarm';
import { rangeOf } from '../../shared/dashboards/time-range';
import { useNavigation } from '../stores/navigation';
import { useLogs } from './store';

/** Looked at before and after the moment an alarm fired (ms). */
const AROUND_MS = 15 * 60_000;

/** Shows the logs page with the groups an alarm's lines are most likely in, around the time it fired. */
export async function openLogsOfAlarm(alarm: Alarm): Promise<void> {
  const sinceMs = alarm.stateTransitionedAt;
  const { setAlarm, setRange, showTab } = useLogs.getState();
  setAlarm({ alarmKey: alarm.key, name: alarm.name, sinceMs });
  setRange(
    rangeOf({
      startMs: sinceMs - AROUND_MS,
      endMs: Math.min(Date.now(), sinceMs + AROUND_MS),
    }),
  );
  showTab('search');
  useNavigation.getState().show('logs');
}
