/**
 * What `$steps.<id>.output` holds, by kind of step, for those who write a runbook. The tests of the handlers hold every
 * output that they see to it.
 */
import type { ActionOf, StepKind } from './step-kinds';

export type OutputShape =
  | { kind: 'text' }
  /** `sometimes`: fields that are there only where there is something to say. */
  | { kind: 'fields'; fields: readonly string[]; sometimes: readonly string[] }
  /** `output.rows` is a list of objects with these; null: with what was asked for. */
  | { kind: 'rows'; columns: readonly string[] | null }
  /** A step of this kind gives nothing under its own name. */
  | { kind: 'none' };

const words = (list: string): string[] => list.split(' ').filter((word) => word !== '');
const fields = (all: string, sometimes = ''): OutputShape => ({
  kind: 'fields',
  fields: words(all),
  sometimes: words(sometimes),
});
const rows = (columns: string): OutputShape => ({ kind: 'rows', columns: words(columns) });
const text: OutputShape = { kind: 'text' };

export type Described = ActionOf<'describe'>['what'];

export const describedOutputs: Readonly<Record<Described, OutputShape>> = {
  'ecs-service': fields(
    'service cluster status taskDefinition images desiredCount runningCount pendingCount deployments events',
  ),
  'ecs-tasks': rows('task status health taskDefinition zone started stopped reason'),
  'lambda-function': fields(
    'function version description runtime state stateReason lastUpdateStatus lastUpdateReason lastModified memoryMb timeoutSeconds codeSha256 environment',
  ),
  'lambda-alias': fields('function alias version description weights'),
  'rds-instance': fields(
    'instance status engine engineVersion class multiAz zone standbyZone storageGb endpoint replicaOf replicas pending',
  ),
  'dynamodb-table': fields(
    'table status billing readUnits writeUnits decreasesToday items bytes indexes',
  ),
  'sqs-queue': fields(
    'queue url messages inFlight delayed visibilitySeconds retentionSeconds redrive',
  ),
  alarm: fields(
    'alarm state reason since actionsEnabled actions',
    'namespace metric statistic comparison threshold periodSeconds rule',
  ),
  stack: fields('stack status reason created updated drift outputs'),
  'user-pool': fields('pool name mfa users lastModified'),
  bucket: fields('bucket region'),
};

export const stepOutputs: Readonly<Record<Exclude<StepKind, 'describe'>, OutputShape>> = {
  'lambda-invoke': fields('status version payload log'),
  'ssm-automation': fields('execution document status steps outputs failure'),
  'ssm-command': rows('instance name status code output error'),
  'sns-publish': fields('topic messageId'),
  'sqs-send': fields('queue messageId'),
  // Without `follow` only the first two.
  'step-functions': fields('execution status', 'began ended output error cause'),
  'eventbridge-put': fields('bus eventId'),
  'ecs-update': fields(
    'cluster service before taskDefinition desiredCount running deployment stable events',
  ),
  'lambda-alias': fields('function alias before weightsBefore version changed'),
  'rds-reboot': fields('instance failover status before zone seconds'),
  'dynamodb-capacity': fields('table index before readUnits writeUnits changed'),
  'waf-block': fields('ipSet scope before addresses added removed'),
  'alarm-actions': fields('enabled alarms changed'),
  'alarm-state': fields('alarm before state reason'),
  'metric-data': fields('namespace metric value at'),
  'dashboard-mark': fields('dashboard label at charts'),
  retention: fields('group before days changed'),
  'support-case': fields('caseId severity'),
  'logs-query': { kind: 'rows', columns: null },
  'metric-query': fields('last series periodSeconds remarks'),
  'http-request': fields('status headers body url', 'cut'),
  script: fields('exitCode stdout stderr', 'cut'),
  check: text,
  // For an alarm, a metric, a time.
  'wait-for': fields('', 'alarm state reason since metric statistic value at until'),
  ask: text,
  note: text,
  open: fields('target opened'),
  notify: text,
  'page-someone': fields('integration action dedupKey answer'),
  runbook: { kind: 'none' },
};

/** Of a step as it is written, as far as it is; null where nothing is known of it. */
export function outputShape(action: unknown): OutputShape | null {
  const kind = fieldOf(action, 'kind');
  if (kind === 'describe') return named(describedOutputs, fieldOf(action, 'what'));
  return named(stepOutputs, kind);
}

function fieldOf(value: unknown, name: string): string | null {
  const found: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return typeof found === 'string' ? found : null;
}

const named = (
  shapes: Readonly<Record<string, OutputShape>>,
  name: string | null,
): OutputShape | null =>
  name !== null && Object.hasOwn(shapes, name) ? (shapes[name] ?? null) : null;
