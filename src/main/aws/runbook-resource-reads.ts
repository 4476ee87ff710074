/** Services, databases, tables, address sets, topics and buckets, as steps of runbooks look at them. */
import type { RunbookReads } from './runbook-api';
import type { AskAws } from './runbook-ask';

type Calls = Pick<
  RunbookReads,
  | 'listClusters'
  | 'listServices'
  | 'describeServices'
  | 'describeTaskDefinition'
  | 'listTaskDefinitions'
  | 'listTasks'
  | 'describeTasks'
  | 'describeDatabases'
  | 'describeTable'
  | 'listTables'
  | 'listIpSets'
  | 'getIpSet'
  | 'listTopics'
  | 'getTopic'
  | 'describeEventBus'
  | 'severityLevels'
  | 'describeUserPool'
  | 'listBuckets'
  | 'headBucket'
>;

export const resourceReads = (ask: AskAws): Calls => ({
  listClusters: (input, signal) =>
    ask('ListClusters', signal, async (clients, options) => {
      const { sdk, client } = await clients.ecs();
      return client.send(new sdk.ListClustersCommand(input), options);
    }),
  listServices: (input, signal) =>
    ask('ListServices', signal, async (clients, options) => {
      const { sdk, client } = await clients.ecs();
      return client.send(new sdk.ListServicesCommand(input), options);
    }),
  describeServices: (input, signal) =>
    ask('DescribeServices', signal, async (clients, options) => {
      const { sdk, client } = await clients.ecs();
      return client.send(new sdk.DescribeServicesCommand(input), options);
    }),
  describeTaskDefinition: (taskDefinition, signal) =>
    ask('DescribeTaskDefinition', signal, async (clients, options) => {
      const { sdk, client } = await clients.ecs();
      return client.send(new sdk.DescribeTaskDefinitionCommand({ taskDefinition }), options);
    }),
  listTaskDefinitions: (input, signal) =>
    ask('ListTaskDefinitions', signal, async (clients, options) => {
      const { sdk, client } = await clients.ecs();
      return client.send(new sdk.ListTaskDefinitionsCommand(input), options);
    }),
  listTasks: (input, signal) =>
    ask('ListTasks', signal, async (clients, options) => {
      const { sdk, client } = await clients.ecs();
      return client.send(new sdk.ListTasksCommand(input), options);
    }),
  describeTasks: (input, signal) =>
    ask('DescribeTasks', signal, async (clients, options) => {
      const { sdk, client } = await clients.ecs();
      return client.send(new sdk.DescribeTasksCommand(input), options);
    }),
  describeDatabases: (input, signal) =>
    ask('DescribeDBInstances', signal, async (clients, options) => {
      const { sdk, client } = await clients.rds();
      return client.send(new sdk.DescribeDBInstancesCommand(input), options);
    }),
  describeTable: (TableName, signal) =>
    ask('DescribeTable', signal, async (clients, options) => {
      const { sdk, client } = await clients.dynamodb();
      return client.send(new sdk.DescribeTableCommand({ TableName }), options);
    }),
  listTables: (ExclusiveStartTableName, signal) =>
    ask('ListTables', signal, async (clients, options) => {
      const { sdk, client } = await clients.dynamodb();
      return client.send(new sdk.ListTablesCommand({ ExclusiveStartTableName }), options);
    }),
  listIpSets: (input, signal) =>
    ask('ListIPSets', signal, async (clients, options) => {
      const { sdk, client } = await clients.wafv2(input.Scope === 'CLOUDFRONT');
      return client.send(new sdk.ListIPSetsCommand(input), options);
    }),
  getIpSet: (input, signal) =>
    ask('GetIPSet', signal, async (clients, options) => {
      const { sdk, client } = await clients.wafv2(input.Scope === 'CLOUDFRONT');
      return client.send(new sdk.GetIPSetCommand(input), options);
    }),
  listTopics: (NextToken, signal) =>
    ask('ListTopics', signal, async (clients, options) => {
      const { sdk, client } = await clients.sns();
      return client.send(new sdk.ListTopicsCommand({ NextToken }), options);
    }),
  getTopic: (TopicArn, signal) =>
    ask('GetTopicAttributes', signal, async (clients, options) => {
      const { sdk, client } = await clients.sns();
      return client.send(new sdk.GetTopicAttributesCommand({ TopicArn }), options);
    }),
  describeEventBus: (Name, signal) =>
    ask('DescribeEventBus', signal, async (clients, options) => {
      const { sdk, client } = await clients.eventbridge();
      return client.send(new sdk.DescribeEventBusCommand({ Name }), options);
    }),
  severityLevels: (signal) =>
    ask('DescribeSeverityLevels', signal, async (clients, options) => {
      const { sdk, client } = await clients.support();
      return client.send(new sdk.DescribeSeverityLevelsCommand({ language: 'en' }), options);
    }),
  describeUserPool: (UserPoolId, signal) =>
    ask('DescribeUserPool', signal, async (clients, options) => {
      const { sdk, client } = await clients.cognito();
      return client.send(new sdk.DescribeUserPoolCommand({ UserPoolId }), options);
    }),
  listBuckets: ({ prefix, token }, signal) =>
    ask('ListBuckets', signal, async (clients, options) => {
      const { sdk, client } = await clients.s3();
      return client.send(
        new sdk.ListBucketsCommand({ Prefix: prefix, ContinuationToken: token, MaxBuckets: 1_000 }),
        options,
      );
    }),
  headBucket: (Bucket, signal) =>
    ask('HeadBucket', signal, async (clients, options) => {
      const { sdk, client } = await clients.s3();
      return client.send(new sdk.HeadBucketCommand({ Bucket }), options);
    }),
});
