/** Clauses of the local filter as text: what a click adds to what is typed, or takes from it. */
import type { Filter } from '../../../shared/logs/filter/filter';
import { sameFilter } from '../../../shared/logs/filter/narrows';
import { parseFilter } from '../../../shared/logs/filter/parse';

const fieldName = /^[\p{L}_@$][\p{L}\p{N}_@$.-]*$/u;
const bareValue = /^[\p{L}\p{N}_@$.-]+$/u;

/** A value as it stands behind `field:=`. */
export function quoted(value: string): string {
  if (bareValue.test(value)) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** Whether the filter can name this field at all. */
export const canName = (path: string): boolean => fieldName.test(path);

/** `field:=value`, which selects exactly the lines with that value; of several, those with any of them. */
export function valuesClause(path: string, values: readonly string[]): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return `${path}:=${quoted(only)}`;
  return `${path}:(${values.map((value) => `=${quoted(value)}`).join(' OR ')})`;
}

const parsed = (text: string): Filter | null => {
  const result = parseFilter(text);
  return result.ok ? result.filter : null;
};

const partsOf = (filter: Filter): Filter[] => (filter.kind === 'and' ? filter.of : [filter]);

/** Cuts at spaces outside quotes and parentheses; AND between terms is left out. */
function cutAtSpaces(text: string): string[] {
  const found: string[] = [];
  let term = '';
  let depth = 0;
  let inQuotes = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (inQuotes && letter === '\\') {
      term += letter + text.charAt(at + 1);
      at += 1;
      continue;
    }
    if (letter === '"') inQuotes = !inQuotes;
    else if (!inQuotes && letter === '(') depth += 1;
    else if (!inQuotes && letter === ')') depth -= 1;
    if (/\s/.test(letter) && !inQuotes && depth === 0) {
      if (term !== '') found.push(term);
      term = '';
    } else term += letter;
  }
  if (term !== '') found.push(term);
  return found.filter((one) => !/^(?:AND|and|&&)$/.test(one));
}

/**
 * The terms of a filter of which all must be met, as they were typed. Null where the text is no such list (an OR at
 * the top, an expression with spaces, a mistake): then it is one term as a whole, or none.
 */
export function termsOf(text: string): string[] | null {
  const whole = parsed(text);
  if (whole === null) return null;
  if (whole.kind === 'all') return [];
  const terms = cutAtSpaces(text);
  const filters = terms.map(parsed);
  const read = filters.flatMap((filter) => (filter === null ? [] : partsOf(filter)));
  if (filters.includes(null)) return null;
  return sameFilter({ kind: 'and', of: read }, { kind: 'and', of: partsOf(whole) }) ? terms : null;
}

/** The text with one more condition that every line must meet. What cannot be read is given up for it. */
export function narrowedBy(text: string, clause: string): string {
  const terms = termsOf(text);
  if (terms !== null) return [...terms, clause].join(' ');
  return parsed(text) === null ? clause : `(${text.trim()}) ${clause}`;
}

export type ValueUse = 'for' | 'out' | 'none';

interface FieldTerm {
  values: string[];
  out: boolean;
}

/** A term that this module writes for a field; null for any other. */
function readTerm(term: string, path: string): FieldTerm | null {
  const filter = parsed(term);
  if (filter === null) return null;
  const out = filter.kind === 'not';
  const of = out ? filter.of : filter;
  const values = (of.kind === 'or' ? of.of : [of]).map((one) =>
    one.kind === 'field' && one.path === path && one.test.kind === 'equals' ? one.test.text : null,
  );
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? { values: known, out } : null;
}

/** Which values of a field the text asks for and which it leaves out. */
export function usesOf(text: string, path: string): ReadonlyMap<string, ValueUse> {
  const uses = new Map<string, ValueUse>();
  for (const term of termsOf(text) ?? []) {
    const read = readTerm(term, path);
    for (const value of read?.values ?? []) uses.set(value, read?.out ? 'out' : 'for');
  }
  return uses;
}

/**
 * The text after a value was clicked: asked for (beside others of its field, any of which will do), left out, or
 * neither when it was so already.
 */
export function toggled(text: string, path: string, value: string, use: 'for' | 'out'): string {
  const before = usesOf(text, path);
  const next = new Map(before);
  next.delete(value);
  if (before.get(value) !== use) next.set(value, use);
  const others = (termsOf(text) ?? []).filter((term) => readTerm(term, path) === null);
  const asked = (wanted: ValueUse): string[] =>
    [...next].filter(([, one]) => one === wanted).map(([one]) => one);
  const clauses = [
    ...(asked('for').length > 0 ? [valuesClause(path, asked('for'))] : []),
    ...asked('out').map((one) => `-${valuesClause(path, [one])}`),
  ];
  if (termsOf(text) !== null) return [...others, ...clauses].join(' ');
  return clauses.reduce(narrowedBy, text);
}
