/** What of a server can be searched: its patterns, data streams, aliases and indexes. */
import { ELASTIC_REGION, elasticPlace } from '../../../shared/logs/elastic';
import type { ElasticSource } from '../../../shared/logs/elastic';
import type { LogGroup } from '../../../shared/logs/groups';
import { catIndicesSchema, resolveSchema } from './answers';
import type { ElasticClient } from './elastic-client';
import { ifAble, pathOf } from './paged-search';
import { groupIdentifier } from './tail-api';

export interface FoundGroups {
  groups: LogGroup[];
  /** Indexes that the patterns stand for; null where the server would not say. */
  indexes: number | null;
}

/** More than these are left out: nobody picks from more, and the pattern finds them all. */
const MAX_GROUPS = 5_000;

/** The patterns themselves come first. Rejects with FailureError when nothing can be learned. */
export async function listGroups(client: ElasticClient, signal: AbortSignal): Promise<FoundGroups> {
  const { source } = client;
  const names = new Set(source.patterns);
  let indexes: number | null = 0;
  let sizes = new Map<string, number>();
  for (const pattern of source.patterns) {
    const found = (await resolve(client, pattern, signal)) ?? (await cat(client, pattern, signal));
    if (found === null) {
      indexes = null;
      continue;
    }
    for (const name of found.names) if (names.size < MAX_GROUPS) names.add(name);
    if (indexes !== null) indexes += found.indexes;
    sizes = new Map([...sizes, ...found.sizes]);
  }
  return { indexes, groups: [...names].map((name) => groupOf(source, name, sizes.get(name))) };
}

/** Before anything was asked: what a person wrote can be searched. */
export const patternGroups = (source: ElasticSource): LogGroup[] =>
  source.patterns.map((pattern) => groupOf(source, pattern, undefined));

interface Found {
  names: string[];
  indexes: number;
  sizes: Map<string, number>;
}

/** Null where the server does not know the call, as before 7.9 and OpenSearch Serverless. */
async function resolve(
  client: ElasticClient,
  pattern: string,
  signal: AbortSignal,
): Promise<Found | null> {
  const answer = await ifAble(
    client.ask(
      resolveSchema,
      { operation: '_resolve/index', method: 'GET', path: `/_resolve/index/${pathOf(pattern)}` },
      signal,
    ),
    // A name that is not there is an answer.
    { unless: 'index_not_found_exception' },
  );
  if (answer === null) return null;
  const own = answer.indices.filter(({ data_stream: stream }) => stream === undefined);
  return {
    names: [...answer.data_streams, ...answer.aliases, ...own].map(({ name }) => name),
    indexes: answer.indices.length + answer.data_streams.length + answer.aliases.length,
    sizes: new Map(),
  };
}

async function cat(
  client: ElasticClient,
  pattern: string,
  signal: AbortSignal,
): Promise<Found | null> {
  const call = {
    operation: '_cat/indices',
    method: 'GET',
    path: `/_cat/indices/${pathOf(pattern)}`,
    query: { format: 'json', bytes: 'b', h: 'index,store.size' },
  } as const;
  const rows = await ifAble(client.ask(catIndicesSchema, call, signal), {
    unless: 'index_not_found_exception',
  });
  if (rows === null) return null;
  const sizes = new Map<string, number>();
  for (const row of rows) {
    const bytes = Number(row['store.size'] ?? Number.NaN);
    if (Number.isFinite(bytes)) sizes.set(row.index, bytes);
  }
  return { names: rows.map(({ index }) => index), indexes: rows.length, sizes };
}

const groupOf = (
  source: ElasticSource,
  name: string,
  storedBytes: number | undefined,
): LogGroup => ({
  connectionId: elasticPlace(source.id),
  region: ELASTIC_REGION,
  name,
  arn: groupIdentifier(name),
  storedBytes: storedBytes ?? null,
  retentionDays: null,
  createdAt: null,
  logClass: 'STANDARD',
});
