/**
 * A runbook as its file says it: what it is for, what it asks, what it does. Values may be JSONata between `{%` and
 * `%}` over `$alarm`, `$incident`, `$inputs`, `$steps`, `$connection`, `$item` and `$now`; they are values, never
 * text pasted into a shell or a query.
 */
import { z } from 'zod';
import { severitySchema } from '../severity/severity-schema';
import { stepSchema } from './step';

const name = z.string().trim().min(1).max(120);
/** How inputs and steps are named in expressions. */
const identifier = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,59}$/, 'letters, digits and _, beginning with a letter');

/** Which alarms a runbook belongs to: all that is named must fit. Patterns are globs (`*`, `?`). */
export const alarmMatchSchema = z.strictObject({
  name: z.string().min(1).max(300).optional(),
  severity: z.array(severitySchema).min(1).optional(),
  namespace: z.string().min(1).max(255).optional(),
  metric: z.string().min(1).max(255).optional(),
  tag: z.record(z.string(), z.string()).optional(),
});
export type AlarmMatch = z.infer<typeof alarmMatchSchema>;

/** What can be looked up in the account to choose from. */
export const inputSources = [
  'lambda-functions',
  'ecs-clusters',
  'ecs-services',
  'rds-instances',
  'dynamodb-tables',
  'log-groups',
  'alarms',
  'ssm-documents',
  'state-machines',
  'sns-topics',
] as const;

const inputBase = {
  name: identifier,
  label: name.optional(),
  description: z.string().max(1_000).optional(),
  required: z.boolean().optional(),
};
/** Lists to choose from: of the account, those whose names begin so. */
const source = z
  .strictObject({ from: z.enum(inputSources), prefix: z.string().max(300).optional() })
  .optional();

export const inputSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...inputBase,
    type: z.literal('text'),
    default: z.string().max(4_000).optional(),
    pattern: z.string().max(500).optional(),
    source,
  }),
  z.strictObject({
    ...inputBase,
    type: z.literal('number'),
    default: z.union([z.number(), z.string()]).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({ ...inputBase, type: z.literal('boolean'), default: z.boolean().optional() }),
  z.strictObject({
    ...inputBase,
    type: z.literal('choice'),
    choices: z.array(z.string().min(1).max(300)).min(1).max(200),
    default: z.string().optional(),
  }),
  z.strictObject({ ...inputBase, type: z.literal('alarm'), default: z.string().optional() }),
  z.strictObject({
    ...inputBase,
    type: z.literal('log-group'),
    default: z.string().optional(),
    prefix: z.string().max(300).optional(),
  }),
  z.strictObject({
    ...inputBase,
    type: z.literal('arn'),
    default: z.string().optional(),
    /** Glob the ARN must fit. */
    pattern: z.string().max(500).optional(),
    source,
  }),
  /** Masked in every view, never written anywhere. */
  z.strictObject({ ...inputBase, type: z.literal('secret') }),
]);
export type RunbookInput = z.infer<typeof inputSchema>;

export const runbookSchema = z.strictObject({
  nightdesk: z.literal('runbook/1'),
  name,
  /** Markdown. */
  description: z.string().max(20_000).optional(),
  owner: z.string().max(120).optional(),
  tags: z.array(z.string().min(1).max(60)).max(30).optional(),
  alarms: z.array(alarmMatchSchema).max(50).optional(),
  /** Runs by itself when one of its alarms fires; allowed only where every step reads. */
  automatic: z.boolean().optional(),
  /** `second-person`: somebody else types a code before it runs. */
  approval: z.enum(['person', 'second-person']).optional(),
  inputs: z.array(inputSchema).max(30).optional(),
  steps: z.array(stepSchema).min(1).max(100),
  /** What takes back what the steps did; run by a person's click, with a sheet of its own. */
  undo: z.array(stepSchema).min(1).max(100).optional(),
});
export type Runbook = z.infer<typeof runbookSchema>;
