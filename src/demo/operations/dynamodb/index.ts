import { z } from 'zod';
import { capacityChanged } from '../../actions/capacity';
import type { DemoTable } from '../../actions/resources';
import { AwsError, validationError } from '../../errors';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';

/** How long a table is UPDATING, demo ms. */
const UPDATING_MS = 20_000;
/** Units a table may have at most, by default quota. */
const MOST_UNITS = 40_000;

const dynamoError = (code: string, message: string): AwsError =>
  new AwsError(code, message, 400, code, 'com.amazonaws.dynamodb.v20120810');

const tableArn = (region: RegionStore, name: string): string =>
  `arn:aws:dynamodb:${region.name}:${region.accountId}:table/${name}`;

function findTable(region: RegionStore, reference: string): DemoTable {
  const table = region.resources.tables.get(reference.split('/').at(-1) ?? reference);
  if (table === undefined) {
    throw dynamoError(
      'ResourceNotFoundException',
      `Requested resource not found: Table: ${reference} not found`,
    );
  }
  return table;
}

const shape = (region: RegionStore, table: DemoTable): Record<string, unknown> => ({
  TableName: table.name,
  TableArn: tableArn(region, table.name),
  TableStatus: table.status,
  CreationDateTime: table.createdAt / 1000,
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  ProvisionedThroughput: {
    ReadCapacityUnits: table.read,
    WriteCapacityUnits: table.write,
    NumberOfDecreasesToday: 0,
    LastIncreaseDateTime: table.changedAt === null ? undefined : table.changedAt / 1000,
  },
  ItemCount: 18_204,
  TableSizeBytes: 41_772_036,
});

const named = z.object({ TableName: z.string() });

const describeTable: Operation = ({ region }, body) => ({
  Table: shape(region, findTable(region, parseInput(named, body).TableName)),
});

const listTables: Operation = ({ region }, body) => {
  const input = parseInput(
    z.object({ Limit: z.number().optional(), ExclusiveStartTableName: z.string().optional() }),
    body,
  );
  const after = input.ExclusiveStartTableName;
  const names = [...region.resources.tables.keys()]
    .sort()
    .filter((name) => after === undefined || name > after);
  const part = names.slice(0, input.Limit ?? 100);
  return {
    TableNames: part,
    LastEvaluatedTableName: part.length < names.length ? part.at(-1) : undefined,
  };
};

const updateInput = named.extend({
  ProvisionedThroughput: z
    .object({
      ReadCapacityUnits: z.number().int().min(1),
      WriteCapacityUnits: z.number().int().min(1),
    })
    .optional(),
  GlobalSecondaryIndexUpdates: z.array(z.unknown()).optional(),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
const updateTable: Operation = ({ region, world }, body) => {
  const input = parseInput(updateInput, body);
  const table = findTable(region, input.TableName);
  if (table.status !== 'ACTIVE') {
    throw dynamoError(
      'ResourceInUseException',
      `Attempt to change a resource which is still in use: Table is being updated: ${table.name}`,
    );
  }
  if (input.GlobalSecondaryIndexUpdates !== undefined) {
    throw validationError(
      'One or more parameter values were invalid: The table does not have the specified index',
    );
  }
  const asked = input.ProvisionedThroughput;
  if (asked === undefined) {
    throw validationError(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = asked;
  if (read === table.read && write === table.write) {
    throw validationError(
      `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${read}. Requested ReadCapacityUnits: ${read}. Current WriteCapacityUnits provisioned for the table: ${write}. Requested WriteCapacityUnits: ${write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
    );
  }
  if (read > MOST_UNITS || write > MOST_UNITS) {
    throw dynamoError(
      'LimitExceededException',
      `Subscriber limit exceeded: The requested provisioned throughput exceeds the table’s limit of ${MOST_UNITS} units`,
    );
  }
  table.status = 'UPDATING';
  region.resources.later(world.now() + UPDATING_MS, (at) => {
    table.status = 'ACTIVE';
    table.read = read;
    table.write = write;
    capacityChanged(region, table, at);
  });
  return { TableDescription: shape(region, table) };
};

export const dynamodbOperations = {
  DescribeTable: describeTable,
  ListTables: listTables,
  UpdateTable: updateTable,
};
