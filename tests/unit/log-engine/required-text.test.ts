import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  compileRegex,
  requiredText,
  requiredTexts,
} from '../../../src/main/logs/engine/regex-guard';
import { startEngine } from './engine-rig';

/** A piece of an expression and a text that it matches. */
const pieces: readonly (readonly [string, string])[] = [
  ['abc', 'abc'],
  ['contacts', 'contacts'],
  ['ab?', 'a'],
  ['xy*', 'x'],
  ['a+', 'aaa'],
  ['q{2}', 'qq'],
  ['r{0,2}', ''],
  ['\\x5c', '\\'],
  ['\\x{42}', 'B'],
  ['\\d{2}', '12'],
  ['\\s+', '  '],
  ['\\S+', 'zz'],
  ['\\p{L}', 'é'],
  ['\\pN', '5'],
  ['\\.', '.'],
  ['\\/', '/'],
  ['\\+?', ''],
  ['[a-z]+', 'kk'],
  ['[^\\]]', 'u'],
  ['(?:opt)?', ''],
  ['(grp)', 'grp'],
  ['.', '!'],
];

it('is in every text that an expression matches', () => {
  let stretches = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }), (chosen) => {
      const source = chosen.map(([piece]) => piece).join('');
      const sample = chosen.map(([, text]) => text).join('');
      expect(compileRegex(source, false)(sample), source).toBe(true);
      const found = requiredTexts(source);
      stretches += found.length;
      for (const text of found) expect(sample, source).toContain(text);
    }),
    { numRuns: 2_000 },
  );
  expect(stretches).toBeGreaterThan(300);
});

it('begins with the longest', () => {
  expect(requiredTexts('^\\s*PUT\\s+\\/contacts\\/\\d+ in$')).toEqual(['/contacts/', 'PUT', ' in']);
  expect(requiredText('a|b')).toBeNull();
});

it('finds values however their lines write them', async () => {
  const engine = startEngine();
  await engine.open();
  const lines = [
    '{"n":2e2}',
    '{"n":200}',
    '{"m":"a\\u0062cdef 1"}',
    '{"m":"abcdef 2"}',
    '{"m":"other"}',
  ];
  await engine.append(lines);
  expect(await engine.found('n:/^200$/')).toEqual(lines.slice(0, 2));
  expect(await engine.found('m:/^abcdef\\s\\d$/')).toEqual(lines.slice(2, 4));
  expect(await engine.found('m:/ABCDEF/i')).toEqual(lines.slice(2, 4));
  engine.close();
});
