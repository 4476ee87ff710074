/** Alarms as the demo keeps them. All times: ms since epoch, UTC. */

export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface Dim {
  Name: string;
  Value: string;
}

export interface MetricStat {
  Metric: { Namespace: string; MetricName: string; Dimensions: Dim[] };
  /** Seconds. */
  Period: number;
  Stat: string;
  Unit?: string | undefined;
}

/** One entry of `Metrics` or `MetricDataQueries`. */
export interface MetricQuery {
  Id: string;
  Expression?: string | undefined;
  Label?: string | undefined;
  ReturnData?: boolean | undefined;
  Period?: number | undefined;
  AccountId?: string | undefined;
  MetricStat?: MetricStat | undefined;
}

interface AlarmBase {
  name: string;
  arn: string;
  description: string | null;
  actionsEnabled: boolean;
  alarmActions: string[];
  okActions: string[];
  insufficientDataActions: string[];
  configurationUpdatedAt: number;
  state: StateValue;
  reason: string;
  /** JSON as text. */
  reasonData: string | null;
  stateUpdatedAt: number;
  stateTransitionedAt: number;
  /** Not evaluated before this moment: a state set by hand lasts until then. */
  heldUntil: number;
}

export const comparisons = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'GreaterThanUpperThreshold',
] as const;
export type Comparison = (typeof comparisons)[number];
export type MissingData = 'missing' | 'notBreaching' | 'breaching' | 'ignore';

/** Settings of a metric alarm, named as PutMetricAlarm names them. */
export interface MetricAlarmConfig {
  MetricName?: string | undefined;
  Namespace?: string | undefined;
  Statistic?: string | undefined;
  ExtendedStatistic?: string | undefined;
  Dimensions: Dim[];
  Period?: number | undefined;
  Unit?: string | undefined;
  EvaluationPeriods: number;
  DatapointsToAlarm?: number | undefined;
  Threshold?: number | undefined;
  ThresholdMetricId?: string | undefined;
  ComparisonOperator: Comparison;
  TreatMissingData?: MissingData | undefined;
  EvaluateLowSampleCountPercentile?: string | undefined;
  Metrics?: MetricQuery[] | undefined;
}

export interface MetricAlarm extends AlarmBase {
  kind: 'metric';
  config: MetricAlarmConfig;
}

export interface CompositeAlarm extends AlarmBase {
  kind: 'composite';
  rule: string;
  suppressor: string | null;
  suppressorWaitSeconds: number | null;
  suppressorExtensionSeconds: number | null;
  suppressedBy: 'WaitPeriod' | 'ExtensionPeriod' | 'Alarm' | null;
  suppressedReason: string | null;
}

export type StoredAlarm = MetricAlarm | CompositeAlarm;

export type HistoryType = 'StateUpdate' | 'ConfigurationUpdate' | 'Action';

export interface HistoryItem {
  alarmName: string;
  alarmType: 'MetricAlarm' | 'CompositeAlarm';
  type: HistoryType;
  at: number;
  summary: string;
  /** JSON as text. */
  data: string;
}

export const INITIAL_REASON = 'Unchecked: Initial alarm creation';

/** What a new alarm has before anything evaluated it. */
export function newAlarmBase(name: string, arn: string, at: number): AlarmBase {
  return {
    name,
    arn,
    description: null,
    actionsEnabled: true,
    alarmActions: [],
    okActions: [],
    insufficientDataActions: [],
    configurationUpdatedAt: at,
    state: 'INSUFFICIENT_DATA',
    reason: INITIAL_REASON,
    reasonData: null,
    stateUpdatedAt: at,
    stateTransitionedAt: at,
    heldUntil: 0,
  };
}
