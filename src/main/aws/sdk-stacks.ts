/** CloudFormation's client, in a chunk of its own: it is loaded when a person asks for stacks. */
export {
  CloudFormationClient,
  DescribeStacksCommand,
  ListExportsCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
