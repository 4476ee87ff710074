/** Whether a runbook belongs to an alarm. */
import type { Alarm } from '../alarms/alarm';
import { globMatches } from '../severity/glob';
import type { AlarmMatch } from './runbook';

type Matched = Pick<Alarm, 'name' | 'metric' | 'tags'>;

/** One of the matches fits; within each, everything that is named does. Without any, it belongs to none. */
export function fitsAlarm(
  matches: readonly AlarmMatch[] | undefined,
  alarm: Matched,
  severity: string,
): boolean {
  return (matches ?? []).some((match) => fits(match, alarm, severity));
}

function fits(match: AlarmMatch, alarm: Matched, severity: string): boolean {
  const queries = alarm.metric?.queries ?? [];
  const some = (pattern: string | undefined, field: 'namespace' | 'metricName'): boolean =>
    pattern === undefined || queries.some((query) => globMatches(pattern, query[field] ?? ''));
  return (
    (match.name === undefined || globMatches(match.name, alarm.name)) &&
    (match.severity === undefined || match.severity.some((one) => one === severity)) &&
    some(match.namespace, 'namespace') &&
    some(match.metric, 'metricName') &&
    Object.entries(match.tag ?? {}).every(([key, value]) =>
      globMatches(value, alarm.tags?.[key] ?? ''),
    )
  );
}
