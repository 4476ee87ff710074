import type { HistoryItem, StateValue, StoredAlarm } from './model';
import { assertNever } from '../shared/assert-never';

interface State {
  state: StateValue;
  reason: string;
  reasonData: string | null;
}

const statePart = (state: State): Record<string, unknown> => ({
  stateValue: state.state,
  stateReason: state.reason,
  stateReasonData:
    state.reasonData === null ? undefined : (JSON.parse(state.reasonData) as unknown),
});

/** HistoryData of a StateUpdate, as JSON text. */
export const stateUpdateData = (from: State, to: State): string =>
  JSON.stringify({ version: '1.0', oldState: statePart(from), newState: statePart(to) });

type Change = 'Create' | 'Update' | 'Delete';

/** The ConfigurationUpdate item of a created, updated or deleted alarm. */
export function describeConfiguration(alarm: StoredAlarm, change: Change, at: number): HistoryItem {
  const verb = change === 'Create' ? 'created' : change === 'Update' ? 'updated' : 'deleted';
  return {
    alarmName: alarm.name,
    alarmType: alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
    type: 'ConfigurationUpdate',
    at,
    summary: `Alarm "${alarm.name}" ${verb}`,
    data: JSON.stringify({
      version: '1.0',
      type: change,
      [`${verb}Alarm`]: configuration(alarm),
    }),
  };
}

/** EventBridge and history name the configuration in camel case. */
function configuration(alarm: StoredAlarm): Record<string, unknown> {
  const common = {
    alarmName: alarm.name,
    alarmArn: alarm.arn,
    alarmDescription: alarm.description ?? undefined,
    actionsEnabled: alarm.actionsEnabled,
    okActions: alarm.okActions,
    alarmActions: alarm.alarmActions,
    insufficientDataActions: alarm.insufficientDataActions,
    alarmConfigurationUpdatedTimestamp: isoOffset(alarm.configurationUpdatedAt),
    stateValue: alarm.state,
    stateUpdatedTimestamp: isoOffset(alarm.stateUpdatedAt),
  };
  switch (alarm.kind) {
    case 'metric':
      return {
        ...common,
        metricName: alarm.config.MetricName,
        namespace: alarm.config.Namespace,
        statistic: alarm.config.Statistic?.toUpperCase(),
        dimensions: alarm.config.Dimensions.map((d) => ({ name: d.Name, value: d.Value })),
        period: alarm.config.Period,
        unit: alarm.config.Unit,
        evaluationPeriods: alarm.config.EvaluationPeriods,
        datapointsToAlarm: alarm.config.DatapointsToAlarm,
        threshold: alarm.config.Threshold,
        comparisonOperator: alarm.config.ComparisonOperator,
        treatMissingData: alarm.config.TreatMissingData,
      };
    case 'composite':
      return { ...common, alarmRule: alarm.rule, actionsSuppressor: alarm.suppressor ?? undefined };
    default:
      return assertNever(alarm);
  }
}

/** `2026-11-22T18:31:00.000+0000`: how CloudWatch writes times inside its JSON texts. */
export const isoOffset = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');
