import type { Filter } from './filter';
import { parseTests } from './parse-test';
import { type FilterMistake, MistakeError, Scanner } from './scanner';

export type FilterParse = { ok: true; filter: Filter } | { ok: false; mistake: FilterMistake };

const MAX_DEPTH = 50;
const MAX_LENGTH = 4_096;

/**
 * What is typed into the filter: words and "phrases" (all must be there, case ignored), /regex/i, field:value,
 * field:=exact, field:val*, field:*, field:>n, field:[a TO b], field:/re/, field:(a OR b); AND, OR, NOT (also `-`),
 * parentheses. Never throws.
 */
export function parseFilter(text: string): FilterParse {
  if (text.length > MAX_LENGTH) {
    const message = `The filter may have ${MAX_LENGTH} characters.`;
    return { ok: false, mistake: { message, from: MAX_LENGTH, to: text.length } };
  }
  const scanner = new Scanner(text);
  try {
    scanner.spaces();
    if (scanner.done) return { ok: true, filter: { kind: 'all' } };
    const filter = either(scanner, 0);
    if (!scanner.done) scanner.fail('This parenthesis closes nothing.', scanner.at, scanner.at + 1);
    return { ok: true, filter };
  } catch (cause) {
    if (cause instanceof MistakeError) return { ok: false, mistake: cause.mistake };
    throw cause;
  }
}

/** Lower case too, between two terms; NOT in capitals only, for people look for "not found". */
const orWord = /(?:OR|or)(?=[\s()"]|$)|\|\|/y;
const andWord = /(?:AND|and)(?=[\s()"]|$)|&&/y;
const notWord = /NOT(?=[\s()"]|$)/y;

function either(scanner: Scanner, depth: number): Filter {
  if (depth > MAX_DEPTH) scanner.fail('Too many parentheses.', scanner.at);
  const of = [all(scanner, depth)];
  while (operator(scanner, orWord)) of.push(all(scanner, depth));
  return joined('or', of);
}

function all(scanner: Scanner, depth: number): Filter {
  const of = [term(scanner, depth)];
  while (!scanner.done && !scanner.next(')')) {
    const before = scanner.at;
    if (scanner.match(orWord) !== null) {
      scanner.at = before;
      break;
    }
    operator(scanner, andWord);
    of.push(term(scanner, depth));
  }
  return joined('and', of);
}

function joined(kind: 'and' | 'or', of: Filter[]): Filter {
  const [only] = of;
  return of.length === 1 && only ? only : { kind, of };
}

function operator(scanner: Scanner, pattern: RegExp): boolean {
  const from = scanner.at;
  if (scanner.match(pattern) === null) return false;
  scanner.spaces();
  if (scanner.done || scanner.next(')')) scanner.fail('Something is missing after this.', from);
  return true;
}

function term(scanner: Scanner, depth: number): Filter {
  if (depth > MAX_DEPTH) scanner.fail('Too many negations or parentheses.', scanner.at);
  const from = scanner.at;
  if (scanner.match(notWord) !== null || scanner.match(/[-!](?=[^\s\-!>])/y) !== null) {
    scanner.spaces();
    if (scanner.done) scanner.fail('Something is missing after this.', from);
    return { kind: 'not', of: term(scanner, depth + 1) };
  }
  const filter = scanner.take('(') ? group(scanner, from, depth) : leaf(scanner);
  scanner.spaces();
  return filter;
}

function group(scanner: Scanner, from: number, depth: number): Filter {
  scanner.spaces();
  if (scanner.next(')')) scanner.fail('Nothing is in these parentheses.', from, scanner.at + 1);
  if (scanner.done) scanner.fail('The closing parenthesis is missing.', from, from + 1);
  const filter = either(scanner, depth + 1);
  if (!scanner.take(')')) scanner.fail('The closing parenthesis is missing.', from, from + 1);
  return filter;
}

const fieldName = /[\p{L}_@$][\p{L}\p{N}_@$.-]*:(?=[^\s)])(?!\/\/)/uy;

function leaf(scanner: Scanner): Filter {
  const from = scanner.at;
  if (scanner.next(')')) scanner.fail('Something is missing before this.', from, from + 1);
  if (scanner.next('"')) return phrase(scanner);
  if (/^\/(?![\s/*])/.test(scanner.text.slice(from)) && closesAsRegex(scanner)) {
    return { kind: 'regex', ...scanner.regex() };
  }
  const name = scanner.match(fieldName);
  if (name !== null) return parseTests(scanner, name.slice(0, -1), from);
  const word = scanner.match(/[^\s()"]+/y);
  if (word === null) return scanner.fail('This is not understood.', from, from + 1);
  return { kind: 'text', text: word, exactCase: false };
}

function phrase(scanner: Scanner): Filter {
  const from = scanner.at;
  const text = scanner.quoted();
  if (text === '') scanner.fail('Nothing is in these quotes.', from);
  return { kind: 'text', text, exactCase: false };
}

/** `/api/leads` is a path that somebody looks for, `/lead \d+/` an expression: what follows the last slash tells. */
function closesAsRegex(scanner: Scanner): boolean {
  const rest = scanner.text.slice(scanner.at);
  const whole = /^\/(?:\\[^]|\[(?:\\[^]|[^\]\\])*\]|[^/\\[])+(\/[dgimsuvy]*)?/.exec(rest);
  if (!whole?.[1]) return /^\/[^\s]*[\\[(|*+?^$]/.test(rest);
  const after = rest.charAt(whole[0].length);
  return after === '' || /[\s)]/.test(after);
}
