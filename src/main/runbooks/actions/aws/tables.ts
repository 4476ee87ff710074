/** One DynamoDB table as it is now, and what it or an index of it is given. */
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { RunbookReads } from '../../../aws/runbook-api';
import { notFound, orMissing, shortName } from './common';

/** @throws FailureError */
export async function findTable(
  reads: RunbookReads,
  name: string,
  signal: AbortSignal,
): Promise<TableDescription> {
  const what = `table ${shortName(name)}`;
  const { Table } = await orMissing(what, reads, () => reads.describeTable(name, signal));
  if (Table === undefined) throw notFound(what, reads);
  return Table;
}

export interface Capacity {
  /** Null where the table is paid by the request. */
  readUnits: number | null;
  writeUnits: number | null;
}

export const isOnDemand = ({ BillingModeSummary }: TableDescription): boolean =>
  BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';

export function capacityOf(table: TableDescription, index: string | undefined): Capacity {
  if (isOnDemand(table)) return { readUnits: null, writeUnits: null };
  const given =
    index === undefined
      ? table.ProvisionedThroughput
      : table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index)
          ?.ProvisionedThroughput;
  return {
    readUnits: given?.ReadCapacityUnits ?? null,
    writeUnits: given?.WriteCapacityUnits ?? null,
  };
}
