/** What main asks of AWS, per connection and region. Every call passes the rate budget and the meter. */
import type {
  DescribeStacksOutput,
  ListExportsOutput,
  ListStackResourcesOutput,
} from '@aws-sdk/client-cloudformation';
import type {
  DashboardValidationMessage,
  DescribeAlarmHistoryInput,
  DescribeAlarmHistoryOutput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  GetDashboardOutput,
  GetMetricDataInput,
  GetMetricDataOutput,
  ListMetricsInput,
  ListMetricsOutput,
  ListDashboardsOutput,
  ListTagsForResourceOutput,
} from '@aws-sdk/client-cloudwatch';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { LogChanges, LogQueryApi, LogReadApi } from './log-query-api';
import type { RunbookChanges, RunbookReads } from './runbook-api';

/** An SDK error as the console tells it. The SDK's own error is never attached: it may hold a request's headers. */
export class AwsFailure extends FailureError {
  constructor(
    failure: Failure,
    /** AWS understood the call and turned its input down: asking the same again is of no use. */
    readonly refused = false,
  ) {
    super(failure);
  }
}

export interface QueueMessage {
  body: string;
  receiptHandle: string;
}

/**
 * What watching alarms asks of one connection in one region. Rejections are always `AwsFailure`.
 * `receivedAt` (ms) of answers is the caller's to take.
 */
export interface AlarmApi {
  readonly connectionId: string;
  readonly region: string;
  describeAlarms(input: DescribeAlarmsInput, signal: AbortSignal): Promise<DescribeAlarmsOutput>;
  describeAlarmHistory(
    input: DescribeAlarmHistoryInput,
    signal: AbortSignal,
  ): Promise<DescribeAlarmHistoryOutput>;
  listTagsForResource(arn: string, signal: AbortSignal): Promise<ListTagsForResourceOutput>;
  getMetricData(input: GetMetricDataInput, signal: AbortSignal): Promise<GetMetricDataOutput>;
  callerIdentity(signal: AbortSignal): Promise<{ accountId: string; arn: string }>;
  /** Long poll of up to `waitSeconds`. */
  receiveMessages(
    queueUrl: string,
    waitSeconds: number,
    signal: AbortSignal,
  ): Promise<QueueMessage[]>;
  deleteMessages(queueUrl: string, receiptHandles: string[], signal: AbortSignal): Promise<void>;
  /** Server time minus local time as last seen in an answer's Date header (ms); null before the first. */
  clockSkewMs(): number | null;
  destroy(): void;
}

/** One connection in one region. Rejections are always `AwsFailure`. */
export interface RegionApi extends AlarmApi, LogQueryApi, LogReadApi {
  listMetrics(input: ListMetricsInput, signal: AbortSignal): Promise<ListMetricsOutput>;
  /** A page of the account's dashboards: they are the same in every region. */
  listDashboards(nextToken: string | undefined, signal: AbortSignal): Promise<ListDashboardsOutput>;
  getDashboard(name: string, signal: AbortSignal): Promise<GetDashboardOutput>;
  /** A page of all stacks that are not deleted, or the one of this name or id. */
  describeStacks(input: StackPage, signal: AbortSignal): Promise<DescribeStacksOutput>;
  listStackResources(
    input: StackPage & { StackName: string },
    signal: AbortSignal,
  ): Promise<ListStackResourcesOutput>;
  listExports(nextToken: string | undefined, signal: AbortSignal): Promise<ListExportsOutput>;
  /** What changes the account; null on a read-only connection, so that no code can ask it there. */
  readonly changes: RegionChanges | null;
  /** What steps of runbooks look at. */
  readonly runbookReads: RunbookReads;
  /** What steps of runbooks change; null on a read-only connection. */
  readonly runbookChanges: RunbookChanges | null;
}

export interface StackPage {
  StackName?: string;
  NextToken?: string | undefined;
}

/** Calls that change something in the account. */
export interface RegionChanges extends LogChanges {
  /** Resolves to CloudWatch's remarks also when it refuses the body; other failures reject. */
  putDashboard(name: string, body: string, signal: AbortSignal): Promise<DashboardVerdict>;
}

/** What CloudWatch said of a dashboard's body. */
export interface DashboardVerdict {
  accepted: boolean;
  messages: DashboardValidationMessage[];
}

/** Calls, throttles and estimated cost in the last hour, summed over a connection's regions. */
export interface UsageReading {
  calls: number;
  throttles: number;
  costUsd: number;
}
