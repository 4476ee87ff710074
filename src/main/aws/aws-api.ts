/** What main asks of AWS, per connection and region. Every call passes the rate budget and the meter. */
import type {
  DescribeAlarmHistoryInput,
  DescribeAlarmHistoryOutput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  GetMetricDataInput,
  GetMetricDataOutput,
  ListTagsForResourceOutput,
} from '@aws-sdk/client-cloudwatch';
import { FailureError } from '../../shared/failure';

/** An SDK error as the console tells it. The SDK's own error is never attached: it may hold a request's headers. */
export class AwsFailure extends FailureError {}

export interface QueueMessage {
  body: string;
  receiptHandle: string;
}

/**
 * One connection in one region. Rejections are always `AwsFailure`.
 * `receivedAt` (ms) of answers is the caller's to take.
 */
export interface RegionApi {
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

/** Calls, throttles and estimated cost in the last hour, summed over a connection's regions. */
export interface UsageReading {
  calls: number;
  throttles: number;
  costUsd: number;
}
