/** A run as the planner prepared it: what the runner goes by, and what the person's sheet is made from. */
import type { Failure } from '../../shared/failure';
import type { Runbook } from '../../shared/runbooks/runbook';
import type { Step, StepClass } from '../../shared/runbooks/step';
import type { StepKind } from '../../shared/runbooks/step-kinds';
import type { StepPlace } from './step-seams';

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
  resource: string | null;
  effect: string | null;
  failure: Failure | null;
}

/** Values that must not be seen: wherever one stands, it is masked. */
export class Secrets {
  private readonly values: readonly string[];

  constructor(values: readonly string[]) {
    // A longer secret may hold a shorter one.
    this.values = [...new Set(values)]
      .filter((value) => value.length > 0)
      .sort((a, b) => b.length - a.length);
  }

  get some(): boolean {
    return this.values.length > 0;
  }

  mask(text: string): string {
    let masked = text;
    for (const value of this.values) {
      masked = masked.replaceAll(value, MASK);
      const quoted = JSON.stringify(value).slice(1, -1);
      if (quoted !== value) masked = masked.replaceAll(quoted, MASK);
    }
    return masked;
  }

  /** JSON of a value, masked text by text: a secret is found however JSON writes it. */
  maskedJson(value: unknown, space?: number): string {
    return (
      JSON.stringify(
        value,
        (_key, inner: unknown) => (typeof inner === 'string' ? this.mask(inner) : inner),
        space,
      ) ?? 'null'
    );
  }
}

export const MASK = '••••••';
