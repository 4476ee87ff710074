import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset } from '../../../src/main/logs/engine/dataset';
import { compileRegex } from '../../../src/main/logs/engine/regex-guard';
import { Turn } from '../../../src/main/logs/engine/turn';
import { View } from '../../../src/main/logs/engine/view';
import type { FieldTest, Filter } from '../../../src/shared/logs/filter/filter';
import { lineMatcher } from '../../../src/shared/logs/filter/match-line';
import { narrows } from '../../../src/shared/logs/filter/narrows';
import { frameOf, source } from './engine-rig';

const word = fc.constantFrom(
  ...[
    'error',
    'Error',
    'ERR',
    'timeout',
    'ß',
    'é',
    'É',
    'Ế',
    'ế',
    'Р',
    'р',
    'Ѡ',
    'K',
    'k',
    'İ',
    'i',
  ],
  ...[
    'Ω',
    'Ω',
    'ω',
    'a',
    'aa',
    'aab',
    '200',
    '2',
    'true',
    'null',
    '😀',
    '\\u0061',
    '"',
    '/',
    'x.y',
  ],
);
const words = fc.array(word, { maxLength: 4 }).map((all) => all.join(' '));
const key = fc.constantFrom('a', 'b', 'a.b', 'level', 'é', 'x y', '0');
const scalar = fc.oneof(
  words,
  fc.constantFrom(0, 1, 2, 200, 2e2, -1.5, 1e21, 1e-7),
  fc.boolean(),
  fc.constant(null),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}));
/** Every letter of a JSON text may be written as its number (a double r is in texts only). */
const escapeSome = (text: string): string => text.replace('rr', 'r\\u0072');
const line = fc.oneof(
  words,
  json.object.map((value) => JSON.stringify(value)),
  json.object.map((value) => JSON.stringify(value, null, 1)),
  json.object.map((value) => escapeSome(JSON.stringify(value))),
  json.object.map((value) => `INFO ${JSON.stringify(value)}`),
);

const bound = fc.option(fc.constantFrom(-2, 0, 1, 200), { nil: null });
const test: fc.Arbitrary<FieldTest> = fc.oneof(
  word.map((text) => ({ kind: 'contains' as const, text })),
  word.map((text) => ({ kind: 'equals' as const, text })),
  fc.constantFrom('*', 'e*r', 'a*', '*b', '2*').map((pattern) => ({
    kind: 'wildcard' as const,
    pattern,
  })),
  fc.constant({ kind: 'exists' as const }),
  fc.record({
    kind: fc.constant('range' as const),
    from: bound,
    to: bound,
    fromIncluded: fc.boolean(),
    toIncluded: fc.boolean(),
  }),
  fc.constant({ kind: 'regex' as const, source: 'e+r', ignoreCase: true }),
);
const path = fc.constantFrom('a', 'b', 'a.b', 'a.a', 'a.b.a', 'level', 'é', 'x y', '0', '@stream');
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('text' as const), text: word, exactCase: fc.boolean() }),
    fc.record({ kind: fc.constant('field' as const), path, test }),
    fc.record({
      kind: fc.constant('regex' as const),
      source: fc.constantFrom('err', 'e.?r', '(a|aa)+b', 'a{2}', '[0-9]+', 'timeout$', '\\bErr'),
      ignoreCase: fc.boolean(),
    }),
    tie('filter').map((of) => ({ kind: 'not' as const, of })),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

function datasetOf(lines: readonly string[]): Dataset {
  const dataset = new Dataset(2 ** 24);
  const sources = [source('error stream'), source('other')];
  dataset.append(
    frameOf(
      lines.map((message, i) => ({ message, source: i % 2 })),
      sources,
    ),
  );
  return dataset;
}

function reference(dataset: Dataset, asked: Filter): number[] {
  const matches = lineMatcher(asked, compileRegex);
  return [...dataset.byTime()].filter((row) =>
    matches({
      message: dataset.text(row),
      timestamp: dataset.columns.time(row),
      ingestion: dataset.columns.ingestion(row),
      source: dataset.source(row),
    }),
  );
}

async function found(view: View, asked: Filter): Promise<number[]> {
  await view.look(asked, false, new Turn(), () => undefined);
  return [...view.rows()];
}

describe('what the engine finds', { timeout: 60_000 }, () => {
  it('equals what each line alone says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 80 }), filter, async (lines, asked) => {
        const dataset = datasetOf(lines);
        expect(await found(new View(dataset), asked)).toEqual(reference(dataset, asked));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same when former answers are reused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 60 }),
        fc.array(filter, { minLength: 2, maxLength: 6 }),
        async (lines, asked) => {
          const dataset = datasetOf(lines);
          const view = new View(dataset);
          for (const one of asked) expect(await found(view, one)).toEqual(reference(dataset, one));
          const all: Filter = { kind: 'and', of: asked.slice(0, 2) };
          expect(await found(view, all)).toEqual(reference(dataset, all));
        },
      ),
      { numRuns: 250 },
    );
  });

  it('narrows only where every line of the newer is one of the older', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), filter, filter, (lines, older, newer) => {
        if (!narrows(older, newer)) return;
        const dataset = datasetOf(lines);
        const had = new Set(reference(dataset, older));
        expect(reference(dataset, newer).filter((row) => !had.has(row))).toEqual([]);
      }),
      { numRuns: 4_000 },
    );
  });
});
