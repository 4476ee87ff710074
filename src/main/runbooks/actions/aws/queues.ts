/** One queue: by its URL, its ARN or its name. */
import type { RunbookReads } from '../../../aws/runbook-api';
import { notFound, orMissing, refusedValue, shortName } from './common';

export interface FoundQueue {
  url: string;
  name: string;
  attributes: Readonly<Record<string, string>>;
}

export const isUrl = (reference: string): boolean => /^https?:\/\//.test(reference);

export const queueName = (reference: string): string =>
  isUrl(reference) ? (reference.split('/').at(-1) ?? reference) : shortName(reference);

/** The SDK sends the call to where the URL says: only AWS, or this computer, may be said. */
function ownUrl(reference: string): string {
  const { protocol, hostname } = new URL(reference);
  const aws = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$|^[a-z0-9.-]+\.api\.aws$/.test(hostname);
  if ((aws && protocol === 'https:') || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    return reference;
  }
  throw refusedValue(`queue: ${hostname} is no address of SQS.`);
}

/** @throws FailureError */
export async function queueUrl(
  reads: RunbookReads,
  reference: string,
  signal: AbortSignal,
): Promise<string> {
  if (isUrl(reference)) return ownUrl(reference);
  const name = queueName(reference);
  const { QueueUrl } = await orMissing(`queue ${name}`, reads, () =>
    reads.getQueueUrl(name, signal),
  );
  if (QueueUrl === undefined) throw notFound(`queue ${name}`, reads);
  return QueueUrl;
}

/** @throws FailureError */
export async function findQueue(
  reads: RunbookReads,
  reference: string,
  signal: AbortSignal,
): Promise<FoundQueue> {
  const url = await queueUrl(reads, reference, signal);
  const { Attributes = {} } = await orMissing(`queue ${queueName(url)}`, reads, () =>
    reads.getQueue(url, signal),
  );
  return { url, name: queueName(url), attributes: Attributes };
}
