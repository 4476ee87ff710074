/**
 * An alarm's properties as CloudFormation and DescribeAlarms both name them, as a declared alarm.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 */
import type {
  AlarmMetricQuery,
  Dimension,
  MetricRule,
  MissingDataTreatment,
} from '../../alarms/alarm';
import type { DeclaredAlarm } from '../read-result';
import type { Value, ValueMap } from './value';
import { booleanOf, isMap, mapOr, numberOf, scalarText } from './value';

export interface Declaration {
  logicalId: string;
  kind: DeclaredAlarm['kind'];
  line: number | null;
  openInputs: string[];
  created: boolean;
}

/** Tolerant: what is missing or no number takes CloudWatch's own default, or is null where it has none. */
export function declareAlarm(properties: ValueMap, declaration: Declaration): DeclaredAlarm {
  const metric = declaration.kind === 'metric' ? metricRule(properties) : null;
  return {
    ...declaration,
    name: textOrNull(properties['AlarmName']),
    description: textOrNull(properties['AlarmDescription']) ?? '',
    metric,
    compositeRule: metric === null ? (textOrNull(properties['AlarmRule']) ?? '') : null,
    alarmActions: actionsOf(properties['AlarmActions']),
    okActions: actionsOf(properties['OKActions']),
    insufficientDataActions: actionsOf(properties['InsufficientDataActions']),
    actionsEnabled: booleanOf(properties['ActionsEnabled']) ?? true,
  };
}

function textOrNull(value: Value | undefined): string | null {
  const text = scalarText(value);
  return text === '' ? null : text;
}

/** A single action may stand without its list; `Ref` of a list parameter gives a list in the list. */
function actionsOf(value: Value | undefined): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(actionsOf);
  const text = textOrNull(value);
  return text === null ? [] : [text];
}

const MISSING_DATA: readonly MissingDataTreatment[] = [
  'missing',
  'notBreaching',
  'breaching',
  'ignore',
];

function metricRule(properties: ValueMap): MetricRule {
  const metrics = properties['Metrics'];
  const queries = Array.isArray(metrics)
    ? metrics.filter(isMap).map(mathQuery)
    : [plainQuery(properties)];
  const evaluationPeriods = numberOf(properties['EvaluationPeriods']) ?? 1;
  const longest = Math.max(0, ...queries.map((query) => query.periodSeconds ?? 0));
  return {
    queries,
    periodSeconds: numberOf(properties['Period']) ?? (longest === 0 ? 60 : longest),
    evaluationPeriods,
    datapointsToAlarm: numberOf(properties['DatapointsToAlarm']) ?? evaluationPeriods,
    threshold: numberOf(properties['Threshold']),
    thresholdMetricId: textOrNull(properties['ThresholdMetricId']),
    comparison: textOrNull(properties['ComparisonOperator']) ?? '',
    treatMissingData:
      MISSING_DATA.find((treatment) => treatment === properties['TreatMissingData']) ?? 'missing',
  };
}

const dimensionsOf = (value: Value | undefined): Dimension[] =>
  (Array.isArray(value) ? value : []).filter(isMap).map((entry) => ({
    name: scalarText(entry['Name']) ?? '',
    value: scalarText(entry['Value']) ?? '',
  }));

function plainQuery(properties: ValueMap): AlarmMetricQuery {
  return {
    id: 'm1',
    expression: null,
    label: null,
    returnData: true,
    namespace: textOrNull(properties['Namespace']),
    metricName: textOrNull(properties['MetricName']),
    dimensions: dimensionsOf(properties['Dimensions']),
    stat: textOrNull(properties['Statistic']) ?? textOrNull(properties['ExtendedStatistic']),
    periodSeconds: numberOf(properties['Period']),
    unit: textOrNull(properties['Unit']),
    accountId: null,
  };
}

function mathQuery(query: ValueMap, index: number): AlarmMetricQuery {
  const stat = mapOr(query['MetricStat']);
  const metric = mapOr(stat['Metric']);
  return {
    id: textOrNull(query['Id']) ?? `q${index + 1}`,
    expression: textOrNull(query['Expression']),
    label: textOrNull(query['Label']),
    returnData: booleanOf(query['ReturnData']) ?? true,
    namespace: textOrNull(metric['Namespace']),
    metricName: textOrNull(metric['MetricName']),
    dimensions: dimensionsOf(metric['Dimensions']),
    stat: textOrNull(stat['Stat']),
    periodSeconds: numberOf(stat['Period']) ?? numberOf(query['Period']),
    unit: textOrNull(stat['Unit']),
    accountId: textOrNull(query['AccountId']),
  };
}
