/** What expressions may look at while a run goes on: what was known at the start, and what steps gave since. */
import type { RunState, StepOutput } from '../../shared/runbooks/run';
import type { Bindings } from '../../shared/runbooks/template';
import { resolve } from '../../shared/runbooks/template';
import { passedValue } from './inputs';
import type { PreparedStep, Scope } from './prepared';

/** A step of the run; one of a list has an element. */
export interface RunItem {
  id: string;
  step: PreparedStep;
  item: { value: unknown; index: number } | undefined;
}

export class RunValues {
  /** By the scope's id, then by the step's. */
  private readonly given = new Map<string, Record<string, unknown>>();
  private readonly inputs = new Map<string, Record<string, unknown>>();

  constructor(private readonly bindings: Bindings) {}

  /** What an expression of a step may look at now. @throws TemplateError for inputs of an inner runbook */
  async of({ step, item }: RunItem): Promise<Bindings> {
    const { scope } = step;
    return {
      ...this.bindings,
      inputs: await this.inputsOf(scope),
      steps: this.stepsOf(scope.id),
      ...(item === undefined ? {} : { item: item.value }),
    };
  }

  took(item: RunItem, output: StepOutput | null, status: string): void {
    const { scope, step } = item.step;
    const steps = this.stepsOf(scope.id);
    const value = output === null ? null : valueOf(output);
    if (item.item === undefined) {
      steps[step.id] = { output: value, status };
    } else {
      const before = steps[step.id];
      const list = isList(before) ? [...before.output] : [];
      // By its place: an element that is tried again gives its value once.
      list[item.item.index] = value;
      steps[step.id] = { output: Array.from(list, (one) => one ?? null), status };
    }
    this.given.set(scope.id, steps);
  }

  /** Of the outermost runbook: what its undoing may look at. */
  all(): Record<string, unknown> {
    return { ...this.stepsOf('') };
  }

  private stepsOf(scopeId: string): Record<string, unknown> {
    return this.given.get(scopeId) ?? (scopeId === '' ? { ...this.bindings.steps } : {});
  }

  /** Of an inner runbook once for all its steps, when the first of them comes. */
  private async inputsOf(scope: Scope): Promise<Record<string, unknown>> {
    const known = this.inputs.get(scope.id);
    if (known !== undefined) return known;
    const inputs = await this.workedOut(scope);
    this.inputs.set(scope.id, inputs);
    return inputs;
  }

  private async workedOut({ given, inputs, runbook }: Scope): Promise<Record<string, unknown>> {
    if (given === null) return inputs;
    const outer: Bindings = {
      ...this.bindings,
      inputs: await this.inputsOf(given.from),
      steps: this.stepsOf(given.from.id),
    };
    const all: Record<string, unknown> = { ...inputs };
    const written = isRecord(given.inputs) ? given.inputs : {};
    for (const input of runbook.inputs ?? []) {
      const { name } = input;
      if (Object.hasOwn(all, name)) continue;
      all[name] = passedValue(input, await resolve(written[name] ?? null, outer, name));
    }
    return all;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: unknown): value is { output: unknown[] } =>
  isRecord(value) && Array.isArray(value['output']);

/** As expressions see it: a table's rows are objects by their columns. */
export function valueOf({ kind, json }: StepOutput): unknown {
  const value: unknown = JSON.parse(json);
  if (kind !== 'table' || !isRecord(value)) return value;
  const { columns, rows } = value;
  if (!Array.isArray(columns) || !Array.isArray(rows)) return value;
  const names = columns.map(String);
  return {
    columns: names,
    rows: rows.map((row: unknown) =>
      Object.fromEntries(
        names.map((name, i) => [name, Array.isArray(row) ? (row[i] ?? null) : null]),
      ),
    ),
  };
}

/** What a run's steps gave, as its undoing may look at it: lists under the id of their step. */
export function givenBy({ steps }: RunState): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { id, output, status } of steps) {
    const value = output === null ? null : valueOf(output);
    const element = elementOf(id);
    const before = element === null ? null : given[element.id];
    if (element === null) given[id] = { output: value, status };
    else {
      const list = isList(before) ? before.output : [];
      given[element.id] = { output: [...list, value], status };
    }
  }
  return given;
}

/** `drain[2]` is the third of `drain`; null for a step of its own. */
export function elementOf(id: string): { id: string; index: number } | null {
  const match = /^(.+)\[(\d+)\]$/.exec(id);
  return match === null ? null : { id: match[1] ?? id, index: Number(match[2]) };
}
