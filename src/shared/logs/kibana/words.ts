/** Conditions on fields, as Elasticsearch means them, in the terms of the local filter. */
import type { FieldTest, Filter } from '../filter/filter';
import { lost } from './reading';
import type { Reading, Spot } from './reading';

/** Mapped as keywords in the indexes of logs that are known: compared whole, case included. */
const keywords: ReadonlySet<string> = new Set(
  (
    'service environment level log.level type category userId user.id requestId request.id trace.id method ' +
    'http.request.method eventType event.category event.action event.outcome hostname host host.name host.hostname ' +
    'ip client.ip source.ip service.name container.name container.id tags error.code error.type operation'
  ).split(' '),
);

export const isKeyword = (field: string): boolean =>
  /\.(?:keyword|raw)$/.test(field) || keywords.has(field);

/** `level.keyword` is `level` in the record itself. */
export const recordField = (field: string): string => field.replace(/\.(?:keyword|raw)$/, '');

const NAME = /^[\p{L}_@$][\p{L}\p{N}_@$.-]*$/u;

/** The record's field; null, and said, for what is no field of a record. */
export function fieldOf(field: string, reading: Reading, spot: Spot): string | null {
  if (/^_(?:id|index|type|routing|score|seq_no|version|ignored)$/.test(field)) {
    return lost(reading, spot, `${field} is a field of the index, not of the record.`);
  }
  const name = recordField(field);
  if (NAME.test(name)) return name;
  return lost(reading, spot, `Fields named like ${field} cannot be asked for.`);
}

export const test = (path: string, of: FieldTest): Filter => ({ kind: 'field', path, test: of });

export type Value = string | number | boolean;

/** Exactly this value. */
export const exactly = (path: string, value: Value): Filter =>
  test(path, { kind: 'equals', text: String(value) });

const isTyped = (value: Value): boolean =>
  typeof value !== 'string' ||
  /^(?:true|false|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i.test(value);

/** Numbers, booleans and keywords are compared whole; in texts a word or phrase is looked for. */
export function says(field: string, path: string, value: Value): Filter {
  return isKeyword(field) || isTyped(value)
    ? exactly(path, value)
    : test(path, { kind: 'contains', text: String(value) });
}

/** Words as a text is split into for `match`. */
export const wordsOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

export const anywhere = (text: string): Filter => ({ kind: 'text', text, exactCase: false });

/** What stands for itself within an expression; never white space, which the filter's text cannot hold there. */
export const literal = (text: string): string =>
  text.replace(/[\\^$.*+?[\]{}|()\s]/g, (letter) => {
    if (!/\s/.test(letter)) return `\\${letter}`;
    const code = letter.charCodeAt(0);
    return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : '\\s';
  });

const ONE = '[\\s\\S]';
const ANY = `${ONE}*`;

/** A pattern of `*` and `?` (a backslash makes them plain) as an expression. */
export function starred(pattern: string, anchored: boolean): string {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern.charAt(at);
    if (letter === '\\' && at + 1 < pattern.length) {
      at += 1;
      source += literal(pattern.charAt(at));
    } else if (letter === '*') source += source.endsWith(ANY) ? '' : ANY;
    else source += letter === '?' ? ONE : literal(letter);
  }
  return trimmed(source, anchored);
}

/** What may begin or end with anything needs no anchor there. */
function trimmed(source: string, anchored: boolean): string {
  if (source === ANY || source === '') return '(?:)';
  const open = source.startsWith(ANY);
  const openEnd = source.endsWith(ANY);
  const inner = source.slice(open ? ANY.length : 0, openEnd ? -ANY.length : undefined);
  return `${open || !anchored ? '' : '^'}${inner}${openEnd || !anchored ? '' : '$'}`;
}

export const like = (path: string, source: string, ignoreCase: boolean): Filter =>
  test(path, { kind: 'regex', source, ignoreCase });
