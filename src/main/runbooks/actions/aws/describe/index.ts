/** Looks at one resource. Only what is listed here can be looked at; values that may be secret are not read out. */
import { assertNever } from '../../../../../shared/assert-never';
import type { StepOutput } from '../../../../../shared/runbooks/run';
import type { ActionOf } from '../../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../../aws/runbook-api';
import type { ReadHandler } from '../../../step-seams';
import { readsOf, refusedValue, shortName } from '../common';
import { lookAtBucket, lookAtDatabase, lookAtQueue, lookAtTable, lookAtUserPool } from './data';
import { lookAtAlias, lookAtFunction, lookAtService, lookAtTasks } from './compute';
import { lookAtAlarm, lookAtStack } from './watching';

type Action = ActionOf<'describe'>;

const LIMIT_MS = 60_000;

export const describe: ReadHandler<'describe'> = {
  kind: 'describe',
  mode: 'reads',
  timeoutMs: LIMIT_MS,
  resource: ({ name }) => shortName(name),
  effect: async (action) => {
    clusterOf(action);
    return null;
  },
  run: (action, context) => lookAt(action, readsOf(context), context.signal),
};

/** Services and tasks are of a cluster; nothing else is. */
function clusterOf({ what, cluster }: Action): string {
  const wanted = what === 'ecs-service' || what === 'ecs-tasks';
  if (wanted && cluster === undefined) throw refusedValue(`${what}: its cluster is wanted.`);
  if (!wanted && cluster !== undefined) throw refusedValue(`${what} is in no cluster.`);
  return cluster ?? '';
}

function lookAt(action: Action, reads: RunbookReads, signal: AbortSignal): Promise<StepOutput> {
  const { what, name } = action;
  const cluster = clusterOf(action);
  switch (what) {
    case 'ecs-service':
      return lookAtService(reads, cluster, name, signal);
    case 'ecs-tasks':
      return lookAtTasks(reads, cluster, name, signal);
    case 'lambda-function':
      return lookAtFunction(reads, name, signal);
    case 'lambda-alias':
      return lookAtAlias(reads, name, signal);
    case 'rds-instance':
      return lookAtDatabase(reads, name, signal);
    case 'dynamodb-table':
      return lookAtTable(reads, name, signal);
    case 'sqs-queue':
      return lookAtQueue(reads, name, signal);
    case 'alarm':
      return lookAtAlarm(reads, name, signal);
    case 'stack':
      return lookAtStack(reads, name, signal);
    case 'user-pool':
      return lookAtUserPool(reads, name, signal);
    case 'bucket':
      return lookAtBucket(reads, name, signal);
    default:
      return assertNever(what);
  }
}
