import type { Severity } from '../severity/severity';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type AlarmKind = 'metric' | 'composite';
export type MissingDataTreatment = 'missing' | 'notBreaching' | 'breaching' | 'ignore';

export interface Dimension {
  name: string;
  value: string;
}

/** One entry of a metric-math alarm's `Metrics`. */
export interface AlarmMetricQuery {
  id: string;
  expression: string | null;
  label: string | null;
  returnData: boolean;
  namespace: string | null;
  metricName: string | null;
  dimensions: Dimension[];
  stat: string | null;
  periodSeconds: number | null;
  unit: string | null;
  accountId: string | null;
}

/** What a metric alarm watches. A plain alarm has one query with id `m1`; a math alarm has several. */
export interface MetricRule {
  queries: AlarmMetricQuery[];
  periodSeconds: number;
  evaluationPeriods: number;
  datapointsToAlarm: number;
  /** Null for anomaly-detection alarms, which compare with the band named by `thresholdMetricId`. */
  threshold: number | null;
  thresholdMetricId: string | null;
  /** CloudWatch's ComparisonOperator, e.g. `GreaterThanThreshold`. */
  comparison: string;
  treatMissingData: MissingDataTreatment;
}

export interface CompositeRule {
  /** CloudWatch's AlarmRule expression. */
  expression: string;
  suppressorArn: string | null;
}

/** An alarm as CloudWatch describes it, in one connection and region. All times: ms since epoch, UTC. */
export interface Alarm {
  /** `connectionId|arn`: unique in the console. */
  key: string;
  arn: string;
  name: string;
  connectionId: string;
  accountId: string;
  region: string;
  kind: AlarmKind;
  description: string;
  state: AlarmState;
  stateReason: string;
  /** CloudWatch's StateReasonData, JSON as text; null where it has none. */
  stateReasonData: string | null;
  /** When CloudWatch last evaluated it into its state. */
  stateUpdatedAt: number;
  /** When it last changed its state (falls back to stateUpdatedAt). */
  stateTransitionedAt: number;
  configurationUpdatedAt: number;
  actionsEnabled: boolean;
  alarmActions: string[];
  okActions: string[];
  insufficientDataActions: string[];
  /** Null while not asked for yet (tags need a call per alarm). */
  tags: Record<string, string> | null;
  metric: MetricRule | null;
  composite: CompositeRule | null;
  /** Local rules state their severity themselves: no severity rule overrules it. */
  ownSeverity?: Severity;
  /** Local rules: since when it could not be evaluated (ms); null or missing while it can. */
  blindSince?: number | null;
}

/** Where a transition was found. */
export type TransitionSource = 'poll' | 'sweep' | 'history' | 'push' | 'local';

/** A change of state, found once however many ways it is seen. */
export interface AlarmTransition {
  /** Same for the same change seen by poll, history or push. */
  id: string;
  alarmKey: string;
  connectionId: string;
  alarmName: string;
  region: string;
  kind: AlarmKind;
  severity: Severity;
  from: AlarmState | null;
  to: AlarmState;
  /** When CloudWatch says it happened. */
  at: number;
  /** When the console saw it. */
  seenAt: number;
  reason: string;
  source: TransitionSource;
  /** False when the alarm was already in ALARM the first time this console ever saw it. */
  observed: boolean;
}

/** What the list shows of an alarm: small, because ten thousand cross at once. */
export interface AlarmRow {
  key: string;
  name: string;
  connectionId: string;
  accountId: string;
  region: string;
  kind: AlarmKind;
  state: AlarmState;
  severity: Severity;
  /** What broke, short: "5XX 43 in 5 min, limit 10". */
  summary: string;
  stateSince: number;
  /** The open incident, if any. */
  incidentId: string | null;
  incidentState: 'triggered' | 'acknowledged' | 'snoozed' | null;
  owner: string | null;
  acknowledgedAt: number | null;
  snoozedUntil: number | null;
  mutedUntil: number | null;
  /** Transitions into ALARM in the last 20 minutes. */
  flaps: number;
  recoveredAt: number | null;
  /** A sentence why it can never fire (no data, actions off …), or null. */
  cannotFire: string | null;
  actionsEnabled: boolean;
  /** Its connection's data is older than twice the interval: the state may be wrong. */
  stale: boolean;
}

/** A composite's rule resolved to what the console knows of its children. */
export interface CompositeNode {
  name: string;
  /** Null when the console does not see this child. */
  key: string | null;
  state: AlarmState | null;
  /** Whether this child takes part in the composite firing now. */
  firing: boolean;
  children: CompositeNode[];
}

export interface AlarmDetail {
  alarm: Alarm;
  severity: Severity;
  /** Which severity rule decided (id), or null for the built-in default. */
  severityRuleId: string | null;
  /** One sentence: what broke, value against threshold, for how long. */
  sentence: string;
  composite: CompositeNode | null;
  /** Link to the alarm in the AWS console. */
  consoleUrl: string;
}
