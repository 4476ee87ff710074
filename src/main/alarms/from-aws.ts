import type {
  CompositeAlarm,
  DescribeAlarmsOutput,
  Metric,
  MetricAlarm,
  MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import type {
  Alarm,
  AlarmMetricQuery,
  AlarmState,
  MetricRule,
  MissingDataTreatment,
} from '../../shared/alarms/alarm';

/** Where an answer came from, and when (ms): what the answer itself does not say. */
export interface Origin {
  connectionId: string;
  region: string;
  receivedAt: number;
}

/** An alarm as one answer shows it. */
export interface Sighting {
  alarm: Alarm;
  /** Whether the answer said when the state changed; otherwise only a different state proves a change. */
  dated: boolean;
}

/**
 * CloudWatch's answer as domain alarms. Tolerant: an entry without ARN or name is dropped, anything else
 * missing takes CloudWatch's own default, so that one odd alarm never hides the others.
 */
export function alarmsFromAws(answer: DescribeAlarmsOutput, origin: Origin): Sighting[] {
  const sighting = (entry: MetricAlarm & CompositeAlarm, alarm: Alarm | null): Sighting[] =>
    alarm === null ? [] : [{ alarm, dated: timeOf(entry.StateTransitionedTimestamp) !== null }];
  return [
    ...listOf(answer.MetricAlarms).flatMap((entry) => sighting(entry, metricAlarm(entry, origin))),
    ...listOf(answer.CompositeAlarms).flatMap((entry) =>
      sighting(entry, compositeAlarm(entry, origin)),
    ),
  ];
}

/** Malformed answers may hold anything where a list is expected. */
export const listOf = <T>(value: T[] | undefined): T[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];

const strings = (value: string[] | undefined): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

const text = (value: string | undefined): string => (typeof value === 'string' ? value : '');
const textOrNull = (value: string | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
const numberOr = <T>(value: number | undefined, fallback: T): number | T =>
  typeof value === 'number' && Number.isFinite(value) ? value : fallback;

/** A date's ms, or null when it is missing or cannot be read. */
export function timeOf(value: Date | undefined): number | null {
  if (!(value instanceof Date)) return null;
  const at = value.getTime();
  return Number.isFinite(at) ? at : null;
}

/** A state CloudWatch names, or null. */
export function stateOf(value: string | undefined): AlarmState | null {
  switch (value) {
    case 'OK':
    case 'ALARM':
    case 'INSUFFICIENT_DATA':
      return value;
    default:
      return null;
  }
}

const MISSING_DATA: readonly MissingDataTreatment[] = [
  'missing',
  'notBreaching',
  'breaching',
  'ignore',
];

function commonFields(entry: MetricAlarm & CompositeAlarm, origin: Origin) {
  const arn = text(entry.AlarmArn);
  const name = text(entry.AlarmName);
  const state = stateOf(entry.StateValue);
  if (arn === '' || name === '' || state === null) return null;
  const updatedAt = timeOf(entry.StateUpdatedTimestamp);
  const transitionedAt = timeOf(entry.StateTransitionedTimestamp);
  return {
    key: `${origin.connectionId}|${arn}`,
    arn,
    name,
    connectionId: origin.connectionId,
    accountId: arn.split(':')[4] ?? '',
    region: origin.region,
    description: text(entry.AlarmDescription),
    state,
    stateReason: text(entry.StateReason),
    stateReasonData: textOrNull(entry.StateReasonData),
    stateUpdatedAt: updatedAt ?? transitionedAt ?? origin.receivedAt,
    stateTransitionedAt: transitionedAt ?? updatedAt ?? origin.receivedAt,
    configurationUpdatedAt: timeOf(entry.AlarmConfigurationUpdatedTimestamp) ?? 0,
    actionsEnabled: entry.ActionsEnabled !== false,
    alarmActions: strings(entry.AlarmActions),
    okActions: strings(entry.OKActions),
    insufficientDataActions: strings(entry.InsufficientDataActions),
    tags: null,
  };
}

function metricAlarm(entry: MetricAlarm, origin: Origin): Alarm | null {
  const common = commonFields(entry, origin);
  if (common === null) return null;
  return { ...common, kind: 'metric', metric: metricRule(entry), composite: null };
}

function compositeAlarm(entry: CompositeAlarm, origin: Origin): Alarm | null {
  const common = commonFields(entry, origin);
  if (common === null) return null;
  const composite = {
    expression: text(entry.AlarmRule),
    suppressorArn: textOrNull(entry.ActionsSuppressor),
  };
  return { ...common, kind: 'composite', metric: null, composite };
}

function metricRule(entry: MetricAlarm): MetricRule {
  const queries =
    entry.Metrics === undefined ? [plainQuery(entry)] : listOf(entry.Metrics).map(mathQuery);
  const evaluationPeriods = numberOr(entry.EvaluationPeriods, 1);
  const longest = Math.max(0, ...queries.map((query) => query.periodSeconds ?? 0));
  return {
    queries,
    periodSeconds: numberOr(entry.Period, longest === 0 ? 60 : longest),
    evaluationPeriods,
    datapointsToAlarm: numberOr(entry.DatapointsToAlarm, evaluationPeriods),
    threshold: numberOr(entry.Threshold, null),
    thresholdMetricId: textOrNull(entry.ThresholdMetricId),
    comparison: text(entry.ComparisonOperator),
    treatMissingData:
      MISSING_DATA.find((treatment) => treatment === entry.TreatMissingData) ?? 'missing',
  };
}

const dimensionsOf = (dimensions: Metric['Dimensions']) =>
  listOf(dimensions).map(({ Name, Value }) => ({ name: text(Name), value: text(Value) }));

function plainQuery(entry: MetricAlarm): AlarmMetricQuery {
  return {
    id: 'm1',
    expression: null,
    label: null,
    returnData: true,
    namespace: textOrNull(entry.Namespace),
    metricName: textOrNull(entry.MetricName),
    dimensions: dimensionsOf(entry.Dimensions),
    stat: textOrNull(entry.Statistic) ?? textOrNull(entry.ExtendedStatistic),
    periodSeconds: numberOr(entry.Period, null),
    unit: textOrNull(entry.Unit),
    accountId: null,
  };
}

function mathQuery(query: MetricDataQuery, index: number): AlarmMetricQuery {
  const stat = query.MetricStat;
  return {
    id: textOrNull(query.Id) ?? `q${index + 1}`,
    expression: textOrNull(query.Expression),
    label: textOrNull(query.Label),
    returnData: query.ReturnData !== false,
    namespace: textOrNull(stat?.Metric?.Namespace),
    metricName: textOrNull(stat?.Metric?.MetricName),
    dimensions: dimensionsOf(stat?.Metric?.Dimensions),
    stat: textOrNull(stat?.Stat),
    periodSeconds: numberOr(stat?.Period ?? query.Period, null),
    unit: textOrNull(stat?.Unit),
    accountId: textOrNull(query.AccountId),
  };
}
