import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/demo/logs/insights/commands';
import { parsePattern } from '../../../src/demo/logs/filter/pattern';
import { parseFilter } from '../../../src/shared/logs/filter/parse';
import { importKibana } from '../../../src/shared/logs/kibana/import';
import type { ImportedSearch } from '../../../src/shared/logs/kibana/import';

const NOW = Date.parse('2026-03-10T12:34:56Z');

function one(text: string): ImportedSearch {
  const read = importKibana(text, NOW);
  if (!read.ok) throw new Error(read.message);
  const [search] = read.searches;
  if (search === undefined || read.searches.length !== 1) throw new Error(JSON.stringify(read));
  return search;
}
const dsl = (query: unknown): ImportedSearch => one(JSON.stringify({ query }));
const bar = (query: string, language: string, filter: unknown[] = []): ImportedSearch =>
  one(
    JSON.stringify({
      type: 'search',
      id: 's',
      attributes: {
        title: 'Saved',
        columns: ['level', 'message'],
        sort: [['@timestamp', 'asc']],
        kibanaSavedObjectMeta: {
          searchSourceJSON: JSON.stringify({ query: { query, language }, filter }),
        },
      },
    }),
  );
const texts = (search: ImportedSearch): string | undefined => search.asFilter?.filterText;
const lostOf = (search: ImportedSearch): string[] =>
  search.notes.filter(({ lost }) => lost).map(({ place, text }) => `${place}: ${text}`);

