import { describeStacks, listExports, listStackResources } from './cloudformation';
import { deleteDashboards, getDashboard, listDashboards, putDashboard } from './dashboards';
import { describeAlarms } from './describe-alarms';
import { getMetricData } from './get-metric-data';
import { describeAlarmHistory } from './history';
import { describeAlarmsForMetric, listMetrics } from './list-metrics';
import { logsOperations } from './logs/logs-operations';
import type { Operation } from './operation';
import { deleteAlarms, putCompositeAlarm, putMetricAlarm } from './put-alarm';
import { putMetricData } from './put-metric-data';
import { deleteMessage, deleteMessageBatch, getQueueUrl, receiveMessage } from './sqs';
import { disableAlarmActions, enableAlarmActions, setAlarmState } from './state';
import { assumeRole, getCallerIdentity } from './sts';
import { listTagsForResource, tagResource, untagResource } from './tags';

export type Service = 'monitoring' | 'logs' | 'sts' | 'sqs' | 'cloudformation';

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
  sts: byName({ GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole }),
  sqs: byName({
    GetQueueUrl: getQueueUrl,
    ReceiveMessage: receiveMessage,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
  }),
};
