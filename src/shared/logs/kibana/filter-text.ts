/** A filter as somebody would type it: what `parseFilter` reads back as the same. */
import { assertNever } from '../../assert-never';
import type { FieldTest, Filter } from '../filter/filter';
import { parseFilter } from '../filter/parse';

/** Null for what cannot be typed, or is longer than the filter's text may be. */
export function filterText(filter: Filter): string | null {
  if (filter.kind === 'all') return '';
  const text = written(filter);
  return text !== null && parseFilter(text).ok ? text : null;
}

function written(filter: Filter): string | null {
  switch (filter.kind) {
    case 'all':
      return '/(?:)/';
    case 'text':
      return filter.exactCase ? null : quoted(filter.text);
    case 'regex':
      return regex(filter.source, filter.ignoreCase);
    case 'field': {
      const test = testText(filter.test);
      return test === null ? null : `${filter.path}:${test}`;
    }
    case 'not': {
      const inner = part(filter.of);
      return inner === null ? null : `NOT ${inner}`;
    }
    case 'and':
    case 'or': {
      const parts = filter.of.map(part);
      if (filter.of.length === 0 || parts.includes(null)) return null;
      return parts.join(filter.kind === 'and' ? ' AND ' : ' OR ');
    }
    default:
      return assertNever(filter);
  }
}

function part(filter: Filter): string | null {
  const text = written(filter);
  return text !== null && (filter.kind === 'and' || filter.kind === 'or') ? `(${text})` : text;
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const regex = (source: string, ignoreCase: boolean): string =>
  `/${source.replaceAll('/', '\\/')}/${ignoreCase ? 'i' : ''}`;

function testText(test: FieldTest): string | null {
  switch (test.kind) {
    case 'contains':
      return quoted(test.text);
    case 'equals':
      return `=${/^[\w.-]+$/.test(test.text) ? test.text : quoted(test.text)}`;
    case 'wildcard':
      return /^[^\s()"]+$/.test(test.pattern) && test.pattern.includes('*') ? test.pattern : null;
    case 'exists':
      return '*';
    case 'range':
      return rangeText(test, String);
    case 'text-range':
      return rangeText(test, quoted);
    case 'regex':
      return /\s/.test(test.source) ? null : regex(test.source, test.ignoreCase);
    default:
      return assertNever(test);
  }
}

interface Range<T> {
  from: T | null;
  to: T | null;
  fromIncluded: boolean;
  toIncluded: boolean;
}

function rangeText<T>(
  { from, to, fromIncluded, toIncluded }: Range<T>,
  write: (bound: T) => string,
): string | null {
  if (from !== null && to !== null) {
    return `${fromIncluded ? '[' : '{'}${write(from)} TO ${write(to)}${toIncluded ? ']' : '}'}`;
  }
  if (from !== null) return `${fromIncluded ? '>=' : '>'}${write(from)}`;
  return to === null ? null : `${toIncluded ? '<=' : '<'}${write(to)}`;
}
