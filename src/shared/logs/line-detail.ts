import { scalarsOf } from './filter/json-path';
import { type Mended, mendGarbled } from './garbled';
import { type StackLine, stackLines } from './stack-trace';

/** A line as its detail shows it. The original is never changed. */
export interface LineDetail {
  /** JSON laid out over lines; numbers keep the digits they came with. Null when it is none. */
  pretty: string | null;
  /** Stack traces: of the message itself, or of a text within its JSON. */
  stacks: { path: string; lines: StackLine[] }[];
  mended: Mended | null;
}

/** Larger ones are shown as they are. */
const MAX_PRETTY = 2 ** 20;

export function lineDetail(text: string): LineDetail {
  const value = text.length <= MAX_PRETTY ? objectIn(text) : undefined;
  const stacks = value === undefined ? inText(text) : inValue(value, '', 0);
  return {
    pretty: value === undefined ? null : prettyJson(text.slice(text.search(/[[{]/))),
    stacks,
    mended: mendGarbled(text),
  };
}

function objectIn(text: string): unknown {
  const from = text.search(/[[{]/);
  if (from === -1) return undefined;
  try {
    return JSON.parse(text.slice(from));
  } catch {
    // Not JSON: shown as it is.
    return undefined;
  }
}

function inText(text: string): LineDetail['stacks'] {
  const lines = stackLines(text);
  return lines ? [{ path: '', lines }] : [];
}

function inValue(value: unknown, path: string, depth: number): LineDetail['stacks'] {
  if (typeof value === 'string') {
    const lines = stackLines(value);
    return lines ? [{ path, lines }] : [];
  }
  if (typeof value !== 'object' || value === null || depth > 8) return [];
  if (Array.isArray(value) && scalarsOf(value).every((one) => typeof one === 'string')) {
    return inText(value.join('\n')).map(({ lines }) => ({ path, lines }));
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    inValue(inner, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}

/**
 * JSON over lines, from its own text: digits, key order and escapes stay as they came, which parsing and writing again
 * would not promise (12345678901234567890 is no double). The text is JSON.
 */
export function prettyJson(json: string): string {
  const tokens = json.match(/"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  const parts: string[] = [];
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(Math.min(depth, 64))}`;
  tokens.forEach((token, i) => {
    const before = tokens[i - 1];
    if (token === '}' || token === ']') {
      depth -= 1;
      if (before !== '{' && before !== '[') parts.push(line());
    } else if (before === '{' || before === '[' || before === ',') parts.push(line());
    parts.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') depth += 1;
  });
  return parts.join('');
}
