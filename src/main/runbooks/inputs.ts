/** What a person typed, checked against what the file asks for. */
import { FailureError } from '../../shared/failure';
import type { PlanRequest } from '../../shared/runbooks/plan';
import type { Runbook, RunbookInput } from '../../shared/runbooks/runbook';
import { globMatches } from '../../shared/severity/glob';
import { hasExpression, resolve, TemplateError } from '../../shared/runbooks/template';
import type { Bindings } from '../../shared/runbooks/template';
import { invalid } from './action-values';
import { compileRegex } from '../logs/engine/regex-guard';
import { SHORTEST_SECRET } from './secrets';

export interface CheckedInputs {
  values: Record<string, unknown>;
  /** Values of secret inputs. */
  secrets: string[];
  bindings: Bindings;
  /** In one sentence each. */
  problems: string[];
}

type Typed = PlanRequest['inputs'][string];

/** Defaults may be expressions over the alarm and the connection. */
export async function checkInputs(
  { inputs = [] }: Runbook,
  typed: PlanRequest['inputs'],
  bindings: Bindings,
): Promise<CheckedInputs> {
  const values: Record<string, unknown> = {};
  const secrets: string[] = [];
  const problems: string[] = [];
  for (const input of inputs) {
    const label = input.label ?? input.name;
    try {
      const given = ownValue(typed, input.name) ?? (await defaultOf(input, bindings));
      const value = given === undefined || given === '' ? null : valueOf(input, given);
      if (value === null && input.required !== false) problems.push(`${label} is missing.`);
      if (input.type === 'secret' && typeof value === 'string') secrets.push(value);
      values[input.name] = value;
    } catch (error) {
      if (!(error instanceof InputError) && !(error instanceof TemplateError)) throw error;
      problems.push(`${label}: ${error.message}`);
    }
  }
  const known = new Set(inputs.map(({ name }) => name));
  for (const name of Object.keys(typed)) {
    if (!known.has(name)) problems.push(`There is no input called ${name}.`);
  }
  return { values, secrets, bindings, problems };
}

/** `constructor` is a name like any other. */
const ownValue = (typed: Readonly<Record<string, Typed>>, name: string): Typed | undefined =>
  Object.hasOwn(typed, name) ? typed[name] : undefined;

class InputError extends Error {}

async function defaultOf(input: RunbookInput, bindings: Bindings): Promise<Typed | undefined> {
  if (!('default' in input) || input.default === undefined) return undefined;
  if (typeof input.default !== 'string' || !hasExpression(input.default)) return input.default;
  const value = await resolve(input.default, bindings, 'default');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

/**
 * What an outer runbook gives for an input of an inner one; null for nothing.
 * @throws FailureError in one sentence
 */
export function passedValue(input: RunbookInput, given: unknown): unknown {
  const label = input.label ?? input.name;
  if (given === undefined || given === null || given === '') {
    if (input.required === false) return null;
    throw new FailureError(invalid(`${label} is missing.`));
  }
  if (typeof given !== 'string' && typeof given !== 'number' && typeof given !== 'boolean') {
    throw new FailureError(invalid(`${label}: one value is wanted, not a list or an object.`));
  }
  try {
    return valueOf(input, given);
  } catch (error) {
    if (error instanceof InputError) throw new FailureError(invalid(`${label}: ${error.message}`));
    throw error;
  }
}

function valueOf(input: RunbookInput, given: Typed): unknown {
  switch (input.type) {
    case 'number':
      return numberOf(input, given);
    case 'boolean':
      if (given === true || given === false) return given;
      if (given === 'true' || given === 'false') return given === 'true';
      throw new InputError('yes or no is wanted.');
    case 'choice':
      if (input.choices.includes(String(given))) return String(given);
      throw new InputError(`it must be one of ${input.choices.join(', ')}.`);
    case 'text':
      return patterned(String(given), input.pattern);
    case 'arn': {
      const text = String(given);
      if (!/^arn:[a-z-]+:/.test(text)) throw new InputError('it must be an ARN.');
      if (input.pattern !== undefined && !globMatches(input.pattern, text)) {
        throw new InputError(`it must fit ${input.pattern}.`);
      }
      return text;
    }
    case 'secret':
      if (String(given).length >= SHORTEST_SECRET) return String(given);
      throw new InputError(
        `at least ${SHORTEST_SECRET} characters are wanted: a shorter one cannot be kept out of sight.`,
      );
    case 'alarm':
    case 'log-group':
      return String(given);
  }
}

function numberOf(input: Extract<RunbookInput, { type: 'number' }>, given: Typed): number {
  const value = typeof given === 'number' ? given : Number(String(given).trim());
  if (!Number.isFinite(value)) throw new InputError('a number is wanted.');
  if (input.min !== undefined && value < input.min) {
    throw new InputError(`at least ${input.min} is wanted.`);
  }
  if (input.max !== undefined && value > input.max) {
    throw new InputError(`at most ${input.max} is wanted.`);
  }
  return value;
}

/** The whole text must fit. */
function patterned(text: string, pattern: string | undefined): string {
  if (pattern === undefined || compileRegex(`^(?:${pattern})$`, false)(text)) return text;
  throw new InputError(`it must fit ${pattern}.`);
}
