import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PatternError, parsePattern } from '../../../src/demo/logs/filter/pattern';
import { tokenize } from '../../../src/demo/logs/insights/tokens';
import { parseFilter } from '../../../src/shared/logs/filter/parse';
import { fillSearch, valueProblem } from '../../../src/shared/logs/saved-search-fill';
import { placesIn } from '../../../src/shared/logs/saved-search-places';
import type { SearchDraft, SearchParameter } from '../../../src/shared/logs/saved-search';

const text: SearchParameter = { name: 'v', label: 'Value', type: 'text', default: '', choices: [] };
const common = {
  name: 'n',
  description: '',
  parameters: [text],
  range: null,
  groups: [],
  newestFirst: true,
  columns: [],
};
const filter = (pattern: string, filterText: string): SearchDraft => ({
  ...common,
  kind: 'filter',
  pattern,
  filterText,
  queryString: filterText,
});
const insights = (query: string, language: 'CWLI' | 'PPL' | 'SQL' = 'CWLI'): SearchDraft => ({
  ...common,
  kind: 'insights',
  query,
  language,
});

/** Values that mean something to one language or another, and any other text. */
const hostile = fc.oneof(
  fc.constantFrom(
    '" OR "',
    "' OR '1'='1",
    '") OR (level:*',
    '\\',
    '\\"',
    '/ or 1=1 | limit 1',
    '*',
    '${v}',
    '%',
    '`',
    '#',
    'a | fields @message',
    '-- x',
    '} || { $.a = 1',
    ')',
    'NOT',
    '[* TO *]',
  ),
  fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom('"', '\\', '/', '`', "'", '%', '*', ' ', 'a', '(', ')', '$', '{', '}', '|'),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((letters) => letters.join('')),
);

/** The shape of what was parsed, its texts left out. */
const shapeOf = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) =>
    ['text', 'source', 'pattern'].includes(key) ? '' : inner,
  );

describe('values put into a filter of lines', () => {
  it('never break out of their place', () => {
    const templates = [
      'level:"${v}" AND service:x',
      'level:=${v} OR "b"',
      '"${v}" a',
      'url:/^${v}$/ x',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...templates), hostile, (template, value) => {
        const filled = fillSearch(filter('', template), { v: value });
        if (!filled.ok) return;
        if (filled.filled.kind !== 'filter') throw new Error('a filter was asked for');
        const plain = parseFilter(template.replace('=${v}', '="q"').replace('${v}', 'q'));
        const parsed = parseFilter(filled.filled.filterText);
        if (!plain.ok || !parsed.ok) throw new Error(filled.filled.filterText);
        expect(shapeOf(parsed.filter)).toBe(shapeOf(plain.filter));
        if (!template.includes('/')) {
          expect(JSON.stringify(parsed.filter)).toContain(JSON.stringify(value));
        }
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('values put into a pattern of CloudWatch', () => {
  it('find the value itself, and only as one term', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('"${v}"', '${v}', '"${v}" -"never there"'),
        hostile,
        (template, value) => {
          const filled = fillSearch(filter(template, ''), { v: value });
          if (!filled.ok) return;
          if (filled.filled.kind !== 'filter') throw new Error('a filter was asked for');
          const pattern = parsePattern(filled.filled.pattern);
          expect(pattern.matches(`before ${value} after`)).toBe(true);
          if (value !== ' ') expect(pattern.matches(`\u0001`)).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('stay one operand of a JSON pattern', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const filled = fillSearch(filter('{ $.user = "${v}" && $.ok = 1 }', ''), { v: value });
        if (!filled.ok) return;
        if (filled.filled.kind !== 'filter') throw new Error('a filter was asked for');
        const pattern = parsePattern(filled.filled.pattern);
        expect(pattern.matches(JSON.stringify({ user: value, ok: 1 }))).toBe(true);
        expect(pattern.matches(JSON.stringify({ user: `${value}x`, ok: 1 }))).toBe(false);
        expect(pattern.matches(JSON.stringify({ user: value, ok: 2 }))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are taken literally in an expression, or refused', () => {
    expect(fillSearch(filter('%id=${v}%', ''), { v: 'a%b' })).toMatchObject({
      ok: false,
      name: 'v',
    });
    const filled = fillSearch(filter('%id=${v}%', ''), { v: 'a.b' });
    if (!filled.ok || filled.filled.kind !== 'filter') throw new Error('not filled');
    expect(parsePattern(filled.filled.pattern).matches('id=axb')).toBe(false);
    expect(() => parsePattern('%(%')).toThrow(PatternError);
  });
});

describe('values put into a query', () => {
  it('leave every other token of Logs Insights as it was', () => {
    const templates = [
      'filter a = "${v}" | limit 5',
      "filter a = '${v}' | limit 5",
      'filter a = ${v} | limit 5',
      'filter a like /x${v}/ | limit 5',
      '# about ${v}\nfilter a = 1 | limit 5',
      'fields `${v}` | limit 5',
    ];
    const kinds = (query: string) => tokenize(query).map((token) => token.kind);
    fc.assert(
      fc.property(fc.constantFrom(...templates), hostile, (template, value) => {
        const filled = fillSearch(insights(template), { v: value });
        if (!filled.ok) return;
        if (filled.filled.kind !== 'insights') throw new Error('a query was asked for');
        const plain = template.replace('= ${v}', '= "q"').replace('${v}', 'q');
        expect(kinds(filled.filled.query)).toEqual(kinds(plain));
        expect(filled.filled.query.endsWith('| limit 5')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['PPL', 'SQL'] as const)('refuse what %s could take for a quote', (language) => {
    for (const value of ["a'b", 'a"b', 'a`b', 'a\\b', 'a;b']) {
      expect(fillSearch(insights("where x = '${v}'", language), { v: value })).toMatchObject({
        ok: false,
        message: 'Value cannot hold quotes or backslashes here.',
      });
    }
    expect(fillSearch(insights('where x = ${v}', language), { v: 'a b' })).toMatchObject({
      filled: { query: "where x = 'a b'" },
    });
  });
});

describe('what is asked of a value', () => {
  const number: SearchParameter = { ...text, type: 'number' };
  const choice: SearchParameter = { ...text, type: 'choice', choices: ['a', 'b'] };

  it.each([
    [text, '', 'Value is missing.'],
    [text, 'a\nb', 'Value holds a line break or a control character.'],
    [text, 'a"b', null],
    [number, '12', null],
    [number, '-1.5e3', null],
    [number, '1 or 1=1', 'Value must be a number.'],
    [number, '0x10', 'Value must be a number.'],
    [choice, 'b', null],
    [choice, 'c', 'Value is none of the choices.'],
  ])('%o takes %j: %s', (parameter, value, problem) => {
    expect(valueProblem(parameter, value)).toBe(problem);
  });

  it('takes the default, and never looks into a value for parameters', () => {
    const search = {
      ...insights('filter a = "${v}" and b = ${w}'),
      parameters: [text, { ...number, name: 'w', default: '3' }],
    };
    expect(fillSearch(search, { v: '${w}' })).toMatchObject({
      filled: { query: 'filter a = "${w}" and b = 3' },
    });
    expect(fillSearch(search, {})).toMatchObject({ ok: false, name: 'v' });
  });

  it('knows where a parameter stands', () => {
    expect(
      placesIn('url:/a${v}/ path:${v} "x\\"${v}"', 'filter').map(({ where }) => where),
    ).toEqual(['/', 'bare', '"']);
  });
});
