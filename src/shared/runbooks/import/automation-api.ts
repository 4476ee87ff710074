/** AWS calls of Automation documents that a step of ours makes too. */
import { isRecord, own } from './plain-document';
import type { PlainRecord } from './plain-document';

/** Our action, not checked yet; null where no step makes this call. */
type Maker = (call: PlainRecord) => object | null;

/** Fields that are undefined are not there. */
const given = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The only element of a list; undefined where there are none or more. */
const only = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? value[0] : undefined;

/** `Payload` is JSON as text, most often. */
function payload(value: unknown): unknown {
  if (typeof value !== 'string' || value.includes('{{')) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    // A function may be given a text that is no JSON: it stays a text.
    return value;
  }
}

/** Only what is said here is taken: a call that says more would not be the same. */
function exactly(call: PlainRecord, fields: readonly string[]): boolean {
  return Object.keys(call).every((name) => fields.includes(name));
}

const invoke: Maker = (call) =>
  exactly(call, [
    'FunctionName',
    'Payload',
    'InputPayload',
    'Qualifier',
    'InvocationType',
    'LogType',
  ]) && (own(call, 'InvocationType') ?? 'RequestResponse') === 'RequestResponse'
    ? given({
        kind: 'lambda-invoke',
        function: own(call, 'FunctionName'),
        payload: payload(own(call, 'InputPayload') ?? own(call, 'Payload')),
        qualifier: own(call, 'Qualifier'),
      })
    : null;

const automation: Maker = (call) =>
  exactly(call, ['DocumentName', 'DocumentVersion', 'Parameters', 'RuntimeParameters'])
    ? given({
        kind: 'ssm-automation',
        document: own(call, 'DocumentName'),
        version: own(call, 'DocumentVersion'),
        parameters: own(call, 'RuntimeParameters') ?? own(call, 'Parameters'),
      })
    : null;

const command: Maker = (call) => {
  const targets = own(call, 'Targets');
  const known = [
    'DocumentName',
    'InstanceIds',
    'Targets',
    'Parameters',
    'TimeoutSeconds',
    'Comment',
  ];
  if (!exactly(call, known)) return null;
  return given({
    kind: 'ssm-command',
    document: own(call, 'DocumentName'),
    instances: names(own(call, 'InstanceIds')),
    targets: Array.isArray(targets)
      ? targets.map((one: unknown) =>
          isRecord(one) ? { key: own(one, 'Key'), values: names(own(one, 'Values')) } : one,
        )
      : targets,
    parameters: own(call, 'Parameters'),
  });
};

/** One reference may stand for a list of one. */
const names = (value: unknown): unknown => (typeof value === 'string' ? [value] : value);

const machine: Maker = (call) =>
  exactly(call, ['stateMachineArn', 'input', 'name'])
    ? given({
        kind: 'step-functions',
        stateMachine: own(call, 'stateMachineArn'),
        input: payload(own(call, 'input')),
      })
    : null;

const publish: Maker = (call) =>
  exactly(call, ['TopicArn', 'Subject', 'Message'])
    ? given({
        kind: 'sns-publish',
        topic: own(call, 'TopicArn'),
        subject: own(call, 'Subject'),
        message: own(call, 'Message'),
      })
    : null;

const send: Maker = (call) =>
  exactly(call, ['QueueUrl', 'MessageBody', 'MessageGroupId'])
    ? given({
        kind: 'sqs-send',
        queue: own(call, 'QueueUrl'),
        message: own(call, 'MessageBody'),
        group: own(call, 'MessageGroupId'),
      })
    : null;

const updateService: Maker = (call) =>
  exactly(call, ['cluster', 'service', 'desiredCount', 'forceNewDeployment', 'taskDefinition'])
    ? given({
        kind: 'ecs-update',
        cluster: own(call, 'cluster') ?? 'default',
        service: own(call, 'service'),
        desiredCount: own(call, 'desiredCount'),
        forceNewDeployment: own(call, 'forceNewDeployment'),
        taskDefinition: own(call, 'taskDefinition'),
        // The call itself does not wait.
        follow: false,
      })
    : null;

