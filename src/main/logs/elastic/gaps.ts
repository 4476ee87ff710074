/** What a server says it did not read. */
import type { Failure } from '../../../shared/failure';
import type { ElasticSource } from '../../../shared/logs/elastic';
import type { SearchAnswer } from './answers';
import { elasticFailure } from './failures';

/** Null when every part of the index answered in time. */
export function gapOf(
  source: ElasticSource,
  group: string,
  { timed_out, _shards: shards }: SearchAnswer,
): Failure | null {
  if (shards.failed > 0) {
    // Types are words of the server's code; its reasons may quote documents.
    const type = shards.failures?.[0]?.reason?.type ?? '';
    const because = /^[a-z_]{1,60}$/.test(type) ? ` (${type})` : '';
    return elasticFailure(source, '_search', [
      'unknown',
      `${shards.failed} of ${shards.total} parts (shards) of ${group} did not answer${because}: events of theirs are missing.`,
      'Look at the health of the cluster, then resume to search it again.',
    ]).failure;
  }
  if (shards.total === 0 && tellsShards(source)) {
    return elasticFailure(source, '_search', [
      'not-found',
      `No index matches ${group} at ${source.name}.`,
      'Check the index patterns of this source in the settings.',
    ]).failure;
  }
  if (!timed_out) return null;
  return elasticFailure(source, '_search', [
    'timed-out',
    `${source.name} gave up searching ${group} before its end: events are missing.`,
    'Search a shorter time, or resume to search it again.',
  ]).failure;
}

/** OpenSearch Serverless always says zero. */
const tellsShards = ({ auth }: ElasticSource): boolean =>
  auth.kind !== 'sigv4' || auth.service !== 'aoss';
