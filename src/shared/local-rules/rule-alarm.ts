/** A local rule and its state as an alarm, so that list, detail, graph and incidents treat it as any other. */
import type { Alarm, AlarmMetricQuery, AlarmState, MetricRule } from '../alarms/alarm';
import type { MetricQuery } from '../metrics/query';
import type { RuleState } from './evaluate';
import { localArn, localKey } from './local-key';
import type { LocalRule } from './local-rule';

export interface RuleStanding {
  state: AlarmState;
  /** When it came into that state (ms). */
  since: number;
  evaluatedAt: number;
  reason: string;
  value: number | null;
  /** Since when it could not be evaluated (ms); null while it can. */
  blindSince: number | null;
}

export const standingOf = (state: RuleState, reason: string): RuleStanding => ({
  state: state.state,
  since: state.since,
  evaluatedAt: state.evaluatedAt,
  reason,
  value: state.value,
  blindSince: null,
});

export function ruleAlarm(rule: LocalRule, standing: RuleStanding, accountId: string): Alarm {
  return {
    key: localKey(rule.id),
    arn: localArn(rule.id),
    name: rule.name,
    connectionId: rule.connectionId,
    accountId,
    region: rule.region,
    kind: 'metric',
    description: rule.description,
    state: standing.state,
    stateReason: standing.reason,
    stateReasonData: reasonData(rule, standing),
    stateUpdatedAt: standing.evaluatedAt,
    stateTransitionedAt: standing.since,
    configurationUpdatedAt: 0,
    actionsEnabled: true,
    alarmActions: [],
    okActions: [],
    insufficientDataActions: [],
    tags: {},
    metric: metricRule(rule),
    composite: null,
    ownSeverity: rule.severity,
    blindSince: standing.blindSince,
  };
}

/** In the form of CloudWatch's StateReasonData, which every sentence about an alarm is made from. */
const reasonData = (rule: LocalRule, { value }: RuleStanding): string =>
  JSON.stringify({
    statistic: watchedStat(rule),
    period: rule.windowSeconds,
    threshold: rule.threshold,
    recentDatapoints: value === null ? [] : [value],
  });

/** A sum grows with the window, whatever is summed; other reductions keep the query's own meaning. */
const watchedStat = (rule: LocalRule): string | null =>
  rule.reducer === 'sum'
    ? 'Sum'
    : (rule.queries.find(({ id }) => id === rule.watchedId)?.stat ?? null);

function metricRule(rule: LocalRule): MetricRule {
  const periods = Math.max(1, Math.ceil(rule.forSeconds / rule.windowSeconds));
  return {
    queries: rule.queries.map((query) => alarmQuery(query, query.id === rule.watchedId)),
    periodSeconds: rule.windowSeconds,
    evaluationPeriods: periods,
    datapointsToAlarm: periods,
    threshold: rule.threshold,
    thresholdMetricId: null,
    comparison: comparisonName(rule.comparison),
    treatMissingData: missingName(rule.noData),
  };
}

const alarmQuery = (query: MetricQuery, watched: boolean): AlarmMetricQuery => ({
  id: query.id,
  expression: query.expression,
  label: query.label,
  returnData: watched,
  namespace: query.metric?.namespace ?? null,
  metricName: query.metric?.metricName ?? null,
  dimensions: query.metric?.dimensions ?? [],
  stat: query.stat,
  periodSeconds: query.periodSeconds,
  unit: query.unit,
  accountId: query.accountId,
});

function comparisonName(comparison: LocalRule['comparison']): string {
  switch (comparison) {
    case '>':
      return 'GreaterThanThreshold';
    case '>=':
      return 'GreaterThanOrEqualToThreshold';
    case '<':
      return 'LessThanThreshold';
    case '<=':
      return 'LessThanOrEqualToThreshold';
  }
}

function missingName(noData: LocalRule['noData']): MetricRule['treatMissingData'] {
  switch (noData) {
    case 'ok':
      return 'notBreaching';
    case 'alarm':
      return 'breaching';
    case 'no-data':
      return 'missing';
    case 'keep':
      return 'ignore';
  }
}
