/** Clauses of the query DSL that ask one thing of a field. */
import type { Filter } from '../filter/filter';
import { isMoment } from './date-math';
import { luceneRegex } from './lucene-regex';
import { both, either, lost, remark } from './reading';
import type { Reading, Spot } from './reading';
import { entryOf, isShape, isValue, listOf, textAt } from './shapes';
import type { Shape } from './shapes';
import { timeCondition } from './time-condition';
import type { Bounds } from './time-condition';
import {
  anywhere,
  exactly,
  fieldOf,
  isKeyword,
  like,
  literal,
  says,
  starred,
  test,
  wordsOf,
} from './words';
import type { Value } from './words';

type Leaf = (body: unknown, reading: Reading, spot: Spot) => Filter | null;

interface OfField {
  field: string;
  /** The field in the record. */
  path: string;
  /** What stands beside the value. */
  options: Shape;
  value: unknown;
}

/** `{ field: value }` or `{ field: { [key]: value, … } }`. */
function ofField(body: unknown, key: string, reading: Reading, spot: Spot): OfField | null {
  const entry = isShape(body) ? entryOf(body) : null;
  if (entry === null) return lost(reading, spot, 'It names no field, or more than one.');
  const [field, given] = entry;
  const path = fieldOf(field, reading, spot);
  if (path === null) return null;
  const options = isShape(given) ? given : {};
  const value = isShape(given) ? (given[key] ?? given['value']) : given;
  return { field, path, options, value };
}

const valued =
  (
    key: string,
    does: (of: OfField & { value: Value }, reading: Reading, spot: Spot) => Filter | null,
  ): Leaf =>
  (body, reading, spot) => {
    const of = ofField(body, key, reading, spot);
    if (of === null) return null;
    const { value } = of;
    if (!isValue(value))
      return lost(reading, spot, `${of.field} is compared with no text, number or boolean.`);
    return does({ ...of, value }, reading, spot);
  };

const ignoresCase = ({ options }: OfField): boolean => options['case_insensitive'] === true;

const term = valued('value', (of) =>
  ignoresCase(of)
    ? like(of.path, `^${literal(String(of.value))}$`, true)
    : exactly(of.path, of.value),
);

const terms: Leaf = (body, reading, spot) => {
  const entry = isShape(body) ? entryOf(body, ['minimum_should_match']) : null;
  if (entry === null) return lost(reading, spot, 'It names no field, or more than one.');
  const [field, values] = entry;
  if (!Array.isArray(values))
    return lost(reading, spot, 'Terms that are looked up in another index cannot be said.');
  const path = fieldOf(field, reading, spot);
  if (path === null) return null;
  return either(
    values.map((value: unknown) =>
      isValue(value)
        ? exactly(path, value)
        : lost(reading, spot, 'One of the terms is no text, number or boolean.'),
    ),
    spot,
  );
};

const SUBSTRINGS = 'Words are looked for anywhere in a text, within longer words too.';

const match = valued('query', (of, reading, spot) => {
  const { field, path, options, value } = of;
  if (isKeyword(field) || typeof value !== 'string') return says(field, path, value);
  remark(reading, spot, SUBSTRINGS);
  if (options['fuzziness'] !== undefined)
    remark(reading, spot, 'Words are not looked for in other spellings: fuzziness was left out.');
  const words = wordsOf(value).map((word) => says(field, path, word));
  if (options['minimum_should_match'] !== undefined && words.length > 1) {
    return lost(reading, spot, 'So many of the words of a match cannot be said.');
  }
  return String(options['operator'] ?? 'or').toLowerCase() === 'and'
    ? both(words, spot)
    : either(words, spot);
});

const phrase = valued('query', ({ field, path, options, value }, reading, spot) => {
  if (Number(options['slop'] ?? 0) > 0)
    return lost(reading, spot, 'Words near each other (slop) cannot be said.');
  return says(field, path, value);
});

const multiMatch: Leaf = (body, reading, spot) => {
  const query = isShape(body) ? body['query'] : undefined;
  if (!isShape(body) || !isValue(query)) return lost(reading, spot, 'It asks for no text.');
  const fields = listOf(body['fields'])
    .filter((field) => typeof field === 'string')
    .map((field) => field.replace(/\^[\d.]+$/, ''));
  const kind = textAt(body, 'type') ?? 'best_fields';
  if (fields.length === 0 || fields.some((field) => field.includes('*'))) {
    const text = String(query);
    const words = kind.startsWith('phrase') ? [text] : wordsOf(text);
    const all = String(body['operator'] ?? 'or').toLowerCase() === 'and';
    remark(reading, spot, 'Looked for in the whole line, not in certain fields.');
    return (all ? both : either)(words.map(anywhere), spot);
  }
  const ask = kind.startsWith('phrase') ? phrase : match;
  const { operator = 'or' } = body;
  return either(
    fields.map((field) => ask({ [field]: { query, operator } }, reading, spot)),
    spot,
  );
};

