/** What is imported finds what Elasticsearch would have found, on random documents. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineMatcher } from '../../../src/shared/logs/filter/match-line';
import type { Line } from '../../../src/shared/logs/filter/match-line';
import { parseFilter } from '../../../src/shared/logs/filter/parse';
import { importKibana } from '../../../src/shared/logs/kibana/import';
import { asBody, asked, documents, finds, hostileBody } from './reference';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const regex = (source: string, ignoreCase: boolean): ((text: string) => boolean) => {
  const compiled = new RegExp(source, ignoreCase ? 'i' : '');
  return (text) => compiled.test(text);
};
const lineOf = (document: unknown): Line => ({
  message: JSON.stringify(document),
  timestamp: NOW,
  ingestion: NOW,
  source: { connectionId: 'c', region: 'r', group: 'g', stream: 's' },
});

describe('an imported query', () => {
  it('finds exactly what the query finds, as a filter and as its text', () => {
    fc.assert(
      fc.property(asked, fc.array(documents, { minLength: 5, maxLength: 12 }), (query, list) => {
        const read = importKibana(JSON.stringify({ query: asBody(query) }), NOW);
        const [search] = read.ok ? read.searches : [];
        if (search?.filter === null || search?.filter === undefined)
          throw new Error('not understood');
        const left = search.notes.filter(
          ({ lost, text }) => lost && !/too long|all of it/.test(text),
        );
        expect(left).toEqual([]);
        const matches = lineMatcher(search.filter, regex);
        const typed = search.asFilter === null ? null : parseFilter(search.asFilter.filterText);
        if (typed !== null && !typed.ok) throw new Error(typed.mistake.message);
        const typedMatches = typed === null ? matches : lineMatcher(typed.filter, regex);
        for (const document of list) {
          const line = lineOf(document);
          expect(matches(line)).toBe(finds(query, document));
          expect(typedMatches(line)).toBe(finds(query, document));
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('finds more and never less when parts cannot be said', () => {
    fc.assert(
      fc.property(
        asked,
        fc.array(documents, { minLength: 5, maxLength: 12 }),
        fc.nat(50),
        (query, list, at) => {
          // One clause is replaced by one that cannot be said, whatever it finds.
          const { body, finds: real } = hostileBody(query, at);
          const read = importKibana(JSON.stringify({ query: body }), NOW);
          const [search] = read.ok ? read.searches : [];
          if (search === undefined) throw new Error('not understood');
          if (search.filter === null) return;
          const matches = lineMatcher(search.filter, regex);
          for (const document of list) {
            if (real(document, true) || real(document, false)) {
              expect(matches(lineOf(document))).toBe(true);
            }
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
