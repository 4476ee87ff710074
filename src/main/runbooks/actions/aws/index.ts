/** Steps that act on AWS, or look at it. Nothing of the SDK is loaded before the first call. */
import { stepFunctions } from './step-functions';
import { eventbridgePut } from './eventbridge-put';
import { rdsReboot } from './rds-reboot';
import { supportCase } from './support-case';
import { ssmAutomation } from './ssm-automation';
import { ssmCommand } from './ssm-command';
import { anyHandler } from '../../step-seams';
import type { StepHandlers } from '../../step-seams';
import { lambdaAlias } from './lambda-alias';
import { alarmState } from './alarm-state';
import { alarmActions } from './alarm-actions';
import { metricData } from './metric-data';
import { dynamodbCapacity } from './dynamodb-capacity';
import { wafBlock } from './waf-block';
import { sqsSend } from './sqs-send';
import { retention } from './retention';
import { describe } from './describe';
import { ecsUpdate } from './ecs-update';
import { lambdaInvoke } from './lambda-invoke';
import { logsQuery } from './logs-query';
import { metricQuery } from './metric-query';
import { snsPublish } from './sns-publish';

export type AwsKind =
  | 'step-functions'
  | 'eventbridge-put'
  | 'rds-reboot'
  | 'support-case'
  | 'ssm-automation'
  | 'ssm-command'
  | 'lambda-invoke'
  | 'ecs-update'
  | 'sns-publish'
  | 'describe'
  | 'logs-query'
  | 'metric-query'
  | 'lambda-alias'
  | 'alarm-state'
  | 'alarm-actions'
  | 'metric-data'
  | 'dynamodb-capacity'
  | 'waf-block'
  | 'sqs-send'
  | 'retention';

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
    'dynamodb-capacity': anyHandler(dynamodbCapacity),
    'waf-block': anyHandler(wafBlock),
    'sqs-send': anyHandler(sqsSend),
    retention: anyHandler(retention),
  };
}
