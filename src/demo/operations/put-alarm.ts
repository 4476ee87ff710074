import { z } from 'zod';
import {
  invalidCombination,
  invalidValue,
  missingParameter,
  resourceNotFound,
  validationError,
} from '../errors';
import { parseRule, ruleReferences, RuleSyntaxError } from '../evaluation/rule';
import { isStatistic } from '../metrics/statistics';
import { comparisons, type MetricAlarmConfig, newAlarmBase, type StoredAlarm } from '../model';
import type { RegionStore } from '../region';
import type { Operation } from './operation';
import { parseInput } from './parse';
import { dimensionsSchema, querySchema } from './query-schema';

const tagsSchema = z.array(z.object({ Key: z.string(), Value: z.string() })).max(50);
const commonShape = {
  AlarmName: z.string().min(1).max(255),
  AlarmDescription: z.string().max(1024).optional(),
  ActionsEnabled: z.boolean().optional(),
  OKActions: z.array(z.string()).max(5).optional(),
  AlarmActions: z.array(z.string()).max(5).optional(),
  InsufficientDataActions: z.array(z.string()).max(5).optional(),
  Tags: tagsSchema.optional(),
};
const metricInput = z.object({
  ...commonShape,
  MetricName: z.string().optional(),
  Namespace: z.string().optional(),
  Statistic: z.enum(['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum']).optional(),
  ExtendedStatistic: z.string().optional(),
  Dimensions: dimensionsSchema.optional(),
  Period: z.number().int().min(1).optional(),
  Unit: z.string().optional(),
  EvaluationPeriods: z.number().int().min(1),
  DatapointsToAlarm: z.number().int().min(1).optional(),
  Threshold: z.number().optional(),
  ThresholdMetricId: z.string().optional(),
  ComparisonOperator: z.enum(comparisons),
  TreatMissingData: z.enum(['missing', 'notBreaching', 'breaching', 'ignore']).optional(),
  EvaluateLowSampleCountPercentile: z.string().optional(),
  Metrics: z.array(querySchema).max(20).optional(),
});
type MetricInput = z.infer<typeof metricInput>;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const putMetricAlarm: Operation = ({ region, world }, body) => {
  const input = parseInput(metricInput, body);
  validateMetric(input);
  const {
    AlarmName,
    AlarmDescription,
    ActionsEnabled,
    OKActions,
    AlarmActions,
    InsufficientDataActions,
    Tags,
    ...config
  } = input;
  const alarm: StoredAlarm = {
    ...carriedOver(region, AlarmName, world.now()),
    ...actionsOf(input),
    description: AlarmDescription ?? null,
    kind: 'metric',
    config: { ...config, Dimensions: config.Dimensions ?? [] } satisfies MetricAlarmConfig,
  };
  store(region, alarm, Tags, world.now());
  return {};
};

function validateMetric(input: MetricInput): void {
  const plain = input.MetricName !== undefined;
  if (plain && input.Metrics !== undefined) {
    throw invalidCombination('The parameters MetricName and Metrics are mutually exclusive.');
  }
  if (!plain && (input.Metrics?.length ?? 0) === 0) {
    throw missingParameter('MetricName');
  }
  if (plain) {
    if (input.Namespace === undefined) throw missingParameter('Namespace');
    if (input.Period === undefined) throw missingParameter('Period');
    if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined)) {
      throw input.Statistic === undefined
        ? missingParameter('Statistic')
        : invalidCombination(
            'The parameters Statistic and ExtendedStatistic are mutually exclusive.',
          );
    }
    if (
      input.Period !== 10 &&
      input.Period !== 20 &&
      input.Period !== 30 &&
      input.Period % 60 !== 0
    ) {
      throw invalidValue('Period must be 10, 20, 30 or a multiple of 60');
    }
  }
  if (input.ExtendedStatistic !== undefined && !isStatistic(input.ExtendedStatistic)) {
    throw invalidValue(
      `The value ${input.ExtendedStatistic} for parameter ExtendedStatistic is not supported.`,
    );
  }
  if ((input.DatapointsToAlarm ?? 0) > input.EvaluationPeriods) {
    throw validationError('DatapointsToAlarm must be less than or equal to EvaluationPeriods');
  }
  if (input.Threshold === undefined && input.ThresholdMetricId === undefined) {
    throw missingParameter('Threshold');
  }
  const shown = (input.Metrics ?? []).filter((query) => query.ReturnData ?? true);
  const allowed = input.ThresholdMetricId === undefined ? 1 : 2;
  if (
    input.Metrics !== undefined &&
    shown.length !== allowed &&
    input.ThresholdMetricId === undefined
  ) {
    throw validationError(
      'Invalid metrics list, exactly one element of the metrics list should return data',
    );
  }
}

