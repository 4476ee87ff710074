import { assertNever } from '../../assert-never';
import { foldCase } from '../fold-case';
import type { FieldTest } from './filter';
import type { Scalar } from './json-path';
import { scalarsOf } from './json-path';

/** Answers whether a text matches; what stands for regular expressions, which not every side has the same. */
export type Matches = (text: string) => boolean;
export type CompileRegex = (source: string, ignoreCase: boolean) => Matches;

/** A field's test, made ready once for many values. */
export function valueTest(test: FieldTest, regex: CompileRegex): (value: unknown) => boolean {
  if (test.kind === 'exists') return (value) => value !== undefined && value !== null;
  const scalar = scalarTest(test, regex);
  return (value) =>
    Array.isArray(value) ? scalarsOf(value).some(scalar) : isScalar(value) && scalar(value);
}

const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean';

function scalarTest(
  test: Exclude<FieldTest, { kind: 'exists' }>,
  regex: CompileRegex,
): (value: Scalar) => boolean {
  switch (test.kind) {
    case 'contains':
      return containsTest(test.text);
    case 'equals':
      return (value) => String(value) === test.text || sameNumber(value, test.text);
    case 'wildcard': {
      const matches = wildcard(foldCase(test.pattern));
      return (value) => value !== null && matches(foldCase(String(value)));
    }
    case 'range':
      return (value) => {
        const number = numberOf(value);
        return number !== null && within(number, test);
      };
    case 'text-range':
      return (value) => typeof value === 'string' && within(value, test);
    case 'regex': {
      const matches = regex(test.source, test.ignoreCase);
      return (value) => matches(String(value));
    }
    default:
      return assertNever(test);
  }
}

function containsTest(text: string): (value: Scalar) => boolean {
  const folded = foldCase(text);
  return (value) =>
    typeof value === 'string'
      ? foldCase(value).includes(folded)
      : String(value) === folded || sameNumber(value, text);
}

const sameNumber = (value: Scalar, text: string): boolean =>
  typeof value === 'number' && numeric.test(text) && value === Number(text);

const numeric = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A number, also one written as text; other texts are none. */
export function numberOf(value: Scalar): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && numeric.test(value) ? Number(value) : null;
}

function within<T extends number | string>(
  value: T,
  range: { from: T | null; to: T | null; fromIncluded: boolean; toIncluded: boolean },
): boolean {
  const { from, to } = range;
  if (from !== null && !(range.fromIncluded ? value >= from : value > from)) return false;
  return to === null || (range.toIncluded ? value <= to : value < to);
}

/** `*` by greedy search piece by piece: no backtracking. */
function wildcard(pattern: string): Matches {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };
}
