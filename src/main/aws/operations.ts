/**
 * Every AWS operation the console calls: the IAM action it needs, how fast it may be called, what it costs.
 * The clients accept only these names, so the IAM policy in docs/ can be checked against this table.
 */
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
  },
  DescribeAlarmHistory: {
    iamAction: 'cloudwatch:DescribeAlarmHistory',
    callsPerSecond: 20,
    usdPerCall: CLOUDWATCH_USD_PER_CALL,
  },
  ListTagsForResource: {
    iamAction: 'cloudwatch:ListTagsForResource',
    callsPerSecond: 10,
    usdPerCall: CLOUDWATCH_USD_PER_CALL,
  },
  GetMetricData: {
    iamAction: 'cloudwatch:GetMetricData',
    callsPerSecond: 50,
    usdPerCall: 0,
  },
  GetCallerIdentity: { iamAction: null, callsPerSecond: 10, usdPerCall: 0 },
  AssumeRole: { iamAction: 'sts:AssumeRole', callsPerSecond: 10, usdPerCall: 0 },
  AssumeRoleWithWebIdentity: { iamAction: null, callsPerSecond: 10, usdPerCall: 0 },
  ReceiveMessage: {
    iamAction: 'sqs:ReceiveMessage',
    callsPerSecond: 50,
    usdPerCall: SQS_USD_PER_CALL,
  },
  DeleteMessageBatch: {
    iamAction: 'sqs:DeleteMessage',
    callsPerSecond: 50,
    usdPerCall: SQS_USD_PER_CALL,
  },
} as const satisfies Record<string, OperationFacts>;

export type OperationName = keyof typeof awsOperations;
