import { AwsError } from '../../errors';
import type { RegionStore } from '../../region';
import type { DemoService } from '../../actions/resources';

const NAMESPACE = 'com.amazonaws.ecs';
export const ecsError = (code: string, message: string): AwsError =>
  new AwsError(code, message, 400, code, NAMESPACE);

/** The name at the end of an ARN, or the name itself. */
export const nameOf = (reference: string): string => reference.split('/').at(-1) ?? reference;

/** What ECS takes when no cluster is named. */
export const clusterOf = (reference: string | undefined): string => nameOf(reference ?? 'default');

export const clustersOf = (region: RegionStore): string[] => [
  ...new Set([...region.resources.services.values()].map((service) => service.cluster)),
];

export const clusterArn = (region: RegionStore, name: string): string =>
  `arn:aws:ecs:${region.name}:${region.accountId}:cluster/${name}`;

/** Services of a cluster; throws ClusterNotFoundException. */
export function servicesOf(region: RegionStore, cluster: string | undefined): DemoService[] {
  const name = clusterOf(cluster);
  if (!clustersOf(region).includes(name)) {
    throw ecsError('ClusterNotFoundException', 'Cluster not found.');
  }
  return [...region.resources.services.values()].filter((service) => service.cluster === name);
}

/** `family:revision` of a reference to a task definition; the newest revision where none is named. Null: unknown. */
export function findTaskDefinition(region: RegionStore, reference: string): string | null {
  const [family = '', asked] = nameOf(reference).split(':');
  const revisions = region.resources.taskDefinitions.get(family) ?? [];
  const revision = asked === undefined ? revisions.at(-1) : Number(asked);
  return revision !== undefined && revisions.includes(revision) ? `${family}:${revision}` : null;
}
