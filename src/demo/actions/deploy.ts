import { publishDeployment } from '../deployments';
import { metricKey } from '../metrics/metric-source';
import type { RegionStore } from '../region';
import type { DemoDeployment, DemoService } from './resources';

/** Demo ms from the start of a deployment until its tasks are asked for, run, and have replaced the old ones. */
const PENDING_MS = 5_000;
const RUNNING_MS = 25_000;
const COMPLETED_MS = 40_000;

export const serviceKey = (cluster: string, name: string): string => `${cluster}/${name}`;

export const serviceArn = (region: RegionStore, { cluster, name }: DemoService): string =>
  `arn:aws:ecs:${region.name}:${region.accountId}:service/${cluster}/${name}`;

export const taskDefinitionArn = (region: RegionStore, named: string): string =>
  `arn:aws:ecs:${region.name}:${region.accountId}:task-definition/${named}`;

/** The deployment that is wanted. */
export function primaryOf(service: DemoService): DemoDeployment {
  const primary = service.deployments.find((deployment) => deployment.status === 'PRIMARY');
  if (primary === undefined) throw new Error(`the demo's ${service.name} has no deployment`);
  return primary;
}

/** A new revision of a family, registered. */
export function registerRevision(region: RegionStore, family: string): string {
  const revisions = region.resources.taskDefinitions.get(family) ?? [];
  const revision = (revisions.at(-1) ?? 0) + 1;
  region.resources.taskDefinitions.set(family, [...revisions, revision]);
  return `${family}:${revision}`;
}

export function deploymentId(region: RegionStore): string {
  const serial = region.resources.next();
  return `ecs-svc/${String(7_204_118_300_000_000_000n + BigInt(serial))}`;
}

function tell(region: RegionStore, service: DemoService, at: number, text: string): void {
  service.events.unshift({
    id: region.resources.uuid(),
    at,
    message: `(service ${service.name}) ${text}`,
  });
  service.events.length = Math.min(service.events.length, 100);
}

/**
 * Begins a rolling deployment; `completed` is called when the last old task is gone. A deployment that is replaced
 * before that never completes.
 */
export function deploy(
  region: RegionStore,
  service: DemoService,
  taskDefinition: string,
  at: number,
  completed: (at: number) => void,
): void {
  const { resources } = region;
  const deployment: DemoDeployment = {
    id: deploymentId(region),
    status: 'PRIMARY',
    taskDefinition,
    rollout: 'IN_PROGRESS',
    desired: service.desired,
    running: 0,
    pending: 0,
    createdAt: at,
    updatedAt: at,
  };
  for (const older of service.deployments) older.status = 'ACTIVE';
  service.deployments.unshift(deployment);
  const named = { service: 'ecs', cluster: service.cluster, name: service.name } as const;
  const serial = resources.next();
  publishDeployment(region, named, 'started', serial, at);
  const whenWanted = (after: number, run: (when: number) => void): void =>
    resources.later(at + after, (when) => {
      if (deployment.status !== 'PRIMARY') return;
      deployment.updatedAt = when;
      run(when);
    });
  whenWanted(PENDING_MS, (when) => {
    deployment.pending = service.desired;
    tell(region, service, when, `has started ${service.desired} tasks: ${taskDefinition}.`);
  });
  whenWanted(RUNNING_MS, (when) => {
    deployment.pending = 0;
    deployment.running = service.desired;
    for (const older of service.deployments.slice(1)) older.running = 0;
    tell(region, service, when, 'has begun draining connections on the old tasks.');
  });
  whenWanted(COMPLETED_MS, (when) => {
    deployment.rollout = 'COMPLETED';
    deployment.running = service.desired;
    service.deployments = [deployment];
    tell(region, service, when, `(deployment ${deployment.id}) deployment completed.`);
    tell(region, service, when, 'has reached a steady state.');
    publishDeployment(region, named, 'finished', serial, when);
    completed(when);
  });
}

/** Changes how many tasks run; the metric of running tasks follows. */
export function scale(
  region: RegionStore,
  service: DemoService,
  desired: number,
  at: number,
): void {
  const primary = primaryOf(service);
  const grows = desired > service.desired;
  const difference = Math.abs(desired - service.desired);
  service.desired = desired;
  primary.desired = desired;
  primary.updatedAt = at;
  if (difference === 0) return;
  if (grows) primary.pending = difference;
  region.resources.later(at + (grows ? RUNNING_MS : PENDING_MS), (when) => {
    // Another change of the count has the last word.
    if (service.desired !== desired || primary.status !== 'PRIMARY') return;
    primary.pending = 0;
    if (primary.rollout === 'COMPLETED') primary.running = desired;
    const dimensions = [
      { Name: 'ClusterName', Value: service.cluster },
      { Name: 'ServiceName', Value: service.name },
    ];
    region.resources.hold(
      metricKey('ECS/ContainerInsights', 'RunningTaskCount', dimensions),
      { kind: 'to', value: desired },
      when,
    );
    const verb = grows ? 'started' : 'stopped';
    tell(region, service, when, `has ${verb} ${difference} tasks.`);
    tell(region, service, when, 'has reached a steady state.');
  });
}

/** Puts a service on a task definition at once, as it was some time ago: what a scenario brings with it. */
export function place(
  region: RegionStore,
  service: DemoService,
  taskDefinition: string,
  at: number,
) {
  service.deployments = [
    {
      id: deploymentId(region),
      status: 'PRIMARY',
      taskDefinition,
      rollout: 'COMPLETED',
      desired: service.desired,
      running: service.desired,
      pending: 0,
      createdAt: at,
      updatedAt: at + COMPLETED_MS,
    },
  ];
  tell(region, service, at + COMPLETED_MS, 'has reached a steady state.');
}
