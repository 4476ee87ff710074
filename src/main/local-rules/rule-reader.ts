import type { Failure } from '../../shared/failure';
import { FailureError } from '../../shared/failure';
import type { RuleSeries } from '../../shared/local-rules/evaluate';
import type { LocalRule } from '../../shared/local-rules/local-rule';
import type { Freshness, SeriesHead, SeriesSet } from '../../shared/metrics/query';
import type { MetricService } from '../seams';

/** Periods asked before the window, so that late points of its beginning are there. */
const LEAD_PERIODS = 2;
const DEFAULT_PERIOD_S = 60;

/**
 * The datapoints a rule looks at.
 * Rejects with a `FailureError` also where the service could only answer with what was known before: a
 * rule judged on old data would look healthy.
 */
export async function readSeries(
  metrics: Pick<MetricService, 'query'>,
  rule: LocalRule,
  now: number,
  freshness: Freshness,
  signal: AbortSignal,
): Promise<RuleSeries[]> {
  const periodMs = 1000 * Math.max(...rule.queries.map((q) => q.periodSeconds ?? DEFAULT_PERIOD_S));
  const set = await metrics.query(
    {
      connectionId: rule.connectionId,
      region: rule.region,
      queries: rule.queries.map((query) => ({
        ...query,
        returnData: query.id === rule.watchedId,
      })),
      startMs:
        Math.floor((now - rule.windowSeconds * 1000) / periodMs) * periodMs -
        LEAD_PERIODS * periodMs,
      endMs: Math.ceil((now + 1) / periodMs) * periodMs,
      labelOffset: '+0000',
    },
    freshness,
    signal,
  );
  if (set.failure !== null) throw new FailureError(set.failure);
  if (set.state === 'paused') throw new FailureError(pausedFailure(rule));
  return seriesOf(set, rule);
}

function seriesOf(set: SeriesSet, rule: LocalRule): RuleSeries[] {
  const heads: SeriesHead[] = JSON.parse(set.headsJson);
  const own = heads.filter(({ queryId }) => queryId === rule.watchedId);
  const failed = own.find(({ status }) => status === 'failed');
  if (failed !== undefined) throw new FailureError(seriesFailure(rule, failed));
  return own.map((head) => {
    const points: { at: number; value: number }[] = [];
    for (let index = 0; index < head.count; index += 1) {
      const value = set.values[head.offset + index];
      if (value === undefined || Number.isNaN(value)) continue;
      points.push({ at: head.startMs + index * head.periodMs, value });
    }
    return { label: own.length > 1 ? head.label : null, points, periodMs: head.periodMs };
  });
}

const pausedFailure = (rule: LocalRule): Failure => ({
  kind: 'paused',
  connectionId: rule.connectionId,
  operation: 'GetMetricData',
  message: 'Metric queries are paused: the cost cap of the settings is reached.',
  advice: 'Raise the cap, or resume for an hour.',
});

const seriesFailure = (rule: LocalRule, head: SeriesHead): Failure => ({
  kind: 'invalid',
  connectionId: rule.connectionId,
  operation: 'GetMetricData',
  message: head.messages[0] ?? 'CloudWatch could not work out the rule’s query.',
  advice: 'Check the query of the rule.',
});
