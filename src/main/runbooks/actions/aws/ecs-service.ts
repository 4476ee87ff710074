/** One ECS service as it is now, and whether what was asked of it has come about. */
import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { RunbookReads } from '../../../aws/runbook-api';
import { taskDefinitionName } from './ecs-rollback';
import { failed, notFound, orMissing, shortName } from './common';

/** @throws FailureError `not-found` */
export async function findService(
  reads: RunbookReads,
  cluster: string,
  name: string,
  signal: AbortSignal,
): Promise<Service> {
  const answer = await orMissing(`cluster ${shortName(cluster)}`, reads, () =>
    reads.describeServices({ cluster, services: [name] }, signal),
  );
  const [service] = answer.services ?? [];
  if (service === undefined || service.status === 'INACTIVE') {
    throw notFound(`service ${shortName(name)} in the cluster ${shortName(cluster)}`, reads);
  }
  return service;
}

export const primaryOf = ({ deployments = [] }: Service): Deployment | undefined =>
  deployments.find(({ status }) => status === 'PRIMARY');

export interface Progress {
  words: string;
  stable: boolean;
}

/**
 * @param deploymentId what was started; null where the step only counts tasks
 * @throws FailureError when the deployment has failed or was taken back
 */
export function progressOf(service: Service, deploymentId: string | null): Progress {
  const { runningCount = 0, desiredCount = 0, deployments = [] } = service;
  const primary = primaryOf(service);
  if (deploymentId !== null) checkDeployment(service, deploymentId);
  const stable =
    deployments.length <= 1 &&
    runningCount === desiredCount &&
    (primary?.rolloutState === undefined || primary.rolloutState === 'COMPLETED');
  return { words: stable ? stableWords(service) : wordsOf(service), stable };
}

function checkDeployment(service: Service, deploymentId: string): void {
  const primary = primaryOf(service);
  const ours = service.deployments?.find(({ id }) => id === deploymentId);
  const now = taskDefinitionName(service.taskDefinition);
  if (ours?.rolloutState === 'FAILED') {
    const why = ours.rolloutStateReason ?? 'no reason was given';
    throw failed(
      `The deployment failed: ${why} The service is to run ${now}.`,
      'See the events of the service in the output.',
    );
  }
  if (primary?.id === deploymentId) return;
  const reason = primary?.rolloutStateReason ?? '';
  throw failed(
    /roll(ed|ing) back|circuit breaker/i.test(reason)
      ? `The deployment did not come up, and ECS rolled it back to ${now}.`
      : `Another deployment took its place: the service is to run ${now}.`,
    'See the events of the service before you try again.',
  );
}

const stableWords = ({ runningCount = 0, taskDefinition }: Service): string =>
  `Stable: ${runningCount} ${runningCount === 1 ? 'task runs' : 'tasks run'} ${taskDefinitionName(taskDefinition)}`;

function wordsOf(service: Service): string {
  const primary = primaryOf(service);
  const old = (service.deployments ?? [])
    .filter(({ status }) => status !== 'PRIMARY')
    .reduce((sum, { runningCount = 0 }) => sum + runningCount, 0);
  const { runningCount = 0, desiredCount = 0, pendingCount = 0, failedTasks = 0 } = primary ?? {};
  const parts = [
    `${runningCount} of ${desiredCount} tasks run ${taskDefinitionName(service.taskDefinition)}`,
    ...(pendingCount > 0 ? [`${pendingCount} start`] : []),
    ...(old > 0 ? [`${old} old ${old === 1 ? 'one runs' : 'run'} still`] : []),
    ...(failedTasks > 0 ? [`${failedTasks} failed to start`] : []),
  ];
  const event = service.events?.[0]?.message;
  return event === undefined ? parts.join(', ') : `${parts.join(', ')} · ${event}`;
}
