/** DynamoDB's client, in a chunk of its own: it is loaded when a runbook first needs it. */
export {
  DescribeTableCommand,
  ListTablesCommand,
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
