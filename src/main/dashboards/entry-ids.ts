import { createHash } from 'node:crypto';
import { FailureError } from '../../shared/failure';
import type { FailureKind } from '../../shared/failure';

/** What a dashboard's id says of where it is read. */
export type EntryPlace =
  | { source: 'cloudwatch'; connectionId: string; region: string; name: string }
  | { source: 'file'; hash: string }
  | { source: 'starter'; name: string };

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const cloudwatchId = (connectionId: string, region: string, name: string): string =>
  `cloudwatch|${connectionId}|${region}|${name}`;

/** The path itself would tell the page where people keep their files. */
export const fileId = (realPath: string): string => `file|${sha256(realPath).slice(0, 32)}`;

export const starterId = (name: string): string => `starter|${name}`;

/** @throws FailureError `not-found` for what is no id. */
export function parseId(id: string): EntryPlace {
  const [source, first, region, name, ...rest] = id.split('|');
  if (source === 'file' && first !== undefined && region === undefined) {
    return { source, hash: first };
  }
  if (source === 'starter' && first !== undefined && region === undefined) {
    return { source, name: first };
  }
  const whole = first !== undefined && region !== undefined && name !== undefined;
  if (source === 'cloudwatch' && whole && rest.length === 0) {
    return { source, connectionId: first, region, name };
  }
  throw refusal(
    'not-found',
    'dashboards.open',
    'There is no such dashboard.',
    'Pick one from the list.',
  );
}

/** A refusal of the console's own, in its own words. */
export function refusal(
  kind: FailureKind,
  operation: string,
  message: string,
  advice: string,
  connectionId: string | null = null,
): FailureError {
  return new FailureError({ kind, connectionId, operation, message, advice });
}
