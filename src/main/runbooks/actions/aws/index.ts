/** Steps that act on AWS, or look at it. Nothing of the SDK is loaded before the first call. */
import { anyHandler } from '../../step-seams';
import type { StepHandlers } from '../../step-seams';
import { ecsUpdate } from './ecs-update';
import { lambdaInvoke } from './lambda-invoke';
import { snsPublish } from './sns-publish';

export type AwsKind = 'lambda-invoke' | 'ecs-update' | 'sns-publish';

export function awsHandlers(): Pick<StepHandlers, AwsKind> {
  return {
    'lambda-invoke': anyHandler(lambdaInvoke),
    'ecs-update': anyHandler(ecsUpdate),
    'sns-publish': anyHandler(snsPublish),
  };
}
