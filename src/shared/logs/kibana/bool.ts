/** `bool`: must, filter, should and must_not. */
import type { Filter } from '../filter/filter';
import { ALL, both, either, lost, negated, not, remark, within } from './reading';
import type { Reading, Spot } from './reading';
import { isShape, listOf } from './shapes';

type Inner = (query: unknown, spot: Spot) => Filter | null;

const KNOWN: ReadonlySet<string> = new Set([
  'must',
  'filter',
  'should',
  'must_not',
  'minimum_should_match',
  'boost',
  '_name',
  'adjust_pure_negative',
]);

export function boolClause(
  body: unknown,
  reading: Reading,
  spot: Spot,
  inner: Inner,
): Filter | null {
  if (!isShape(body)) return lost(reading, spot, 'bool is an object.');
  const parts: (Filter | null)[] = [];
  const each = (name: string, at: Spot): [unknown, Spot][] => {
    const value = body[name];
    return listOf(value).map((query, index) => [
      query,
      within(at, Array.isArray(value) ? `.${name}[${index}]` : `.${name}`, true),
    ]);
  };
  for (const name of ['must', 'filter']) {
    for (const [query, at] of each(name, spot)) parts.push(inner(query, at));
  }
  for (const [query, at] of each('must_not', negated(spot))) parts.push(not(inner(query, at)));
  const required = listOf(body['must']).length + listOf(body['filter']).length > 0;
  parts.push(
    should(
      each('should', { ...spot, top: false }),
      body['minimum_should_match'],
      required,
      reading,
      spot,
      inner,
    ),
  );
  for (const name of Object.keys(body)) {
    if (!KNOWN.has(name))
      parts.push(lost(reading, within(spot, `.${name}`), `${name} is no part of bool.`));
  }
  return both(parts, spot);
}

/** Beyond so many combinations nobody could read what comes out. */
const MOST_COMBINATIONS = 60;

function should(
  clauses: readonly [unknown, Spot][],
  minimum: unknown,
  required: boolean,
  reading: Reading,
  spot: Spot,
  inner: Inner,
): Filter | null {
  const at = within(spot, '.minimum_should_match');
  if (clauses.length === 0) return ALL;
  const count = minimum === undefined ? (required ? 0 : 1) : minimumOf(minimum, clauses.length);
  if (count === null)
    return lost(reading, at, `${JSON.stringify(minimum)} is no count that can be said.`);
  if (count <= 0) {
    remark(reading, at, 'should beside must only changes the order by relevance: it was left out.');
    return ALL;
  }
  if (count > clauses.length) return { kind: 'not', of: ALL };
  const said = clauses.map(([query, place]) => inner(query, place));
  if (count === 1) return either(said, spot);
  if (count === said.length) return both(said, spot);
  const combinations = choose(said, count);
  if (combinations === null)
    return lost(reading, at, `${count} of ${said.length} clauses are too many combinations.`);
  return either(
    combinations.map((some) => both(some, spot)),
    spot,
  );
}

/** `2`, `-1`, `75%`, `-25%`, `2<75%` (and several of those); null for anything else. */
export function minimumOf(minimum: unknown, clauses: number): number | null {
  const text = String(minimum).trim();
  const conditional = text.split(/\s+/).map((part) => /^(\d+)<(-?\d+%?)$/.exec(part));
  if (conditional.every((part) => part !== null)) {
    const met = conditional.findLast((part) => clauses > Number(part?.[1]));
    return met === undefined || met === null ? clauses : minimumOf(met[2], clauses);
  }
  const found = /^(-?)(\d+)(%?)$/.exec(text);
  if (found === null) return null;
  const given =
    found[3] === '%' ? Math.floor((clauses * Number(found[2])) / 100) : Number(found[2]);
  return Math.max(0, found[1] === '-' ? clauses - given : given);
}

function choose<T>(items: readonly T[], count: number): T[][] | null {
  let chosen: { from: number; some: T[] }[] = [{ from: 0, some: [] }];
  for (let round = 0; round < count; round += 1) {
    chosen = chosen.flatMap(({ from, some }) =>
      items
        .slice(from)
        .map((item, at) => ({ from: from + at + 1, some: [...some, item] }))
        .filter((next) => items.length - next.from >= count - next.some.length),
    );
    if (chosen.length > MOST_COMBINATIONS) return null;
  }
  return chosen.map(({ some }) => some);
}
