/** Handlers that refuse, for a test to lay its own over. */
import { FailureError } from '../../src/shared/failure';
import { stepKinds } from '../../src/shared/runbooks/step-kinds';
import type { StepKind } from '../../src/shared/runbooks/step-kinds';
import { invalid } from '../../src/main/runbooks/action-values';
import type { AnyHandler, StepHandlers } from '../../src/main/runbooks/step-seams';

function unavailable(kind: StepKind): AnyHandler {
  const refuse = (): never => {
    throw new FailureError({
      ...invalid(`This test did not expect ${stepKinds[kind].label.toLowerCase()}.`),
    });
  };
  return {
    mode: 'reads',
    timeoutMs: 1_000,
    resource: () => null,
    effect: async () => refuse(),
    run: async () => refuse(),
  };
}

/** Every kind refusing; those that can be run are laid over it. */
export const noHandlers: StepHandlers = {
  'lambda-invoke': unavailable('lambda-invoke'),
  'ssm-automation': unavailable('ssm-automation'),
  'ssm-command': unavailable('ssm-command'),
  'sns-publish': unavailable('sns-publish'),
  'sqs-send': unavailable('sqs-send'),
  'step-functions': unavailable('step-functions'),
  'eventbridge-put': unavailable('eventbridge-put'),
  'ecs-update': unavailable('ecs-update'),
  'lambda-alias': unavailable('lambda-alias'),
  'rds-reboot': unavailable('rds-reboot'),
  'dynamodb-capacity': unavailable('dynamodb-capacity'),
  'waf-block': unavailable('waf-block'),
  'alarm-actions': unavailable('alarm-actions'),
  'alarm-state': unavailable('alarm-state'),
  'metric-data': unavailable('metric-data'),
  'dashboard-mark': unavailable('dashboard-mark'),
  retention: unavailable('retention'),
  'support-case': unavailable('support-case'),
  describe: unavailable('describe'),
  'logs-query': unavailable('logs-query'),
  'metric-query': unavailable('metric-query'),
  'http-request': unavailable('http-request'),
  script: unavailable('script'),
  check: unavailable('check'),
  'wait-for': unavailable('wait-for'),
  ask: unavailable('ask'),
  note: unavailable('note'),
  open: unavailable('open'),
  notify: unavailable('notify'),
  'page-someone': unavailable('page-someone'),
};
