/** Steps that act on AWS, or look at it. Nothing of the SDK is loaded before the first call. */
import { anyHandler } from '../../step-seams';
import type { StepHandlers } from '../../step-seams';
import { describe } from './describe';
import { ecsUpdate } from './ecs-update';
import { lambdaInvoke } from './lambda-invoke';
import { logsQuery } from './logs-query';
import { metricQuery } from './metric-query';
import { snsPublish } from './sns-publish';

export type AwsKind =
  'lambda-invoke' | 'ecs-update' | 'sns-publish' | 'describe' | 'logs-query' | 'metric-query';

export function awsHandlers(): Pick<StepHandlers, AwsKind> {
  return {
    'lambda-invoke': anyHandler(lambdaInvoke),
    'ecs-update': anyHandler(ecsUpdate),
    'sns-publish': anyHandler(snsPublish),
    describe: anyHandler(describe),
    'logs-query': anyHandler(logsQuery),
    'metric-query': anyHandler(metricQuery),
  };
}