describe('the query DSL', () => {
  it.each<[unknown, string]>([
    [{ match_all: {} }, ''],
    [{ match_none: {} }, 'NOT /(?:)/'],
    [{ term: { level: 'error' } }, 'level:=error'],
    [{ term: { 'service.keyword': { value: 'a b' } } }, 'service:="a b"'],
    [{ term: { level: { value: 'a.b', case_insensitive: true } } }, 'level:/^a\\.b$/i'],
    [{ terms: { statusCode: [500, 502] } }, 'statusCode:=500 OR statusCode:=502'],
    [{ match: { message: 'timed out' } }, 'message:"timed" OR message:"out"'],
    [
      { match: { message: { query: 'timed out', operator: 'and' } } },
      'message:"timed" AND message:"out"',
    ],
    [{ match: { level: 'error' } }, 'level:=error'],
    [{ match_phrase: { message: 'timed "out"' } }, 'message:"timed \\"out\\""'],
    [{ wildcard: { url: '/api/*/x?' } }, 'url:/^\\/api\\/[\\s\\S]*\\/x[\\s\\S]$/'],
    [{ wildcard: { url: { value: '*leads*' } } }, 'url:/leads/'],
    [{ prefix: { url: '/api/' } }, 'url:/^\\/api\\//'],
    [{ regexp: { url: '/api/[a-z]+' } }, 'url:/^(?:\\/api\\/[a-z]+)$/'],
    [{ exists: { field: 'error.stack' } }, 'error.stack:*'],
    [{ range: { statusCode: { gte: 400, lt: 500 } } }, 'statusCode:[400 TO 500}'],
    [{ range: { name: { gt: 'm' } } }, 'name:>"m"'],
    [{ constant_score: { filter: { term: { a: 1 } } } }, 'a:=1'],
    [{ multi_match: { query: 'x y', fields: ['a^2', 'b'], type: 'phrase' } }, 'a:"x y" OR b:"x y"'],
    [{ bool: { must: { term: { a: 1 } }, must_not: [{ term: { b: 2 } }] } }, 'a:=1 AND NOT b:=2'],
    [{ bool: { should: [{ term: { a: 1 } }, { term: { b: 2 } }] } }, 'a:=1 OR b:=2'],
    [
      {
        bool: {
          filter: [{ term: { c: 3 } }],
          should: [{ term: { a: 1 } }, { term: { b: 2 } }],
          minimum_should_match: 1,
        },
      },
      'c:=3 AND (a:=1 OR b:=2)',
    ],
    [
      {
        bool: {
          should: [{ term: { a: 1 } }, { term: { b: 2 } }, { term: { c: 3 } }],
          minimum_should_match: '67%',
        },
      },
      '(a:=1 AND b:=2) OR (a:=1 AND c:=3) OR (b:=2 AND c:=3)',
    ],
    [
      { query_string: { query: 'level:error AND (statusCode:>=500 OR timeout)' } },
      'level:=error AND (statusCode:>=500 OR "timeout")',
    ],
    [{ query_string: { query: '+a:1 b:2 -c:3' } }, 'a:=1 AND NOT c:=3'],
    [
      { query_string: { query: 'x y', default_operator: 'AND', default_field: 'message' } },
      'message:"x" AND message:"y"',
    ],
    [
      { query_string: { query: 'statusCode:[400 TO 499] !_exists_:user' } },
      'statusCode:[400 TO 499] AND NOT user:*',
    ],
    [{ simple_query_string: { query: 'a + b | c' } }, '"a" AND "b"'],
  ])('%j is %s', (query, text) => {
    const search = dsl(query);
    expect(texts(search)).toBe(text);
    expect(lostOf(search)).toEqual([]);
    expect(() => parseQuery(search.asInsights?.query ?? '')).not.toThrow();
    expect(parseFilter(text).ok).toBe(true);
    expect(() => parsePattern(search.asFilter?.pattern ?? '')).not.toThrow();
  });

  it('takes the time that every event must have as the range of the search', () => {
    const at = (range: unknown) =>
      dsl({
        bool: {
          filter: [{ range: { '@timestamp': range } }, { term: { type: 'security_event' } }],
        },
      });
    expect(at({ gte: 'now-24h' }).asFilter).toMatchObject({
      range: { start: '-PT24H', end: null },
      filterText: 'type:=security_event',
      pattern: '{ $.type = "security_event" }',
    });
    expect(at({ gte: 'now-1d/d', lt: 'now/d' }).asFilter?.range).toEqual({
      start: '2026-03-09T00:00:00.000Z',
      end: '2026-03-10T00:00:00.000Z',
    });
    expect(at({ gte: '2026-03-01', lte: '2026-03-01||+1M/d' }).asFilter?.range).toEqual({
      start: '2026-03-01T00:00:00.000Z',
      end: '2026-04-01T23:59:59.999Z',
    });
    const inside = dsl({
      bool: { should: [{ range: { '@timestamp': { gte: 'now-1h' } } }, { term: { a: 1 } }] },
    });
    expect(texts(inside)).toBe(`@time:>=${NOW - 3_600_000} OR a:=1`);
    expect(inside.asFilter?.range).toBeNull();
  });

  it.each<[unknown, string | undefined, string[]]>([
    [
      { ids: { values: ['1'] } },
      undefined,
      ['query.ids: Ids of documents are the index’s; log events have none of them.'],
    ],
    [
      { bool: { must: [{ term: { a: 1 } }, { fuzzy: { b: 'x' } }] } },
      'a:=1',
      ['query.bool.must[1].fuzzy: Words in similar spellings (fuzzy) cannot be said.'],
    ],
    // An alternative that cannot be said cannot be left out: something would be missing.
    [
      {
        bool: {
          filter: [{ term: { a: 1 } }],
          must: [{ bool: { should: [{ script: {} }, { term: { b: 2 } }] } }],
        },
      },
      'a:=1',
      ['query.bool.must[0].bool.should[0].script: A script cannot be run here.'],
    ],
    // Nor a part of what is excluded: more would be excluded.
    [
      {
        bool: {
          must: [{ term: { a: 1 } }],
          must_not: [{ bool: { must: [{ term: { b: 2 } }, { geo_shape: {} }] } }],
        },
      },
      'a:=1',
      ['query.bool.must_not[0].bool.must[1].geo_shape: geo_shape cannot be said here.'],
    ],
    [
      { bool: { must_not: [{ bool: { should: [{ term: { b: 2 } }, { script: {} }] } }] } },
      'NOT b:=2',
      ['query.bool.must_not[0].bool.should[1].script: A script cannot be run here.'],
    ],
    [
      { regexp: { a: 'x~y' } },
      undefined,
      ['query.regexp: This expression uses what only Lucene knows.'],
    ],
    [
      { term: { _index: 'x' } },
      undefined,
      ['query.term: _index is a field of the index, not of the record.'],
    ],
  ])('%j names what cannot be said, and finds more, never less', (query, text, named) => {
    const search = dsl(query);
    expect(texts(search)).toBe(text);
    expect(lostOf(search)).toEqual(named);
  });
});

describe('the bar of Kibana', () => {
  it.each<[string, string]>([
    ['level: error and statusCode >= 500', 'level:=error AND statusCode:>=500'],
    ['level:(error or warn) and not user:*', '(level:=error OR level:=warn) AND NOT user:*'],
    ['message: "timed out" or timeout', 'message:"timed out" OR "timeout"'],
    ['message: tim*out', 'message:/tim\\S*out/i'],
    ['not (a: 1 and b: 2)', 'NOT (a:=1 AND b:=2)'],
    ['a: "x\\"y"', 'a:"x\\"y"'],
    ['a\\:b: 1', ''],
    ['', ''],
  ])('KQL %s is %s', (query, text) => {
    const search = bar(query, 'kuery');
    if (query.includes('\\:')) expect(lostOf(search)).toHaveLength(1);
    else expect(lostOf(search)).toEqual([]);
    expect(texts(search) ?? '').toBe(text);
  });

  it('keeps columns, order, filters and what is negated or switched off', () => {
    const search = bar('level:error', 'lucene', [
      { meta: { negate: true, disabled: false }, query: { match_phrase: { service: 'auth' } } },
      { meta: { disabled: true }, query: { match_phrase: { service: 'x' } } },
      { meta: { negate: false }, range: { '@timestamp': { gte: 'now-15m', lte: 'now' } } },
      {
        meta: {
          type: 'combined',
          relation: 'OR',
          params: [
            { meta: {}, query: { term: { a: 1 } } },
            { meta: { negate: true }, query: { term: { b: 1 } } },
          ],
        },
      },
    ]);
    expect(search.asFilter).toMatchObject({
      name: 'Saved',
      columns: ['level', 'message'],
      newestFirst: false,
      range: { start: '-PT15M', end: null },
      filterText: 'level:=error AND NOT service:=auth AND (a:=1 OR NOT b:=1)',
      queryString: '(level:"error" AND (*:* NOT service:"auth") AND (a:"1" OR (*:* NOT b:"1")))',
    });
    expect(search.asInsights?.query).toBe(
      'fields @timestamp, level, message\n' +
        '| filter level = "error" and not (service = "auth") and (a = 1 or not (b = 1))\n' +
        '| sort @timestamp asc\n| limit 1000',
    );
  });

  it('says where a query cannot be read', () => {
    expect(lostOf(bar('level: (error', 'kuery'))[0]).toMatch(
      /searchSourceJSON\.query\.query: The query cannot be read/,
    );
    expect(lostOf(bar('from logs | where x', 'esql'))).toEqual([
      'searchSourceJSON.query.language: Queries in esql cannot be said.',
    ]);
  });
});

