/** Steps that act on AWS, or look at it. Nothing of the SDK is loaded before the first call. */
import type { StepKind } from '../../../../shared/runbooks/step-kinds';
import { anyHandler } from '../../step-seams';
import type { StepHandlers } from '../../step-seams';
import type { LocalKind } from '../local';
import { alarmActions } from './alarm-actions';
import { alarmState } from './alarm-state';
import { dashboardMark } from './dashboard-mark';
import { describe } from './describe';
import { dynamodbCapacity } from './dynamodb-capacity';
import { ecsUpdate } from './ecs-update';
import { eventbridgePut } from './eventbridge-put';
import { lambdaAlias } from './lambda-alias';
import { lambdaInvoke } from './lambda-invoke';
import { logsQuery } from './logs-query';
import { metricData } from './metric-data';
import { metricQuery } from './metric-query';
import { rdsReboot } from './rds-reboot';
import { retention } from './retention';
import { snsPublish } from './sns-publish';
import { sqsSend } from './sqs-send';
import { ssmAutomation } from './ssm-automation';
import { ssmCommand } from './ssm-command';
import { stepFunctions } from './step-functions';
import { supportCase } from './support-case';
import { wafBlock } from './waf-block';

/** All that is not done here, in the console. */
export type AwsKind = Exclude<StepKind, LocalKind | 'runbook'>;

export function awsHandlers(): Pick<StepHandlers, AwsKind> {
  return {
    'step-functions': anyHandler(stepFunctions),
    'eventbridge-put': anyHandler(eventbridgePut),
    'rds-reboot': anyHandler(rdsReboot),
    'support-case': anyHandler(supportCase),
    'ssm-automation': anyHandler(ssmAutomation),
    'ssm-command': anyHandler(ssmCommand),
    'lambda-invoke': anyHandler(lambdaInvoke),
    'ecs-update': anyHandler(ecsUpdate),
    'sns-publish': anyHandler(snsPublish),
    describe: anyHandler(describe),
    'logs-query': anyHandler(logsQuery),
    'metric-query': anyHandler(metricQuery),
    'lambda-alias': anyHandler(lambdaAlias),
    'alarm-state': anyHandler(alarmState),
    'alarm-actions': anyHandler(alarmActions),
    'metric-data': anyHandler(metricData),
    'dashboard-mark': anyHandler(dashboardMark),
    'dynamodb-capacity': anyHandler(dynamodbCapacity),
    'waf-block': anyHandler(wafBlock),
    'sqs-send': anyHandler(sqsSend),
    retention: anyHandler(retention),
  };
}
