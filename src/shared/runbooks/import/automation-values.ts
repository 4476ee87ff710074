/** `{{ … }}` of Automation documents as expressions. */
import type { Lost } from './imported';
import { clipped, inert } from './imported';

/** What references lead to: names as they were, and what they are now. */
export interface Known {
  /** Parameters by name: the inputs' names. */
  inputs: ReadonlyMap<string, string>;
  /** Steps by name: their ids, and what of their output holds an output of theirs. */
  steps: ReadonlyMap<string, { id: string; path(output: string): string | null }>;
  lost: Lost[];
  line: number | null;
}

const referencePattern = /\{\{\s*([^{}]{1,300}?)\s*\}\}/g;
const wholePattern = /^\s*\{\{\s*([^{}]{1,300}?)\s*\}\}\s*$/;

const globals: Readonly<Record<string, string>> = {
  'global:REGION': '$connection.region',
  'global:ACCOUNT_ID': '$connection.accountId',
  'global:DATE_TIME': '$fromMillis($now)',
  'global:DATE': '$fromMillis($now, "[Y0001]-[M01]-[D01]")',
};

/** A value with every reference in it an expression. Names of fields stay as they are. */
export function withExpressions(value: unknown, known: Known): unknown {
  if (typeof value === 'string') return textWith(value, known);
  if (Array.isArray(value)) return value.map((one) => withExpressions(one, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [inert(name), withExpressions(one, known)]),
  );
}

/** The same for what a text is asked for: anything else becomes JSON. */
export function textOf(value: unknown, known: Known): string {
  const made = withExpressions(value, known);
  const text = typeof made === 'string' ? made : (JSON.stringify(made) ?? '');
  return clipped(text, 20_000);
}

export function textWith(text: string, known: Known): string {
  // Its own marks of ours first: only what is made here is an expression.
  return inert(text).replaceAll(referencePattern, (reference, name: string) => {
    const expression = expressionOf(name, known);
    return expression === null ? reference : `{% ${expression} %}`;
  });
}

/** The expression a text is as a whole; null where it is more, or none. */
export function wholeReference(value: unknown, known: Known): string | null {
  const name = typeof value === 'string' ? wholePattern.exec(value)?.[1] : undefined;
  return name === undefined ? null : expressionOf(name, known);
}

function expressionOf(name: string, known: Known): string | null {
  const input = known.inputs.get(name);
  if (input !== undefined) return `$inputs.${input}`;
  const global = Object.hasOwn(globals, name) ? globals[name] : undefined;
  if (global !== undefined) return global;
  const [, stepName, output] = /^([\w-]{1,128})\.(.{1,200})$/.exec(name) ?? [];
  const step = stepName === undefined ? undefined : known.steps.get(stepName);
  if (step !== undefined && output !== undefined) {
    const path = step.path(output);
    if (path !== null) return `$steps.${step.id}.output${path}`;
    const message = `What {{ ${name} }} stands for must be written anew: $steps.${step.id}.output holds other fields.`;
    known.lost.push({ line: known.line, message });
    // Nothing is found there, so a call that needs it fails rather than run with something else.
    return `$steps.${step.id}.output.${fieldPath(output)}`;
  }
  const message = `{{ ${clipped(name, 80)} }} is nothing a runbook knows: it stands as text.`;
  known.lost.push({ line: known.line, message });
  return null;
}

/** Names with other letters than JSONata's own are quoted. */
export const fieldPath = (output: string): string =>
  output
    .split('.')
    .map((part) => (/^[a-zA-Z_]\w*$/.test(part) ? part : `\`${part.replaceAll('`', '')}\``))
    .join('.');
