import { z } from 'zod';
import { constraintError, invalidCombination, invalidNextToken, validationError } from '../errors';
import { ruleReferences } from '../evaluation/rule';
import type { CompositeAlarm, MetricAlarm, StoredAlarm } from '../model';
import type { RegionStore } from '../region';
import { compositeAlarmShape, metricAlarmShape } from './alarm-shape';
import type { Operation } from './operation';
import { decodeToken, encodeToken, indexAfter } from './paging';
import { parseInput } from './parse';

const STATES = '[INSUFFICIENT_DATA, ALARM, OK]';
const inputSchema = z.object({
  AlarmNames: z.array(z.string()).optional(),
  AlarmNamePrefix: z.string().optional(),
  AlarmTypes: z.array(z.string()).optional(),
  ChildrenOfAlarmName: z.string().optional(),
  ParentsOfAlarmName: z.string().optional(),
  StateValue: z.string().optional(),
  ActionPrefix: z.string().optional(),
  MaxRecords: z.number().optional(),
  NextToken: z.string().optional(),
});
type Input = z.infer<typeof inputSchema>;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export const describeAlarms: Operation = ({ region }, body) => {
  const input = parseInput(inputSchema, body);
  validate(input);
  if (input.ChildrenOfAlarmName !== undefined || input.ParentsOfAlarmName !== undefined) {
    return { CompositeAlarms: relatives(region, input), MetricAlarms: [] };
  }
  const { NextToken, MaxRecords, ...question } = input;
  const limit = MaxRecords ?? 100;
  const sorted = region.sortedAlarms();
  const start =
    NextToken === undefined
      ? 0
      : indexAfter(
          sorted,
          (alarm) => alarm.name,
          decodeToken(question, NextToken, invalidNextToken),
        );
  const matches = filter(input);
  const page: StoredAlarm[] = [];
  let more = false;
  for (let index = start; index < sorted.length && !more; index += 1) {
    const alarm = sorted[index];
    if (alarm === undefined || !matches(alarm)) continue;
    if (page.length < limit) page.push(alarm);
    else more = true;
  }
  const last = page.at(-1);
  return {
    CompositeAlarms: page.filter(isComposite).map(compositeAlarmShape),
    MetricAlarms: page.filter(isMetric).map(metricAlarmShape),
    NextToken: more && last !== undefined ? encodeToken(question, last.name) : undefined,
  };
};

const isComposite = (alarm: StoredAlarm): alarm is CompositeAlarm => alarm.kind === 'composite';
const isMetric = (alarm: StoredAlarm): alarm is MetricAlarm => alarm.kind === 'metric';

function validate(input: Input): void {
  if (
    input.StateValue !== undefined &&
    !['OK', 'ALARM', 'INSUFFICIENT_DATA'].includes(input.StateValue)
  ) {
    throw constraintError(
      input.StateValue,
      'stateValue',
      `Member must satisfy enum value set: ${STATES}`,
    );
  }
  checkMaxRecords(input.MaxRecords);
  if ((input.AlarmNames?.length ?? 0) > 100) {
    throw constraintError(
      `[${input.AlarmNames?.join(', ') ?? ''}]`,
      'alarmNames',
      'Member must have length less than or equal to 100',
    );
  }
  if (input.AlarmNames !== undefined && input.AlarmNamePrefix !== undefined) {
    throw invalidCombination('AlarmNamePrefix and AlarmNames are mutually exclusive');
  }
  for (const type of input.AlarmTypes ?? []) checkAlarmType(type);
  const relatives = [input.ChildrenOfAlarmName, input.ParentsOfAlarmName];
  const others = [input.AlarmNames, input.AlarmNamePrefix, input.StateValue, input.ActionPrefix];
  if (relatives.every((name) => name !== undefined)) {
    throw validationError('ChildrenOfAlarmName and ParentsOfAlarmName are mutually exclusive');
  }
  if (relatives.some((n) => n !== undefined) && others.some((o) => o !== undefined)) {
    throw validationError(
      'ChildrenOfAlarmName and ParentsOfAlarmName can only be used with MaxRecords and NextToken',
    );
  }
}

/** MaxRecords is 1–100 in every alarm listing. */
export function checkMaxRecords(value: number | undefined): void {
  if (value === undefined) return;
  if (value < 1) {
    throw constraintError(
      String(value),
      'maxRecords',
      'Member must have value greater than or equal to 1',
    );
  }
  if (value > 100) {
    throw constraintError(
      String(value),
      'maxRecords',
      'Member must have value less than or equal to 100',
    );
  }
}

export function checkAlarmType(type: string): void {
  if (!['MetricAlarm', 'CompositeAlarm', 'LogAlarm'].includes(type)) {
    throw constraintError(
      `[${type}]`,
      'alarmTypes',
      'Member must satisfy constraint: [Member must satisfy enum value set: [MetricAlarm, CompositeAlarm]]',
    );
  }
}

function filter(input: Input): (alarm: StoredAlarm) => boolean {
  // Without AlarmTypes only metric alarms are listed, named composites included.
  const types = new Set(input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm']);
  const names = input.AlarmNames?.length ? new Set(input.AlarmNames) : null;
  return (alarm) =>
    types.has(alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm') &&
    (names === null || names.has(alarm.name)) &&
    (input.AlarmNamePrefix === undefined || alarm.name.startsWith(input.AlarmNamePrefix)) &&
    (input.StateValue === undefined || alarm.state === input.StateValue) &&
    (input.ActionPrefix === undefined || hasAction(alarm, input.ActionPrefix));
}

const hasAction = (alarm: StoredAlarm, prefix: string): boolean =>
  [...alarm.alarmActions, ...alarm.okActions, ...alarm.insufficientDataActions].some((action) =>
    action.startsWith(prefix),
  );

/** Children or parents: only name, ARN and state of each, as AWS answers. */
function relatives(region: RegionStore, input: Input): Record<string, unknown>[] {
  const found: StoredAlarm[] = [];
  if (input.ChildrenOfAlarmName !== undefined) {
    const parent = region.alarms.get(input.ChildrenOfAlarmName);
    if (parent?.kind === 'composite') {
      for (const reference of ruleReferences(parent.rule)) {
        const child = region.find(reference);
        if (child !== undefined) found.push(child);
      }
    }
  } else {
    const child = region.alarms.get(input.ParentsOfAlarmName ?? '');
    for (const alarm of region.sortedAlarms()) {
      if (child === undefined || alarm.kind !== 'composite') continue;
      const references = ruleReferences(alarm.rule);
      if (references.includes(child.name) || references.includes(child.arn)) found.push(alarm);
    }
  }
  return found.map((alarm) => ({
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    StateValue: alarm.state,
  }));
}
