/**
 * Values with JSONata between `{%` and `%}`. A whole value that is one expression becomes what it gives, of any type;
 * an expression within a text becomes text there. The result is a value: whatever it holds is never read again as an
 * expression.
 */
import jsonata from 'jsonata';

/** What expressions may look at. */
export interface Bindings {
  alarm: unknown;
  incident: unknown;
  inputs: Record<string, unknown>;
  /** Of steps that have run, by id: `{ output, status }`. */
  steps: Record<string, unknown>;
  connection: unknown;
  item?: unknown;
  /** ms UTC. */
  now: number;
}

/** One expression that could not be read or evaluated. */
export class TemplateError extends Error {
  constructor(
    message: string,
    /** Where in the value: `payload.items[2]`; empty for the value itself. */
    readonly path: string,
    /** UTF-16 units into the text; null when it is about evaluation. */
    readonly at: number | null,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** An expression may not hold up the console. */
const TIMEOUT_MS = 500;
const STACK = 200;
const SEQUENCE = 200_000;

const expressionPattern = /\{%([\s\S]*?)%\}/g;
const whole = /^\s*\{%((?:(?!%\})[\s\S])*)%\}\s*$/;

export const hasExpression = (text: string): boolean => /\{%[\s\S]*?%\}/.test(text);

interface Piece {
  expression: string;
  /** Where it begins in the text. */
  at: number;
}

function piecesOf(text: string): Piece[] {
  return [...text.matchAll(expressionPattern)].map((match) => ({
    expression: match[1] ?? '',
    at: match.index + 2,
  }));
}

/** Every expression within a value, with its path. */
export function* expressionsIn(
  value: unknown,
  path = '',
): Generator<Piece & { path: string }, void, undefined> {
  if (typeof value === 'string') {
    for (const piece of piecesOf(value)) yield { ...piece, path };
    return;
  }
  if (Array.isArray(value)) {
    for (const [i, element] of value.entries()) yield* expressionsIn(element, `${path}[${i}]`);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* expressionsIn(inner, path === '' ? key : `${path}.${key}`);
  }
}

/** Why an expression cannot be read; null when it can. */
export function expressionMistake(expression: string): { message: string; at: number } | null {
  try {
    compile(expression);
    return null;
  } catch (error) {
    return { message: messageOf(error), at: positionOf(error) };
  }
}

/** Names an expression looks up: `{ root: 'steps', name: 'find' }` of `$steps.find.output`. */
export interface Reference {
  root: string;
  /** Null when the whole is looked at, or the name is worked out. */
  name: string | null;
}

/** What an expression refers to; empty for one that cannot be read. */
export function referencesOf(expression: string): Reference[] {
  const found: Reference[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const element of node) visit(element);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    if (isRecord(node) && node['type'] === 'path' && Array.isArray(node['steps'])) {
      const [first, second] = node['steps'];
      if (isRecord(first) && first['type'] === 'variable' && typeof first['value'] === 'string') {
        const next = isRecord(second) && second['type'] === 'name' ? second['value'] : null;
        found.push({ root: first['value'], name: typeof next === 'string' ? next : null });
        for (const step of node['steps'].slice(1)) visit(step);
        for (const inner of Object.entries(first)) if (inner[0] !== 'value') visit(inner[1]);
        return;
      }
    }
    if (isRecord(node) && node['type'] === 'variable' && typeof node['value'] === 'string') {
      found.push({ root: node['value'], name: null });
    }
    for (const inner of Object.values(node)) visit(inner);
  };
  try {
    visit(compile(expression).ast());
  } catch {
    // What cannot be read is told by expressionMistake.
    return [];
  }
  return found;
}

/** Evaluates one expression. @throws TemplateError */
export async function evaluate(
  expression: string,
  bindings: Bindings,
  path = '',
): Promise<unknown> {
  try {
    const given = Object.fromEntries(
      Object.entries(bindings).map(([name, value]) => [name, plain(value)]),
    );
    const result: unknown = await compile(expression).evaluate(null, given);
    return plain(result);
  } catch (error) {
    throw new TemplateError(messageOf(error), path, null);
  }
}

/** A value with every expression in it evaluated. @throws TemplateError naming the path */
export async function resolve(value: unknown, bindings: Bindings, path = ''): Promise<unknown> {
  if (typeof value === 'string') return resolveText(value, bindings, path);
  if (Array.isArray(value)) {
    const elements: unknown[] = [];
    for (const [i, element] of value.entries()) {
      elements.push(await resolve(element, bindings, `${path}[${i}]`));
    }
    return elements;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = [];
  for (const [key, inner] of Object.entries(value)) {
    entries.push([key, await resolve(inner, bindings, path === '' ? key : `${path}.${key}`)]);
  }
  return Object.fromEntries(entries);
}

async function resolveText(text: string, bindings: Bindings, path: string): Promise<unknown> {
  const only = whole.exec(text);
  if (only !== null) return evaluate(only[1] ?? '', bindings, path);
  const parts: string[] = [];
  let from = 0;
  for (const { expression, at } of piecesOf(text)) {
    parts.push(text.slice(from, at - 2));
    const result = await evaluate(expression, bindings, path);
    if (result === undefined || result === null) {
      throw new TemplateError(`{%${expression}%} has no value.`, path, at);
    }
    parts.push(typeof result === 'string' ? result : JSON.stringify(result));
    from = at + expression.length + 2;
  }
  return parts.join('') + text.slice(from);
}

const compiled = new Map<string, jsonata.Expression>();
const MOST_COMPILED = 500;

function compile(expression: string): jsonata.Expression {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const made = jsonata(expression, { timeout: TIMEOUT_MS, stack: STACK, sequence: SEQUENCE });
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(expression, made);
  return made;
}

/** Plain data of its own: no prototype, no sequence marks of JSONata's, no functions. */
function plain(value: unknown): unknown {
  if (value === undefined) return undefined;
  const json = JSON.stringify(value);
  if (json === undefined) return undefined;
  const copy: unknown = JSON.parse(json);
  return copy;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function messageOf(error: unknown): string {
  if (isRecord(error) && typeof error['message'] === 'string') return error['message'];
  return error instanceof Error ? error.message : String(error);
}

function positionOf(error: unknown): number {
  return isRecord(error) && typeof error['position'] === 'number' ? error['position'] : 0;
}