const wildcard: Leaf = (body, reading, spot) =>
  valued('wildcard', (of) =>
    of.value === '*'
      ? test(of.path, { kind: 'exists' })
      : like(of.path, starred(String(of.value), true), ignoresCase(of)),
  )(body, reading, spot);

const prefix = valued('prefix', (of) =>
  like(of.path, `^${literal(String(of.value))}`, ignoresCase(of)),
);

const regexp = valued('value', (of, reading, spot) => {
  const source = luceneRegex(String(of.value));
  if (source === null) return lost(reading, spot, 'This expression uses what only Lucene knows.');
  return like(of.path, source, ignoresCase(of));
});

export const existsClause: Leaf = (body, reading, spot) => {
  const field = isShape(body) ? textAt(body, 'field') : null;
  if (field === null) return lost(reading, spot, 'It names no field.');
  if (reading.timeFields.has(field)) return { kind: 'all' };
  const path = fieldOf(field, reading, spot);
  return path === null ? null : test(path, { kind: 'exists' });
};

const rangeClause: Leaf = (body, reading, spot) => {
  const entry = isShape(body) ? entryOf(body) : null;
  const [field, bounds] = entry ?? ['', null];
  if (!isShape(bounds)) return lost(reading, spot, 'A range names one field and its bounds.');
  if (
    bounds['time_zone'] !== undefined &&
    !/^(?:UTC|Z|[+-]00:?00)$/.test(String(bounds['time_zone']))
  ) {
    remark(reading, spot, 'Days of a time range begin in UTC: its time zone was left out.');
  }
  return rangeOf(field, boundsOf(bounds), reading, spot);
};

function boundsOf(shape: Shape): Bounds {
  const given = (key: string): string | number | null => {
    const value = shape[key];
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  };
  return {
    from: given('gte') ?? given('gt') ?? given('from'),
    to: given('lte') ?? given('lt') ?? given('to'),
    fromIncluded:
      given('gte') !== null || (given('gt') === null && shape['include_lower'] !== false),
    toIncluded: given('lte') !== null || (given('lt') === null && shape['include_upper'] !== false),
  };
}

const asNumber = (bound: string | number): number | null =>
  typeof bound === 'number'
    ? bound
    : /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(bound)
      ? Number(bound)
      : null;

/** A range of numbers, of times, or of texts by their letters. */
export function rangeOf(
  field: string,
  bounds: Bounds,
  reading: Reading,
  spot: Spot,
): Filter | null {
  if (reading.timeFields.has(field)) return timeCondition(bounds, reading, spot);
  const path = fieldOf(field, reading, spot);
  if (path === null) return null;
  const { from, to, fromIncluded, toIncluded } = bounds;
  if (from === null && to === null) return test(path, { kind: 'exists' });
  const low = from === null ? null : asNumber(from);
  const high = to === null ? null : asNumber(to);
  const numbers = (from === null || low !== null) && (to === null || high !== null);
  if (numbers) return test(path, { kind: 'range', from: low, to: high, fromIncluded, toIncluded });
  if ([from, to].some((bound) => typeof bound === 'string' && isMoment(bound))) {
    return lost(
      reading,
      spot,
      `${field} is compared with a time; only the time of the event itself can be.`,
    );
  }
  const texts = { from: from === null ? null : String(from), to: to === null ? null : String(to) };
  return test(path, { kind: 'text-range', ...texts, fromIncluded, toIncluded });
}

const refused =
  (why: string): Leaf =>
  (_body, reading, spot) =>
    lost(reading, spot, why);

export const leafClauses: Readonly<Record<string, Leaf>> = {
  term,
  terms,
  match,
  match_phrase: phrase,
  match_phrase_prefix: phrase,
  match_bool_prefix: match,
  multi_match: multiMatch,
  wildcard,
  prefix,
  regexp,
  exists: existsClause,
  range: rangeClause,
  ids: refused('Ids of documents are the index’s; log events have none of them.'),
  fuzzy: refused('Words in similar spellings (fuzzy) cannot be said.'),
  script: refused('A script cannot be run here.'),
  nested: refused('Conditions on one element of a list (nested) cannot be said.'),
};
