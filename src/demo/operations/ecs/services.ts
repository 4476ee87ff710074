import { z } from 'zod';
import {
  deploy,
  primaryOf,
  scale,
  serviceArn,
  serviceKey,
  taskDefinitionArn,
} from '../../actions/deploy';
import type { DemoService } from '../../actions/resources';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';
import { clusterArn, clusterOf, ecsError, findTaskDefinition, nameOf, servicesOf } from './find';

const seconds = (ms: number): number => ms / 1000;

export function serviceShape(region: RegionStore, service: DemoService): Record<string, unknown> {
  const primary = primaryOf(service);
  const sum = (of: 'running' | 'pending'): number =>
    service.deployments.reduce((total, deployment) => total + deployment[of], 0);
  return {
    serviceArn: serviceArn(region, service),
    serviceName: service.name,
    clusterArn: clusterArn(region, service.cluster),
    status: 'ACTIVE',
    desiredCount: service.desired,
    runningCount: sum('running'),
    pendingCount: sum('pending'),
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    taskDefinition: taskDefinitionArn(region, primary.taskDefinition),
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
    deploymentController: { type: 'ECS' },
    schedulingStrategy: 'REPLICA',
    createdAt: seconds(service.createdAt),
    deployments: service.deployments.map((deployment) => ({
      id: deployment.id,
      status: deployment.status,
      taskDefinition: taskDefinitionArn(region, deployment.taskDefinition),
      desiredCount: deployment.status === 'PRIMARY' ? deployment.desired : 0,
      runningCount: deployment.running,
      pendingCount: deployment.pending,
      failedTasks: 0,
      createdAt: seconds(deployment.createdAt),
      updatedAt: seconds(deployment.updatedAt),
      launchType: 'FARGATE',
      rolloutState: deployment.rollout,
      rolloutStateReason: `ECS deployment ${deployment.id} ${deployment.rollout === 'COMPLETED' ? 'completed' : 'in progress'}.`,
    })),
    events: service.events.map(({ id, at, message }) => ({ id, createdAt: seconds(at), message })),
  };
}

const describeInput = z.object({
  cluster: z.string().optional(),
  services: z.array(z.string()).min(1).max(10),
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
export const describeServices: Operation = ({ region }, body) => {
  const input = parseInput(describeInput, body);
  const known = servicesOf(region, input.cluster);
  const found = input.services.map((reference) => ({
    reference,
    service: known.find((service) => service.name === nameOf(reference)),
  }));
  return {
    services: found.flatMap(({ service }) =>
      service === undefined ? [] : [serviceShape(region, service)],
    ),
    failures: found.flatMap(({ reference, service }) =>
      service === undefined
        ? [
            {
              arn: `arn:aws:ecs:${region.name}:${region.accountId}:service/${clusterOf(input.cluster)}/${nameOf(reference)}`,
              reason: 'MISSING',
            },
          ]
        : [],
    ),
  };
};

const updateInput = z.object({
  cluster: z.string().optional(),
  service: z.string(),
  desiredCount: z.number().int().min(0).max(5000).optional(),
  taskDefinition: z.string().optional(),
  forceNewDeployment: z.boolean().optional(),
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
export const updateService: Operation = ({ region, world }, body) => {
  const input = parseInput(updateInput, body);
  servicesOf(region, input.cluster);
  const service = region.resources.services.get(
    serviceKey(clusterOf(input.cluster), nameOf(input.service)),
  );
  if (service === undefined) throw ecsError('ServiceNotFoundException', 'Service not found.');
  const running = primaryOf(service).taskDefinition;
  let wanted = running;
  if (input.taskDefinition !== undefined) {
    const found = findTaskDefinition(region, input.taskDefinition);
    if (found === null) {
      throw ecsError('ClientException', `Unable to describe task definition.`);
    }
    wanted = found;
  }
  const now = world.now();
  if (input.desiredCount !== undefined) scale(region, service, input.desiredCount, now);
  if (wanted !== running || input.forceNewDeployment === true) {
    deploy(region, service, wanted, now, (at) =>
      world.releases.deployed(region, service, true, at),
    );
  }
  return { service: serviceShape(region, service) };
};
