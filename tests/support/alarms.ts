import type { Alarm } from '../../src/shared/alarms/alarm';

/** A metric alarm that fires, of connection `c` unless another is said. */
export const alarmNamed = (name: string, more: Partial<Alarm> = {}): Alarm => ({
  key: `c|${name}`,
  arn: `arn:aws:cloudwatch:us-east-1:1:alarm:${name}`,
  name,
  connectionId: 'c',
  accountId: '1',
  region: 'us-east-1',
  kind: 'metric',
  description: '',
  state: 'ALARM',
  stateReason: '',
  stateReasonData: null,
  stateUpdatedAt: 0,
  stateTransitionedAt: 0,
  configurationUpdatedAt: 0,
  actionsEnabled: true,
  alarmActions: [],
  okActions: [],
  insufficientDataActions: [],
  tags: null,
  metric: null,
  composite: null,
  ...more,
});
