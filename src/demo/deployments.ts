import { hashText } from './random';
import type { RegionStore } from './region';

/** A release EventBridge tells about, in the words of the service that makes it. */
export type DemoDeployment =
  | { service: 'ecs'; cluster: string; name: string }
  | { service: 'amplify'; appId: string; branch: string };

export type DeploymentPhase = 'started' | 'finished';

/** Puts a deployment's event into every queue of a region, as an EventBridge rule does. `at`: ms. */
export function publishDeployment(
  region: RegionStore,
  deployment: DemoDeployment,
  phase: DeploymentPhase,
  /** Counts the releases of a service. */
  release: number,
  at: number,
): void {
  const body = JSON.stringify(deploymentEvent(region, deployment, phase, release, at));
  for (const queue of region.queues.values()) queue.send(body, Date.now());
}

const isoSeconds = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

/**
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html and
 * https://docs.aws.amazon.com/amplify/latest/userguide/custom-notifications.html
 */
function deploymentEvent(
  region: Pick<RegionStore, 'accountId' | 'name'>,
  deployment: DemoDeployment,
  phase: DeploymentPhase,
  release: number,
  at: number,
): Record<string, unknown> {
  const shape =
    deployment.service === 'ecs'
      ? ecsShape(region, deployment, phase, release, at)
      : amplifyShape(region, deployment, phase, release);
  const id = hashText(`${JSON.stringify(shape.resources)}/${phase}/${at}`, 2);
  const hex = id.toString(16).padStart(8, '0');
  return {
    version: '0',
    id: `${hex}-0000-4000-8000-${hex}0001`,
    'detail-type': shape.type,
    source: `aws.${deployment.service}`,
    account: region.accountId,
    time: isoSeconds(at),
    region: region.name,
    resources: shape.resources,
    detail: shape.detail,
  };
}

interface Shape {
  type: string;
  resources: string[];
  detail: Record<string, string>;
}
type Place = Pick<RegionStore, 'accountId' | 'name'>;

function ecsShape(
  { accountId, name }: Place,
  { cluster, name: service }: DemoDeployment & { service: 'ecs' },
  phase: DeploymentPhase,
  release: number,
  at: number,
): Shape {
  const serial = hashText(`${cluster}/${service}/${release}`, 3).toString().padStart(10, '0');
  const deploymentId = `ecs-svc/${serial}${String(release).padStart(9, '0')}`;
  const done = phase === 'finished';
  return {
    type: 'ECS Deployment State Change',
    resources: [`arn:aws:ecs:${name}:${accountId}:service/${cluster}/${service}`],
    detail: {
      eventType: 'INFO',
      eventName: done ? 'SERVICE_DEPLOYMENT_COMPLETED' : 'SERVICE_DEPLOYMENT_IN_PROGRESS',
      deploymentId,
      updatedAt: isoSeconds(at),
      reason: `ECS deployment ${deploymentId} ${done ? 'completed' : 'in progress'}.`,
    },
  };
}

function amplifyShape(
  { accountId, name }: Place,
  { appId, branch }: DemoDeployment & { service: 'amplify' },
  phase: DeploymentPhase,
  release: number,
): Shape {
  const app = `arn:aws:amplify:${name}:${accountId}:apps/${appId}`;
  return {
    type: 'Amplify Deployment Status Change',
    resources: [`${app}/branches/${branch}/jobs/${String(release).padStart(10, '0')}`],
    detail: {
      appId,
      branchName: branch,
      jobId: String(release),
      jobStatus: phase === 'finished' ? 'SUCCEED' : 'STARTED',
    },
  };
}
