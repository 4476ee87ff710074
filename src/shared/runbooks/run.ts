/** A run: what was done so far, step by step. The journal holds the same. */
import { z } from 'zod';
import type { Failure } from '../failure';
import type { StepClass } from './step';
import type { StepKind } from './step-kinds';

export const stepStatuses = [
  'waiting',
  'running',
  /** Waits for a person's answer. */
  'asking',
  'done',
  'failed',
  'skipped',
  'cancelled',
  /** The console ended while it ran: nobody knows how it went. */
  'unknown',
] as const;
export type StepStatus = (typeof stepStatuses)[number];

export interface StepOutput {
  kind: 'text' | 'json' | 'table' | 'series';
  /**
   * JSON: a string; any value; `{ columns: string[], rows: string[][] }`; `{ series: { label, points: [ms, number][] }[] }`.
   * Cut at 1 MB, which is said in it.
   */
  json: string;
}

export interface StepQuestion {
  text: string;
  answer: 'confirm' | 'choose' | 'text';
  choices: string[];
  pattern: string | null;
}

export interface StepRun {
  /** `find`, or `drain[2]` for the third of a list. */
  id: string;
  name: string;
  kind: StepKind;
  class: StepClass;
  status: StepStatus;
  /** ms UTC. */
  startedAt: number | null;
  endedAt: number | null;
  attempt: number;
  /** JSON of what was asked for; secrets masked. Null before it ran. */
  requestJson: string | null;
  /** SHA-256, hex, of the whole request and output as the journal has them (masked where there are secrets). */
  requestSha256?: string | null;
  outputSha256?: string | null;
  output: StepOutput | null;
  failure: Failure | null;
  /** What it is doing, in words. */
  progress: string | null;
  question: StepQuestion | null;
  /** Why it was skipped, or what a person said. */
  note: string | null;
}

/** What a person did to a run that went on. */
export interface RunDeed {
  /** ms UTC. */
  at: number;
  by: string;
  action: RunAction['action'];
  stepId: string | null;
  /** The reason of a skip, or an answer; masked. */
  note: string | null;
}

export interface RunState {
  runId: string;
  /** The later of two states of one run has the higher one: an answer may come behind a push that is newer. */
  revision: number;
  runbookId: string;
  name: string;
  alarmKey: string | null;
  connectionId: string | null;
  region: string | null;
  /** Masked. */
  inputs: Record<string, string>;
  class: StepClass;
  hash: string;
  by: string;
  secondPerson: string | null;
  automatic: boolean;
  undoOf: string | null;
  status:
    | 'running'
    | 'paused'
    | 'asking'
    | 'done'
    | 'failed'
    | 'cancelled'
    /** The console ended meanwhile; only a person lets it go on. */
    | 'interrupted';
  /** It has been asked to stop before its next step. */
  pausing: boolean;
  steps: StepRun[];
  /** Oldest first. */
  people?: RunDeed[];
  startedAt: number;
  endedAt: number | null;
  /** The file says how to take it back. */
  undoable: boolean;
}

export const runActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('pause'), runId: z.string() }),
  z.strictObject({ action: z.literal('resume'), runId: z.string() }),
  z.strictObject({ action: z.literal('cancel'), runId: z.string() }),
  z.strictObject({
    action: z.literal('skip'),
    runId: z.string(),
    stepId: z.string(),
    reason: z.string().trim().min(1).max(1_000),
  }),
  /** From a failed or unknown step on. */
  z.strictObject({ action: z.literal('retry'), runId: z.string(), stepId: z.string() }),
  z.strictObject({
    action: z.literal('answer'),
    runId: z.string(),
    stepId: z.string(),
    answer: z.string().max(20_000),
  }),
]);
export type RunAction = z.infer<typeof runActionSchema>;
