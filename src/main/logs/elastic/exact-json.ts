/**
 * JSON whose long numbers survive: JavaScript would round an id of 17 digits and more, and an engineer would
 * look for one that does not exist. Such numbers are kept as marked strings and written as they came.
 */
import { randomUUID } from 'node:crypto';

/** New with every start, so that no document can hold it. */
const MARK = `nd-number-${randomUUID()}:`;
/** Outside of strings or not; the slow way is taken only where there is such a run of digits at all. */
const longRun = /\d{16}/;
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]{15,}/g;
const marked = new RegExp(`"${MARK}(-?\\d[\\d.eE+-]*)"`, 'g');

/** @throws SyntaxError */
export function parseExactly(text: string): unknown {
  if (!longRun.test(text)) return JSON.parse(text);
  return JSON.parse(
    text.replace(stringOrNumber, (token) => (token.startsWith('"') ? token : `"${MARK}${token}"`)),
  );
}

/** One line, numbers as they came. */
export function stringifyExactly(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.includes(MARK) ? text.replace(marked, '$1') : text;
}

/** A number, or one that is kept as a marked string; null for anything else. */
export function numberOf(value: unknown): number | null {
  const plain =
    typeof value === 'string'
      ? Number(value.startsWith(MARK) ? value.slice(MARK.length) : value)
      : value;
  return typeof plain === 'number' && Number.isFinite(plain) && value !== '' ? plain : null;
}
