import type { FieldTest, Filter } from './filter';
import { numberOf } from './test-value';
import type { Scanner } from './scanner';

/** What follows `field:`; several in parentheses are joined by OR (or AND). */
export function parseTests(scanner: Scanner, path: string, from: number): Filter {
  if (!scanner.next('(')) return { kind: 'field', path, test: parseTest(scanner, path, from) };
  const open = scanner.at;
  scanner.at += 1;
  const of: Filter[] = [];
  let word: 'and' | 'or' | null = null;
  while (true) {
    scanner.spaces();
    if (scanner.done) scanner.fail('The closing parenthesis is missing.', open, open + 1);
    if (of.length > 0 && scanner.take(')')) break;
    const said = of.length > 0 ? scanner.match(/(?:AND|and|OR|or)(?=\s)/y) : null;
    if (said !== null) {
      const kind = said.toLowerCase() === 'and' ? 'and' : 'or';
      if (word !== null && word !== kind) {
        scanner.fail(
          'Use either AND or OR within one field’s parentheses.',
          scanner.at - said.length,
        );
      }
      word = kind;
      scanner.spaces();
    }
    of.push({ kind: 'field', path, test: parseTest(scanner, path, scanner.at) });
  }
  const [only] = of;
  return of.length === 1 && only ? only : { kind: word ?? 'or', of };
}

function parseTest(scanner: Scanner, path: string, from: number): FieldTest {
  const start = scanner.at;
  if (scanner.next('[') || scanner.next('{')) return bracketRange(scanner, path);
  if (scanner.next('/') && /^\/[^\s]*\/i?(?:[\s)]|$)/.test(scanner.text.slice(start))) {
    return { kind: 'regex', ...scanner.regex() };
  }
  const sign = scanner.match(/>=|<=|>|</y);
  if (sign !== null) {
    const bound = value(scanner, from, 'A value is missing.');
    const included = sign.endsWith('=');
    return sign.startsWith('>')
      ? range(path, bound, null, included, true)
      : range(path, null, bound, true, included);
  }
  if (scanner.take('='))
    return { kind: 'equals', text: value(scanner, from, 'A value is missing.') };
  if (scanner.next('"')) return { kind: 'contains', text: scanner.quoted() };
  const text = value(scanner, from, 'A value is missing.');
  if (text === '*') return { kind: 'exists' };
  return text.includes('*') ? { kind: 'wildcard', pattern: text } : { kind: 'contains', text };
}

function value(scanner: Scanner, from: number, problem: string): string {
  if (scanner.next('"')) return scanner.quoted();
  return scanner.match(/[^\s()"]+/y) ?? scanner.fail(problem, from);
}

function bracketRange(scanner: Scanner, path: string): FieldTest {
  const from = scanner.at;
  const fromIncluded = scanner.text.charAt(from) === '[';
  scanner.at += 1;
  const low = bound(scanner, from);
  if (scanner.match(/TO(?=\s)/y) === null) {
    scanner.fail('A range is written [from TO to]; * leaves a side open.', from);
  }
  const high = bound(scanner, from);
  const toIncluded = scanner.take(']');
  if (!toIncluded && !scanner.take('}')) scanner.fail('The closing bracket is missing.', from);
  return range(path, low, high, fromIncluded, toIncluded);
}

function bound(scanner: Scanner, from: number): string | null {
  scanner.spaces();
  const text = scanner.next('"') ? scanner.quoted() : scanner.match(/[^\s\]}"]+/y);
  if (text === null) return scanner.fail('A range is written [from TO to].', from);
  scanner.spaces();
  return text === '*' ? null : text;
}

/** Numbers where both bounds are such, else texts. Times of the envelope are ms. */
function range(
  path: string,
  from: string | null,
  to: string | null,
  fromIncluded: boolean,
  toIncluded: boolean,
): FieldTest {
  const included = { fromIncluded, toIncluded };
  const low = from === null ? null : boundNumber(path, from);
  const high = to === null ? null : boundNumber(path, to);
  if ((from !== null && low === null) || (to !== null && high === null)) {
    return { kind: 'text-range', from, to, ...included };
  }
  return { kind: 'range', from: low, to: high, ...included };
}

function boundNumber(path: string, text: string): number | null {
  const number = numberOf(text);
  if (number !== null || (path !== '@time' && path !== '@ingested')) return number;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
