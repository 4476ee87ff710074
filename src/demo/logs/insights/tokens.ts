/** What a query says that it cannot; offsets are of characters, the end excluded. */
export class QueryError extends Error {
  override name = 'QueryError';

  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}

export interface Token {
  kind: 'word' | 'field' | 'string' | 'number' | 'duration' | 'regex' | 'symbol' | 'end';
  /** As written; for strings and backticked fields what is inside. */
  text: string;
  /** Flags of a regular expression. */
  flags?: string;
  start: number;
  end: number;
}

const SKIP = /^(?:\s+|#[^\n]*)/;
const WORD = /^[@\p{L}_][\p{L}\p{N}_@]*(?:\.[\p{L}\p{N}_@]+)*/u;
const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i;
const DURATION =
  /^\d+\s*(?:ms|msecs?|milliseconds?|mo|mon|months?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|q|qtrs?|quarters?|y|yrs?|years?)\b/i;
const SYMBOL = /^(?:!=|<=|>=|=~|[=<>+\-*/^%()[\],|:{}])/;
const REGEX = /^\/((?:\\.|[^/\\\n])+)\/([a-z]*)/;

/** Splits a query. A slash begins a regular expression after `like` and `=~` and in `parse`, else it divides. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let command: string | null = null;
  while (at < text.length) {
    const rest = text.slice(at);
    const skipped = SKIP.exec(rest);
    if (skipped !== null) {
      at += skipped[0].length;
      continue;
    }
    const last = tokens.at(-1);
    const regexHere =
      command === 'parse' || last?.text === '=~' || last?.text.toLowerCase() === 'like';
    const token = readToken(rest, at, regexHere);
    tokens.push(token);
    at = token.end;
    if (token.text === '|' && token.kind === 'symbol') command = null;
    else command ??= token.text.toLowerCase();
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: text.length, end: text.length });
  return tokens;
}

function readToken(rest: string, at: number, regexHere: boolean): Token {
  const first = rest[0] ?? '';
  if (first === '"' || first === "'") return readString(rest, at, first);
  if (first === '`') {
    const close = rest.indexOf('`', 1);
    if (close < 0) throw new QueryError('unterminated backtick', at, at + rest.length);
    return { kind: 'field', text: rest.slice(1, close), start: at, end: at + close + 1 };
  }
  if (first === '/' && regexHere) {
    const regex = REGEX.exec(rest);
    if (regex === null)
      throw new QueryError('unterminated regular expression', at, at + rest.length);
    const [all, source = '', flags = ''] = regex;
    return { kind: 'regex', text: source, flags, start: at, end: at + all.length };
  }
  const kinds = [
    ['duration', DURATION],
    ['number', NUMBER],
    ['word', WORD],
    ['symbol', SYMBOL],
  ] as const;
  for (const [kind, pattern] of kinds) {
    const found = pattern.exec(rest)?.[0];
    if (found !== undefined) return { kind, text: found, start: at, end: at + found.length };
  }
  throw new QueryError(`token recognition error at: '${first}'`, at, at + 1);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function readString(rest: string, at: number, quote: string): Token {
  let text = '';
  for (let index = 1; index < rest.length; index += 1) {
    const letter = rest[index] ?? '';
    if (letter === quote) return { kind: 'string', text, start: at, end: at + index + 1 };
    if (letter === '\\' && index + 1 < rest.length) {
      index += 1;
      const next = rest[index] ?? '';
      text += ESCAPES[next] ?? (next === quote || next === '\\' ? next : `\\${next}`);
    } else text += letter;
  }
  throw new QueryError('unterminated string', at, at + rest.length);
}

/** Walks over tokens; its errors say what was met and what was wanted. */
export class Cursor {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    readonly text: string,
  ) {}

  peek(ahead = 0): Token {
    return (
      this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)] ?? {
        kind: 'end',
        text: '<EOF>',
        start: this.text.length,
        end: this.text.length,
      }
    );
  }

  next(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  /** Takes the next token if it is this word (in any case) or symbol. */
  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at += 1;
    return true;
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (
      (token.kind === 'word' || token.kind === 'symbol') &&
      token.text.toLowerCase() === text.toLowerCase()
    );
  }

  expect(text: string): Token {
    const token = this.peek();
    if (!this.take(text)) throw this.unexpected(`'${text}'`);
    return token;
  }

  /** The error for the token that stands here. */
  unexpected(expecting: string, token: Token = this.peek()): QueryError {
    return new QueryError(
      `mismatched input '${token.text}' expecting ${expecting}`,
      token.start,
      token.end,
    );
  }
}
