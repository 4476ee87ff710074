import { isoOffset } from '../history-data';
import type { Comparison, MetricAlarmConfig, StateValue } from '../model';
import type { Verdict } from './evaluate';

/** A double as CloudWatch prints it: `10.0`, `21.5`, `1.2E7`. */
export function formatDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) {
    const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `(22/11/26 18:31:00)`: day, month, year. */
function formatTime(ms: number): string {
  const at = new Date(ms);
  return (
    `(${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${two(at.getUTCFullYear() % 100)} ` +
    `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())})`
  );
}

const phrases: Record<Comparison, string> = {
  GreaterThanThreshold: 'greater than the threshold',
  GreaterThanOrEqualToThreshold: 'greater than or equal to the threshold',
  LessThanThreshold: 'less than the threshold',
  LessThanOrEqualToThreshold: 'less than or equal to the threshold',
  LessThanLowerOrGreaterThanUpperThreshold:
    'less than the lower thresholds or greater than the upper thresholds',
  LessThanLowerThreshold: 'less than the lower thresholds',
  GreaterThanUpperThreshold: 'greater than the upper thresholds',
};

const SHOWN = 5;

/** StateReason of a metric alarm's evaluation. */
export function stateReason(
  config: MetricAlarmConfig,
  state: StateValue,
  verdict: Verdict,
): string {
  const { evaluated, missing } = verdict;
  if (state === 'INSUFFICIENT_DATA') {
    const total = config.EvaluationPeriods;
    return `Insufficient Data: ${total} datapoint${total === 1 ? ' was' : 's were'} unknown.`;
  }
  const treated = config.TreatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
  const filled = `${missing} missing datapoint${missing === 1 ? ' was' : 's were'} treated as [${treated}]`;
  if (evaluated.length === 0) {
    const periods = `${missing} period${missing === 1 ? '' : 's'}`;
    return `Threshold Crossed: no datapoints were received for ${periods} and ${filled}.`;
  }
  const threshold =
    config.ThresholdMetricId === undefined ? ` (${formatDouble(config.Threshold ?? 0)})` : '';
  const phrase = `${state === 'OK' ? 'not ' : ''}${phrases[config.ComparisonOperator]}${threshold}`;
  const shown = evaluated
    .slice(0, SHOWN)
    .map((p) => `${formatDouble(p.value)} ${formatTime(p.at)}`);
  const list = `[${shown.join(', ')}${evaluated.length > SHOWN ? ', ...' : ''}]`;
  const was = evaluated.length === 1 ? 'was' : 'were';
  const fillNote = missing > 0 && isFilled(config) ? ` and ${filled}` : '';
  if (config.DatapointsToAlarm === undefined) {
    return `Threshold Crossed: ${evaluated.length} datapoint${evaluated.length === 1 ? '' : 's'} ${list} ${was} ${phrase}${fillNote}.`;
  }
  const least =
    state === 'ALARM'
      ? config.DatapointsToAlarm
      : config.EvaluationPeriods - config.DatapointsToAlarm + 1;
  return (
    `Threshold Crossed: ${evaluated.length} out of the last ${config.EvaluationPeriods} datapoints ${list} ${was} ${phrase}${fillNote} ` +
    `(minimum ${least} datapoint${least === 1 ? '' : 's'} for ${state === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK'} transition).`
  );
}

const isFilled = (config: MetricAlarmConfig): boolean =>
  config.TreatMissingData === 'breaching' || config.TreatMissingData === 'notBreaching';

/** StateReasonData, JSON as text. `queryMs` is when it was evaluated. */
export function stateReasonData(
  config: MetricAlarmConfig,
  verdict: Verdict,
  periodSeconds: number,
  queryMs: number,
): string {
  const { evaluated } = verdict;
  const oldest = evaluated.at(-1);
  const absent = Array.from({ length: verdict.missing }, (_, index) => ({
    timestamp: isoOffset(
      Math.floor(queryMs / 60_000) * 60_000 - (index + 1) * periodSeconds * 1000,
    ),
  }));
  return JSON.stringify({
    version: '1.0',
    queryDate: isoOffset(queryMs),
    startDate: oldest === undefined ? undefined : isoOffset(oldest.at),
    unit: config.Unit,
    statistic: config.Statistic ?? config.ExtendedStatistic,
    period: periodSeconds,
    recentDatapoints: evaluated.map((point) => point.value).reverse(),
    threshold: config.Threshold,
    evaluatedDatapoints: [
      ...evaluated.map((point) => ({
        timestamp: isoOffset(point.at),
        sampleCount: config.Metrics === undefined ? point.sampleCount : undefined,
        value: point.value,
      })),
      ...(evaluated.length === 0 ? absent : []),
    ],
  });
}

/** A composite's StateReason: which child moved, and when. */
export function compositeReason(childArn: string, state: StateValue, at: number): string {
  const date = new Date(at);
  const day = date.toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' });
  const month = date.toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' });
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${childArn} transitioned to ${state} at ${day} ${two(date.getUTCDate())} ${month}, ${date.getUTCFullYear()} ${time} UTC`;
}
