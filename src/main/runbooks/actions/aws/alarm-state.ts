/** Sets an alarm's state until CloudWatch evaluates it again. What it does for that state is done. */
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import { assertNever } from '../../../../shared/assert-never';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { everyAlarm } from './alarms';
import type { FoundAlarm } from './alarms';
import { counted, notFound, readsOf, refusedValue } from './common';
import type { RunbookReads } from '../../../aws/runbook-api';

type Action = ActionOf<'alarm-state'>;

const LIMIT_MS = 60_000;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
const LONGEST_REASON = 1_023;

export const alarmState: ChangeHandler<'alarm-state'> = {
  kind: 'alarm-state',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ alarm }) => alarm,
  async effect(action, context) {
    return effectWords(await lookAt(action, readsOf(context), context.signal), action.state);
  },
  async run(action, { reads, signal, tell }, changes) {
    const { alarm, state, reason } = action;
    const before = await lookAt(action, reads, signal);
    tell(effectWords(before, state));
    await changes.setAlarmState(
      { AlarmName: alarm, StateValue: state, StateReason: reason },
      signal,
    );
    return jsonOutput({ alarm, before: before.state, state, reason });
  },
};

async function lookAt(
  { alarm, reason }: Action,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<FoundAlarm> {
  if (reason.length > LONGEST_REASON) {
    throw refusedValue('reason: 1,023 characters at most.');
  }
  const [found] = await everyAlarm(reads, [alarm], signal);
  if (found === undefined) throw notFound(`alarm ${alarm}`, reads);
  return found;
}

function effectWords(found: FoundAlarm, state: Action['state']): string {
  const { actionsEnabled } = found;
  if (found.state === state) return `stays ${state}: none of its actions run`;
  const count = actionsOf(found, state).length;
  const change = `${found.state} → ${state}`;
  if (count === 0) return `${change}; it has no actions for that`;
  if (!actionsEnabled) return `${change}; its actions are switched off`;
  return `${change}; ${counted(count, 'action')} ${count === 1 ? 'runs' : 'run'}`;
}

function actionsOf({ alarm }: FoundAlarm, state: Action['state']): string[] {
  switch (state) {
    case 'OK':
      return alarm.OKActions ?? [];
    case 'ALARM':
      return alarm.AlarmActions ?? [];
    case 'INSUFFICIENT_DATA':
      return alarm.InsufficientDataActions ?? [];
    default:
      return assertNever(state);
  }
}
