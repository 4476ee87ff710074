/** Elasticsearch's meaning of a query over a flat document, written down a second time and simply. */
import * as fc from 'fast-check';

type Scalar = string | number | boolean;
export type Document = Readonly<Record<string, Scalar>>;

export type Query =
  | { kind: 'term'; field: string; value: Scalar }
  | { kind: 'terms'; field: string; values: Scalar[] }
  | { kind: 'match'; field: string; words: string[]; and: boolean }
  | { kind: 'phrase'; field: string; text: string }
  | { kind: 'wildcard'; field: string; pattern: string }
  | { kind: 'prefix'; field: string; text: string }
  | { kind: 'exists'; field: string }
  | { kind: 'range'; field: string; from: number | null; to: number | null; open: boolean }
  | {
      kind: 'bool';
      must: Query[];
      filter: Query[];
      not: Query[];
      should: Query[];
      minimum: number | null;
    };

const fields = ['url', 'note', 'count', 'ok', 'a.b'] as const;
const letters = fc.constantFrom(
  'a',
  'B',
  'b',
  '"',
  '\\',
  '/',
  '.',
  '*',
  '?',
  '(',
  '$',
  '|',
  ' ',
  'é',
  "'",
  '-',
  '5',
);
/** Mostly the same few, so that documents have what is asked for. */
const text = fc.oneof(
  fc.constantFrom(
    'a',
    'A',
    'ab',
    'aB',
    'Ab',
    'a b',
    'a*',
    'a?',
    '*b',
    '5',
    '5.0',
    'true',
    'a/b',
    'a"b',
  ),
  fc.array(letters, { minLength: 1, maxLength: 5 }).map((all) => all.join('')),
);
const word = text.map((all) => all.replaceAll(' ', 'x'));
const scalar: fc.Arbitrary<Scalar> = fc.oneof(text, fc.integer({ min: -3, max: 9 }), fc.boolean());
const field = fc.constantFrom(...fields);

export const documents: fc.Arbitrary<Document> = fc.dictionary(field, scalar, { maxKeys: 5 });

/** A word that is no number: of numbers a match is typed, which is tested by hand. */
const plainWord = word.filter((one) => /[^\d.-]/.test(one));

const leaf: fc.Arbitrary<Query> = fc.oneof(
  fc.record({ kind: fc.constant('term' as const), field, value: scalar }),
  fc.record({
    kind: fc.constant('terms' as const),
    field,
    values: fc.array(scalar, { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('match' as const),
    field: fc.constantFrom('url', 'note'),
    words: fc.array(plainWord, { minLength: 1, maxLength: 3 }),
    and: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('phrase' as const),
    field: fc.constantFrom('url', 'note'),
    text: plainWord,
  }),
  fc.record({ kind: fc.constant('wildcard' as const), field, pattern: text }),
  fc.record({ kind: fc.constant('prefix' as const), field, text }),
  fc.record({ kind: fc.constant('exists' as const), field }),
  fc.record({
    kind: fc.constant('range' as const),
    field,
    from: fc.option(fc.integer({ min: -3, max: 9 })),
    to: fc.option(fc.integer({ min: -3, max: 9 })),
    open: fc.boolean(),
  }),
);

export const asked: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'query' },
    leaf,
    fc.record({
      kind: fc.constant('bool' as const),
      must: fc.array(tie('query'), { maxLength: 2 }),
      filter: fc.array(tie('query'), { maxLength: 1 }),
      not: fc.array(tie('query'), { maxLength: 2 }),
      should: fc.array(tie('query'), { maxLength: 3 }),
      minimum: fc.option(fc.integer({ min: 0, max: 4 })),
    }),
  ),
})).query;

export function asBody(query: Query): unknown {
  switch (query.kind) {
    case 'term':
      return { term: { [query.field]: query.value } };
    case 'terms':
      return { terms: { [query.field]: query.values } };
    case 'match':
      return {
        match: {
          [query.field]: { query: query.words.join(' '), operator: query.and ? 'and' : 'or' },
        },
      };
    case 'phrase':
      return { match_phrase: { [query.field]: query.text } };
    case 'wildcard':
      return { wildcard: { [query.field]: { value: query.pattern } } };
    case 'prefix':
      return { prefix: { [query.field]: query.text } };
    case 'exists':
      return { exists: { field: query.field } };
    case 'range': {
      const { from, to, open } = query;
      return {
        range: {
          [query.field]: {
            ...(from === null ? {} : { [open ? 'gt' : 'gte']: from }),
            ...(to === null ? {} : { [open ? 'lt' : 'lte']: to }),
          },
        },
      };
    }
    case 'bool':
      return {
        bool: {
          must: query.must.map(asBody),
          filter: query.filter.map(asBody),
          must_not: query.not.map(asBody),
          should: query.should.map(asBody),
          ...(query.minimum === null ? {} : { minimum_should_match: query.minimum }),
        },
      };
  }
}