const compositeInput = z.object({
  ...commonShape,
  AlarmRule: z.string().min(1).max(10_240),
  ActionsSuppressor: z.string().optional(),
  ActionsSuppressorWaitPeriod: z.number().optional(),
  ActionsSuppressorExtensionPeriod: z.number().optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
export const putCompositeAlarm: Operation = ({ region, world }, body) => {
  const input = parseInput(compositeInput, body);
  checkRule(region, input.AlarmRule);
  const alarm: StoredAlarm = {
    ...carriedOver(region, input.AlarmName, world.now()),
    ...actionsOf(input),
    description: input.AlarmDescription ?? null,
    kind: 'composite',
    rule: input.AlarmRule,
    suppressor: input.ActionsSuppressor ?? null,
    suppressorWaitSeconds: input.ActionsSuppressorWaitPeriod ?? null,
    suppressorExtensionSeconds: input.ActionsSuppressorExtensionPeriod ?? null,
    suppressedBy: null,
    suppressedReason: null,
  };
  store(region, alarm, input.Tags, world.now());
  world.touched(region);
  return {};
};

function checkRule(region: RegionStore, rule: string): void {
  try {
    for (const reference of ruleReferences(rule)) {
      if (region.find(reference) === undefined) {
        throw validationError(
          `Could not save the composite alarm as alarms [${reference}] in the alarm rule do not exist`,
        );
      }
    }
    parseRule(rule);
  } catch (error) {
    if (error instanceof RuleSyntaxError) {
      throw validationError(
        `Could not save the composite alarm as the alarm rule is invalid: ${error.message}`,
      );
    }
    throw error;
  }
}

interface ActionsInput {
  ActionsEnabled?: boolean | undefined;
  OKActions?: string[] | undefined;
  AlarmActions?: string[] | undefined;
  InsufficientDataActions?: string[] | undefined;
}

const actionsOf = (input: ActionsInput) => ({
  actionsEnabled: input.ActionsEnabled ?? true,
  okActions: input.OKActions ?? [],
  alarmActions: input.AlarmActions ?? [],
  insufficientDataActions: input.InsufficientDataActions ?? [],
});

/** An update keeps the state; a new alarm starts unchecked. */
function carriedOver(region: RegionStore, name: string, now: number) {
  const previous = region.alarms.get(name);
  const base = newAlarmBase(name, region.arn(name), now);
  return previous === undefined
    ? base
    : {
        ...base,
        state: previous.state,
        reason: previous.reason,
        reasonData: previous.reasonData,
        stateUpdatedAt: previous.stateUpdatedAt,
        stateTransitionedAt: previous.stateTransitionedAt,
      };
}

/** Tags count only when the alarm is new; an update ignores them, as AWS does. */
function store(
  region: RegionStore,
  alarm: StoredAlarm,
  tags: z.infer<typeof tagsSchema> | undefined,
  now: number,
): void {
  const isNew = !region.alarms.has(alarm.name);
  region.put(alarm, now);
  if (isNew && tags !== undefined) {
    region.tags.set(alarm.arn, new Map(tags.map((tag) => [tag.Key, tag.Value])));
  }
}

const deleteInput = z.object({ AlarmNames: z.array(z.string()).min(1).max(100) });

/** Unknown names fail the whole call. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html */
export const deleteAlarms: Operation = ({ region, world }, body) => {
  const { AlarmNames } = parseInput(deleteInput, body);
  const unknown = AlarmNames.filter((name) => !region.alarms.has(name));
  if (unknown.length > 0) throw resourceNotFound(`Alarms not found: ${unknown.join(', ')}`);
  for (const name of AlarmNames) region.remove(name, world.now());
  return {};
};
