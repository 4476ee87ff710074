/** What Logs Insights, live tail and retention ask of one connection in one region. */
import type {
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  DescribeQueryDefinitionsResponse,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
  GetQueryResultsRequest,
  GetQueryResultsResponse,
  PutQueryDefinitionRequest,
  StartLiveTailRequest,
  StartLiveTailResponseStream,
  StartQueryRequest,
  StopQueryResponse,
} from '@aws-sdk/client-cloudwatch-logs';

/** Rejections are always `AwsFailure`. */
export interface LogQueryApi {
  /** Resolves also for a query that CloudWatch cannot read; other failures reject. */
  startQuery(input: StartQueryRequest, signal: AbortSignal): Promise<StartedQuery>;
  getQueryResults(
    input: GetQueryResultsRequest,
    signal: AbortSignal,
  ): Promise<GetQueryResultsResponse>;
  stopQuery(queryId: string, signal: AbortSignal): Promise<StopQueryResponse>;
  describeQueryDefinitions(
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<DescribeQueryDefinitionsResponse>;
  /** A session's messages until AWS ends it, it breaks (throws `AwsFailure`) or the signal aborts. */
  startLiveTail(
    input: StartLiveTailRequest,
    signal: AbortSignal,
  ): AsyncIterable<StartLiveTailResponseStream>;
}

/** What reading logs asks. Rejections are always `AwsFailure`. */
export interface LogReadApi {
  describeLogGroups(
    input: DescribeLogGroupsRequest,
    signal: AbortSignal,
  ): Promise<DescribeLogGroupsResponse>;
  filterLogEvents(
    input: FilterLogEventsRequest,
    signal: AbortSignal,
    /** Heard each time AWS says "too fast", also when the call is tried again. */
    onThrottled?: () => void,
  ): Promise<FilterLogEventsResponse>;
}

export interface StartedQuery {
  /** Empty when the query is malformed. */
  queryId: string;
  malformed: MalformedQuery | null;
}

/** Where a query does not parse: offsets of characters, null where CloudWatch did not say. */
export interface MalformedQuery {
  message: string;
  start: number | null;
  end: number | null;
}

/** Calls that change something in the account. */
export interface LogChanges {
  /** Resolves to the id of the saved query. */
  putQueryDefinition(input: PutQueryDefinitionRequest, signal: AbortSignal): Promise<string>;
  putRetentionPolicy(group: string, days: number, signal: AbortSignal): Promise<void>;
  /** Keeps the group's events for ever. */
  deleteRetentionPolicy(group: string, signal: AbortSignal): Promise<void>;
}