const isNumber = (value: string): boolean =>
  /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value);

function same(value: Scalar, asked: Scalar): boolean {
  if (String(value) === String(asked)) return true;
  return typeof value === 'number' && isNumber(String(asked)) && Number(asked) === value;
}

/** A word or phrase within a text, case ignored; within other values it is the value. */
function within(value: Scalar, words: string): boolean {
  return typeof value === 'string'
    ? value.toLowerCase().includes(words.toLowerCase())
    : String(value) === words.toLowerCase();
}

/** Letter by letter, by trying every length of a star. */
function fits(pattern: string, value: string): boolean {
  if (pattern === '') return value === '';
  const [first = '', second = ''] = pattern;
  if (first === '\\' && second !== '')
    return value.startsWith(second) && fits(pattern.slice(2), value.slice(1));
  if (first === '*') {
    return Array.from({ length: value.length + 1 }, (_, at) => at).some((at) =>
      fits(pattern.slice(1), value.slice(at)),
    );
  }
  return (
    value !== '' &&
    (first === '?' || value.startsWith(first)) &&
    fits(pattern.slice(1), value.slice(1))
  );
}

type Opaque = (query: Query) => boolean | null;

/** `opaque` answers for clauses that stand for others. */
export function finds(query: Query, document: Document, opaque: Opaque = () => null): boolean {
  const replaced = opaque(query);
  if (replaced !== null) return replaced;
  if (query.kind === 'bool') {
    const met = (one: Query): boolean => finds(one, document, opaque);
    const required = query.must.length + query.filter.length > 0;
    const minimum = query.minimum ?? (query.should.length > 0 && !required ? 1 : 0);
    return (
      query.must.every(met) &&
      query.filter.every(met) &&
      !query.not.some(met) &&
      (query.should.length === 0 || query.should.filter(met).length >= minimum)
    );
  }
  const value = document[query.field];
  if (value === undefined) return false;
  switch (query.kind) {
    case 'term':
      return same(value, query.value);
    case 'terms':
      return query.values.some((one) => same(value, one));
    case 'match':
      return query.and
        ? query.words.every((one) => within(value, one))
        : query.words.some((one) => within(value, one));
    case 'phrase':
      return within(value, query.text);
    case 'wildcard':
      return fits(query.pattern, String(value));
    case 'prefix':
      return String(value).startsWith(query.text);
    case 'exists':
      return true;
    case 'range': {
      const { from, to, open } = query;
      if (from === null && to === null) return true;
      if (typeof value === 'boolean' || (typeof value === 'string' && !isNumber(value)))
        return false;
      const number = Number(value);
      return (
        (from === null || number > from || (!open && number === from)) &&
        (to === null || number < to || (!open && number === to))
      );
    }
  }
}

const leavesOf = (query: Query): Query[] =>
  query.kind === 'bool'
    ? [...query.must, ...query.filter, ...query.not, ...query.should].flatMap(leavesOf)
    : [query];

/** The query with one of its leaves turned into one that cannot be said, and what it finds for either answer of it. */
export function hostileBody(
  query: Query,
  at: number,
): { body: unknown; finds: (document: Document, answer: boolean) => boolean } {
  const leaves = leavesOf(query);
  const chosen = leaves[at % Math.max(1, leaves.length)];
  const marked = chosen === undefined ? null : asBody(chosen);
  const swap = (value: unknown): unknown => {
    if (marked !== null && JSON.stringify(value) === JSON.stringify(marked)) return { script: {} };
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, swap(inner)]));
  };
  return {
    body: swap(asBody(query)),
    finds: (document, answer) =>
      finds(query, document, (one) =>
        marked !== null &&
        one.kind !== 'bool' &&
        JSON.stringify(asBody(one)) === JSON.stringify(marked)
          ? answer
          : null,
      ),
  };
}
