/**
 * Refuses answers that are JSON but not AWS's. The SDK passes them on: a proxy's `{}` in place of a page of
 * alarms would read as "no alarm is firing".
 */
import type { OperationName } from './operations';

/** At least one of each operation's fields must be there, with the right type. */
const expected: Record<OperationName, Readonly<Record<string, 'list' | 'text'>>> = {
  DescribeAlarms: { MetricAlarms: 'list', CompositeAlarms: 'list' },
  DescribeAlarmHistory: { AlarmHistoryItems: 'list' },
  ListTagsForResource: { Tags: 'list' },
  GetMetricData: { MetricDataResults: 'list' },
  ListMetrics: { Metrics: 'list' },
  GetCallerIdentity: { Account: 'text', Arn: 'text' },
  ListDashboards: { DashboardEntries: 'list' },
  GetDashboard: { DashboardBody: 'text' },
  // Remarks only, and none when there is nothing to remark.
  PutDashboard: {},
  DescribeStacks: { Stacks: 'list' },
  ListStackResources: { StackResourceSummaries: 'list' },
  ListExports: { Exports: 'list' },
  DescribeLogGroups: { logGroups: 'list' },
  // `searchedLogStreams` is deprecated; a page without events has an empty list.
  FilterLogEvents: { events: 'list' },
  StartQuery: { queryId: 'text' },
  GetQueryResults: { status: 'text' },
  StopQuery: {},
  DescribeQueryDefinitions: { queryDefinitions: 'list' },
  PutQueryDefinition: { queryDefinitionId: 'text' },
  // Its answer is a stream.
  StartLiveTail: {},
  PutRetentionPolicy: {},
  DeleteRetentionPolicy: {},
  AssumeRole: {},
  AssumeRoleWithWebIdentity: {},
  // SQS leaves the field out when there is nothing to tell.
  ReceiveMessage: {},
  DeleteMessageBatch: {},
};

/** Throws a TypeError, which the failure table calls `invalid`. */
export function checkAnswer(operation: OperationName, answer: object): void {
  const fields = Object.entries(expected[operation]);
  let found = fields.length === 0;
  for (const [name, type] of fields) {
    const value: unknown = Reflect.get(answer, name);
    if (value === undefined || value === null) continue;
    const right = type === 'list' ? isListOfObjects(value) : typeof value === 'string';
    if (!right) throw new TypeError(`${operation}: ${name} is not a ${type}`);
    found = true;
  }
  if (!found) throw new TypeError(`${operation}: nothing of the answer is there`);
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}
