/** What the journal keeps of runs: enough to show afterwards what was done, and to go on after a crash. */
import { z } from 'zod';
import { stepClasses } from './step';

const text = z.string();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** On disk before the first step. */
export const runStartedSchema = z.strictObject({
  type: z.literal('runbook-started'),
  runId: text,
  commandId: text,
  runbookId: text,
  name: text,
  alarmKey: text.nullable(),
  connectionId: text.nullable(),
  region: text.nullable(),
  /** Secrets masked. */
  inputs: z.record(z.string(), z.string()),
  /** An input was secret: the run cannot go on after a restart. */
  hasSecrets: z.boolean(),
  class: z.enum(stepClasses),
  /** Of the approved plan, and of the files' texts. */
  hash: sha256,
  sourceSha256: sha256,
  /** ms UTC: what `$now` was when it was planned. */
  plannedAt: z.number().optional(),
  by: text,
  secondPerson: text.nullable(),
  automatic: z.boolean(),
  undoOf: text.nullable(),
  steps: z.array(
    z.strictObject({
      id: text,
      name: text,
      kind: text,
      class: z.enum(stepClasses),
      /** What it was approved to do, where its target rests on what ran then; secrets masked. */
      effect: text.optional(),
    }),
  ),
});

/** `started` is on disk before the step's call is made. */
export const runStepSchema = z.strictObject({
  type: z.literal('runbook-step'),
  runId: text,
  stepId: text,
  name: text,
  kind: text,
  phase: z.enum(['started', 'done', 'failed', 'skipped', 'cancelled']),
  attempt: z.number().int().min(0),
  /** JSON of what is asked for, secrets masked, cut at 64 KB; null but for `started`. */
  request: text.nullable(),
  /** `{ kind, json }` as JSON, secrets masked, cut at 64 KB; null but for `done`. */
  output: text.nullable(),
  /** Of the whole request or output, before it was cut; of its masked form where there are secrets. */
  sha256: sha256.nullable(),
  /** Why it failed, was skipped, or what was said. */
  note: text.nullable(),
});

/** What a person did to a run. */
export const runPersonSchema = z.strictObject({
  type: z.literal('runbook-person'),
  runId: text,
  action: z.enum(['pause', 'resume', 'cancel', 'skip', 'retry', 'answer']),
  stepId: text.nullable(),
  by: text,
  note: text.nullable(),
});

export const runEndedSchema = z.strictObject({
  type: z.literal('runbook-ended'),
  runId: text,
  status: z.enum(['done', 'failed', 'cancelled']),
  note: text.nullable(),
});

export const runEventSchemas = [
  runStartedSchema,
  runStepSchema,
  runPersonSchema,
  runEndedSchema,
] as const;
export type RunEvent =
  | z.infer<typeof runStartedSchema>
  | z.infer<typeof runStepSchema>
  | z.infer<typeof runPersonSchema>
  | z.infer<typeof runEndedSchema>;
