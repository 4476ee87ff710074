import { z } from 'zod';
import { describeStacks, listExports, listStackResources } from './cloudformation';
import { deleteDashboards, getDashboard, listDashboards, putDashboard } from './dashboards';
import { ecsOperations } from './ecs';
import { lambdaOperations } from './lambda';
import { cognitoOperations } from './cognito';
import { dynamodbOperations } from './dynamodb';
import { eventsOperations } from './events';
import { rdsOperations } from './rds';
import { s3Operations } from './s3';
import { snsOperations } from './sns';
import { ssmOperations } from './ssm';
import { statesOperations } from './states';
import { supportOperations } from './support';
import { wafOperations } from './wafv2';
import { describeAlarms } from './describe-alarms';
import { getMetricData } from './get-metric-data';
import { describeAlarmHistory } from './history';
import { describeAlarmsForMetric, listMetrics } from './list-metrics';
import { logsOperations } from './logs/logs-operations';
import type { Operation } from './operation';
import { deleteAlarms, putCompositeAlarm, putMetricAlarm } from './put-alarm';
import { putMetricData } from './put-metric-data';
import {
  deleteMessage,
  deleteMessageBatch,
  getQueueAttributes,
  getQueueUrl,
  listQueues,
  receiveMessage,
  sendMessage,
} from './sqs';
import { disableAlarmActions, enableAlarmActions, setAlarmState } from './state';
import { assumeRole, getCallerIdentity } from './sts';
import { listTagsForResource, tagResource, untagResource } from './tags';

export type Service =
  | 'monitoring'
  | 'logs'
  | 'sts'
  | 'sqs'
  | 'cloudformation'
  | 'ecs'
  | 'lambda'
  | 's3'
  | 'ssm'
  | 'dynamodb'
  | 'rds'
  | 'sns'
  | 'states'
  | 'events'
  | 'wafv2'
  | 'support'
  | 'cognito-idp';

const byName = (named: Record<string, Operation>): ReadonlyMap<string, Operation> =>
  new Map(Object.entries(named));

/** Every operation the demo answers, by service. */
export const operations: Record<Service, ReadonlyMap<string, Operation>> = {
  monitoring: byName({
    DescribeAlarms: describeAlarms,
    DescribeAlarmsForMetric: describeAlarmsForMetric,
    DescribeAlarmHistory: describeAlarmHistory,
    SetAlarmState: setAlarmState,
    PutMetricAlarm: putMetricAlarm,
    PutCompositeAlarm: putCompositeAlarm,
    DeleteAlarms: deleteAlarms,
    EnableAlarmActions: enableAlarmActions,
    DisableAlarmActions: disableAlarmActions,
    ListTagsForResource: listTagsForResource,
    TagResource: tagResource,
    UntagResource: untagResource,
    ListDashboards: listDashboards,
    GetDashboard: getDashboard,
    PutDashboard: putDashboard,
    DeleteDashboards: deleteDashboards,
    PutMetricData: putMetricData,
    GetMetricData: getMetricData,
    ListMetrics: listMetrics,
  }),
  logs: byName(logsOperations),
  cloudformation: byName({
    DescribeStacks: describeStacks,
    ListStackResources: listStackResources,
    ListExports: listExports,
  }),
  ecs: byName(ecsOperations),
  lambda: byName(lambdaOperations),
  s3: byName(s3Operations),
  ssm: byName(ssmOperations),
  dynamodb: byName(dynamodbOperations),
  rds: byName(rdsOperations),
  sns: byName(snsOperations),
  states: byName(statesOperations),
  events: byName(eventsOperations),
  wafv2: byName(wafOperations),
  support: byName(supportOperations),
  'cognito-idp': byName(cognitoOperations),
  sts: byName({ GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole }),
  sqs: byName({
    GetQueueUrl: getQueueUrl,
    ListQueues: listQueues,
    GetQueueAttributes: getQueueAttributes,
    SendMessage: sendMessage,
    ReceiveMessage: receiveMessage,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
  }),
};

/** Calls that change something. The console's own queue does not count: what is read there is nobody else's. */
const changes: Partial<Record<Service, readonly string[]>> = {
  monitoring: [
    'SetAlarmState',
    'PutMetricAlarm',
    'PutCompositeAlarm',
    'DeleteAlarms',
    'EnableAlarmActions',
    'DisableAlarmActions',
    'TagResource',
    'UntagResource',
    'PutDashboard',
    'DeleteDashboards',
    'PutMetricData',
  ],
  logs: [
    'CreateLogGroup',
    'DeleteLogGroup',
    'CreateLogStream',
    'PutLogEvents',
    'PutRetentionPolicy',
    'DeleteRetentionPolicy',
    'PutQueryDefinition',
    'DeleteQueryDefinition',
    'TagResource',
    'UntagResource',
    'TagLogGroup',
    'UntagLogGroup',
    'DeleteLogStream',
  ],
  sqs: ['SendMessage'],
  ssm: [
    'StartAutomationExecution',
    'SendAutomationSignal',
    'StopAutomationExecution',
    'SendCommand',
    'CancelCommand',
  ],
  dynamodb: ['UpdateTable'],
  rds: ['RebootDBInstance'],
  sns: ['Publish'],
  states: ['StartExecution', 'StopExecution'],
  events: ['PutEvents'],
  wafv2: ['UpdateIPSet'],
  support: ['CreateCase'],
  ecs: ['UpdateService'],
  lambda: ['Invoke', 'UpdateAlias'],
};

const dryRun = z.object({ InvocationType: z.literal('DryRun') });

/** Whether a call changes something. Asking whether a function could be invoked does not. */
export const isChange = (service: Service, operation: string, body: unknown): boolean =>
  (changes[service]?.includes(operation) ?? false) && !dryRun.safeParse(body).success;
