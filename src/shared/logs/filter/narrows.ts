import { foldCase } from '../fold-case';
import type { Filter } from './filter';

/**
 * Whether every line of `newer` is one of `older` for certain, so that only those need to be looked at: what happens
 * while somebody types on. False when unsure.
 */
export function narrows(older: Filter, newer: Filter): boolean {
  if (older.kind === 'all') return true;
  if (older.kind === 'and') return older.of.every((part) => narrows(part, newer));
  if (newer.kind === 'and') return newer.of.some((part) => narrows(older, part));
  if (newer.kind === 'or' && newer.of.length > 0) {
    return newer.of.every((part) => narrows(older, part));
  }
  if (older.kind === 'or' && older.of.some((part) => narrows(part, newer))) return true;
  if (older.kind === 'text' && newer.kind === 'text') return textNarrows(older, newer);
  if (older.kind === 'not' && newer.kind === 'not') return narrows(newer.of, older.of);
  if (older.kind === 'field' && newer.kind === 'field' && older.path === newer.path) {
    return testNarrows(older.test, newer.test);
  }
  return sameFilter(older, newer);
}

type Text = Extract<Filter, { kind: 'text' }>;
type Test = Extract<Filter, { kind: 'field' }>['test'];

function textNarrows(older: Text, newer: Text): boolean {
  if (older.exactCase) return newer.exactCase && newer.text.includes(older.text);
  return foldCase(newer.text).includes(foldCase(older.text));
}

function testNarrows(older: Test, newer: Test): boolean {
  if (older.kind === 'exists') return newer.kind === 'range' || newer.kind === 'text-range';
  // `5` is met by the number 5 itself, `50` by another: only texts that no number or boolean is can be typed on.
  if (older.kind === 'contains' && newer.kind === 'contains') {
    return /[g-z]/i.test(newer.text) && foldCase(newer.text).includes(foldCase(older.text))
      ? !/^(?:true|false|null|infinity)$/i.test(newer.text)
      : sameFilterTest(older, newer);
  }
  if (older.kind === 'range' && newer.kind === 'range') {
    const from = older.from === null || (newer.from !== null && newer.from > older.from);
    const to = older.to === null || (newer.to !== null && newer.to < older.to);
    return (from && to) || sameFilterTest(older, newer);
  }
  return sameFilterTest(older, newer);
}

const sameFilterTest = (one: Test, other: Test): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export const sameFilter = (one: Filter, other: Filter): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
