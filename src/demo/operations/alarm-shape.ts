import type { CompositeAlarm, MetricAlarm, StoredAlarm } from '../model';

/** AWS JSON 1.0 carries timestamps as seconds since epoch. */
export const seconds = (ms: number): number => ms / 1000;

function common(alarm: StoredAlarm): Record<string, unknown> {
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description ?? undefined,
    AlarmConfigurationUpdatedTimestamp: seconds(alarm.configurationUpdatedAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    StateValue: alarm.state,
    StateReason: alarm.reason,
    StateReasonData: alarm.reasonData ?? undefined,
    StateUpdatedTimestamp: seconds(alarm.stateUpdatedAt),
    StateTransitionedTimestamp: seconds(alarm.stateTransitionedAt),
  };
}

/** `MetricAlarm` on the wire; absent members are left out, as AWS does. */
export const metricAlarmShape = (alarm: MetricAlarm): Record<string, unknown> => ({
  ...common(alarm),
  ...alarm.config,
});

/** `CompositeAlarm` on the wire. */
export const compositeAlarmShape = (alarm: CompositeAlarm): Record<string, unknown> => ({
  ...common(alarm),
  AlarmRule: alarm.rule,
  ActionsSuppressor: alarm.suppressor ?? undefined,
  ActionsSuppressorWaitPeriod: alarm.suppressorWaitSeconds ?? undefined,
  ActionsSuppressorExtensionPeriod: alarm.suppressorExtensionSeconds ?? undefined,
  ActionsSuppressedBy: alarm.suppressedBy ?? undefined,
  ActionsSuppressedReason: alarm.suppressedReason ?? undefined,
});
