import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ansiSpans, stripAnsi } from '../../../src/shared/logs/ansi';
import { csvCell, csvLine } from '../../../src/shared/logs/csv';
import { type Garbling, mendGarbled } from '../../../src/shared/logs/garbled';
import { lineDetail, prettyJson } from '../../../src/shared/logs/line-detail';
import { levelOf, levelOfText } from '../../../src/shared/logs/log-event';
import { foldedRuns, stackLines } from '../../../src/shared/logs/stack-trace';

/** Windows-1252 by its small difference from 1254, which every platform decodes rightly. */
const western = new Map(
  [...'ĞÐ İÝ ŞÞ ğð ıý şþ'.split(' '), '\u008eŽ', '\u009ež'].map((pair) => [
    pair.charAt(0),
    pair.charAt(1),
  ]),
);

function garble(text: string, by: Garbling): string {
  const bytes = new TextEncoder().encode(text);
  if (by !== 'windows-1252') return new TextDecoder(by).decode(bytes);
  const turkish = new TextDecoder('windows-1254').decode(bytes);
  return [...turkish].map((letter) => western.get(letter) ?? letter).join('');
}

describe('garbled text', () => {
  it.each(['windows-1252', 'windows-1254', 'macintosh'] as const)('read as %s is mended', (by) => {
    for (const text of ['Đăng nhập thất bại', 'Größe → 5 µs', 'café “quoted” — ok', 'ışık 😀']) {
      expect(mendGarbled(garble(text, by))?.text).toBe(text);
    }
  });

  it('is mended when it happened twice', () => {
    const twice = garble(garble('Lỗi kết nối', 'windows-1252'), 'windows-1252');
    expect(mendGarbled(twice)).toEqual({
      text: 'Lỗi kết nối',
      by: ['windows-1252', 'windows-1252'],
    });
  });

  it('is mended beside text that is in order', () => {
    expect(mendGarbled('{"a":"cafÃ©","b":"naïve"}')?.text).toBe('{"a":"café","b":"naïve"}');
  });

  it('is not seen where there is none', () => {
    for (const text of [
      'plain',
      'café',
      'Đăng nhập',
      '日本語',
      'Привет',
      '€ 5,–',
      'Ça va, Zoë?',
      '«SOCIÉTÉ»',
      'CAFÉ™',
      'mot —à dire',
    ]) {
      expect(mendGarbled(text)).toBeNull();
    }
  });

  const seed = '../shared/seeds/000_af1a2e8edb901ef5.txt';
  it.skipIf(!existsSync(seed))('is mended in the CRM’s handbook (../shared/seeds)', () => {
    const text = readFileSync(seed, 'utf8');
    const mended = mendGarbled(text)?.text ?? '';
    expect(mended).toContain('kết hợp với');
    const left = (all: string): number => all.match(/[ÃÄá][\u0080-\u00bf»º]/g)?.length ?? 0;
    expect(left(text)).toBeGreaterThan(10);
    expect(left(mended)).toBeLessThan(left(text) / 4);
    // Bytes that were lost on the way cannot be brought back.
    expect(mended.match(/[âÃ][”€º»]/g)?.length ?? 0).toBeLessThan(40);
  });
});

describe('ANSI sequences', () => {
  it('colour, and do nothing else', () => {
    const text = '\u001b[1;31mERR\u001b[0m \u001b[38;5;208mo\u001b[48;2;1;2;3mb\u001b[39;49m.';
    expect(
      ansiSpans(text).map(({ text, bold, foreground, background }) => [
        text,
        bold,
        foreground,
        background,
      ]),
    ).toEqual([
      ['ERR', true, 1, null],
      [' ', false, null, null],
      ['o', false, 208, null],
      ['b', false, 208, '#010203'],
      ['.', false, null, null],
    ]);
  });

  it('of any other kind are dropped whole', () => {
    const link = '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u0007';
    expect(stripAnsi(`a${link}b\u001b[2J\u001b[1;1Hc\u001bPq\u001b\\d\u009b31me\u001b`)).toBe(
      'aclickbcde',
    );
  });

  it('never leave an escape behind', () => {
    const piece = fc.constantFrom(
      '\u001b',
      '[',
      ']',
      'm',
      '1',
      ';',
      '8;;',
      '\u0007',
      '\\',
      'a',
      '\u009b',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const shown = ansiSpans(text)
          .map((span) => span.text)
          .join('');
        expect(shown).not.toMatch(/\u001b/);
        expect(shown).toBe(stripAnsi(text));
      }),
    );
  });
});

describe('stack traces', () => {
  const node = [
    'TypeError: x is undefined',
    '    at lead (/app/src/lead.ts:10:5)',
    '    at next (/app/node_modules/express/router.js:1:1)',
    '    at run (node:internal/process:1:1)',
    '    at async main (/app/src/main.ts:3:1)',
  ].join('\n');

  it('fold what is not one’s own', () => {
    const lines = stackLines(node);
    expect(lines?.map(({ kind, foreign }) => [kind, foreign])).toEqual([
      ['cause', false],
      ['frame', false],
      ['frame', true],
      ['frame', true],
      ['frame', false],
    ]);
    expect(foldedRuns(lines ?? [])).toEqual([{ from: 2, to: 4 }]);
  });

  it('are found of Java and Python, and within JSON', () => {
    const java =
      'x.MyException: no\n\tat com.acme.A.b(A.java:1)\n\tat java.base/java.lang.T.run(T.java:2)\nCaused by: y\n\t... 3 more';
    expect(stackLines(java)?.map(({ kind }) => kind)).toEqual([
      'cause',
      'frame',
      'frame',
      'cause',
      'frame',
    ]);
    const python =
      'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    g()\n  File "b.py", line 2, in g\nValueError: no';
    expect(stackLines(python)).not.toBeNull();
    const json = JSON.stringify({ error: { message: 'x', stack: node } });
    expect(lineDetail(json).stacks.map(({ path }) => path)).toEqual(['error.stack']);
    expect(stackLines('one line')).toBeNull();
    expect(stackLines('two\nlines')).toBeNull();
  });
});

it('pretty JSON says what the line says, digit by digit', () => {
  const json = '{"id":12345678901234567890,"a":[],"b":{},"c":[1,{"d":"x:{,\\""}],"e":1.0}';
  expect(prettyJson(json)).toContain('"id": 12345678901234567890');
  expect(prettyJson(json)).toContain('"e": 1.0');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.parse(prettyJson(text))).toEqual(JSON.parse(text));
      expect(prettyJson(text).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});

it('levels are found however they are written', () => {
  expect([30, 50, 'WARNING', 'Err', 'critical', 'nope', 35].map(levelOf)).toEqual([
    'info',
    'error',
    'warn',
    'error',
    'fatal',
    null,
    null,
  ]);
  expect(levelOfText('2026-01-01 [main] WARN  slow')).toBe('warn');
  expect(levelOfText('ts=1 level=error msg=x')).toBe('error');
  expect(levelOfText('an error happened in information desk')).toBeNull();
});

it('cells of a CSV are no formulas', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r']) {
    expect(csvCell(`${start}1`).replace(/^"/, '').startsWith("'")).toBe(true);
  }
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng'])).toBe('a,"b,c","d""e","f\ng"\r\n');
});
