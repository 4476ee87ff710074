/** What only CloudWatch can do, refused for other servers in words. */
import { FailureError } from '../../../shared/failure';
import { elasticSourceId } from '../../../shared/logs/elastic';
import type { ElasticSource } from '../../../shared/logs/elastic';

/** `apiOf` for AWS connections; throws FailureError `invalid` for a server of logs. */
export function onlyAws<T>(
  apiOf: (connectionId: string, region: string) => T,
  find: (connectionId: string) => Pick<ElasticSource, 'name'> | null,
): (connectionId: string, region: string) => T {
  return (connectionId, region) => {
    if (elasticSourceId(connectionId) === null) return apiOf(connectionId, region);
    throw new FailureError({
      kind: 'invalid',
      connectionId,
      operation: 'logs.source',
      message: `${find(connectionId)?.name ?? 'This log source'} is an Elasticsearch or OpenSearch server: only CloudWatch can do this.`,
      advice: 'Search it instead, or leave its groups out here.',
    });
  };
}
