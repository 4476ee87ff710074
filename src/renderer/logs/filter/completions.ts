/** What can stand at a place of the local filter: names of fields, then how they are asked, then their values. */
import type { FoundColumn } from '../../../shared/logs/engine-protocol';
import { canName, quoted } from './clauses';

export interface FilterPlace {
  /** Where the piece that is completed begins, UTF-16 units. */
  from: number;
  /** Null: a name is being typed, or a text; else the field whose value is. */
  field: string | null;
}

const nameBefore = /[\p{L}_@$][\p{L}\p{N}_@$.-]*$/u;
const valueBefore =
  /(?:^|[\s(!-])([\p{L}_@$][\p{L}\p{N}_@$.-]*):(?:\((?:[^()"]|"[^"]*")*?)?(?:=|>=|<=|>|<)?("[^"]*|[^\s()":]*)$/u;

/** What is being typed before the cursor; null within a phrase, an expression, or where nothing is begun. */
export function placeAt(before: string): FilterPlace | null {
  const value = valueBefore.exec(before);
  if (value !== null) {
    const typed = value[2] ?? '';
    if (typed.startsWith('/') || typed.startsWith('[')) return null;
    return { from: before.length - typed.length, field: value[1] ?? null };
  }
  const quotes = before.replace(/\\[^]/g, '').split('"').length - 1;
  if (quotes % 2 === 1) return null;
  const name = nameBefore.exec(before);
  if (name === null) return null;
  const ahead = before.charAt(name.index - 1);
  return ahead === '' || /[\s(!-]/.test(ahead) ? { from: name.index, field: null } : null;
}

/** `level:` and nothing behind it. */
export const endsWithName = (text: string): boolean =>
  /(?:^|[\s(!-])[\p{L}_@$][\p{L}\p{N}_@$.-]*:$/u.test(text);

export interface Offer {
  label: string;
  detail: string;
  /** What is put in place of what was typed. */
  apply: string;
}

const envelope: readonly Offer[] = [
  { label: '@level', detail: 'level of any line', apply: '@level:' },
  { label: '@group', detail: 'log group', apply: '@group:' },
  { label: '@stream', detail: 'log stream', apply: '@stream:' },
  { label: '@region', detail: 'region', apply: '@region:' },
  { label: '@connection', detail: 'connection', apply: '@connection:' },
  { label: '@time', detail: 'when it happened', apply: '@time:[' },
  { label: '@ingested', detail: 'when it arrived', apply: '@ingested:[' },
  { label: '@message', detail: 'the whole line', apply: '@message:' },
];

export function fieldOffers(columns: readonly FoundColumn[]): Offer[] {
  const fields = columns
    .filter(({ path }) => canName(path))
    .map(({ path, types, share }) => ({
      label: path,
      detail: `${types.join(', ')} · ${Math.round(share * 100)} %`,
      apply: `${path}:`,
    }));
  return [...fields, ...envelope];
}

/** Values that lines have, most frequent first. */
export function valueOffers(values: readonly { value: string; count: number }[]): Offer[] {
  return values.map(({ value, count }) => ({
    label: value.length > 80 ? `${value.slice(0, 79)}…` : value,
    detail: count.toLocaleString('en'),
    apply: quoted(value),
  }));
}

/** How a field can be asked, offered right after its colon. */
export const testOffers: readonly Offer[] = [
  { label: '*', detail: 'has any value', apply: '*' },
  { label: '=…', detail: 'exactly, case included', apply: '=' },
  { label: '>=…', detail: 'at least', apply: '>=' },
  { label: '<…', detail: 'less than', apply: '<' },
  { label: '[… TO …]', detail: 'from … to …', apply: '[' },
  { label: '/…/', detail: 'expression', apply: '/' },
];

/** The syntax in a few lines, for the help. */
export const syntax: readonly (readonly [string, string])[] = [
  ['timeout "POST /quotes"', 'all of these, case ignored'],
  ['level:error', 'a field that holds it; numbers are equal'],
  ['level:=Error', 'exactly this, case included'],
  ['statusCode:>=500', 'also >, <, <='],
  ['durationMs:[100 TO 500]', 'from … to …; { } leave the bound out, * leaves a side open'],
  ['path:/api/*', 'wildcard over the whole value'],
  ['requestId:*', 'has the field'],
  ['/lead \\d+/i', 'expression; also field:/…/'],
  ['-path:/health', 'without these; also NOT'],
  ['level:(error OR fatal)', 'any of several values'],
  ['(a OR b) c', 'OR, AND, parentheses'],
  ['@level: @group: @stream: @time:', 'about the line itself'],
];
