/** Where a search of one server stands, and how it asks for the next page. */
import type { ElasticSource } from '../../../shared/logs/elastic';
import type { ElasticInfo } from './answers';

/** What a server can do to read many pages of one state of things. */
export interface Abilities {
  /** A point in time: `_pit` with Elasticsearch, `_search/point_in_time` with OpenSearch. */
  pit: 'elasticsearch' | 'opensearch' | null;
  /** Sorts events of one millisecond, so that none is left out between two pages. */
  tiebreaker: '_shard_doc' | '_id';
}

/** Null information: a server that does not tell (as OpenSearch Serverless) is asked for nothing special. */
export function abilitiesOf(info: ElasticInfo | null): Abilities {
  if (info === null) return { pit: null, tiebreaker: '_id' };
  const [major = 0, minor = 0] = info.version.number.split('.').map(Number);
  const since = (wantMajor: number, wantMinor: number): boolean =>
    major > wantMajor || (major === wantMajor && minor >= wantMinor);
  if (info.version.distribution === 'opensearch') {
    return { pit: since(2, 4) ? 'opensearch' : null, tiebreaker: '_id' };
  }
  return since(7, 12)
    ? { pit: 'elasticsearch', tiebreaker: '_shard_doc' }
    : { pit: null, tiebreaker: '_id' };
}

export interface Question {
  source: Pick<ElasticSource, 'timeField'>;
  /** Both included, ms UTC. */
  fromMs: number;
  toMs: number;
  /** In the query syntax of Lucene; empty finds everything. */
  pattern: string;
  newestFirst: boolean;
  size: number;
  /** Null where one page is all that is wanted. */
  tiebreaker: Abilities['tiebreaker'] | null;
  pitId: string | null;
  /** Sort values of the last event that was delivered. */
  after: readonly unknown[] | null;
  /** Counts everything that matches: dear, so once. */
  count: boolean;
}

/** How long the server keeps a point in time after each page. */
export const KEEP_ALIVE = '5m';
/** The server stops searching then, and says that it did. */
const SEARCH_LIMIT = '30s';

/** The body of `_search`. */
export function searchBody(question: Question): Record<string, unknown> {
  const { source, fromMs, toMs, pattern, newestFirst, size, pitId, after, count } = question;
  const { timeField } = source;
  const order = newestFirst ? 'desc' : 'asc';
  const window = { gte: fromMs, lte: toMs, format: 'epoch_millis' };
  // All words must be there, as with CloudWatch's patterns; a number asked of a text field is no error.
  const words = { query: pattern, default_operator: 'AND', lenient: true };
  return {
    size,
    timeout: SEARCH_LIMIT,
    track_total_hits: count,
    query: {
      bool: {
        filter: [
          { range: { [timeField]: window } },
          pattern.trim() === '' ? { match_all: {} } : { query_string: words },
        ],
      },
    },
    sort: [
      { [timeField]: { order, unmapped_type: 'date' } },
      ...(question.tiebreaker === null ? [] : [{ [question.tiebreaker]: order }]),
    ],
    docvalue_fields: [{ field: timeField, format: 'epoch_millis' }],
    _source: true,
    ...(pitId === null ? {} : { pit: { id: pitId, keep_alive: KEEP_ALIVE } }),
    ...(after === null ? {} : { search_after: after }),
  };
}
