/** Changes a service — its count, its revision, a new deployment — and follows it until it is stable. */
import type { Service } from '@aws-sdk/client-ecs';
import { FailureError } from '../../../../shared/failure';
import type { StepOutput } from '../../../../shared/runbooks/run';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import { flagIn, numberIn } from '../../action-values';
import type { ChangeHandler, StepContext } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { chosenOnce } from './chosen';
import { follow, readsOf, refusedValue, shortName } from './common';
import { imagesOf, revisionBefore, revisionName, taskDefinitionName } from './ecs-rollback';
import { findService, primaryOf, progressOf } from './ecs-service';

type Action = ActionOf<'ecs-update'>;

const LIMIT_MS = 30 * 60_000;

interface Wanted {
  desiredCount?: number;
  forceNewDeployment?: boolean;
  taskDefinition?: string;
}

export const ecsUpdate: ChangeHandler<'ecs-update'> = {
  kind: 'ecs-update',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ service }) => shortName(service),
  async effect(action, context) {
    const reads = readsOf(context);
    const { signal } = context;
    const service = await findService(reads, action.cluster, action.service, signal);
    const wanted = await wantedOf(action, service, reads, signal);
    return effectWords(service, wanted, reads, signal);
  },
  async run(action, context, changes) {
    const { reads, signal, show, tell, token } = context;
    const { cluster } = action;
    const before = await findService(reads, cluster, action.service, signal);
    const wanted = await wantedOf(action, before, reads, signal, token);
    tell(`Asking ECS: ${await effectWords(before, wanted, reads, signal)}`);
    const { service: asked } = await changes.updateService(
      { cluster, service: action.service, ...wanted },
      signal,
    );
    const deployment = asked === undefined ? undefined : primaryOf(asked)?.id;
    const output = (now: Service, stable: boolean | null): StepOutput =>
      jsonOutput({
        cluster: shortName(cluster),
        service: shortName(action.service),
        before: stateOf(before),
        ...stateOf(now),
        running: now.runningCount ?? null,
        deployment: deployment ?? null,
        stable,
        events: eventsOf(now, context),
      });
    if (action.follow === false) return output(asked ?? before, null);
    const look = async () => {
      const now = await findService(reads, cluster, action.service, signal);
      show(output(now, false));
      const { words, stable } = progressOf(now, deployment ?? null);
      return { words, done: stable ? output(now, true) : null };
    };
    return follow(
      context,
      look,
      async () =>
        'The deployment goes on: ECS was asked for it and cannot forget it. It is not followed any more.',
    );
  },
};

const stateOf = ({ taskDefinition, desiredCount }: Service) => ({
  taskDefinition: taskDefinitionName(taskDefinition),
  desiredCount: desiredCount ?? null,
});

/** Events since the step began, the newest first. */
const eventsOf = ({ events = [] }: Service, { clock }: Pick<StepContext, 'clock'>): string[] =>
  events
    .filter(({ createdAt }) => createdAt === undefined || clock.now() - +createdAt < LIMIT_MS)
    .slice(0, 20)
    .flatMap(({ message }) => message ?? []);

async function wantedOf(
  action: Action,
  service: Service,
  reads: RunbookReads,
  signal: AbortSignal,
  /** Null for a look ahead. */
  token: string | null = null,
): Promise<Wanted> {
  const before = async (): Promise<string> =>
    revisionName(await revisionBefore(service, reads, signal));
  const { desiredCount, taskDefinition } = action;
  const rollBack = flagIn(action.rollBack, 'rollBack');
  const force = flagIn(action.forceNewDeployment, 'forceNewDeployment');
  if (rollBack && taskDefinition !== undefined) {
    throw refusedValue('rollBack and taskDefinition both say what is to run: give one of them.');
  }
  if (!rollBack && !force && taskDefinition === undefined && desiredCount === undefined) {
    throw refusedValue(
      'Nothing is asked of the service: desiredCount, forceNewDeployment, rollBack or taskDefinition is wanted.',
    );
  }
  return {
    ...(desiredCount === undefined ? {} : { desiredCount: countIn(desiredCount) }),
    ...(force ? { forceNewDeployment: true } : {}),
    ...(taskDefinition === undefined ? {} : { taskDefinition }),
    ...(rollBack
      ? { taskDefinition: token === null ? await before() : await chosenOnce(token, before) }
      : {}),
  };
}

function countIn(value: number | string): number {
  const count = numberIn(value, 'desiredCount');
  if (Number.isInteger(count) && count >= 0 && count <= 5_000) return count;
  throw refusedValue('desiredCount: a whole number from 0 to 5,000 is wanted.');
}

async function effectWords(
  service: Service,
  wanted: Wanted,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<string> {
  const words: string[] = [];
  const { desiredCount, taskDefinition } = wanted;
  if (desiredCount !== undefined) {
    words.push(
      desiredCount === service.desiredCount
        ? `desired count stays ${desiredCount}`
        : `desired count ${service.desiredCount ?? '?'} → ${desiredCount}`,
    );
  }
  if (taskDefinition !== undefined) {
    const from = taskDefinitionName(service.taskDefinition);
    const to = taskDefinitionName(taskDefinition);
    words.push(`task definition ${from} → ${to}${await imageWords(from, to, reads, signal)}`);
  }
  if (wanted.forceNewDeployment === true) words.push('a new deployment of all tasks');
  return words.join(', ');
}

/** Which images change with the revision; without words where they cannot be read. */
async function imageWords(
  from: string,
  to: string,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<string> {
  try {
    const [before, after] = [
      await imagesOf(from, reads, signal),
      await imagesOf(to, reads, signal),
    ];
    const changed = after.filter((image) => !before.includes(image));
    // An image that is named as its revision is says nothing more.
    const isNews = changed.length > 0 && changed.join() !== to;
    return !isNews ? '' : ` (${before.join(', ')} → ${changed.join(', ')})`;
  } catch (error) {
    // A revision that is not there is found out when AWS is asked; who may not look is only told less.
    if (error instanceof FailureError && error.failure.kind === 'denied') return '';
    throw error;
  }
}
