import { assertNever } from '../../shared/assert-never';
import type { Comparison, MetricAlarmConfig, MissingData, StateValue } from '../model';

/** One period's value, newest last in a range; null where nothing was published. */
export interface Datapoint {
  at: number;
  value: number | null;
  sampleCount: number;
  /** Of an anomaly-detection band. */
  lower?: number | null;
  upper?: number | null;
}

/** Which datapoints decided, for the reason. */
export interface Verdict {
  /** Null: stays as it is. */
  state: StateValue | null;
  breaching: boolean;
  /** The existing datapoints looked at, newest first. */
  evaluated: (Datapoint & { value: number })[];
  /** Periods without data that had to be filled in. */
  missing: number;
}

/** CloudWatch looks this many periods further back than it needs, so that late data does not count as missing. */
export const EXTRA_PERIODS = 2;

/** Whether a value is on the wrong side. */
export function breaches(
  comparison: Comparison,
  point: Datapoint & { value: number },
  threshold: number,
): boolean {
  const { value } = point;
  const lower = point.lower ?? -Infinity;
  const upper = point.upper ?? Infinity;
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
    case 'LessThanLowerThreshold':
      return value < lower;
    case 'GreaterThanUpperThreshold':
      return value > upper;
    case 'LessThanLowerOrGreaterThanUpperThreshold':
      return value < lower || value > upper;
    default:
      return assertNever(comparison);
  }
}

type Rule = Pick<
  MetricAlarmConfig,
  | 'ComparisonOperator'
  | 'EvaluationPeriods'
  | 'DatapointsToAlarm'
  | 'Threshold'
  | 'TreatMissingData'
>;

/**
 * Decides an alarm's state from the datapoints of its evaluation range (`EvaluationPeriods + EXTRA_PERIODS`, oldest first).
 * Existing datapoints are preferred to filled ones; how missing ones count, and the early ALARM of a lone old breach, follow
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluateDatapoints(rule: Rule, range: readonly Datapoint[]): Verdict {
  const needed = rule.EvaluationPeriods;
  const toAlarm = rule.DatapointsToAlarm ?? needed;
  const treatment: MissingData = rule.TreatMissingData ?? 'missing';
  const newestFirst = [...range].reverse();
  const evaluated = newestFirst.filter(hasValue).slice(0, needed);
  const bad = evaluated.filter((point) =>
    breaches(rule.ComparisonOperator, point, rule.Threshold ?? 0),
  );
  const missing = needed - evaluated.length;
  const verdict = (state: StateValue | null): Verdict => ({
    state,
    breaching: state === 'ALARM',
    evaluated,
    missing,
  });

  if (missing === 0) return verdict(bad.length >= toAlarm ? 'ALARM' : 'OK');
  switch (treatment) {
    case 'breaching':
      return verdict(bad.length + missing >= toAlarm ? 'ALARM' : 'OK');
    case 'notBreaching':
      return verdict(bad.length >= toAlarm ? 'ALARM' : 'OK');
    case 'ignore':
    case 'missing': {
      if (evaluated.length === 0)
        return verdict(treatment === 'missing' ? 'INSUFFICIENT_DATA' : null);
      if (bad.length >= toAlarm) return verdict('ALARM');
      if (bad.length < evaluated.length) return verdict('OK');
      if (treatment === 'ignore') return verdict(null);
      const oldestBad = newestFirst.findLastIndex(hasValue);
      return verdict(oldestBad + 1 >= toAlarm ? 'ALARM' : null);
    }
    default:
      return assertNever(treatment);
  }
}

const hasValue = (point: Datapoint): point is Datapoint & { value: number } => point.value !== null;
