import { z } from 'zod';
import { invalidNextToken, invalidValue, validationError } from '../errors';
import { ExpressionError } from '../metrics/expression';
import { grid, type Grid, querySolver } from '../metrics/queries';
import { metricKey } from '../metrics/metric-source';
import { isStatistic } from '../metrics/statistics';
import type { Value } from '../metrics/math';
import type { MetricQuery, MetricStat } from '../model';
import type { Operation, OperationContext } from './operation';
import { decodeToken, encodeToken } from './paging';
import { parseInput } from './parse';
import { querySchema } from './query-schema';

const MAX_POINTS = 100_800;
const inputSchema = z.object({
  MetricDataQueries: z.array(querySchema).min(1).max(500),
  StartTime: z.number(),
  EndTime: z.number(),
  NextToken: z.string().optional(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).optional(),
  MaxDatapoints: z.number().int().min(1).max(MAX_POINTS).optional(),
  LabelOptions: z.object({ Timezone: z.string().optional() }).optional(),
});
type Input = z.infer<typeof inputSchema>;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export const getMetricData: Operation = (context, body) => {
  const input = parseInput(inputSchema, body);
  validate(input);
  const { NextToken, ...question } = input;
  const wanted = input.MetricDataQueries.filter((query) => query.ReturnData ?? true);
  const from =
    NextToken === undefined ? 0 : Number(decodeToken(question, NextToken, invalidNextToken));
  const limit = input.MaxDatapoints ?? MAX_POINTS;
  const results: Record<string, unknown>[] = [];
  let points = 0;
  let next = from;
  // Whole series per page: a series is cut only when it alone is longer than a page.
  for (; next < wanted.length; next += 1) {
    const query = wanted[next];
    if (query === undefined) break;
    const result = resultOf(context, input, query, limit);
    if (results.length > 0 && points + result.Values.length > limit) break;
    points += result.Values.length;
    results.push(result);
  }
  return {
    MetricDataResults: results,
    Messages: [],
    NextToken: next < wanted.length ? encodeToken(question, String(next)) : undefined,
  };
};

function validate(input: Input): void {
  if (input.StartTime >= input.EndTime) {
    throw validationError('The parameter EndTime must be greater than StartTime.');
  }
  const ids = new Set<string>();
  for (const query of input.MetricDataQueries) {
    if (ids.has(query.Id))
      throw validationError(
        `The values for parameter id in parameter MetricDataQueries are not unique: ${query.Id}`,
      );
    ids.add(query.Id);
    if ((query.Expression === undefined) === (query.MetricStat === undefined)) {
      throw validationError('Either Expression or MetricStat must be given, and not both.');
    }
    if (query.MetricStat !== undefined && !isStatistic(query.MetricStat.Stat)) {
      throw invalidValue(
        `The value ${query.MetricStat.Stat} for parameter MetricDataQueries.member.1.MetricStat.Stat is not supported.`,
      );
    }
  }
}

function periodMs(query: MetricQuery, all: readonly MetricQuery[]): number {
  const own = query.MetricStat?.Period ?? query.Period;
  if (own !== undefined) return own * 1000;
  return Math.max(60, ...all.map((other) => other.MetricStat?.Period ?? 0)) * 1000;
}

interface Result extends Record<string, unknown> {
  Values: number[];
}

function resultOf(
  { region, world }: OperationContext,
  input: Input,
  query: MetricQuery,
  limit: number,
): Result {
  const step = periodMs(query, input.MetricDataQueries);
  const start = Math.floor((input.StartTime * 1000) / step) * step;
  const on = grid(start, input.EndTime * 1000, step);
  const base = { Id: query.Id, Label: query.Label ?? defaultLabel(query, input.MetricDataQueries) };
  try {
    const value = querySolver(region.metrics, input.MetricDataQueries, on, world.now())(query.Id);
    const pairs = pairsOf(value, on);
    if (input.ScanBy !== 'TimestampAscending') pairs.reverse();
    const kept = pairs.slice(0, limit);
    const units =
      query.MetricStat === undefined || query.MetricStat.Unit !== undefined ? [] : unitsOf();
    return {
      ...base,
      Timestamps: kept.map(([at]) => at / 1000),
      Values: kept.map(([, v]) => v),
      StatusCode: kept.length < pairs.length ? 'PartialData' : 'Complete',
      Messages:
        units.length > 1
          ? [{ Code: 'MultipleUnits', Value: `Multiple units returned: '[${units.join(', ')}]'` }]
          : undefined,
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw validationError(`Error in expression '${query.Id}': ${error.message}`);
  }

  function unitsOf(): string[] {
    const metric = query.MetricStat?.Metric;
    if (metric === undefined) return [];
    const key = metricKey(metric.Namespace, metric.MetricName, metric.Dimensions);
    return region.metrics.unitsIn(key, start, input.EndTime * 1000);
  }
}

function pairsOf(value: Value, on: Grid): [number, number][] {
  const at = (index: number): number => on.starts[index] ?? 0;
  switch (value.kind) {
    case 'series':
      return value.points.flatMap((v, i): [number, number][] => (v === null ? [] : [[at(i), v]]));
    case 'scalar':
      return on.starts.map((start) => [start, value.value]);
    case 'band':
      return value.upper.flatMap((v, i): [number, number][] => (v === null ? [] : [[at(i), v]]));
    case 'list':
    case 'text':
      throw new ExpressionError('the expression must answer one time series');
  }
}

/** The metric's name, then what tells it from its neighbours: statistic and period where they differ. */
function defaultLabel(query: MetricQuery, all: readonly MetricQuery[]): string {
  const stat = query.MetricStat;
  if (stat === undefined) return query.Id;
  const stats = all.flatMap((other) => (other.MetricStat === undefined ? [] : [other.MetricStat]));
  const differs = (of: (s: MetricStat) => unknown): boolean => new Set(stats.map(of)).size > 1;
  const parts = [stat.Metric.MetricName];
  if (differs((s) => s.Metric.MetricName)) return stat.Metric.MetricName;
  if (differs((s) => s.Stat)) parts.push(stat.Stat);
  if (differs((s) => s.Period)) parts.push(String(stat.Period));
  return parts.join(' ');
}
