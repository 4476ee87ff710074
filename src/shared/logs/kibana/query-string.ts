/** A filter as Lucene's `query_string`, for Elasticsearch and OpenSearch. */
import { assertNever } from '../../assert-never';
import type { FieldTest, Filter } from '../filter/filter';

/** Null for what cannot be said in it. */
export function queryString(filter: Filter): string | null {
  switch (filter.kind) {
    case 'all':
      return '*';
    case 'text':
      return filter.exactCase ? null : quoted(filter.text);
    case 'regex':
      return null;
    case 'field':
      return filter.path.startsWith('@') &&
        filter.path !== '@timestamp' &&
        filter.path !== '@message'
        ? null
        : testText(filter.path.replace(/[^\w.@-]/gu, '\\$&'), filter.test);
    case 'not': {
      const inner = queryString(filter.of);
      // A negation alone finds nothing within parentheses: everything but it is asked for.
      return inner === null ? null : `(*:* NOT ${inner})`;
    }
    case 'and':
    case 'or': {
      const parts = filter.of.map(queryString);
      if (parts.length === 0 || parts.includes(null)) return null;
      return `(${parts.join(filter.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    default:
      return assertNever(filter);
  }
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

function testText(field: string, test: FieldTest): string | null {
  switch (test.kind) {
    case 'contains':
    case 'equals':
      return `${field}:${quoted(test.text)}`;
    case 'wildcard':
      return null;
    case 'exists':
      return `_exists_:${field}`;
    case 'range':
      return rangeText(field, test, (bound) => (bound < 0 ? quoted(String(bound)) : String(bound)));
    case 'text-range':
      return rangeText(field, test, quoted);
    case 'regex': {
      const stars = test.ignoreCase ? null : starsOf(test.source);
      return stars === null ? null : `${field}:${stars}`;
    }
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

function rangeText<T>(field: string, range: Range<T>, write: (bound: T) => string): string {
  const { from, to, fromIncluded, toIncluded } = range;
  return (
    `${field}:${fromIncluded ? '[' : '{'}${from === null ? '*' : write(from)} TO ` +
    `${to === null ? '*' : write(to)}${toIncluded ? ']' : '}'}`
  );
}

/** An expression of stars and plain text as Lucene's wildcards; null for any other. */
function starsOf(source: string): string | null {
  const open = source.startsWith('^');
  const closed = /(?:^|[^\\])(?:\\\\)*\$$/.test(source);
  const inner = source.slice(open ? 1 : 0, closed ? -1 : undefined);
  let text = open ? '' : '*';
  const token = /\[\\s\\S\](\*?)|\\x([0-9a-f]{2})|\\([^\w])|([^\\^$.*+?[\]{}|()])/gy;
  let at = 0;
  for (const found of inner.matchAll(token)) {
    at = found.index + found[0].length;
    const [whole, star, code, escapedLetter, plain] = found;
    if (whole.startsWith('[')) text += star === '*' ? '*' : '?';
    else {
      const letter =
        code === undefined
          ? (escapedLetter ?? plain ?? '')
          : String.fromCharCode(parseInt(code, 16));
      // Neither can be escaped in Lucene.
      if (letter === '<' || letter === '>') return null;
      text += /[\w.]/.test(letter) || /[^\u0000-\u007f]/.test(letter) ? letter : `\\${letter}`;
    }
  }
  return at === inner.length ? `${text}${closed ? '' : '*'}` : null;
}
