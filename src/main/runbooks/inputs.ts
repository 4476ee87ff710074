/** What a person typed, checked against what the file asks for. */
import type { PlanRequest } from '../../shared/runbooks/plan';
import type { Runbook, RunbookInput } from '../../shared/runbooks/runbook';
import { globMatches } from '../../shared/severity/glob';
import { hasExpression, resolve, TemplateError } from '../../shared/runbooks/template';
import type { Bindings } from '../../shared/runbooks/template';
import { compileRegex } from '../logs/engine/regex-guard';
import { Secrets } from './prepared';

export interface CheckedInputs {
  values: Record<string, unknown>;
  secrets: Secrets;
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
      const given = typed[input.name] ?? (await defaultOf(input, bindings));
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
  return { values, secrets: new Secrets(secrets), bindings, problems };
}

class InputError extends Error {}

async function defaultOf(input: RunbookInput, bindings: Bindings): Promise<Typed | undefined> {
  if (!('default' in input) || input.default === undefined) return undefined;
  if (typeof input.default !== 'string' || !hasExpression(input.default)) return input.default;
  const value = await resolve(input.default, bindings, 'default');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
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
    case 'alarm':
    case 'log-group':
    case 'secret':
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
