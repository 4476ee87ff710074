import { z } from 'zod';
import type { AlarmState } from '../../shared/alarms/alarm';
import { parseTime } from '../../shared/alarms/reason-data';
import type { Result } from '../../shared/result';
import { err, ok } from '../../shared/result';
import { readDeploymentEvent } from './deployment-message';
import type { PushedDeployment } from './deployment-message';
import { jsonOrNull } from './history-from-aws';

/** A change of state as EventBridge tells it. Times ms UTC. */
export interface PushedChange {
  arn: string;
  name: string;
  region: string;
  from: AlarmState | null;
  to: AlarmState;
  at: number;
  reason: string;
  reasonData: string | null;
}

const stateValue = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
const eventSchema = z.object({
  'detail-type': z.literal('CloudWatch Alarm State Change'),
  resources: z.array(z.string()).min(1),
  detail: z.object({
    alarmName: z.string().min(1),
    state: z.object({
      value: stateValue,
      timestamp: z.string(),
      reason: z.string().default(''),
      reasonData: z.string().nullish(),
    }),
    previousState: z.object({ value: stateValue }).nullish(),
  }),
});
/** SNS → SQS without raw delivery: the event is a string inside. */
const envelopeSchema = z.object({ Type: z.literal('Notification'), Message: z.string() });
/** What CloudWatch itself sends to an SNS topic. `Region` is a display name, so the ARN says where. */
const snsAlarmSchema = z.object({
  AlarmName: z.string().min(1),
  AlarmArn: z.string(),
  NewStateValue: stateValue,
  OldStateValue: stateValue.nullish(),
  NewStateReason: z.string().default(''),
  StateChangeTime: z.string(),
});

/** What a message of the push queue tells; `nothing` is read and of no interest. */
export type PushMessage =
  | { kind: 'alarm'; change: PushedChange }
  | { kind: 'deployment'; deployment: PushedDeployment }
  | { kind: 'nothing' };

/** Reads a queue message's body; the error says in words what is wrong with it. */
export function parsePushMessage(body: string): Result<PushMessage, string> {
  const json = jsonOrNull(body);
  if (json === null) return err('it is not JSON');
  const envelope = envelopeSchema.safeParse(json);
  const inner = envelope.success ? jsonOrNull(envelope.data.Message) : json;
  const deployment = readDeploymentEvent(inner);
  if (deployment.kind === 'deployment') return ok(deployment);
  if (deployment.kind === 'ignored') return ok({ kind: 'nothing' });
  const event = eventSchema.safeParse(inner);
  if (event.success) {
    const { detail, resources } = event.data;
    const arn = resources.find((resource) => resource.includes(':alarm:')) ?? '';
    return change(arn, detail.alarmName, detail.state.timestamp, {
      from: detail.previousState?.value ?? null,
      to: detail.state.value,
      reason: detail.state.reason,
      reasonData: detail.state.reasonData ?? null,
    });
  }
  const sns = snsAlarmSchema.safeParse(inner);
  if (!sns.success) return err('it is not a CloudWatch alarm state change');
  return change(sns.data.AlarmArn, sns.data.AlarmName, sns.data.StateChangeTime, {
    from: sns.data.OldStateValue ?? null,
    to: sns.data.NewStateValue,
    reason: sns.data.NewStateReason,
    reasonData: null,
  });
}

function change(
  arn: string,
  name: string,
  timestamp: string,
  rest: Pick<PushedChange, 'from' | 'to' | 'reason' | 'reasonData'>,
): Result<PushMessage, string> {
  const parts = /^arn:aws[a-z-]*:cloudwatch:([a-z0-9-]+):\d{12}:alarm:(.+)$/s.exec(arn);
  const region = parts?.[1];
  if (region === undefined) return err('its alarm ARN cannot be read');
  const at = parseTime(timestamp);
  return at === null
    ? err('its time cannot be read')
    : ok({ kind: 'alarm', change: { arn, name, region, at, ...rest } });
}
