/** Reads a runbook's file: what it says, or what is wrong with it, with line and column. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';
import { runbookSchema } from './runbook';
import type { Runbook } from './runbook';
import type { RunbookProblem } from './listing';
import { checkRunbook } from './check-runbook';
import type { Mistake } from './check-runbook';

/** Longer files are no runbooks. */
export const LONGEST_FILE = 512 * 1_024;

export type ReadRunbook =
  | { ok: true; runbook: Runbook; problems: [] }
  | { ok: false; runbook: null; problems: RunbookProblem[] };

export function readRunbook(text: string): ReadRunbook {
  if (text.length > LONGEST_FILE) {
    return broken([whole(`The file has more than ${LONGEST_FILE / 1_024} KB.`)]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    // Numbers and booleans as YAML 1.2 has them; no tags that make objects of other kinds.
    version: '1.2',
    schema: 'core',
    customTags: [],
    merge: false,
    uniqueKeys: true,
    stringKeys: true,
  });
  const syntax = document.errors.map(({ message, pos }): RunbookProblem => {
    const { line, col } = lines.linePos(pos[0]);
    return { line, column: col, path: '', message: firstLine(message) };
  });
  if (syntax.length > 0) return broken(syntax);
  const forbidden = forbiddenKey(document);
  if (forbidden !== null) return broken([whole(`A field may not be called ${forbidden}.`)]);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return broken([whole(firstLine(error instanceof Error ? error.message : String(error)))]);
  }
  const parsed = runbookSchema.safeParse(value);
  const at = (mistake: Mistake): RunbookProblem => locate(document, lines, mistake);
  if (!parsed.success) {
    return broken(
      parsed.error.issues.flatMap((issue) => mistakesOf(issue)).map((mistake) => at(mistake)),
    );
  }
  const mistakes = checkRunbook(parsed.data);
  if (mistakes.length > 0) return broken(mistakes.map((mistake) => at(mistake)));
  return { ok: true, runbook: parsed.data, problems: [] };
}

interface Issue {
  path: readonly PropertyKey[];
  message: string;
  code?: string | undefined;
  keys?: readonly string[];
  /** Of a list of shapes the field that tells which is meant. */
  discriminator?: string | undefined;
}

/** Fields that are not known are each a mistake of their own, where they stand. */
function mistakesOf(issue: Issue): Mistake[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys' && issue.keys !== undefined) {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `There is no field ${JSON.stringify(key)} here.`,
    }));
  }
  return [{ path, message: words(issue, path) }];
}

function words(issue: Issue, path: readonly (string | number)[]): string {
  const last = path.at(-1);
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    return `This is no ${issue.discriminator} there is, or none is said.`;
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return typeof last === 'string' ? `${last} is missing.` : 'A value is missing.';
  }
  return sentence(issue.message);
}

const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
/** The place is told beside it. */
const firstLine = (message: string): string =>
  sentence((message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, ''));
const whole = (message: string): RunbookProblem => ({
  line: null,
  column: null,
  path: '',
  message,
});
const broken = (problems: RunbookProblem[]): ReadRunbook => ({
  ok: false,
  runbook: null,
  problems,
});

/** The nearest part of the document that is there. */
function locate(
  document: Document,
  lines: LineCounter,
  { path, message }: Mistake,
): RunbookProblem {
  for (let length = path.length; length >= 0; length -= 1) {
    const start = startOf(document, path.slice(0, length));
    if (start === null) continue;
    const { line, col } = lines.linePos(start);
    return { line, column: col, path: pathText(path), message };
  }
  return { line: null, column: null, path: pathText(path), message };
}

/** Of a field its name's place; of an element the element's. */
function startOf(document: Document, path: readonly (string | number)[]): number | null {
  const last = path.at(-1);
  const parent: unknown =
    path.length === 0 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent) && typeof last === 'string') {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
    const key: unknown = pair?.key;
    return isScalar(key) ? (key.range?.[0] ?? null) : null;
  }
  if (isSeq(parent) && typeof last === 'number') {
    const element: unknown = parent.items[last];
    return isMap(element) || isScalar(element) || isSeq(element)
      ? (element.range?.[0] ?? null)
      : null;
  }
  return path.length === 0 && (isMap(parent) || isSeq(parent) || isScalar(parent))
    ? (parent.range?.[0] ?? null)
    : null;
}

export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

const reserved = new Set(['__proto__', 'constructor', 'prototype']);

function forbiddenKey(document: Document): string | null {
  let found: string | null = null;
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || typeof key.value !== 'string' || !reserved.has(key.value)) return;
      found = key.value;
      return visit.BREAK;
    },
  });
  return found;
}
