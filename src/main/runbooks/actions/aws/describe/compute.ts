/** Services, their tasks, functions and aliases as they are now. */
import type { Task } from '@aws-sdk/client-ecs';
import type { StepOutput } from '../../../../../shared/runbooks/run';
import type { RunbookReads } from '../../../../aws/runbook-api';
import { jsonOutput } from '../../local/output';
import { isoTime, orMissing, refusedValue, shortName } from '../common';
import { imagesOf, taskDefinitionName } from '../ecs-rollback';
import { findService } from '../ecs-service';
import { tableOutput } from '../table';

const EVENTS = 10;
/** DescribeTasks takes so many. */
const MOST_TASKS = 100;

export async function lookAtService(
  reads: RunbookReads,
  cluster: string,
  name: string,
  signal: AbortSignal,
): Promise<StepOutput> {
  const found = await findService(reads, cluster, name, signal);
  const runs = taskDefinitionName(found.taskDefinition);
  return jsonOutput({
    service: found.serviceName ?? name,
    cluster: shortName(cluster),
    status: found.status ?? null,
    taskDefinition: runs,
    images: found.taskDefinition === undefined ? [] : await imagesOf(runs, reads, signal),
    desiredCount: found.desiredCount ?? null,
    runningCount: found.runningCount ?? null,
    pendingCount: found.pendingCount ?? null,
    deployments: (found.deployments ?? []).map((one) => ({
      status: one.status ?? null,
      taskDefinition: taskDefinitionName(one.taskDefinition),
      running: one.runningCount ?? null,
      desired: one.desiredCount ?? null,
      failed: one.failedTasks ?? null,
      rollout: one.rolloutState ?? null,
      began: isoTime(one.createdAt),
    })),
    events: (found.events ?? [])
      .slice(0, EVENTS)
      .map(({ createdAt, message }) => ({ at: isoTime(createdAt), message: message ?? '' })),
  });
}

/** Those that run, and those that ended in the last hour or so with the reason why. */
export async function lookAtTasks(
  reads: RunbookReads,
  cluster: string,
  service: string,
  signal: AbortSignal,
): Promise<StepOutput> {
  const { serviceName = service } = await findService(reads, cluster, service, signal);
  /** By ARN: one that stops between the two questions is told once, as it was last. */
  const tasks = new Map<string, Task>();
  for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
    const listed = { cluster, serviceName, desiredStatus, maxResults: MOST_TASKS };
    const { taskArns = [] } = await reads.listTasks(listed, signal);
    if (taskArns.length === 0) continue;
    const answer = await reads.describeTasks({ cluster, tasks: taskArns }, signal);
    for (const task of answer.tasks ?? []) tasks.set(task.taskArn ?? '', task);
  }
  return tableOutput(
    ['task', 'status', 'health', 'taskDefinition', 'zone', 'started', 'stopped', 'reason'],
    [...tasks.values()].map((task) => [
      shortName(task.taskArn ?? ''),
      task.lastStatus,
      task.healthStatus,
      taskDefinitionName(task.taskDefinitionArn),
      task.availabilityZone,
      isoTime(task.startedAt),
      isoTime(task.stoppedAt),
      stopWords(task),
    ]),
  );
}

function stopWords({ stoppedReason, containers = [] }: Task): string {
  const ended = containers.flatMap(({ name, exitCode, reason }) => {
    if (exitCode === undefined && reason === undefined) return [];
    const code = exitCode === undefined ? '' : ` ended with ${exitCode}`;
    return [`${name ?? 'container'}${code}${reason === undefined ? '' : `: ${reason}`}`];
  });
  return [...(stoppedReason === undefined ? [] : [stoppedReason]), ...ended].join(' · ');
}

/** Of its environment the names only. */
export async function lookAtFunction(
  reads: RunbookReads,
  name: string,
  signal: AbortSignal,
): Promise<StepOutput> {
  const found = await orMissing(`function ${shortName(name)}`, reads, () =>
    reads.getFunction({ FunctionName: name }, signal),
  );
  return jsonOutput({
    function: found.FunctionName ?? name,
    version: found.Version ?? null,
    description: found.Description ?? '',
    runtime: found.Runtime ?? null,
    state: found.State ?? null,
    stateReason: found.StateReason ?? null,
    lastUpdateStatus: found.LastUpdateStatus ?? null,
    lastUpdateReason: found.LastUpdateStatusReason ?? null,
    lastModified: found.LastModified ?? null,
    memoryMb: found.MemorySize ?? null,
    timeoutSeconds: found.Timeout ?? null,
    codeSha256: found.CodeSha256 ?? null,
    environment: Object.keys(found.Environment?.Variables ?? {}).sort(),
  });
}

/** Named `function:alias`, or by its ARN. */
export async function lookAtAlias(
  reads: RunbookReads,
  name: string,
  signal: AbortSignal,
): Promise<StepOutput> {
  const cut = name.lastIndexOf(':');
  const [FunctionName, Name] = [name.slice(0, cut), name.slice(cut + 1)];
  if (cut < 1 || Name === '') {
    throw refusedValue('lambda-alias: a name such as my-function:live is wanted.');
  }
  const found = await orMissing(`alias ${shortName(FunctionName)}:${Name}`, reads, () =>
    reads.getAlias({ FunctionName, Name }, signal),
  );
  return jsonOutput({
    function: shortName(FunctionName),
    alias: found.Name ?? Name,
    version: found.FunctionVersion ?? null,
    description: found.Description ?? '',
    weights: found.RoutingConfig?.AdditionalVersionWeights ?? {},
  });
}
