/** The inputs' form: what stands in it at first, what is wrong with it, and what is sent of it. */
import { globMatches } from '../../shared/severity/glob';
import type { PlanRequest } from '../../shared/runbooks/plan';
import type { Runbook, RunbookInput } from '../../shared/runbooks/runbook';

export type Draft = Readonly<Record<string, string | boolean>>;

const EXPRESSION = /\{%[\s\S]*%\}/;

/** Its default is worked out from the alarm or the connection when it is planned. */
export const hasWorkedOutDefault = (input: RunbookInput): boolean =>
  'default' in input && typeof input.default === 'string' && EXPRESSION.test(input.default);

/** What the file says, where it says it as it stands. */
export function draftOf(inputs: readonly RunbookInput[]): Draft {
  const draft: Record<string, string | boolean> = {};
  for (const input of inputs) {
    if (!('default' in input) || input.default === undefined || hasWorkedOutDefault(input)) {
      draft[input.name] = input.type === 'boolean' ? false : '';
    } else {
      draft[input.name] =
        typeof input.default === 'boolean' ? input.default : String(input.default);
    }
  }
  return draft;
}

const textOf = (draft: Draft, name: string): string => {
  const value = Object.hasOwn(draft, name) ? draft[name] : '';
  return typeof value === 'string' ? value : '';
};

/** One sentence; null where it can be planned. What the file's pattern says is checked with the plan. */
export function problemOf(input: RunbookInput, draft: Draft): string | null {
  if (input.type === 'boolean') return null;
  const text = textOf(draft, input.name);
  if (text.trim() === '') {
    return input.required === false || hasWorkedOutDefault(input) ? null : 'It is needed.';
  }
  switch (input.type) {
    case 'number':
      return numberProblem(input, text);
    case 'choice':
      return input.choices.includes(text) ? null : 'It must be one of the choices.';
    case 'arn':
      if (!/^arn:[a-z-]+:/.test(text)) return 'It must be an ARN.';
      return input.pattern === undefined || globMatches(input.pattern, text)
        ? null
        : `It must fit ${input.pattern}.`;
    case 'text':
    case 'alarm':
    case 'log-group':
    case 'secret':
      return null;
  }
}

function numberProblem(
  { min, max }: Extract<RunbookInput, { type: 'number' }>,
  text: string,
): string | null {
  const value = Number(text.trim());
  if (!Number.isFinite(value)) return 'It must be a number.';
  if (min !== undefined && value < min) return `At least ${min}.`;
  return max !== undefined && value > max ? `At most ${max}.` : null;
}

/** Empty fields are left out where the file has no value that they would take back. */
export function typedOf(inputs: readonly RunbookInput[], draft: Draft): PlanRequest['inputs'] {
  const typed: PlanRequest['inputs'] = {};
  for (const input of inputs) {
    if (input.type === 'boolean') {
      typed[input.name] = draft[input.name] === true;
      continue;
    }
    const text = textOf(draft, input.name);
    const empty = text.trim() === '';
    const takesBack =
      'default' in input && input.default !== undefined && !hasWorkedOutDefault(input);
    if (empty && !takesBack) continue;
    typed[input.name] = input.type === 'number' && !empty ? Number(text.trim()) : text;
  }
  return typed;
}

/** It can be planned at a click: nothing is asked for that only a person can say. */
export const needsNothing = ({ inputs = [] }: Pick<Runbook, 'inputs'>): boolean =>
  inputs.every((input) => problemOf(input, draftOf(inputs)) === null);

/**
 * What a run was given, for its undoing. Secrets are not kept; an empty optional input was noted as `null`.
 */
export function inputsOfRun(
  inputs: readonly RunbookInput[],
  given: Readonly<Record<string, string>>,
): PlanRequest['inputs'] {
  const typed: PlanRequest['inputs'] = {};
  for (const input of inputs) {
    const value = Object.hasOwn(given, input.name) ? given[input.name] : undefined;
    if (value === undefined || input.type === 'secret') continue;
    if (value === 'null' && input.required === false) continue;
    typed[input.name] =
      input.type === 'boolean' ? value === 'true' : input.type === 'number' ? Number(value) : value;
  }
  return typed;
}
