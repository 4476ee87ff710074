/** An alarm's fields in people's words, and how a text with open parts is compared. */
import type { AlarmMetricQuery, MetricRule } from '../../alarms/alarm';

/** Namespace, name and dimensions in a fixed order, or the expression. */
export function metricText(query: AlarmMetricQuery): string {
  if (query.expression !== null) return query.expression.replaceAll(/\s+/g, '');
  const dimensions = query.dimensions
    .map(({ name, value }) => `${name}=${value}`)
    .toSorted()
    .join(', ');
  const account = query.accountId === null ? '' : ` of account ${query.accountId}`;
  const name = `${query.namespace ?? 'no namespace'} ${query.metricName ?? 'no metric'}${account}`;
  return dimensions === '' ? name : `${name} (${dimensions})`;
}

export const numberText = (value: number | null): string =>
  value === null ? 'none' : String(value);

export function periodsText({ datapointsToAlarm: m, evaluationPeriods: n }: MetricRule): string {
  return `${m} of ${n}`;
}

export function missingText({ treatMissingData }: MetricRule): string {
  switch (treatMissingData) {
    case 'missing':
      return 'stays missing';
    case 'notBreaching':
      return 'counts as good';
    case 'breaching':
      return 'counts as breaching';
    case 'ignore':
      return 'is ignored';
  }
}

export function comparisonText(comparison: string): string {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return 'above';
    case 'GreaterThanOrEqualToThreshold':
      return 'at or above';
    case 'LessThanThreshold':
      return 'below';
    case 'LessThanOrEqualToThreshold':
      return 'at or below';
    case 'GreaterThanUpperThreshold':
      return 'above the band';
    case 'LessThanLowerThreshold':
      return 'below the band';
    case 'LessThanLowerOrGreaterThanUpperThreshold':
      return 'outside the band';
    default:
      return comparison;
  }
}

/** Whether a text could be the declared one once its open parts are known. Linear in both lengths. */
export function matchesOpen(declared: string, actual: string): boolean {
  const [first = '', ...rest] = declared.split(/‹[^‹›]*›/);
  const last = rest.pop();
  if (last === undefined) return declared === actual;
  if (!actual.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = actual.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return actual.length - at >= last.length && actual.endsWith(last);
}
