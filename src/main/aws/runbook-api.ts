/** What steps of runbooks ask of one connection in one region. Rejections are always `AwsFailure`. */
import type {
  DescribeAlarmsOutput,
  GetMetricDataInput,
  GetMetricDataOutput,
  PutMetricDataInput,
  SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch';
import type { DescribeUserPoolResponse } from '@aws-sdk/client-cognito-identity-provider';
import type {
  DescribeTableOutput,
  ListTablesOutput,
  UpdateTableInput,
  UpdateTableOutput,
} from '@aws-sdk/client-dynamodb';
import type {
  DescribeServicesRequest,
  DescribeServicesResponse,
  DescribeTaskDefinitionResponse,
  DescribeTasksRequest,
  DescribeTasksResponse,
  ListClustersRequest,
  ListClustersResponse,
  ListServicesRequest,
  ListServicesResponse,
  ListTaskDefinitionsRequest,
  ListTaskDefinitionsResponse,
  ListTasksRequest,
  ListTasksResponse,
  UpdateServiceRequest,
  UpdateServiceResponse,
} from '@aws-sdk/client-ecs';
import type {
  DescribeEventBusResponse,
  PutEventsRequest,
  PutEventsResponse,
} from '@aws-sdk/client-eventbridge';
import type {
  AliasConfiguration,
  FunctionConfiguration,
  InvocationRequest,
  InvocationResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse,
  UpdateAliasRequest,
} from '@aws-sdk/client-lambda';
import type {
  DBInstanceMessage,
  DescribeDBInstancesMessage,
  RebootDBInstanceMessage,
  RebootDBInstanceResult,
} from '@aws-sdk/client-rds';
import type { HeadBucketOutput, ListBucketsOutput } from '@aws-sdk/client-s3';
import type {
  DescribeExecutionOutput,
  DescribeStateMachineOutput,
  GetExecutionHistoryInput,
  GetExecutionHistoryOutput,
  ListStateMachinesInput,
  ListStateMachinesOutput,
  StartExecutionInput,
  StopExecutionInput,
} from '@aws-sdk/client-sfn';
import type {
  GetTopicAttributesResponse,
  ListTopicsResponse,
  PublishInput,
  PublishResponse,
} from '@aws-sdk/client-sns';
import type {
  GetQueueAttributesResult,
  GetQueueUrlResult,
  SendMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs';
import type {
  DescribeAutomationStepExecutionsResult,
  DescribeDocumentResult,
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
  GetAutomationExecutionResult,
  GetCommandInvocationResult,
  GetDocumentResult,
  GetExecutionPreviewResponse,
  ListCommandInvocationsResult,
  ListCommandsResult,
  ListDocumentsRequest,
  ListDocumentsResult,
  SendCommandRequest,
  SendCommandResult,
  StartAutomationExecutionRequest,
  StartExecutionPreviewRequest,
} from '@aws-sdk/client-ssm';
import type {
  CreateCaseRequest,
  CreateCaseResponse,
  DescribeSeverityLevelsResponse,
} from '@aws-sdk/client-support';
import type {
  GetIPSetRequest,
  GetIPSetResponse,
  ListIPSetsRequest,
  ListIPSetsResponse,
  UpdateIPSetRequest,
} from '@aws-sdk/client-wafv2';
import type { DashboardVerdict, RegionApi } from './aws-api';

/** A call as steps make it. */
type Ask<I, O> = (input: I, signal: AbortSignal) => Promise<O>;

/** What only looks. Nothing of it can change an account. */
export interface RunbookReads extends Pick<
  RegionApi,
  | 'startQuery'
  | 'getQueryResults'
  | 'stopQuery'
  | 'describeLogGroups'
  | 'describeStacks'
  | 'getDashboard'
> {
  readonly connectionId: string;
  readonly region: string;
  /** Alarms of both kinds by their names, at most 100. */
  alarms: Ask<string[], DescribeAlarmsOutput>;
  /** A page of alarms of both kinds whose names begin so. */
  alarmsFrom: Ask<{ prefix: string; token: string | undefined }, DescribeAlarmsOutput>;
  getMetricData: Ask<GetMetricDataInput, GetMetricDataOutput>;

  listFunctions: Ask<ListFunctionsRequest, ListFunctionsResponse>;
  getFunction: Ask<{ FunctionName: string; Qualifier?: string }, FunctionConfiguration>;
  listVersions: Ask<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse>;
  getAlias: Ask<{ FunctionName: string; Name: string }, AliasConfiguration>;
  /** Whether it could be invoked so: a dry run, which runs nothing. Rejects with why it could not. */
  couldInvoke: Ask<Pick<InvocationRequest, 'FunctionName' | 'Qualifier' | 'Payload'>, void>;

  describeDocument: Ask<{ Name: string; DocumentVersion?: string }, DescribeDocumentResult>;
  /** Its text, which holds the allowed values and patterns that its description leaves out. */
  getDocument: Ask<{ Name: string; DocumentVersion?: string }, GetDocumentResult>;
  listDocuments: Ask<ListDocumentsRequest, ListDocumentsResult>;
  /** Asks what an automation would do, which does nothing; resolves to the preview's id. */
  startPreview: Ask<StartExecutionPreviewRequest, string>;
  getPreview: Ask<string, GetExecutionPreviewResponse>;
  getAutomation: Ask<string, GetAutomationExecutionResult>;
  automationSteps: Ask<
    { id: string; nextToken: string | undefined },
    DescribeAutomationStepExecutionsResult
  >;
  /** Instances that Systems Manager manages, 50 at a time. */
  managedInstances: Ask<DescribeInstanceInformationRequest, DescribeInstanceInformationResult>;
  /** The command of this id, with how many instances it is for. */
  command: Ask<string, ListCommandsResult>;
  commandInvocations: Ask<
    { id: string; nextToken: string | undefined },
    ListCommandInvocationsResult
  >;
  commandOutput: Ask<{ CommandId: string; InstanceId: string }, GetCommandInvocationResult>;

  listTopics: Ask<string | undefined, ListTopicsResponse>;
  getTopic: Ask<string, GetTopicAttributesResponse>;
  getQueueUrl: Ask<string, GetQueueUrlResult>;
  getQueue: Ask<string, GetQueueAttributesResult>;

  listStateMachines: Ask<ListStateMachinesInput, ListStateMachinesOutput>;
  describeStateMachine: Ask<string, DescribeStateMachineOutput>;
  describeExecution: Ask<string, DescribeExecutionOutput>;
  executionHistory: Ask<GetExecutionHistoryInput, GetExecutionHistoryOutput>;
  describeEventBus: Ask<string, DescribeEventBusResponse>;

  listClusters: Ask<ListClustersRequest, ListClustersResponse>;
  listServices: Ask<ListServicesRequest, ListServicesResponse>;
  describeServices: Ask<DescribeServicesRequest, DescribeServicesResponse>;
  describeTaskDefinition: Ask<string, DescribeTaskDefinitionResponse>;
  listTaskDefinitions: Ask<ListTaskDefinitionsRequest, ListTaskDefinitionsResponse>;
  listTasks: Ask<ListTasksRequest, ListTasksResponse>;
  describeTasks: Ask<DescribeTasksRequest, DescribeTasksResponse>;

  describeDatabases: Ask<DescribeDBInstancesMessage, DBInstanceMessage>;
  describeTable: Ask<string, DescribeTableOutput>;
  /** A page of names after this one. */
  listTables: Ask<string | undefined, ListTablesOutput>;
  listIpSets: Ask<ListIPSetsRequest, ListIPSetsResponse>;
  getIpSet: Ask<GetIPSetRequest, GetIPSetResponse>;
  /** Rejects where the account's plan has no support by API. */
  severityLevels(signal: AbortSignal): Promise<DescribeSeverityLevelsResponse>;
  describeUserPool: Ask<string, DescribeUserPoolResponse>;
  listBuckets: Ask<{ prefix: string; token: string | undefined }, ListBucketsOutput>;
  headBucket: Ask<string, HeadBucketOutput>;
}

/** A started execution; one of this name may have been there already. */
export interface StartedExecution {
  executionArn: string;
  existed: boolean;
}

/**
 * Calls that change something; null on a read-only connection, so that no step can ask them there. One that may have
 * arrived although no answer came is not sent again, and its failure says so.
 */
export interface RunbookChanges {
  readonly connectionId: string;
  readonly region: string;
  /** Waits for the function's end, up to 15 min. */
  invoke: Ask<InvocationRequest, InvocationResponse>;
  updateAlias: Ask<UpdateAliasRequest, AliasConfiguration>;
  /** Resolves to the execution's id. */
  startAutomation: Ask<StartAutomationExecutionRequest, string>;
  stopAutomation: Ask<string, void>;
  sendCommand: Ask<SendCommandRequest, SendCommandResult>;
  cancelCommand: Ask<string, void>;
  publish: Ask<PublishInput, PublishResponse>;
  sendMessage: Ask<SendMessageRequest, SendMessageResult>;
  startExecution: Ask<StartExecutionInput, StartedExecution>;
  stopExecution: Ask<StopExecutionInput, void>;
  putEvents: Ask<PutEventsRequest, PutEventsResponse>;
  updateService: Ask<UpdateServiceRequest, UpdateServiceResponse>;
  rebootDatabase: Ask<RebootDBInstanceMessage, RebootDBInstanceResult>;
  updateTable: Ask<UpdateTableInput, UpdateTableOutput>;
  /** False when somebody changed the set since it was read. */
  updateIpSet: Ask<UpdateIPSetRequest, boolean>;
  setAlarmState: Ask<SetAlarmStateInput, void>;
  setAlarmActions: Ask<{ names: string[]; enabled: boolean }, void>;
  putMetricData: Ask<PutMetricDataInput, void>;
  createCase: Ask<CreateCaseRequest, CreateCaseResponse>;
  putRetention(group: string, days: number, signal: AbortSignal): Promise<void>;
  /** Keeps the group's events for ever. */
  deleteRetention: Ask<string, void>;
  putDashboard(name: string, body: string, signal: AbortSignal): Promise<DashboardVerdict>;
}
