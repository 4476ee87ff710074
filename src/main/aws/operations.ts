/**
 * Every AWS operation the console calls: the IAM action it needs, how fast it may be called, what it costs.
 * The clients accept only these names, so the IAM policy in docs/ can be checked against this table.
 */
import { runbookOperations } from './runbook-operations';

export interface OperationFacts {
  /** The IAM action to grant; null where AWS asks for none (STS GetCallerIdentity). */
  iamAction: string | null;
  /**
   * Calls per second and region the console allows itself: at or under the account's default quota.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
   */
  callsPerSecond: number;
  /** US dollars a call at list price; GetMetricData is billed by the metric instead. */
  usdPerCall: number;
  /**
   * Changes something in the account: never sent on a read-only connection. The console's own queue does not
   * count, because what it reads there is nobody else's.
   */
  mutates: boolean;
}

const CLOUDWATCH_USD_PER_CALL = 0.01 / 1000;
const SQS_USD_PER_CALL = 0.4 / 1_000_000;

/** US dollars for each metric that GetMetricData is asked for. */
export const USD_PER_METRIC = 0.01 / 1000;

export const awsOperations = {
  DescribeAlarms: {
    iamAction: 'cloudwatch:DescribeAlarms',
    callsPerSecond: 9,
    usdPerCall: CLOUDWATCH_USD_PER_CALL,
    mutates: false,
  },
  DescribeAlarmHistory: {
    iamAction: 'cloudwatch:DescribeAlarmHistory',
    callsPerSecond: 20,
    usdPerCall: CLOUDWATCH_USD_PER_CALL,
    mutates: false,
  },
  ListTagsForResource: {
    iamAction: 'cloudwatch:ListTagsForResource',
    callsPerSecond: 10,
    usdPerCall: CLOUDWATCH_USD_PER_CALL,
    mutates: false,
  },
  GetMetricData: {
    iamAction: 'cloudwatch:GetMetricData',
    callsPerSecond: 50,
    usdPerCall: 0,
    mutates: false,
  },
  ListMetrics: {
    iamAction: 'cloudwatch:ListMetrics',
    callsPerSecond: 20,
    usdPerCall: CLOUDWATCH_USD_PER_CALL,
    mutates: false,
  },
  GetCallerIdentity: { iamAction: null, callsPerSecond: 10, usdPerCall: 0, mutates: false },
  AssumeRole: { iamAction: 'sts:AssumeRole', callsPerSecond: 10, usdPerCall: 0, mutates: false },
  AssumeRoleWithWebIdentity: { iamAction: null, callsPerSecond: 10, usdPerCall: 0, mutates: false },
  ReceiveMessage: {
    iamAction: 'sqs:ReceiveMessage',
    callsPerSecond: 50,
    usdPerCall: SQS_USD_PER_CALL,
    mutates: false,
  },
  ListDashboards: {
    iamAction: 'cloudwatch:ListDashboards',
    callsPerSecond: 5,
    usdPerCall: CLOUDWATCH_USD_PER_CALL,
    mutates: false,
  },
  GetDashboard: {
    iamAction: 'cloudwatch:GetDashboard',
    callsPerSecond: 5,
    usdPerCall: CLOUDWATCH_USD_PER_CALL,
    mutates: false,
  },
  PutDashboard: {
    iamAction: 'cloudwatch:PutDashboard',
    callsPerSecond: 1,
    usdPerCall: CLOUDWATCH_USD_PER_CALL,
    mutates: true,
  },
  DescribeStacks: {
    iamAction: 'cloudformation:DescribeStacks',
    callsPerSecond: 2,
    usdPerCall: 0,
    mutates: false,
  },
  ListStackResources: {
    iamAction: 'cloudformation:ListStackResources',
    callsPerSecond: 2,
    usdPerCall: 0,
    mutates: false,
  },
  ListExports: {
    iamAction: 'cloudformation:ListExports',
    callsPerSecond: 2,
    usdPerCall: 0,
    mutates: false,
  },
  DescribeLogGroups: {
    iamAction: 'logs:DescribeLogGroups',
    callsPerSecond: 8,
    usdPerCall: 0,
    mutates: false,
  },
  FilterLogEvents: {
    iamAction: 'logs:FilterLogEvents',
    callsPerSecond: 5,
    usdPerCall: 0,
    mutates: false,
  },
  StartQuery: {
    iamAction: 'logs:StartQuery',
    callsPerSecond: 8,
    usdPerCall: 0,
    mutates: false,
  },
  GetQueryResults: {
    iamAction: 'logs:GetQueryResults',
    callsPerSecond: 5,
    usdPerCall: 0,
    mutates: false,
  },
  StopQuery: {
    iamAction: 'logs:StopQuery',
    callsPerSecond: 8,
    usdPerCall: 0,
    mutates: false,
  },
  DescribeQueryDefinitions: {
    iamAction: 'logs:DescribeQueryDefinitions',
    callsPerSecond: 5,
    usdPerCall: 0,
    mutates: false,
  },
  StartLiveTail: {
    iamAction: 'logs:StartLiveTail',
    callsPerSecond: 3,
    usdPerCall: 0,
    mutates: false,
  },
  PutQueryDefinition: {
    iamAction: 'logs:PutQueryDefinition',
    callsPerSecond: 2,
    usdPerCall: 0,
    mutates: true,
  },
  PutRetentionPolicy: {
    iamAction: 'logs:PutRetentionPolicy',
    callsPerSecond: 5,
    usdPerCall: 0,
    mutates: true,
  },
  DeleteRetentionPolicy: {
    iamAction: 'logs:DeleteRetentionPolicy',
    callsPerSecond: 5,
    usdPerCall: 0,
    mutates: true,
  },
  DeleteMessageBatch: {
    iamAction: 'sqs:DeleteMessage',
    callsPerSecond: 50,
    usdPerCall: SQS_USD_PER_CALL,
    mutates: false,
  },
  ...runbookOperations,
} as const satisfies Record<string, OperationFacts>;

export type OperationName = keyof typeof awsOperations;
