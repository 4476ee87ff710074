/**
 * Everything a step can do. Texts may be JSONata between `{%` and `%}`; where a number or an object is asked for, an
 * expression may stand in its place (`template`).
 */
import { z } from 'zod';
import type { StepClass } from './step';

const text = z.string().max(20_000);
/** A value of any shape, with expressions anywhere within. */
const value: z.ZodType = z.json();
const template = z
  .string()
  .max(20_000)
  .regex(/^\{%[\s\S]*%\}$/, 'an expression between {% and %}');
const number = z.union([z.number(), template]);
const flag = z.union([z.boolean(), template]);
const record = z.record(z.string().max(300), value);
const names = z.union([z.array(text).min(1).max(200), template]);
const duration = z.string().max(400);

const aws = [
  z.strictObject({
    kind: z.literal('lambda-invoke'),
    function: text,
    payload: value.optional(),
    /** A version or alias. */
    qualifier: text.optional(),
  }),
  z.strictObject({
    kind: z.literal('ssm-automation'),
    document: text,
    version: text.optional(),
    /** Checked against the document's types, allowed values and patterns. */
    parameters: z.record(z.string(), z.union([names, text])).optional(),
  }),
  z.strictObject({
    kind: z.literal('ssm-command'),
    document: text,
    instances: names.optional(),
    targets: z.array(z.strictObject({ key: text, values: names })).optional(),
    parameters: z.record(z.string(), z.union([names, text])).optional(),
  }),
  z.strictObject({
    kind: z.literal('sns-publish'),
    topic: text,
    subject: text.optional(),
    message: value,
    attributes: z.record(z.string(), text).optional(),
  }),
  z.strictObject({
    kind: z.literal('sqs-send'),
    queue: text,
    message: value,
    group: text.optional(),
    attributes: z.record(z.string(), text).optional(),
  }),
  z.strictObject({
    kind: z.literal('step-functions'),
    stateMachine: text,
    input: value.optional(),
    /** Waits for the execution's end; true unless said. */
    follow: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('eventbridge-put'),
    bus: text.optional(),
    source: text,
    detailType: text,
    detail: record,
  }),
  z.strictObject({
    kind: z.literal('ecs-update'),
    cluster: text,
    service: text,
    desiredCount: number.optional(),
    forceNewDeployment: flag.optional(),
    /** The revision before the one that runs now. */
    rollBack: flag.optional(),
    taskDefinition: text.optional(),
    /** Waits until it is stable; true unless said. */
    follow: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('lambda-alias'),
    function: text,
    alias: text,
    /** A version; `previous` is the one before what the alias points to. */
    version: text,
  }),
  z.strictObject({
    kind: z.literal('rds-reboot'),
    instance: text,
    failover: flag.optional(),
  }),
  z.strictObject({
    kind: z.literal('dynamodb-capacity'),
    table: text,
    index: text.optional(),
    readUnits: number,
    writeUnits: number,
  }),
  z.strictObject({
    kind: z.literal('waf-block'),
    ipSet: text,
    /** CIDRs. */
    addresses: names,
    scope: z.enum(['REGIONAL', 'CLOUDFRONT']).optional(),
    remove: flag.optional(),
  }),
  z.strictObject({ kind: z.literal('alarm-actions'), alarms: names, enabled: flag }),
  z.strictObject({
    kind: z.literal('alarm-state'),
    alarm: text,
    state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    reason: text,
  }),
  z.strictObject({
    kind: z.literal('metric-data'),
    namespace: text,
    metric: text,
    value: number,
    unit: text.optional(),
    dimensions: z.record(z.string(), text).optional(),
  }),
  z.strictObject({
    kind: z.literal('dashboard-mark'),
    /** A dashboard of the account. */
    dashboard: text,
    label: text,
    /** When, ISO 8601; now unless said. */
    at: text.optional(),
    /** Titles of its charts, globs; all of them unless said. */
    charts: names.optional(),
    /** Takes marks of this label away instead. */
    remove: flag.optional(),
  }),
  z.strictObject({
    kind: z.literal('retention'),
    group: text,
    /** Days; null keeps for ever. */
    days: z.union([z.number().int(), template]).nullable(),
  }),
  z.strictObject({
    kind: z.literal('support-case'),
    subject: text,
    body: text,
    severity: z.enum(['low', 'normal', 'high', 'urgent', 'critical']).optional(),
    service: text.optional(),
    category: text.optional(),
  }),
  /** One of the read operations that are listed; nothing else can be named. */
  z.strictObject({
    kind: z.literal('describe'),
    what: z.enum([
      'ecs-service',
      'ecs-tasks',
      'lambda-function',
      'lambda-alias',
      'rds-instance',
      'dynamodb-table',
      'sqs-queue',
      'alarm',
      'stack',
      'user-pool',
      'bucket',
    ]),
    name: text,
    cluster: text.optional(),
  }),
  z.strictObject({
    kind: z.literal('logs-query'),
    groups: names,
    query: text,
    /** Bound in the query as `$name`, quoted for the language; never pasted. */
    values: z.record(z.string(), value).optional(),
    language: z.enum(['CWLI', 'PPL', 'SQL']).optional(),
    /** How far back. */
    last: duration.optional(),
    limit: number.optional(),
  }),
  z.strictObject({
    kind: z.literal('metric-query'),
    /** Instead of `metrics`: all that this alarm looks at, its math too. */
    alarm: text.optional(),
    /** A metric, or metric math over `m1`, `m2`… */
    metrics: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z][a-zA-Z0-9_]*$/),
          namespace: text,
          metric: text,
          dimensions: z.union([z.record(z.string(), text), template]).optional(),
          statistic: text.optional(),
        }),
      )
      .min(1)
      .max(20)
      .optional(),
    expression: text.optional(),
    period: duration.optional(),
    last: duration.optional(),
  }),
] as const;

