/**
 * Refuses answers that are JSON but not AWS's. The SDK passes them on: a proxy's `{}` in place of a page of
 * alarms would read as "no alarm is firing".
 */
import { assertNever } from '../../shared/assert-never';
import type { OperationName } from './operations';

/** At least one of each operation's fields must be there, with the right type. */
const expected: Record<OperationName, Readonly<Record<string, FieldType>>> = {
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
  ListFunctions: { Functions: 'list' },
  GetFunctionConfiguration: { FunctionName: 'text' },
  ListVersionsByFunction: { Versions: 'list' },
  GetAlias: { FunctionVersion: 'text' },
  // What a function gives is in a payload, and may be nothing.
  Invoke: {},
  UpdateAlias: { FunctionVersion: 'text' },
  DescribeDocument: { Document: 'object' },
  GetDocument: { Content: 'text' },
  ListDocuments: { DocumentIdentifiers: 'list' },
  StartExecutionPreview: { ExecutionPreviewId: 'text' },
  GetExecutionPreview: { Status: 'text' },
  DescribeInstanceInformation: { InstanceInformationList: 'list' },
  ListCommands: { Commands: 'list' },
  GetAutomationExecution: { AutomationExecution: 'object' },
  DescribeAutomationStepExecutions: { StepExecutions: 'list' },
  StartAutomationExecution: { AutomationExecutionId: 'text' },
  StopAutomationExecution: {},
  ListCommandInvocations: { CommandInvocations: 'list' },
  GetCommandInvocation: { Status: 'text' },
  SendCommand: { Command: 'object' },
  CancelCommand: {},
  // XML leaves empty lists out.
  ListTopics: {},
  GetTopicAttributes: { Attributes: 'object' },
  Publish: { MessageId: 'text' },
  GetQueueUrl: { QueueUrl: 'text' },
  GetQueueAttributes: { Attributes: 'object' },
  SendMessage: { MessageId: 'text' },
  ListStateMachines: { stateMachines: 'list' },
  DescribeStateMachine: { stateMachineArn: 'text' },
  DescribeExecution: { status: 'text' },
  GetExecutionHistory: { events: 'list' },
  StartExecution: { executionArn: 'text' },
  StopExecution: {},
  DescribeEventBus: { Name: 'text' },
  PutEvents: { Entries: 'list' },
  ListClusters: { clusterArns: 'texts' },
  ListServices: { serviceArns: 'texts' },
  DescribeServices: { services: 'list' },
  DescribeTaskDefinition: { taskDefinition: 'object' },
  ListTaskDefinitions: { taskDefinitionArns: 'texts' },
  ListTasks: { taskArns: 'texts' },
  DescribeTasks: { tasks: 'list' },
  UpdateService: { service: 'object' },
  DescribeDBInstances: { DBInstances: 'list' },
  RebootDBInstance: { DBInstance: 'object' },
  DescribeTable: { Table: 'object' },
  ListTables: { TableNames: 'texts' },
  UpdateTable: { TableDescription: 'object' },
  ListIPSets: { IPSets: 'list' },
  GetIPSet: { IPSet: 'object' },
  UpdateIPSet: { NextLockToken: 'text' },
  SetAlarmState: {},
  EnableAlarmActions: {},
  DisableAlarmActions: {},
  PutMetricData: {},
  DescribeSeverityLevels: { severityLevels: 'list' },
  CreateCase: { caseId: 'text' },
  DescribeUserPool: { UserPool: 'object' },
  ListBuckets: {},
  HeadBucket: {},
};

type FieldType = 'list' | 'text' | 'object' | 'texts';

/** Throws a TypeError, which the failure table calls `invalid`. */
export function checkAnswer(operation: OperationName, answer: object): void {
  const fields = Object.entries(expected[operation]);
  let found = fields.length === 0;
  for (const [name, type] of fields) {
    const value: unknown = Reflect.get(answer, name);
    if (value === undefined || value === null) continue;
    if (!fits(value, type)) throw new TypeError(`${operation}: ${name} is not a ${type}`);
    found = true;
  }
  if (!found) throw new TypeError(`${operation}: nothing of the answer is there`);
}

function fits(value: unknown, type: FieldType): boolean {
  switch (type) {
    case 'list':
      return isListOfObjects(value);
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    case 'text':
      return typeof value === 'string';
    default:
      return assertNever(type);
  }
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}
