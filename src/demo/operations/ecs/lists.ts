import { z } from 'zod';
import { primaryOf, serviceArn, taskDefinitionArn } from '../../actions/deploy';
import type { DemoService } from '../../actions/resources';
import { hashText } from '../../random';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';
import {
  clusterArn,
  clusterOf,
  clustersOf,
  ecsError,
  findTaskDefinition,
  nameOf,
  servicesOf,
} from './find';

const pageInput = z.object({
  maxResults: z.number().int().optional(),
  nextToken: z.string().optional(),
});

function page(
  list: readonly string[],
  { maxResults, nextToken }: z.infer<typeof pageInput>,
  usual: number,
): { part: string[]; nextToken: string | undefined } {
  const from = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(from) || from < 0) {
    throw ecsError('InvalidParameterException', 'Invalid token');
  }
  const size = maxResults ?? usual;
  const next = from + size;
  return {
    part: list.slice(from, next),
    nextToken: next < list.length ? String(next) : undefined,
  };
}

export const listClusters: Operation = ({ region }, body) => {
  const { part, nextToken } = page(
    clustersOf(region).map((name) => clusterArn(region, name)),
    parseInput(pageInput, body),
    100,
  );
  return { clusterArns: part, nextToken };
};

/** Ten a page unless asked for more. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html */
export const listServices: Operation = ({ region }, body) => {
  const input = parseInput(pageInput.extend({ cluster: z.string().optional() }), body);
  const arns = servicesOf(region, input.cluster).map((service) => serviceArn(region, service));
  const { part, nextToken } = page(arns, input, 10);
  return { serviceArns: part, nextToken };
};

export const listTaskDefinitions: Operation = ({ region }, body) => {
  const input = parseInput(
    pageInput.extend({
      familyPrefix: z.string().optional(),
      sort: z.enum(['ASC', 'DESC']).optional(),
    }),
    body,
  );
  const all = [...region.resources.taskDefinitions]
    .filter(([family]) => input.familyPrefix === undefined || family === input.familyPrefix)
    .flatMap(([family, revisions]) =>
      revisions.map((revision) => taskDefinitionArn(region, `${family}:${revision}`)),
    );
  const { part, nextToken } = page(input.sort === 'DESC' ? all.toReversed() : all, input, 100);
  return { taskDefinitionArns: part, nextToken };
};

export const describeTaskDefinition: Operation = ({ region }, body) => {
  const input = parseInput(z.object({ taskDefinition: z.string() }), body);
  const found = findTaskDefinition(region, input.taskDefinition);
  if (found === null) throw ecsError('ClientException', 'Unable to describe task definition.');
  const [family = '', revision = ''] = found.split(':');
  return {
    taskDefinition: {
      taskDefinitionArn: taskDefinitionArn(region, found),
      family,
      revision: Number(revision),
      status: 'ACTIVE',
      networkMode: 'awsvpc',
      cpu: '1024',
      memory: '2048',
      requiresCompatibilities: ['FARGATE'],
      containerDefinitions: [
        {
          name: family,
          image: `${region.accountId}.dkr.ecr.${region.name}.amazonaws.com/${family}:${revision}`,
          essential: true,
        },
      ],
    },
  };
};

interface Task {
  arn: string;
  service: DemoService;
  taskDefinition: string;
  startedAt: number;
}

function tasksOf(region: RegionStore, cluster: string | undefined): Task[] {
  return servicesOf(region, cluster).flatMap((service) =>
    service.deployments.flatMap((deployment) =>
      Array.from({ length: deployment.running }, (_, index) => {
        const id = [1, 2, 3, 4]
          .map((salt) => hashText(`${deployment.id}/${index}`, salt).toString(16).padStart(8, '0'))
          .join('');
        return {
          arn: `arn:aws:ecs:${region.name}:${region.accountId}:task/${service.cluster}/${id}`,
          service,
          taskDefinition: deployment.taskDefinition,
          startedAt: deployment.createdAt + 25_000,
        };
      }),
    ),
  );
}

export const listTasks: Operation = ({ region }, body) => {
  const input = parseInput(
    pageInput.extend({ cluster: z.string().optional(), serviceName: z.string().optional() }),
    body,
  );
  const asked = input.serviceName === undefined ? null : nameOf(input.serviceName);
  if (asked !== null && !servicesOf(region, input.cluster).some(({ name }) => name === asked)) {
    throw ecsError('ServiceNotFoundException', 'Service not found.');
  }
  const arns = tasksOf(region, input.cluster)
    .filter(({ service }) => asked === null || service.name === asked)
    .map(({ arn }) => arn);
  const { part, nextToken } = page(arns, input, 100);
  return { taskArns: part, nextToken };
};

export const describeTasks: Operation = ({ region }, body) => {
  const input = parseInput(
    z.object({ cluster: z.string().optional(), tasks: z.array(z.string()).min(1).max(100) }),
    body,
  );
  const known = tasksOf(region, input.cluster);
  const asked = input.tasks.map((reference) => ({
    reference,
    task: known.find(({ arn }) => nameOf(arn) === nameOf(reference)),
  }));
  return {
    tasks: asked.flatMap(({ task }) =>
      task === undefined
        ? []
        : [
            {
              taskArn: task.arn,
              clusterArn: clusterArn(region, task.service.cluster),
              group: `service:${task.service.name}`,
              startedBy: primaryOf(task.service).id,
              taskDefinitionArn: taskDefinitionArn(region, task.taskDefinition),
              lastStatus: 'RUNNING',
              desiredStatus: 'RUNNING',
              healthStatus: 'HEALTHY',
              launchType: 'FARGATE',
              cpu: '1024',
              memory: '2048',
              startedAt: task.startedAt / 1000,
              createdAt: (task.startedAt - 20_000) / 1000,
            },
          ],
    ),
    failures: asked.flatMap(({ reference, task }) =>
      task === undefined
        ? [
            {
              arn: `arn:aws:ecs:${region.name}:${region.accountId}:task/${clusterOf(input.cluster)}/${nameOf(reference)}`,
              reason: 'MISSING',
            },
          ]
        : [],
    ),
  };
};
