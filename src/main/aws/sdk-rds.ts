/** RDS's client, in a chunk of its own: it is loaded when a runbook first needs it. */
export {
  DescribeDBInstancesCommand,
  RDSClient,
  RebootDBInstanceCommand,
} from '@aws-sdk/client-rds';
