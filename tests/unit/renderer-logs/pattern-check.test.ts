import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePattern } from '../../../src/demo/logs/filter/pattern';
import { patternMistake } from '../../../src/renderer/logs/search/pattern-check';

/** The demo's parser is judged by recorded answers of CloudWatch. */
function isRefused(pattern: string): boolean {
  try {
    parsePattern(pattern);
    return false;
  } catch {
    return true;
  }
}

describe('the check of filter patterns', () => {
  it.each([
    '',
    'ERROR',
    '?ERROR ?WARN -debug',
    '"two words" -"not these"',
    '%4[0-9]{2}%',
    '{ $.level = "error" && ($.status >= 500 || $.path = "/api/*") }',
    '{ $.a.b[0] IS NULL }',
    '{ $.message = %time ?out% }',
    '[ip, user, ts, request, status = 4*, bytes > 1000]',
    '[..., status != 200, bytes]',
    'GET /api/v1/users?id=1',
  ])('has nothing against %s', (pattern) => {
    expect(patternMistake(pattern)).toBeNull();
  });

  it.each([
    ['"never closed', /not closed/],
    ['%never closed', /not closed/],
    ['{ $.level = "error"', /ends with \}/],
    ['[a, b', /ends with \]/],
    ['{ level = "error" }', /begin with \$/],
    ['{ $.a = 1 & $.b = 2 }', /&&/],
    ['{ $.a == 1 }', /one = sign/],
    ['{ ($.a = 1 }', /parentheses/],
    ['{}', /Say what/],
    ['x'.repeat(1_025), /1,024/],
  ])('explains %s', (pattern, words) => {
    expect(patternMistake(pattern)).toMatch(words);
    if (pattern.length <= 1_024) expect(isRefused(pattern)).toBe(true);
  });

  it('never finds fault with what CloudWatch takes', () => {
    const piece = fc.constantFrom(
      'ERROR',
      '"two words"',
      '-x',
      '?y',
      '%a.b%',
      '{',
      '}',
      '[',
      ']',
      '$.a',
      '=',
      '!=',
      '>',
      '&&',
      '||',
      '(',
      ')',
      '"s"',
      '5',
      '*',
      ',',
      '...',
      ' ',
      'IS',
      'NULL',
      '"',
      '%',
      '&',
      '|',
      '==',
      ' - ',
    );
    const pattern = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' '));
    const wronged = fc.sample(pattern, 3_000).filter((text) => {
      return patternMistake(text) !== null && !isRefused(text);
    });
    expect(wronged).toEqual([]);
  });
});
