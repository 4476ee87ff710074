import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenize } from '../../../src/demo/logs/insights/tokens';
import { FailureError } from '../../../src/shared/failure';
import { placesIn } from '../../../src/shared/logs/saved-search-places';
import { boundQuery } from '../../../src/main/runbooks/actions/aws/query-values';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      "'",
      '\\',
      '`',
      '/',
      '|',
      '#',
      '-',
      ';',
      '$',
      '{',
      '}',
      '\n',
      ' ',
      'a',
      '%',
    ),
  }),
);

/** The query with the value, or null where the value is refused. */
function tried(...args: Parameters<typeof boundQuery>): string | null {
  try {
    return boundQuery(...args);
  } catch (error) {
    if (error instanceof FailureError) return null;
    throw error;
  }
}

/** As the engine of the demo reads it. */
const tokens = (query: string) => tokenize(query).map(({ kind, text }) => ({ kind, text }));

describe('values in Insights queries', () => {
  test('any text stays one text, and what follows it stays what it was', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const query = tried('filter x = $v | limit 7', { v: value }, 'CWLI');
        fc.pre(query !== null);
        const harmless = tokens('filter x = "harmless" | limit 7');
        expect(tokens(query)).toEqual(
          harmless.map(({ kind, text }) => ({ kind, text: kind === 'string' ? value : text })),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(['SQL', 'PPL', 'CWLI'] as const)('nothing leaves its quotes in %s', (language) => {
    fc.assert(
      fc.property(hostile, (value) => {
        const query = tried('where x = $v and ${marker} = 1', { v: value }, language);
        fc.pre(query !== null);
        const [marker, ...more] = placesIn(query, language).filter(
          ({ name, where }) => name === 'marker' && where === 'bare',
        );
        expect(marker).toBeDefined();
        expect(more).toEqual([]);
        expect(query.endsWith(' and ${marker} = 1')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a text without quotes is never refused', () => {
    for (const language of ['CWLI', 'SQL', 'PPL'] as const) {
      expect(boundQuery('where x = $v', { v: 'a | b; -- c # d' }, language)).toContain(
        'a | b; -- c # d',
      );
    }
  });

  test('numbers, truth and lists are written as such', () => {
    const all = (value: unknown, language: 'CWLI' | 'SQL' = 'CWLI') =>
      boundQuery('x in $v', { v: value }, language);
    expect(all(2.5)).toBe('x in 2.5');
    expect(all(-3)).toBe('x in (-3)');
    expect(all(true)).toBe('x in true');
    expect(all(['a', 2])).toBe('x in ["a", 2]');
    expect(all(['a', 'b'], 'SQL')).toBe("x in ('a', 'b')");
    for (const value of [null, {}, [], [['a']], Number.NaN, 1e300, 'two\nlines']) {
      expect(() => all(value), JSON.stringify(value)).toThrow(FailureError);
    }
  });

  test('a value within quotes or a regular expression is refused, for it would be quoted twice', () => {
    expect(() => boundQuery('filter x = "$v"', { v: 'a' }, 'CWLI')).toThrow(/Write it bare/);
    expect(() => boundQuery('filter x like /$v/', { v: 'a' }, 'CWLI')).toThrow(/Write it bare/);
  });

  test('other names, comments and longer names are left alone', () => {
    const query = 'filter x = $v and y = $value # $v\n| limit 1';
    expect(boundQuery(query, { v: 'a\\"b' }, 'CWLI')).toBe(
      'filter x = "a\\\\\\"b" and y = $value # $v\n| limit 1',
    );
    expect(() => boundQuery('filter x = 1', { v: 'a' }, 'CWLI')).toThrow(/does not ask for \$v/);
  });
});
