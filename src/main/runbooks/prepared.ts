/** A run as the planner prepared it: what the runner goes by, and what the person's sheet is made from. */
import type { Failure } from '../../shared/failure';
import type { Runbook } from '../../shared/runbooks/runbook';
import type { Step, StepClass } from '../../shared/runbooks/step';
import type { StepKind } from '../../shared/runbooks/step-kinds';
import type { ApprovedFile, StepPlace } from './step-seams';

/** Whose inputs and steps a step's expressions look at: the runbook's own, or those of one that it runs. */
export interface Scope {
  id: string;
  runbook: Runbook;
  folder: string;
  /** Known now; values that rest on steps are worked out when the first step of the scope runs. */
  inputs: Record<string, unknown>;
  /** The inputs as the outer runbook writes them, with expressions; null for the outermost. */
  given: { from: Scope; inputs: unknown } | null;
}

export interface PreparedStep {
  /** Unique in the run: `find`, `deploy.check` within another runbook's steps. */
  id: string;
  name: string;
  kind: StepKind;
  class: StepClass;
  step: Step;
  scope: Scope;
  place: StepPlace | null;
  /** With everything resolved that is known now; what is not stands as its expression. */
  action: unknown;
  /** Paths in the action that are known only later. */
  unknown: string[];
  runs: 'yes' | 'no' | 'unknown';
  /** What it runs for one by one, where that is known now; null for a step that runs once. */
  elements: readonly unknown[] | null;
  /** Steps that run this step's runbook on a condition that is known only later, outermost first. */
  guards: readonly PreparedStep[];
  resource: string | null;
  /** Files beside the runbook that it runs, as they are now. */
  files: ApprovedFile[];
  effect: string | null;
  failure: Failure | null;
}
