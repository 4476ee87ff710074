import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterSchema } from '../../../src/shared/logs/filter/filter';
import { parseFilter } from '../../../src/shared/logs/filter/parse';
import { parsed } from './engine-rig';

const text = (word: string) => ({ kind: 'text', text: word, exactCase: false });
const field = (path: string, test: object) => ({ kind: 'field', path, test });

describe('the filter language', () => {
  it('takes words, phrases and nothing', () => {
    expect(parsed('  ')).toEqual({ kind: 'all' });
    expect(parsed('timeout')).toEqual(text('timeout'));
    expect(parsed('"not found"')).toEqual(text('not found'));
    expect(parsed('a "b \\"c\\""')).toEqual({ kind: 'and', of: [text('a'), text('b "c"')] });
  });

  it('takes what stands in lines by chance as text', () => {
    for (const word of ['http://x/y', '12:30:05', 'ERROR:', 'a-b', '/api/leads', '->', 'x=1']) {
      expect(parsed(word)).toEqual(text(word));
    }
    expect(parsed('not found')).toEqual({ kind: 'and', of: [text('not'), text('found')] });
  });

  it('binds NOT before AND before OR', () => {
    expect(parsed('a b OR -c')).toEqual({
      kind: 'or',
      of: [
        { kind: 'and', of: [text('a'), text('b')] },
        { kind: 'not', of: text('c') },
      ],
    });
    expect(parsed('a AND (b or c)')).toEqual({
      kind: 'and',
      of: [text('a'), { kind: 'or', of: [text('b'), text('c')] }],
    });
    expect(parsed('NOT a')).toEqual(parsed('!a'));
  });

  it('takes fields of every kind', () => {
    const open = { fromIncluded: true, toIncluded: true };
    expect(parsed('level:error')).toEqual(field('level', { kind: 'contains', text: 'error' }));
    expect(parsed('a.b.c:="X y"')).toEqual(field('a.b.c', { kind: 'equals', text: 'X y' }));
    expect(parsed('url:/api/*')).toEqual(field('url', { kind: 'wildcard', pattern: '/api/*' }));
    expect(parsed('error:*')).toEqual(field('error', { kind: 'exists' }));
    expect(parsed('statusCode:>=500')).toEqual(
      field('statusCode', { kind: 'range', from: 500, to: null, ...open }),
    );
    expect(parsed('t:[1 TO 2.5}')).toEqual(
      field('t', { kind: 'range', from: 1, to: 2.5, fromIncluded: true, toIncluded: false }),
    );
    expect(parsed('t:[2026-01-01 TO *]')).toEqual(
      field('t', { kind: 'text-range', from: '2026-01-01', to: null, ...open }),
    );
    expect(parsed('@time:>2026-01-01T00:00:00Z')).toMatchObject({
      test: { kind: 'range', from: Date.UTC(2026, 0, 1) },
    });
    expect(parsed('url:/lead\\/\\d+/i')).toEqual(
      field('url', { kind: 'regex', source: 'lead/\\d+', ignoreCase: true }),
    );
    expect(parsed('level:(warn OR error)')).toEqual(parsed('level:warn OR level:error'));
  });

  it('takes expressions', () => {
    expect(parsed('/a b+/i')).toEqual({ kind: 'regex', source: 'a b+', ignoreCase: true });
  });

  it.each([
    ['"open', 0, 5, /closing quote/],
    ['(a', 0, 1, /closing parenthesis/],
    ['a )', 2, 3, /closes nothing/],
    ['()', 0, 2, /Nothing is in/],
    ['a OR', 2, 5, /missing after/],
    ['x /(?=a)b/', 2, 10, /not supported/],
    ['/a(/', 0, 4, /no regular expression/],
    ['t:[1 2]', 2, 5, /from TO to/],
    ['t:>', 0, 3, null],
  ])('says where the mistake in %s is', (typed, from, to, message) => {
    const result = parseFilter(typed);
    if (message === null) return expect(result.ok).toBe(false);
    expect(result).toMatchObject({ ok: false, mistake: { from } });
    if (result.ok) return;
    expect(result.mistake.message).toMatch(message);
    expect(result.mistake.to).toBeLessThanOrEqual(Math.max(to, from + 1));
  });

  it('never throws, and says only what the engine takes', () => {
    const pieces = fc.constantFrom(
      ...['(', ')', '"', '/', '[', ']', '{', ' TO ', ':', '-', '!', ' OR ', ' and ', 'NOT ', '*'],
      ...['a', 'level', '5', '>', '<=', '=', '\\', '|', ' ', '@time', '\u0000', '😀', '\ud800'],
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(typed, (input) => {
        const result = parseFilter(input);
        if (result.ok) expect(filterSchema.safeParse(result.filter).success).toBe(true);
        else {
          expect(result.mistake.from).toBeGreaterThanOrEqual(0);
          expect(result.mistake.to).toBeLessThanOrEqual(input.length);
          expect(result.mistake.from).toBeLessThan(result.mistake.to);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('is not upset by thousands of parentheses', () => {
    expect(parseFilter('('.repeat(4_000)).ok).toBe(false);
    expect(parseFilter('-'.repeat(4_000) + 'a').ok).toBe(true);
  });
});
