/** What a run would do: every step with its values resolved as far as they are known, made without any change. */
import { z } from 'zod';
import type { Failure } from '../failure';
import type { StepClass } from './step';
import type { StepKind } from './step-kinds';

export const planRequestSchema = z.strictObject({
  runbookId: z.string().min(1).max(200),
  /** The alarm it is run for; null: none. */
  alarmKey: z.string().max(4_096).nullable(),
  connectionId: z.string().min(1).max(200).nullable(),
  region: z.string().min(1).max(64).nullable(),
  /** As typed, by the inputs' names. */
  inputs: z.record(z.string().max(60), z.union([z.string().max(20_000), z.number(), z.boolean()])),
  /** The steps that undo a finished run. */
  undoOf: z.string().max(64).nullable(),
});
export type PlanRequest = z.infer<typeof planRequestSchema>;

export interface PlannedStep {
  id: string;
  name: string;
  kind: StepKind;
  class: StepClass;
  /** Null for what does not call AWS. */
  place: { connectionId: string; region: string; accountId: string | null } | null;
  /** What it acts on, by the name a person would type; null where it has none or it is not known yet. */
  resource: string | null;
  /** Files beside the runbook that it runs, by path in its folder, SHA-256 hex: changed ones are refused. */
  files?: { path: string; sha256: string }[];
  /** JSON of the action with its values; secrets are masked. */
  actionJson: string;
  /** Where values are known only when earlier steps have run: paths within the action. */
  unknown: string[];
  /** `unknown`: its condition rests on earlier steps. */
  runs: 'yes' | 'no' | 'unknown';
  /** What it runs for, one after another; null where earlier steps give that, absent for a step that runs once. */
  elements?: string[] | null;
  /** What a look at the account told, in words: `desired count 2 → 4`. Null where there is nothing to look at. */
  effect: string | null;
  /** Why it could not be planned; the run is refused then. */
  failure: Failure | null;
}

export interface RunPlan {
  runbookId: string;
  name: string;
  /** The highest of its steps. */
  class: StepClass;
  steps: PlannedStep[];
  /** What the person has to do before it runs. */
  approval:
    | { kind: 'none' }
    | { kind: 'confirm' }
    /** Steps that destroy: the resource's name is typed. */
    | { kind: 'type'; text: string };
  /** A second person types the code they are shown on their own screen, or read out. */
  secondPerson: boolean;
  /** SHA-256 over resolved steps, inputs, account and region, hex: what is approved is what runs. */
  hash: string;
  /** In one sentence each; with any, it cannot be run. */
  problems: string[];
}

export const startRunSchema = planRequestSchema.extend({
  /** A double click starts once. */
  commandId: z.string().min(1).max(64),
  /** Of the plan the person saw. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  typed: z.string().max(4_096).nullable(),
  secondPerson: z
    .strictObject({ name: z.string().min(1).max(80), code: z.string().max(20) })
    .nullable(),
});
export type StartRun = z.infer<typeof startRunSchema>;
