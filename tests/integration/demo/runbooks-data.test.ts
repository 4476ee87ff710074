import {
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeDBInstancesCommand,
  RDSClient,
  RebootDBInstanceCommand,
} from '@aws-sdk/client-rds';
import {
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DemoAws } from '../../../src/demo';
import { alarmState, configOf, pass, quietDemo, refusal } from './support/runbook-clients';

const REQUESTS = 'Requests-k2v5x7q3jrhdnb6w-prod';
let demo: DemoAws;
beforeEach(async () => {
  demo = await quietDemo();
});
afterEach(() => demo.stop());

test('a table that is given too little throttles, and no longer when it is given more', async () => {
  const client = new DynamoDBClient(configOf(demo, 'us-west-1'));
  const table = async () =>
    (await client.send(new DescribeTableCommand({ TableName: REQUESTS }))).Table;
  const give = (ReadCapacityUnits: number) =>
    client.send(
      new UpdateTableCommand({
        TableName: REQUESTS,
        ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits: 50 },
      }),
    );
  expect((await client.send(new ListTablesCommand({}))).TableNames).toHaveLength(5);
  // The bad deployment reads five times as much.
  demo.run('bad-deployment');
  pass(demo, 180);
  expect((await give(1)).TableDescription?.TableStatus).toBe('UPDATING');
  expect((await refusal(give(2))).name).toBe('ResourceInUseException');
  pass(demo, 120);
  expect(await table()).toMatchObject({
    TableStatus: 'ACTIVE',
    ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 50 },
  });
  expect(await alarmState(demo, 'us-west-1', 'realtechee-ddb-requests-throttles')).toBe('ALARM');
  await give(100);
  pass(demo, 600);
  expect(await alarmState(demo, 'us-west-1', 'realtechee-ddb-requests-throttles')).toBe('OK');
  const same = await refusal(give(100));
  expect(same.name).toBe('ValidationException');
  expect(same.message).toContain('The provisioned throughput for the table will not change.');
  const none = client.send(new DescribeTableCommand({ TableName: 'none' }));
  expect(await refusal(none)).toEqual({
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found: Table: none not found',
  });
  client.destroy();
});

test('a database reboots, and fails over to its standby', async () => {
  const client = new RDSClient(configOf(demo, 'us-east-1'));
  const look = async (DBInstanceIdentifier: string) => {
    const answer = await client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    return answer.DBInstances?.[0];
  };
  expect(await look('crm-production')).toMatchObject({
    DBInstanceStatus: 'available',
    MultiAZ: true,
    AvailabilityZone: 'us-east-1a',
  });
  const reboot = (DBInstanceIdentifier: string, ForceFailover?: boolean) =>
    client.send(new RebootDBInstanceCommand({ DBInstanceIdentifier, ForceFailover }));
  const begun = await reboot('crm-production', true);
  expect(begun.DBInstance?.DBInstanceStatus).toBe('rebooting');
  expect((await refusal(reboot('crm-production'))).name).toBe('InvalidDBInstanceStateFault');
  pass(demo, 30);
  expect(await look('crm-production')).toMatchObject({
    DBInstanceStatus: 'available',
    AvailabilityZone: 'us-east-1b',
    SecondaryAvailabilityZone: 'us-east-1a',
  });
  const single = await refusal(reboot('crm-production-replica', true));
  expect(single.message).toContain('not configured for high availability');
  expect(await refusal(look('none'))).toEqual({
    name: 'DBInstanceNotFoundFault',
    message: 'DBInstance none not found.',
  });
  const all = await client.send(new DescribeDBInstancesCommand({}));
  expect(all.DBInstances).toHaveLength(2);
  client.destroy();
});

test('buckets list and answer for themselves', async () => {
  const client = new S3Client(configOf(demo, 'us-west-1'));
  const { Buckets } = await client.send(new ListBucketsCommand({}));
  expect(Buckets?.map((one) => one.Name)).toEqual(['realtechee-files-prod']);
  const Bucket = 'realtechee-files-prod';
  expect((await client.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('us-west-1');
  const objects = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }));
  expect(objects.Contents?.map((one) => one.Key)).toEqual(['quotes/1042.pdf']);
  expect(objects.IsTruncated).toBe(true);
  expect((await refusal(client.send(new HeadBucketCommand({ Bucket: 'none' })))).name).toBe(
    'NotFound',
  );
  expect(await refusal(client.send(new ListObjectsV2Command({ Bucket: 'none' })))).toEqual({
    name: 'NoSuchBucket',
    message: 'The specified bucket does not exist',
  });
  client.destroy();
});

test('the user pool describes itself', async () => {
  const client = new CognitoIdentityProviderClient(configOf(demo, 'us-west-1'));
  const { UserPools } = await client.send(new ListUserPoolsCommand({ MaxResults: 10 }));
  expect(UserPools?.map((one) => one.Id)).toEqual(['us-west-1_DemoPool']);
  const answer = await client.send(
    new DescribeUserPoolCommand({ UserPoolId: 'us-west-1_DemoPool' }),
  );
  expect(answer.UserPool?.Name).toBe('realtechee-users-prod');
  const none = client.send(new DescribeUserPoolCommand({ UserPoolId: 'us-west-1_None' }));
  expect(await refusal(none)).toEqual({
    name: 'ResourceNotFoundException',
    message: 'User pool us-west-1_None does not exist.',
  });
  client.destroy();
});
