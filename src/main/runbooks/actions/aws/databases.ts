/** One RDS instance as it is now. */
import type { DBInstance } from '@aws-sdk/client-rds';
import type { RunbookReads } from '../../../aws/runbook-api';
import { notFound, orMissing, shortName } from './common';

/** @throws FailureError */
export async function findDatabase(
  reads: RunbookReads,
  name: string,
  signal: AbortSignal,
): Promise<DBInstance> {
  const id = shortName(name);
  const { DBInstances = [] } = await orMissing(`database ${id}`, reads, () =>
    reads.describeDatabases({ DBInstanceIdentifier: id }, signal),
  );
  const [found] = DBInstances;
  if (found === undefined) throw notFound(`database ${id}`, reads);
  return found;
}
