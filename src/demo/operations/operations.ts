import { describeAlarms } from './describe-alarms';
import type { Operation } from './operation';
import { assumeRole, getCallerIdentity } from './sts';

export type Service = 'monitoring' | 'sts' | 'sqs';

/** Every operation the demo answers, by service. */
export const operations: Record<Service, ReadonlyMap<string, Operation>> = {
  monitoring: new Map<string, Operation>([['DescribeAlarms', describeAlarms]]),
  sts: new Map<string, Operation>([
    ['GetCallerIdentity', getCallerIdentity],
    ['AssumeRole', assumeRole],
  ]),
  sqs: new Map<string, Operation>(),
};