const reboot: Maker = (call) =>
  exactly(call, ['DBInstanceIdentifier', 'ForceFailover'])
    ? given({
        kind: 'rds-reboot',
        instance: own(call, 'DBInstanceIdentifier'),
        failover: own(call, 'ForceFailover'),
      })
    : null;

const capacity: Maker = (call) => {
  const units = own(call, 'ProvisionedThroughput');
  if (!exactly(call, ['TableName', 'ProvisionedThroughput']) || !isRecord(units)) return null;
  return {
    kind: 'dynamodb-capacity',
    table: own(call, 'TableName'),
    readUnits: own(units, 'ReadCapacityUnits'),
    writeUnits: own(units, 'WriteCapacityUnits'),
  };
};

const alias: Maker = (call) =>
  exactly(call, ['FunctionName', 'Name', 'FunctionVersion'])
    ? {
        kind: 'lambda-alias',
        function: own(call, 'FunctionName'),
        alias: own(call, 'Name'),
        version: own(call, 'FunctionVersion'),
      }
    : null;

const alarmActions =
  (enabled: boolean): Maker =>
  (call) =>
    exactly(call, ['AlarmNames'])
      ? { kind: 'alarm-actions', alarms: names(own(call, 'AlarmNames')), enabled }
      : null;

const alarmState: Maker = (call) =>
  exactly(call, ['AlarmName', 'StateValue', 'StateReason'])
    ? {
        kind: 'alarm-state',
        alarm: own(call, 'AlarmName'),
        state: own(call, 'StateValue'),
        reason: own(call, 'StateReason'),
      }
    : null;

const retention: Maker = (call) =>
  exactly(call, ['logGroupName', 'retentionInDays'])
    ? {
        kind: 'retention',
        group: own(call, 'logGroupName'),
        days: own(call, 'retentionInDays') ?? null,
      }
    : null;

/** A look at one resource that is named. */
const look =
  (what: string, field: string, list: boolean, more: readonly string[] = []): Maker =>
  (call) => {
    const name = list ? only(own(call, field)) : own(call, field);
    if (!exactly(call, [field, ...more]) || name === undefined) return null;
    return given({ kind: 'describe', what, name, cluster: own(call, 'cluster') });
  };

const calls: Readonly<Record<string, Maker>> = {
  'lambda.invoke': invoke,
  'lambda.updatealias': alias,
  'lambda.getfunction': look('lambda-function', 'FunctionName', false),
  'ssm.sendcommand': command,
  'ssm.startautomationexecution': automation,
  'states.startexecution': machine,
  'stepfunctions.startexecution': machine,
  'sns.publish': publish,
  'sqs.sendmessage': send,
  'sqs.getqueueattributes': look('sqs-queue', 'QueueUrl', false, ['AttributeNames']),
  'ecs.updateservice': updateService,
  'ecs.describeservices': look('ecs-service', 'services', true, ['cluster']),
  'rds.rebootdbinstance': reboot,
  'rds.describedbinstances': look('rds-instance', 'DBInstanceIdentifier', false),
  'dynamodb.updatetable': capacity,
  'dynamodb.describetable': look('dynamodb-table', 'TableName', false),
  'cloudformation.describestacks': look('stack', 'StackName', false),
  'cloudwatch.describealarms': look('alarm', 'AlarmNames', true),
  'cloudwatch.enablealarmactions': alarmActions(true),
  'cloudwatch.disablealarmactions': alarmActions(false),
  'cloudwatch.setalarmstate': alarmState,
  'logs.putretentionpolicy': retention,
  'logs.deleteretentionpolicy': retention,
};

/** What makes the call `Service.Api` with the fields of an Automation step. */
export function actionOfCall(service: string, api: string, call: PlainRecord): object | null {
  const name = `${service}.${api}`.toLowerCase().replaceAll(/[-_ ]/g, '');
  const make = Object.hasOwn(calls, name) ? calls[name] : undefined;
  return make?.(call) ?? null;
}

export const makers = { invoke, automation, command, machine };
