/** One queue: by its URL, its ARN or its name. */
import type { RunbookReads } from '../../../aws/runbook-api';
import { notFound, shortName } from './common';

export interface FoundQueue {
  url: string;
  name: string;
  attributes: Readonly<Record<string, string>>;
}

export const isUrl = (reference: string): boolean => /^https?:\/\//.test(reference);

export const queueName = (reference: string): string =>
  isUrl(reference) ? (reference.split('/').at(-1) ?? reference) : shortName(reference);

/** @throws FailureError */
export async function queueUrl(
  reads: RunbookReads,
  reference: string,
  signal: AbortSignal,
): Promise<string> {
  if (isUrl(reference)) return reference;
  const { QueueUrl } = await reads.getQueueUrl(queueName(reference), signal);
  if (QueueUrl === undefined) throw notFound(`queue ${queueName(reference)}`, reads);
  return QueueUrl;
}

/** @throws FailureError */
export async function findQueue(
  reads: RunbookReads,
  reference: string,
  signal: AbortSignal,
): Promise<FoundQueue> {
  const url = await queueUrl(reads, reference, signal);
  const { Attributes = {} } = await reads.getQueue(url, signal);
  return { url, name: queueName(url), attributes: Attributes };
}
