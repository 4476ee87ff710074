import { z } from 'zod';
import type { DemoInstance } from '../../actions/resources';
import { AwsError } from '../../errors';
import { metricKey } from '../../metrics/metric-source';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';
import { NamedList } from '../raw';

/** How long an instance is away, demo ms; a failover is over sooner. */
const REBOOT_MS = 45_000;
const FAILOVER_MS = 25_000;

const rdsError = (code: string, message: string, status = 400): AwsError =>
  new AwsError(code, message, status, code);

function findInstance(region: RegionStore, reference: string): DemoInstance {
  const id = reference.split(':').at(-1) ?? reference;
  const instance = region.resources.instances.get(id);
  if (instance === undefined)
    throw rdsError('DBInstanceNotFound', `DBInstance ${id} not found.`, 404);
  return instance;
}

const shape = (region: RegionStore, one: DemoInstance): Record<string, unknown> => ({
  DBInstanceIdentifier: one.id,
  DBInstanceClass: one.instanceClass,
  Engine: one.engine,
  EngineVersion: '16.4',
  DBInstanceStatus: one.status,
  MasterUsername: 'crm',
  Endpoint: {
    Address: `${one.id}.demo.${region.name}.rds.amazonaws.com`,
    Port: 5432,
  },
  AllocatedStorage: 400,
  MultiAZ: one.multiAz,
  AvailabilityZone: one.zone,
  SecondaryAvailabilityZone: one.standbyZone ?? undefined,
  ReadReplicaSourceDBInstanceIdentifier: one.replicaOf ?? undefined,
  DBInstanceArn: `arn:aws:rds:${region.name}:${region.accountId}:db:${one.id}`,
});

const describeInput = z.object({
  DBInstanceIdentifier: z.string().optional(),
  MaxRecords: z.coerce.number().int().optional(),
  Marker: z.string().optional(),
});

const describeDbInstances: Operation = ({ region }, body) => {
  const input = parseInput(describeInput, body);
  const all =
    input.DBInstanceIdentifier === undefined
      ? [...region.resources.instances.values()]
      : [findInstance(region, input.DBInstanceIdentifier)];
  const size = input.MaxRecords ?? 100;
  if (size < 20 || size > 100) {
    throw rdsError(
      'InvalidParameterValue',
      `Invalid value ${size} for MaxRecords. Must be between 20 and 100`,
    );
  }
  return {
    DBInstances: new NamedList(
      'DBInstance',
      all.map((one) => shape(region, one)),
    ),
  };
};

const rebootInput = z.object({
  DBInstanceIdentifier: z.string(),
  ForceFailover: z.enum(['true', 'false']).optional(),
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RebootDBInstance.html */
const rebootDbInstance: Operation = ({ region, world }, body) => {
  const input = parseInput(rebootInput, body);
  const one = findInstance(region, input.DBInstanceIdentifier);
  if (one.status !== 'available') {
    throw rdsError('InvalidDBInstanceState', `Instance ${one.id} is not in available state.`);
  }
  const failover = input.ForceFailover === 'true';
  if (failover && !one.multiAz) {
    throw rdsError(
      'InvalidParameterCombination',
      'ForceFailover cannot be specified since the instance is not configured for high availability.',
    );
  }
  const now = world.now();
  const connections = metricKey('AWS/RDS', 'DatabaseConnections', [
    { Name: 'DBInstanceIdentifier', Value: one.id },
  ]);
  one.status = 'rebooting';
  region.resources.hold(connections, { kind: 'to', value: 0 }, now);
  region.resources.later(now + (failover ? FAILOVER_MS : REBOOT_MS), (at) => {
    one.status = 'available';
    region.resources.release(connections, at);
    if (!failover || one.standbyZone === null) return;
    const zone = one.zone;
    one.zone = one.standbyZone;
    one.standbyZone = zone;
  });
  return { DBInstance: shape(region, one) };
};

export const rdsOperations = {
  DescribeDBInstances: describeDbInstances,
  RebootDBInstance: rebootDbInstance,
};
