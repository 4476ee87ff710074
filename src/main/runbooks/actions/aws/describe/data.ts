/** Databases, tables, queues, user pools and buckets as they are now. */
import type { StepOutput } from '../../../../../shared/runbooks/run';
import type { RunbookReads } from '../../../../aws/runbook-api';
import { jsonOutput } from '../../local/output';
import { isoTime, orMissing } from '../common';
import { findDatabase } from '../databases';
import { findQueue } from '../queues';
import { capacityOf, findTable } from '../tables';

type Look = (reads: RunbookReads, name: string, signal: AbortSignal) => Promise<StepOutput>;

export const lookAtDatabase: Look = async (reads, name, signal) => {
  const found = await findDatabase(reads, name, signal);
  return jsonOutput({
    instance: found.DBInstanceIdentifier ?? name,
    status: found.DBInstanceStatus ?? null,
    engine: found.Engine ?? null,
    engineVersion: found.EngineVersion ?? null,
    class: found.DBInstanceClass ?? null,
    multiAz: found.MultiAZ ?? null,
    zone: found.AvailabilityZone ?? null,
    standbyZone: found.SecondaryAvailabilityZone ?? null,
    storageGb: found.AllocatedStorage ?? null,
    endpoint: found.Endpoint?.Address ?? null,
    replicaOf: found.ReadReplicaSourceDBInstanceIdentifier ?? null,
    replicas: found.ReadReplicaDBInstanceIdentifiers ?? [],
    pending: Object.keys(found.PendingModifiedValues ?? {}),
  });
};

export const lookAtTable: Look = async (reads, name, signal) => {
  const found = await findTable(reads, name, signal);
  return jsonOutput({
    table: found.TableName ?? name,
    status: found.TableStatus ?? null,
    billing: found.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
    ...capacityOf(found, undefined),
    decreasesToday: found.ProvisionedThroughput?.NumberOfDecreasesToday ?? null,
    items: found.ItemCount ?? null,
    bytes: found.TableSizeBytes ?? null,
    indexes: (found.GlobalSecondaryIndexes ?? []).map((index) => ({
      index: index.IndexName ?? '',
      status: index.IndexStatus ?? null,
      ...capacityOf(found, index.IndexName),
    })),
  });
};

export const lookAtQueue: Look = async (reads, name, signal) => {
  const { url, attributes } = await findQueue(reads, name, signal);
  const number = (key: string): number | null => {
    const value = attributes[key];
    return value === undefined ? null : Number(value);
  };
  return jsonOutput({
    queue: url.split('/').at(-1) ?? name,
    url,
    messages: number('ApproximateNumberOfMessages'),
    inFlight: number('ApproximateNumberOfMessagesNotVisible'),
    delayed: number('ApproximateNumberOfMessagesDelayed'),
    visibilitySeconds: number('VisibilityTimeout'),
    retentionSeconds: number('MessageRetentionPeriod'),
    redrive: attributes['RedrivePolicy'] ?? null,
  });
};

export const lookAtUserPool: Look = async (reads, name, signal) => {
  const { UserPool } = await orMissing(`user pool ${name}`, reads, () =>
    reads.describeUserPool(name, signal),
  );
  return jsonOutput({
    pool: UserPool?.Id ?? name,
    name: UserPool?.Name ?? null,
    mfa: UserPool?.MfaConfiguration ?? null,
    users: UserPool?.EstimatedNumberOfUsers ?? null,
    lastModified: isoTime(UserPool?.LastModifiedDate),
  });
};

/** It is there and may be seen: no more is asked. */
export const lookAtBucket: Look = async (reads, name, signal) => {
  const { BucketRegion } = await orMissing(`bucket ${name}`, reads, () =>
    reads.headBucket(name, signal),
  );
  return jsonOutput({ bucket: name, region: BucketRegion ?? null });
};
