/** A file of Kibana's into its objects: one JSON a line (exports), one JSON, or a request as its console has it. */
import { parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { isShape } from './shapes';
import type { Shape } from './shapes';

export interface FileObject {
  /** `line 3`, `[2]` or empty. */
  place: string;
  value: Shape;
}

export type FileRead =
  | { ok: true; objects: FileObject[]; index: string | null }
  /** `line` counts from 1. */
  | { ok: false; message: string; line: number };

/** Larger files hold no searches that somebody saved. */
const MAX_CHARACTERS = 20_000_000;
const REQUEST =
  /^\s*(?:GET|POST)\s+\/?([^\s/?]*)\/?_(?:search|count|async_search|msearch)\S*[ \t]*\r?\n/;

/** Never throws. */
export function readFile(given: string): FileRead {
  if (given.length > MAX_CHARACTERS)
    return { ok: false, message: 'The file is too large.', line: 1 };
  const request = REQUEST.exec(given);
  // What went before is kept as blank lines, so that lines are counted right.
  const text = (
    request === null
      ? given
      : given.replace(request[0], '\n'.repeat(request[0].split('\n').length - 1))
  ).replace(/^\ufeff/, '');
  if (text.trim() === '') return { ok: false, message: 'There is nothing in it.', line: 1 };
  const whole = parsed(text);
  const index = request?.[1] ?? null;
  if (whole.ok)
    return { ok: true, objects: objectsOf(whole.value), index: index === '' ? null : index };
  return (
    byLine(text) ?? { ok: false, message: `This is not JSON: ${whole.message}.`, line: whole.line }
  );
}

function objectsOf(value: unknown): FileObject[] {
  if (isShape(value)) return [{ place: '', value }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown, at) =>
    isShape(one) ? [{ place: `[${at}]`, value: one }] : [],
  );
}

/** Null where the lines are none of their own: then the whole is to blame. */
function byLine(text: string): FileRead | null {
  const lines = text.split(/\r?\n/);
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length < 2 || !parsed(filled[0] ?? '').ok) return null;
  const objects: FileObject[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const one = parsed(line);
    if (!one.ok)
      return { ok: false, message: `This line is not JSON: ${one.message}.`, line: at + 1 };
    objects.push(...objectsOf(one.value).map(({ value }) => ({ place: `line ${at + 1}`, value })));
  }
  return { ok: true, objects, index: null };
}

type Parsed = { ok: true; value: unknown } | { ok: false; message: string; line: number };

export function parsed(text: string): Parsed {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined) return { ok: true, value };
  const what = printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const line = text.slice(0, first.offset).split('\n').length;
  const column = first.offset - text.lastIndexOf('\n', first.offset - 1);
  return { ok: false, message: `${what} at character ${column}`, line };
}
