import { AwsFailure } from '../aws/aws-api';
import type { RegionApi } from '../aws/aws-api';
import type { ConnectionRegistry } from '../connections/connection-registry';

/** @throws AwsFailure `not-found` for a connection that is unknown or paused. */
export function requireRegionApi(
  registry: ConnectionRegistry,
  connectionId: string,
  region: string,
): RegionApi {
  const api = registry.api(connectionId, region);
  if (api !== null) return api;
  throw new AwsFailure({
    kind: 'not-found',
    connectionId,
    operation: 'connections',
    message: 'This connection is paused or gone.',
    advice: 'Resume it in the settings to ask AWS again.',
  });
}