describe('files', () => {
  it('are exports with data views, of which other objects are named', () => {
    const line = (value: unknown): string => JSON.stringify(value);
    const source = {
      query: { language: 'kuery', query: 'statusCode >= 400' },
      filter: [],
      indexRefName: 'ref',
    };
    const read = importKibana(
      [
        line({
          id: 'p',
          type: 'index-pattern',
          attributes: { title: 'crm-logs-*', timeFieldName: 'at' },
        }),
        line({
          id: 's',
          type: 'search',
          references: [{ name: 'ref', id: 'p', type: 'index-pattern' }],
          attributes: {
            title: 'API Errors',
            kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) },
          },
        }),
        line({ id: 'd', type: 'dashboard', attributes: { title: 'Board' } }),
        line({
          id: 'b',
          type: 'search',
          attributes: { title: 'Broken', kibanaSavedObjectMeta: { searchSourceJSON: '{"query":' } },
        }),
        line({
          id: 'q',
          type: 'query',
          attributes: {
            title: 'Q',
            query: { language: 'kuery', query: 'a:1' },
            timefilter: { from: 'now-7d', to: 'now' },
          },
        }),
        line({ exportedCount: 4, missingRefCount: 0 }),
      ].join('\n'),
      NOW,
    );
    if (!read.ok) throw new Error(read.message);
    expect(
      read.searches.map(({ place, asFilter }) => [
        place,
        asFilter?.name,
        asFilter?.groups,
        asFilter?.range,
      ]),
    ).toEqual([
      ['line 2', 'API Errors', [{ glob: 'crm-logs-*', connectionId: null }], null],
      ['line 5', 'Q', [], { start: '-P7D', end: null }],
    ]);
    expect(read.left.map(({ place, text }) => `${place}: ${text}`)).toEqual([
      'line 3: dashboard “Board” is not a search: it was left.',
      expect.stringMatching(
        /^line 4, searchSourceJSON: What “Broken” searches for cannot be read: /,
      ),
    ]);
  });

  it('are older lists, and requests as the console has them', () => {
    const old = one(
      JSON.stringify([
        {
          _id: 's',
          _type: 'search',
          _source: {
            title: 'Old',
            sort: ['@timestamp', 'desc'],
            kibanaSavedObjectMeta: {
              searchSourceJSON:
                '{"index":"crm-*","query":{"query_string":{"query":"level:error"}}}',
            },
          },
        },
      ]),
    );
    expect(old.asFilter).toMatchObject({
      name: 'Old',
      filterText: 'level:=error',
      groups: [{ glob: 'crm-*' }],
    });
    const request = one(
      'GET crm-logs-*/_search\n{"query":{"range":{"responseTime":{"gt":2000}}},"size":50,"sort":[{"responseTime":{"order":"desc"}}]}',
    );
    expect(request.asFilter).toMatchObject({
      groups: [{ glob: 'crm-logs-*' }],
      pattern: '{ $.responseTime > 2000 }',
    });
    expect(request.asInsights?.query).toContain('| sort responseTime desc\n| limit 50');
  });

  it.each<[string, string, number]>([
    ['', 'There is nothing in it.', 1],
    ['[]', 'There is no search and no query in it.', 1],
    ['{"query":\n {"term": }}', 'This is not JSON: value expected at character 11.', 2],
    ['{"exportedCount":1}\n{"a":', 'This line is not JSON: ', 2],
    ['hello', 'This is not JSON: ', 1],
  ])('%j is refused: %s', (text, message, line) => {
    const read = importKibana(text, NOW);
    if (read.ok) throw new Error('taken');
    expect(read.message).toContain(message);
    expect(read.line).toBe(line);
  });
});
