import type { Alarm } from '../../shared/alarms/alarm';
import { toTimelineEntry } from '../../shared/alarms/history';
import type { Clock } from '../../shared/clock';
import type { TimelineEntry } from '../../shared/incidents/incident';
import { isLocalKey } from '../../shared/local-rules/local-key';
import type { ReadApi } from './region-reader';
import { RegionReader } from './region-reader';

const KEPT_MS = 30 * 86_400_000;
const SHOWN_MAX = 300;

/** What CloudWatch recorded of one alarm in its 30 days, newest first, at most 300 entries. Rejects with `AwsFailure`. */
export async function alarmTimeline(
  api: ReadApi,
  alarm: Alarm,
  clock: Clock,
  signal: AbortSignal,
): Promise<TimelineEntry[]> {
  // CloudWatch knows nothing of a local rule, but perhaps of an alarm with the same name.
  if (isLocalKey(alarm.key)) return [];
  const now = clock.now();
  const reader = new RegionReader(api, clock);
  // A clock that runs behind AWS's would otherwise cut off the newest entries.
  const end = now + 30 * 60_000;
  const items = await reader.historyOf(alarm.name, now - KEPT_MS, end, SHOWN_MAX, signal);
  return items.map(toTimelineEntry);
}
