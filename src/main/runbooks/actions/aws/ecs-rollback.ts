/** Which revision a service ran before the one that runs now. */
import type { Service } from '@aws-sdk/client-ecs';
import type { RunbookReads } from '../../../aws/runbook-api';
import { failed, shortName } from './common';

export interface Revision {
  family: string;
  revision: number;
}

/** Of an ARN or `family:revision`; null for anything else. */
export function revisionOf(reference: string | undefined): Revision | null {
  const match = /(?:^|\/)([A-Za-z0-9_-]+):(\d+)$/.exec(reference ?? '');
  return match === null ? null : { family: match[1] ?? '', revision: Number(match[2]) };
}

export const revisionName = ({ family, revision }: Revision): string => `${family}:${revision}`;

/** Pages of 100 revisions that are looked through. */
const MAX_PAGES = 20;

/**
 * A deployment that is being replaced tells it: what ran until now. Otherwise the revision registered before the
 * current one, of those that can still be used.
 * @throws FailureError when there is none
 */
export async function revisionBefore(
  service: Service,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<Revision> {
  const current = revisionOf(service.taskDefinition);
  if (current === null) {
    throw failed(
      `${service.serviceName ?? 'The service'} names no task definition, so there is none before it.`,
      'Give the task definition by its name.',
    );
  }
  const replaced = (service.deployments ?? [])
    .filter(({ status }) => status === 'ACTIVE')
    .flatMap(({ taskDefinition }) => revisionOf(taskDefinition) ?? [])
    .find(({ family, revision }) => family !== current.family || revision < current.revision);
  const before = replaced ?? (await registeredBefore(current, reads, signal));
  if (before === null) {
    throw failed(
      `${revisionName(current)} has no revision before it that is still active.`,
      'Give the task definition by its name.',
      'not-found',
    );
  }
  return before;
}

async function registeredBefore(
  current: Revision,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<Revision | null> {
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await reads.listTaskDefinitions(
      { familyPrefix: current.family, status: 'ACTIVE', sort: 'DESC', maxResults: 100, nextToken },
      signal,
    );
    const found = (answer.taskDefinitionArns ?? [])
      .flatMap((arn) => revisionOf(arn) ?? [])
      .filter(({ family, revision }) => family === current.family && revision < current.revision)
      .sort((a, b) => b.revision - a.revision)[0];
    if (found !== undefined) return found;
    nextToken = answer.nextToken;
    if (nextToken === undefined) return null;
  }
  return null;
}

/** Names of the images a revision runs, with their tags. */
export async function imagesOf(
  revision: string,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<string[]> {
  const { taskDefinition } = await reads.describeTaskDefinition(revision, signal);
  return (taskDefinition?.containerDefinitions ?? []).flatMap(({ image }) =>
    image === undefined ? [] : [image.split('/').at(-1) ?? image],
  );
}

export const taskDefinitionName = (reference: string | undefined): string => {
  const revision = revisionOf(reference);
  return revision === null ? shortName(reference ?? 'none') : revisionName(revision);
};
