import { assertNever } from '../../../shared/assert-never';
import { Tallies } from '../computed';
import type { Grid } from '../grid';
import { type MetricIdentity, metricKey, type MetricSource } from '../metric-source';
import { hasDimensions } from '../search/find-metrics';
import { like, type Series } from '../series';
import { sortLines } from '../sort-lines';
import type { Steps } from '../steps';
import { type InsightFunction, type InsightQuery, MAX_SERIES } from './parse-insights';

/** Group of metrics that lack a dimension the query groups by. */
const OTHER = 'Other';
const ACCOUNT = 'AWS.AccountId';

interface Group {
  label: string;
  metrics: MetricIdentity[];
}

/** Answers a query, one line per group; without GROUP BY one line, if anything matches. */
export function* runInsights(
  query: InsightQuery,
  { source, accountId }: { source: MetricSource; accountId: string },
  on: Grid,
  now: number,
): Steps<Series[]> {
  const lines: Series[] = [];
  for (const group of groupsOf(query, source.list(), accountId)) {
    const tallies = new Tallies(on.length);
    for (const { namespace, metricName, dimensions } of group.metrics) {
      const own = source.tallies(metricKey(namespace, metricName, dimensions), on, now);
      if (own !== null) tallies.addAll(own);
      yield;
    }
    lines.push(lineOf(query.of, tallies, on, group.label));
  }
  const sorted =
    query.orderBy === null
      ? lines
      : sortLines(lines, orderOf(query.orderBy.of), query.orderBy.order);
  return sorted.slice(0, Math.min(query.limit, MAX_SERIES));
}

const orderOf = (of: InsightFunction) => (of === 'COUNT' ? 'DATAPOINT_COUNT' : of);

function groupsOf(
  query: InsightQuery,
  metrics: readonly MetricIdentity[],
  accountId: string,
): Group[] {
  const valueOf = (metric: MetricIdentity, key: string): string | undefined =>
    key === ACCOUNT ? accountId : metric.dimensions.find(({ Name }) => Name === key)?.Value;
  const groups = new Map<string, Group>();
  for (const metric of metrics) {
    const holds = query.where.every(
      ({ key, equal, value }) => (valueOf(metric, key) === value) === equal,
    );
    if (!holds || !isAsked(query, metric)) continue;
    const names = query.groupBy.map((key) => valueOf(metric, key) ?? OTHER);
    const key = JSON.stringify(names);
    const group = groups.get(key) ?? { label: names.join(' '), metrics: [] };
    group.metrics.push(metric);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}

const isAsked = (query: InsightQuery, metric: MetricIdentity): boolean =>
  metric.namespace === query.namespace &&
  metric.metricName === query.metricName &&
  (query.dimensions === null || hasDimensions(metric, query.dimensions));

function lineOf(of: InsightFunction, tallies: Tallies, on: Grid, label: string): Series {
  const values = new Float64Array(on.length).fill(Number.NaN);
  for (let index = 0; index < on.length; index += 1) {
    if ((tallies.count[index] ?? 0) > 0) values[index] = valueAt(of, tallies, index);
  }
  return like({ on, values, label, metric: null }, values);
}

function valueAt(of: InsightFunction, tallies: Tallies, index: number): number {
  const sum = tallies.sum[index] ?? 0;
  const count = tallies.count[index] ?? 0;
  switch (of) {
    case 'AVG':
      return sum / count;
    case 'COUNT':
      return count;
    case 'MAX':
      return tallies.max[index] ?? Number.NaN;
    case 'MIN':
      return tallies.min[index] ?? Number.NaN;
    case 'SUM':
      return sum;
    default:
      return assertNever(of);
  }
}
