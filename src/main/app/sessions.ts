import type { AwsCredentialIdentity } from '@smithy/types';
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
  throw pausedOrGone(connectionId);
}

/**
 * What signs requests to servers outside of the AWS SDK.
 * @throws AwsFailure `not-found` for a connection that is unknown or paused, `invalid` for the demo's
 */
export async function signingCredentials(
  registry: ConnectionRegistry,
  connectionId: string,
  signal: AbortSignal,
): Promise<AwsCredentialIdentity> {
  const session = registry.session(connectionId);
  if (session === null) throw pausedOrGone(connectionId);
  if (session.connection.credentials.kind !== 'demo') return session.credentials(signal);
  throw new AwsFailure({
    kind: 'invalid',
    connectionId,
    operation: 'connections',
    message: "The demo's connections sign for no server outside of the demo.",
    advice: 'Choose a connection of yours.',
  });
}

const pausedOrGone = (connectionId: string): AwsFailure =>
  new AwsFailure({
    kind: 'not-found',
    connectionId,
    operation: 'connections',
    message: 'This connection is paused or gone.',
    advice: 'Resume it in the settings to ask AWS again.',
  });
