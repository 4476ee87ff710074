/** Which values of a step are known before any step has run. */
import type { Step } from '../../shared/runbooks/step';
import type { StepAction } from '../../shared/runbooks/step-kinds';
import { expressionsIn, referencesOf, resolve } from '../../shared/runbooks/template';
import type { Bindings } from '../../shared/runbooks/template';
import type { Scope } from './prepared';

/** What an expression may rest on and be known all the same. */
export interface Known {
  /** Steps that have run already: those of the run that is undone. */
  done: ReadonlySet<string>;
  /** Inputs of this scope that rest on an outer runbook's steps. */
  openInputs: ReadonlySet<string>;
  /** Runs once an element, whose values come one by one. */
  loop: boolean;
}

export function knownAt(step: Step, scope: Scope, done: ReadonlySet<string>): Known {
  const declared = (scope.runbook.inputs ?? []).map(({ name }) => name);
  return {
    // Steps of an inner runbook are others, even of the same names.
    done: scope.id === '' ? done : new Set(),
    openInputs: new Set(declared.filter((name) => !Object.hasOwn(scope.inputs, name))),
    loop: step.forEach !== undefined,
  };
}

export function rests(expression: string, known: Known): boolean {
  return referencesOf(expression).some(({ root, name }) => {
    if (root === 'steps') return name === null || !known.done.has(name);
    if (root === 'item') return known.loop;
    if (root === 'inputs') {
      return name === null ? known.openInputs.size > 0 : known.openInputs.has(name);
    }
    return false;
  });
}

export const restsOnSteps = (value: unknown, known: Known): boolean =>
  [...expressionsIn(value)].some(({ expression }) => rests(expression, known));

/** Two values never have the same path: a name that could be read as more than one step is quoted. */
export const pathTo = (path: string, key: string): string =>
  /^[\w-]+$/.test(key) ? (path === '' ? key : `${path}.${key}`) : `${path}[${JSON.stringify(key)}]`;

/** Resolves what is known and leaves the rest as it is written. */
export async function resolveKnown(
  action: StepAction,
  bindings: Bindings,
  known: Known,
): Promise<{ action: unknown; unknown: string[] }> {
  const unknown: string[] = [];
  const walk = async (value: unknown, path: string): Promise<unknown> => {
    if (typeof value === 'string') {
      if (!restsOnSteps(value, known)) return resolve(value, bindings, path);
      unknown.push(path);
      return value;
    }
    if (Array.isArray(value)) {
      const elements: unknown[] = [];
      for (const [i, one] of value.entries()) elements.push(await walk(one, `${path}[${i}]`));
      return elements;
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries: [string, unknown][] = [];
    for (const [key, one] of Object.entries(value)) {
      entries.push([key, await walk(one, pathTo(path, key))]);
    }
    return Object.fromEntries(entries);
  };
  // A check's condition is an expression as a whole: the runner evaluates it.
  if (action.kind === 'check') return { action, unknown: [] };
  return { action: await walk(action, ''), unknown };
}
