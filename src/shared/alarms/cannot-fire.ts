import { durationText } from '../notify/duration-text';
import type { Alarm } from './alarm';

/** CloudWatch needs at most a day of evaluation range; without data for longer nobody is being watched over. */
const LONG_WITHOUT_DATA_MS = 24 * 3_600_000;
/** A new alarm rightly waits for its first periods. */
const NEW_ALARM_MS = 2 * 3_600_000;

/**
 * A sentence why the alarm can never fire as things are, or null. That its actions are switched off is
 * not such a reason: it still changes state and the console still tells.
 */
export function cannotFire(alarm: Alarm, now: number): string | null {
  if (alarm.composite !== null) return impossibleComposite(alarm.composite.expression);
  const { metric } = alarm;
  if (metric === null) return null;
  if (metric.datapointsToAlarm > metric.evaluationPeriods) {
    return `It needs ${metric.datapointsToAlarm} breaching datapoints out of only ${metric.evaluationPeriods}.`;
  }
  if (alarm.state !== 'INSUFFICIENT_DATA' || metric.treatMissingData === 'breaching') return null;
  const since = now - alarm.stateTransitionedAt;
  // An alarm starts in INSUFFICIENT_DATA, so one that never left it has never had a datapoint.
  const neverHadData =
    Math.abs(alarm.stateTransitionedAt - alarm.configurationUpdatedAt) < 5 * 60_000;
  if (neverHadData && since > NEW_ALARM_MS) {
    return `Its metric has had no data since the alarm was made, ${durationText(since)} ago.`;
  }
  return since > LONG_WITHOUT_DATA_MS
    ? `Its metric has had no data for ${durationText(since)}.`
    : null;
}

function impossibleComposite(expression: string): string | null {
  return /^\s*FALSE\s*$/i.test(expression) ? 'Its rule is always FALSE.' : null;
}
