/** Reads a JSON or YAML document of others: plain data, with the lines of its parts. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { RunbookProblem } from '../listing';
import { LONGEST_DOCUMENT } from './imported';

export type PlainRecord = Readonly<Record<string, unknown>>;

export type PlainDocument =
  | { ok: true; value: PlainRecord; lineOf(path: readonly (string | number)[]): number | null }
  | { ok: false; problems: RunbookProblem[] };

/** Brackets within brackets: deeper ones would need as many calls within calls. */
const DEEPEST = 200;
const MOST_ALIASES = 50;

export const isRecord = (value: unknown): value is PlainRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of an object, never of its prototype. */
export const own = (record: PlainRecord, name: string): unknown =>
  Object.hasOwn(record, name) ? record[name] : undefined;

export const textAt = (record: PlainRecord, name: string): string | null => {
  const value = own(record, name);
  return typeof value === 'string' ? value : null;
};

export const recordAt = (record: PlainRecord, name: string): PlainRecord => {
  const value = own(record, name);
  return isRecord(value) ? value : {};
};

export function readPlain(text: string): PlainDocument {
  if (text.trim() === '') return refused('There is no text.');
  if (text.length > LONGEST_DOCUMENT) {
    return refused(`The document has more than ${LONGEST_DOCUMENT / 1_024} KB.`);
  }
  const deep = tooDeep(text);
  if (deep !== null) return refused('This is nested too deeply.', deep.line, deep.column);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    customTags: [],
    merge: false,
    uniqueKeys: true,
    stringKeys: true,
    logLevel: 'silent',
  });
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.slice(0, 20).map(({ message, pos }) => {
        const { line, col } = lines.linePos(pos[0]);
        return { line, column: col, path: '', message: firstLine(message) };
      }),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    return refused(firstLine(error instanceof Error ? error.message : String(error)));
  }
  if (!isRecord(value)) return refused('The document is no object with fields.', 1, 1);
  return { ok: true, value, lineOf: (path) => lineIn(document, lines, path) };
}

const firstLine = (message: string): string => {
  const line = message.split('\n')[0] ?? message;
  return /[.!?]$/.test(line) ? line : `${line.replace(/:$/, '')}.`;
};

const refused = (
  message: string,
  line: number | null = null,
  column: number | null = null,
): PlainDocument => ({ ok: false, problems: [{ line, column, path: '', message }] });

/** Where brackets, dashes on one line or indentation go deeper than any document of this kind. */
function tooDeep(text: string): { line: number; column: number } | null {
  let open = 0;
  for (const [index, content] of text.split('\n').entries()) {
    const lead = /^[\s?:-]*/.exec(content)?.[0] ?? '';
    if (lead.length > 4 * DEEPEST) return { line: index + 1, column: 4 * DEEPEST };
    for (let at = 0; at < content.length; at += 1) {
      const letter = content[at];
      if (letter === '{' || letter === '[') open += 1;
      if (letter === '}' || letter === ']') open = Math.max(0, open - 1);
      if (open > DEEPEST) return { line: index + 1, column: at + 1 };
    }
  }
  return null;
}

function lineIn(
  document: Document,
  lines: LineCounter,
  path: readonly (string | number)[],
): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const part = path.slice(0, length);
    const node: unknown = length === 0 ? document.contents : document.getIn(part, true);
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) continue;
    const start = node.range?.[0];
    if (start !== undefined) return lines.linePos(start).line;
  }
  return null;
}
