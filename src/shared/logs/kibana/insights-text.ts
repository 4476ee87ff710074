/** A filter as a query of Logs Insights. */
import { assertNever } from '../../assert-never';
import type { FieldTest, Filter } from '../filter/filter';

export interface QueryParts {
  filter: Filter;
  columns: readonly string[];
  sort: { field: string; descending: boolean } | null;
  /** Rows; 10,000 at most. */
  limit: number;
}

/** Null for what Logs Insights cannot be asked. */
export function insightsText({ filter, columns, sort, limit }: QueryParts): string | null {
  const condition = filter.kind === 'all' ? '' : written(filter);
  if (condition === null) return null;
  const shown = columns.length === 0 ? ['@message'] : columns;
  const fields = ['@timestamp', ...shown].map(fieldName);
  const by = sort === null ? '@timestamp' : fieldName(sort.field);
  if (fields.includes(null) || by === null) return null;
  const text = [
    `fields ${[...new Set(fields)].join(', ')}`,
    ...(condition === '' ? [] : [`| filter ${condition}`]),
    `| sort ${by} ${sort === null || sort.descending ? 'desc' : 'asc'}`,
    `| limit ${Math.max(1, Math.min(10_000, Math.floor(limit)))}`,
  ].join('\n');
  return text.length <= 10_000 ? text : null;
}

/** A plain name as it is, any other between backticks; null for one that holds such. */
export function fieldName(path: string): string | null {
  if (/^[A-Za-z_@][A-Za-z0-9_@]*(?:\.[A-Za-z0-9_@]+)*$/.test(path)) return path;
  return /[`\\\u0000-\u001f]/.test(path) ? null : `\`${path}\``;
}

/** Envelope fields as CloudWatch calls them; null for those it does not have. */
function nameOf(path: string): string | null {
  switch (path) {
    case '@stream':
      return '@logStream';
    case '@group':
      return '@log';
    case '@ingested':
      return '@ingestionTime';
    case '@connection':
    case '@region':
    case '@level':
      return null;
    default:
      return fieldName(path);
  }
}

function written(filter: Filter): string | null {
  switch (filter.kind) {
    case 'all':
      return 'ispresent(@timestamp)';
    case 'text':
      return `@message like ${regex(literal(filter.text), !filter.exactCase)}`;
    case 'regex':
      return `@message like ${regex(filter.source, filter.ignoreCase)}`;
    case 'field': {
      if (filter.path === '@time') return timeText(filter.test);
      const name = nameOf(filter.path);
      return name === null ? null : testText(name, filter.test);
    }
    case 'not': {
      const inner = written(filter.of);
      return inner === null ? null : `not (${inner})`;
    }
    case 'and':
    case 'or': {
      const parts = filter.of.map(written);
      if (parts.length === 0 || parts.includes(null)) return null;
      return parts
        .map((text, at) => (isJoined(filter.of[at]) ? `(${text})` : text))
        .join(` ${filter.kind} `);
    }
    default:
      return assertNever(filter);
  }
}

const isJoined = (filter: Filter | undefined): boolean =>
  filter?.kind === 'and' || filter?.kind === 'or';

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const literal = (text: string): string => text.replace(/[\\^$.*+?[\]{}|()]/g, '\\$&');

/** Whatever the source, the expression ends where it should: slashes and line ends are written as codes. */
function regex(source: string, ignoreCase: boolean): string {
  const inside = source.replace(
    /(\\[^])|([/\n\r])/g,
    (_, kept: string | undefined, letter: string) =>
      kept === undefined || kept === '\\/' || kept === '\\\n'
        ? coded(letter ?? kept?.charAt(1) ?? '')
        : kept,
  );
  return `/${ignoreCase ? '(?i)' : ''}${inside}/`;
}

const coded = (letter: string): string =>
  letter === '/' ? '\\/' : `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** As typed values are compared: numbers bare, everything else quoted. */
const value = (text: string): string =>
  /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/.test(text) ? text : quoted(text);

function testText(name: string, test: FieldTest): string | null {
  switch (test.kind) {
    case 'contains':
      return `${name} like ${regex(literal(test.text), true)}`;
    case 'equals':
      return `${name} = ${value(test.text)}`;
    case 'wildcard':
      return `${name} like ${regex(`^${test.pattern.split('*').map(literal).join('.*')}$`, true)}`;
    case 'exists':
      return `ispresent(${name})`;
    case 'range':
      return bounds(name, test, String);
    case 'text-range':
      return bounds(name, test, quoted);
    case 'regex':
      return `${name} like ${regex(test.source, test.ignoreCase)}`;
    default:
      return assertNever(test);
  }
}

const timeText = (test: FieldTest): string | null =>
  test.kind === 'range' ? bounds('toMillis(@timestamp)', test, String) : null;

interface Range<T> {
  from: T | null;
  to: T | null;
  fromIncluded: boolean;
  toIncluded: boolean;
}

function bounds<T>(name: string, range: Range<T>, write: (bound: T) => string): string {
  const { from, to, fromIncluded, toIncluded } = range;
  const low = from === null ? [] : [`${name} ${fromIncluded ? '>=' : '>'} ${write(from)}`];
  const high = to === null ? [] : [`${name} ${toIncluded ? '<=' : '<'} ${write(to)}`];
  const parts = [...low, ...high];
  if (parts.length === 0) return `ispresent(${name})`;
  return parts.length === 2 ? `(${parts.join(' and ')})` : parts.join('');
}
