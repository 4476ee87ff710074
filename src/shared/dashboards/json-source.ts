/**
 * JSON text as a plain value that remembers where each field stands. Safe against hostile text: the size
 * and depth are bounded, and no key can reach a prototype.
 */
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { TextProblem } from './read-result';

/** Keys and array indexes from the top: `['widgets', 3, 'properties']`. */
export type FieldPath = readonly (string | number)[];

export interface TextPosition {
  /** Both count from 1. */
  line: number;
  column: number;
}

/** A parsed text; readers of every format take one. */
export interface JsonSource {
  value: unknown;
  /** Where the field stands; the nearest parent's place where the path leads nowhere; null for nothing. */
  positionOf(path: FieldPath): TextPosition | null;
}

/** Texts above this many characters are refused. */
export const MAX_TEXT_LENGTH = 5_000_000;
/** Nesting above this is refused: parsers recurse, and no dashboard comes near it. */
export const MAX_DEPTH = 200;

export type ParsedJson =
  { ok: true; source: JsonSource; problems: TextProblem[] } | { ok: false; problem: TextProblem };

/** `widgets[3].properties.period`; null for the text itself. */
export function fieldName(path: FieldPath): string | null {
  if (path.length === 0) return null;
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`))
    .join('');
}

/** Turns offsets into lines and columns without walking the text for each. */
export function lineIndex(text: string): (offset: number) => TextPosition {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** Deepest nesting of brackets outside strings, and where it passes the limit. */
function tooDeepAt(text: string): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22 || code === 0x0a) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return at;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return null;
}

/** A failure of the text as a whole, with its place where it has one. */
export function textFailure(
  message: string,
  advice: string,
  place: TextPosition | null,
): TextProblem {
  return {
    level: 'error',
    message,
    advice,
    line: place?.line ?? null,
    column: place?.column ?? null,
    field: null,
  };
}

const REASONS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that JSON does not know stands here',
  InvalidNumberFormat: 'the number is not written as JSON writes numbers',
  PropertyNameExpected: 'a field name in double quotes is expected here',
  ValueExpected: 'a value is missing here',
  ColonExpected: 'a colon is missing here',
  CommaExpected: 'a comma is missing here',
  CloseBraceExpected: 'a closing } is missing here',
  CloseBracketExpected: 'a closing ] is missing here',
  EndOfFileExpected: 'the JSON has ended, but text follows',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'a comment is not closed',
  UnexpectedEndOfString: 'the text in quotes is not closed',
  UnexpectedEndOfNumber: 'the number is not finished',
  InvalidUnicode: 'the \\u escape is not four hexadecimal digits',
  InvalidEscapeCharacter: 'JSON does not know this escape after \\',
  InvalidCharacter: 'a control character stands in the text',
};

/** Places that differ between the text parsed and the text the person has: see the placeholders. */
export type OffsetMap = (offset: number) => number;

/**
 * Parses JSON strictly, as CloudWatch does.
 * @param original the text the places refer to, where `text` was made from another one
 */
export function parseJson(
  text: string,
  original: string = text,
  toOriginal: OffsetMap = (offset) => offset,
): ParsedJson {
  if (text.length > MAX_TEXT_LENGTH) {
    return {
      ok: false,
      problem: textFailure(
        `The text has ${text.length.toLocaleString('en')} characters; at most ${MAX_TEXT_LENGTH.toLocaleString('en')} are read.`,
        'Split the file.',
        null,
      ),
    };
  }
  const places = lineIndex(original);
  const place = (offset: number): TextPosition => places(toOriginal(offset));
  const deep = tooDeepAt(text);
  if (deep !== null) {
    const message = `The text nests more than ${MAX_DEPTH} levels deep.`;
    return { ok: false, problem: textFailure(message, 'Flatten it.', place(deep)) };
  }
  const errors: ParseError[] = [];
  // A byte order mark is no part of JSON, but editors leave one.
  const blank = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const root = parseTree(blank, errors, { disallowComments: true, allowEmptyContent: false });
  const first = errors[0];
  if (first !== undefined || root === undefined) {
    const code = first === undefined ? 'ValueExpected' : printParseErrorCode(first.error);
    const reason = REASONS[code] ?? code;
    const message = `This is not valid JSON: ${reason}.`;
    return {
      ok: false,
      problem: textFailure(
        message,
        'Correct the text at this place.',
        place(first?.offset ?? text.length),
      ),
    };
  }
  const problems: TextProblem[] = [];
  const value = plain(root, [], (path, offset, message) => {
    const at = place(offset);
    problems.push({
      level: 'warning',
      message,
      advice: '',
      line: at.line,
      column: at.column,
      field: fieldName(path),
    });
  });
  return {
    ok: true,
    source: { value, positionOf: (path) => positionIn(root, path, place) },
    problems,
  };
}

type Report = (path: FieldPath, offset: number, message: string) => void;

function plain(node: Node, path: FieldPath, report: Report): unknown {
  if (node.type === 'array') {
    return (node.children ?? []).map((child, index) => plain(child, [...path, index], report));
  }
  if (node.type !== 'object') return node.value;
  const object: Record<string, unknown> = {};
  for (const property of node.children ?? []) {
    const [keyNode, valueNode] = property.children ?? [];
    if (keyNode === undefined || valueNode === undefined) continue;
    const key = String(keyNode.value);
    const at = [...path, key];
    if (key === '__proto__') {
      report(at, property.offset, 'A field named __proto__ is left out: it can only do harm.');
      continue;
    }
    if (Object.hasOwn(object, key)) {
      report(at, property.offset, `The field ${key} is given twice; the last one counts.`);
    }
    object[key] = plain(valueNode, at, report);
  }
  return object;
}

function positionIn(
  root: Node,
  path: FieldPath,
  place: (offset: number) => TextPosition,
): TextPosition {
  let node = root;
  for (const part of path) {
    const next = childOf(node, part);
    if (next === null) break;
    node = next;
  }
  return place(node.offset);
}

function childOf(node: Node, part: string | number): Node | null {
  if (typeof part === 'number') {
    return node.type === 'array' ? (node.children?.[part] ?? null) : null;
  }
  if (node.type !== 'object') return null;
  const found = node.children?.findLast((property) => property.children?.[0]?.value === part);
  return found?.children?.[1] ?? null;
}