const ours = [
  z.strictObject({
    kind: z.literal('http-request'),
    url: text,
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
    headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), text).optional(),
    body: value.optional(),
    /** Statuses that are no failure; 200–299 unless said. */
    expect: z.array(z.number().int().min(100).max(599)).optional(),
  }),
  z.strictObject({
    kind: z.literal('script'),
    /** The program and its arguments, as they are: there is no shell. */
    command: z.array(text).min(1).max(200),
    /** The whole environment of the script. */
    environment: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), text).optional(),
    stdin: text.optional(),
    /** Within the runbook's folder. */
    folder: text.optional(),
  }),
  z.strictObject({ kind: z.literal('check'), that: text, else: text.optional() }),
  z.strictObject({
    kind: z.literal('wait-for'),
    /** One of these. */
    alarm: z
      .strictObject({ name: text, state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) })
      .optional(),
    metric: z
      .strictObject({
        namespace: text,
        metric: text,
        dimensions: z.record(z.string(), text).optional(),
        statistic: text.optional(),
        operator: z.enum(['<', '<=', '>', '>=']),
        value: number,
      })
      .optional(),
    time: duration.optional(),
  }),
  z.strictObject({
    kind: z.literal('ask'),
    question: text,
    answer: z.enum(['confirm', 'choose', 'text']),
    choices: names.optional(),
    pattern: z.string().max(500).optional(),
  }),
  z.strictObject({ kind: z.literal('note'), text }),
  z.strictObject({
    kind: z.literal('open'),
    dashboard: text.optional(),
    logs: z.strictObject({ groups: names, pattern: text.optional() }).optional(),
    link: text.optional(),
  }),
  z.strictObject({
    kind: z.literal('notify'),
    title: text,
    body: text.optional(),
    /** The name of a webhook in the settings; a notification of this console otherwise. */
    webhook: text.optional(),
  }),
  z.strictObject({
    kind: z.literal('page-someone'),
    service: z.enum(['pagerduty', 'opsgenie']),
    /** The name of the integration in the settings, which holds its key. */
    integration: text,
    summary: text,
    action: z.enum(['trigger', 'acknowledge', 'resolve']).optional(),
    severity: z.enum(['info', 'warning', 'error', 'critical']).optional(),
  }),
  z.strictObject({
    kind: z.literal('runbook'),
    /** Its file name in the same folder. */
    runbook: text,
    inputs: record.optional(),
  }),
] as const;

export const stepKindSchema = z.discriminatedUnion('kind', [...aws, ...ours]);
export type StepAction = z.infer<typeof stepKindSchema>;
export type StepKind = StepAction['kind'];
export type ActionOf<K extends StepKind> = Extract<StepAction, { kind: K }>;

interface KindFacts {
  label: string;
  class: StepClass;
  /** Calls AWS: needs a connection and region. */
  onAws: boolean;
}

/** What each kind does at least; a file may say more, never less. */
export const stepKinds: Readonly<Record<StepKind, KindFacts>> = {
  'lambda-invoke': { label: 'Invoke a function', class: 'changes', onAws: true },
  'ssm-automation': { label: 'Run an automation', class: 'changes', onAws: true },
  'ssm-command': { label: 'Run a command on instances', class: 'changes', onAws: true },
  'sns-publish': { label: 'Publish to a topic', class: 'changes', onAws: true },
  'sqs-send': { label: 'Send to a queue', class: 'changes', onAws: true },
  'step-functions': { label: 'Start a state machine', class: 'changes', onAws: true },
  'eventbridge-put': { label: 'Put an event', class: 'changes', onAws: true },
  'ecs-update': { label: 'Update a service', class: 'changes', onAws: true },
  'lambda-alias': { label: 'Point an alias to a version', class: 'changes', onAws: true },
  'rds-reboot': { label: 'Reboot or fail over a database', class: 'destroys', onAws: true },
  'dynamodb-capacity': { label: 'Set a table’s capacity', class: 'changes', onAws: true },
  'waf-block': { label: 'Block addresses', class: 'changes', onAws: true },
  'alarm-actions': { label: 'Switch alarm actions', class: 'changes', onAws: true },
  'alarm-state': { label: 'Set an alarm’s state', class: 'changes', onAws: true },
  'metric-data': { label: 'Put metric data', class: 'changes', onAws: true },
  'dashboard-mark': { label: 'Mark a moment on a dashboard', class: 'changes', onAws: true },
  retention: { label: 'Set a log group’s retention', class: 'destroys', onAws: true },
  'support-case': { label: 'Open a support case', class: 'changes', onAws: true },
  describe: { label: 'Look at a resource', class: 'reads', onAws: true },
  'logs-query': { label: 'Query logs', class: 'reads', onAws: true },
  'metric-query': { label: 'Query metrics', class: 'reads', onAws: true },
  'http-request': { label: 'HTTP request', class: 'changes', onAws: false },
  script: { label: 'Run a local script', class: 'changes', onAws: false },
  check: { label: 'Check', class: 'reads', onAws: false },
  'wait-for': { label: 'Wait', class: 'reads', onAws: true },
  ask: { label: 'Ask', class: 'reads', onAws: false },
  note: { label: 'Note', class: 'reads', onAws: false },
  open: { label: 'Open', class: 'reads', onAws: false },
  notify: { label: 'Notify', class: 'changes', onAws: false },
  'page-someone': { label: 'Page someone', class: 'changes', onAws: false },
  runbook: { label: 'Another runbook', class: 'reads', onAws: false },
};
