/** Alarms as DescribeAlarms and `aws cloudwatch describe-alarms` write them, wherever they are nested. */
import type { AlarmMetricQuery, Dimension, MetricRule } from '../alarms/alarm';
import { Fields, isObject, Notes, Problems } from './fields';
import type { JsonObject } from './fields';
import type { FieldPath, JsonSource } from './json-source';
import type { DeclaredAlarm, ReadResult } from './read-result';

const MAX_ALARMS = 5_000;

/** The alarms in a value, or null when there are none. */
export function readAlarms(source: JsonSource): ReadResult | null {
  const found: { value: JsonObject; path: FieldPath }[] = [];
  collect(source.value, [], found);
  if (found.length === 0) return null;
  const problems = new Problems(source);
  if (found.length > MAX_ALARMS) {
    problems.add('warning', [], `Of ${found.length} alarms the first ${MAX_ALARMS} are read.`);
  }
  const alarms = found.slice(0, MAX_ALARMS).map(({ value, path }) => {
    return readAlarm(new Fields(value, path, new Notes(problems)), source);
  });
  return {
    kind: 'read',
    format: 'alarms',
    dashboards: [],
    alarms,
    rules: [],
    inputs: [],
    problems: problems.all(),
  };
}

function collect(value: unknown, path: FieldPath, into: { value: JsonObject; path: FieldPath }[]) {
  if (Array.isArray(value)) {
    value.forEach((item, index) => collect(item, [...path, index], into));
    return;
  }
  if (!isObject(value)) return;
  const name = value['AlarmName'];
  const watches = ['MetricName', 'Metrics', 'AlarmRule'].some((key) => Object.hasOwn(value, key));
  if (typeof name === 'string' && watches) {
    into.push({ value, path });
    return;
  }
  for (const [key, item] of Object.entries(value)) collect(item, [...path, key], into);
}

function readAlarm(fields: Fields, source: JsonSource): DeclaredAlarm {
  const name = fields.text('AlarmName') ?? '';
  const compositeRule = fields.text('AlarmRule');
  return {
    logicalId: name,
    name,
    kind: compositeRule === null ? 'metric' : 'composite',
    line: source.positionOf(fields.path)?.line ?? null,
    description: fields.text('AlarmDescription') ?? '',
    metric: compositeRule === null ? readRule(fields) : null,
    compositeRule,
    alarmActions: fields.texts('AlarmActions'),
    okActions: fields.texts('OKActions'),
    insufficientDataActions: fields.texts('InsufficientDataActions'),
    actionsEnabled: fields.boolean('ActionsEnabled', true),
    openInputs: [],
    created: true,
  };
}

const TREATMENTS = ['missing', 'notBreaching', 'breaching', 'ignore'] as const;

function readRule(fields: Fields): MetricRule {
  const evaluationPeriods = fields.number('EvaluationPeriods') ?? 1;
  const queries = fields.has('Metrics') ? mathQueries(fields) : [plainQuery(fields)];
  const periods = queries.flatMap(({ periodSeconds }) => periodSeconds ?? []);
  return {
    queries,
    periodSeconds: fields.number('Period') ?? periods[0] ?? 60,
    evaluationPeriods,
    datapointsToAlarm: fields.number('DatapointsToAlarm') ?? evaluationPeriods,
    threshold: fields.number('Threshold'),
    thresholdMetricId: fields.text('ThresholdMetricId'),
    comparison: fields.text('ComparisonOperator') ?? 'GreaterThanThreshold',
    treatMissingData: fields.choice('TreatMissingData', TREATMENTS, 'missing'),
  };
}

function plainQuery(fields: Fields): AlarmMetricQuery {
  return {
    id: 'm1',
    expression: null,
    label: null,
    returnData: true,
    namespace: fields.text('Namespace'),
    metricName: fields.text('MetricName'),
    dimensions: readDimensions(fields),
    stat: fields.text('Statistic') ?? fields.text('ExtendedStatistic'),
    periodSeconds: fields.number('Period'),
    unit: fields.text('Unit'),
    accountId: null,
  };
}

function mathQueries(fields: Fields): AlarmMetricQuery[] {
  return objects(fields, 'Metrics').map((query, index) => {
    const stat = query.child('MetricStat');
    const metric = stat?.child('Metric') ?? null;
    return {
      id: query.text('Id') ?? `m${index + 1}`,
      expression: query.text('Expression'),
      label: query.text('Label'),
      returnData: query.boolean('ReturnData', true),
      namespace: metric?.text('Namespace') ?? null,
      metricName: metric?.text('MetricName') ?? null,
      dimensions: metric === null ? [] : readDimensions(metric),
      stat: stat?.text('Stat') ?? null,
      periodSeconds: stat?.number('Period') ?? query.number('Period'),
      unit: stat?.text('Unit') ?? null,
      accountId: query.text('AccountId'),
    };
  });
}

function readDimensions(fields: Fields): Dimension[] {
  return objects(fields, 'Dimensions').flatMap((dimension) => {
    const name = dimension.text('Name');
    return name === null ? [] : [{ name, value: dimension.text('Value') ?? '' }];
  });
}

function objects(fields: Fields, key: string): Fields[] {
  return fields.array(key).flatMap((item, index) => {
    const path = [...fields.at(key), index];
    if (isObject(item)) return [new Fields(item, path, fields.notes)];
    fields.notes.say(path, `An entry of ${key} is not an object and is left out.`);
    return [];
  });
}
