import { z } from 'zod';
import { constraintError, resourceNotFound, validationError } from '../errors';
import type { StateValue } from '../model';
import type { Operation } from './operation';
import { parseInput } from './parse';

const STATES: readonly StateValue[] = ['INSUFFICIENT_DATA', 'ALARM', 'OK'];
const setStateInput = z.object({
  AlarmName: z.string(),
  StateValue: z.string(),
  StateReason: z.string(),
  StateReasonData: z.string().optional(),
});

/** A state set by hand lasts until CloudWatch's next evaluation, at most a minute. */
const HELD_MS = 60_000;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
export const setAlarmState: Operation = ({ region, world }, body) => {
  const input = parseInput(setStateInput, body);
  const state = STATES.find((candidate) => candidate === input.StateValue);
  if (state === undefined) {
    throw constraintError(
      input.StateValue,
      'stateValue',
      `Member must satisfy enum value set: [${STATES.join(', ')}]`,
    );
  }
  if (input.StateReasonData !== undefined && !isJson(input.StateReasonData)) {
    throw validationError('StateReasonData was not valid JSON');
  }
  const alarm = region.alarms.get(input.AlarmName);
  if (alarm === undefined) throw resourceNotFound();
  const now = world.now();
  alarm.heldUntil = now + HELD_MS;
  const reasonData = input.StateReasonData ?? null;
  region.transition(alarm, { state, reason: input.StateReason, reasonData }, now);
  world.touched(region);
  return {};
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const namesInput = z.object({ AlarmNames: z.array(z.string()).max(100) });

const setActions =
  (enabled: boolean): Operation =>
  ({ region, world }, body) => {
    for (const name of parseInput(namesInput, body).AlarmNames) {
      const alarm = region.alarms.get(name);
      if (alarm === undefined || alarm.actionsEnabled === enabled) continue;
      region.put(
        { ...alarm, actionsEnabled: enabled, configurationUpdatedAt: world.now() },
        world.now(),
      );
    }
    return {};
  };

export const enableAlarmActions: Operation = setActions(true);
export const disableAlarmActions: Operation = setActions(false);
