import { z } from 'zod';
import { invalidCombination, invalidNextToken, invalidValue, validationError } from '../errors';
import { ExpressionError } from '../metrics/expression';
import { isInsights } from '../metrics/insights/parse-insights';
import { defaultLabelsById, isPeriod, Solver } from '../metrics/queries';
import { isStatistic } from '../metrics/statistics';
import { Pace } from '../metrics/steps';
import type { MetricQuery } from '../model';
import { type DataPage, MetricDataPages } from './metric-data-pages';
import { linesOfQuery } from './metric-data-lines';
import type { Operation, OperationContext } from './operation';
import { decodeToken, encodeToken } from './paging';
import { parseInput } from './parse';
import { querySchema } from './query-schema';

const MAX_QUERIES = 500;
const MAX_POINTS = 100_800;
const inputSchema = z.object({
  MetricDataQueries: z.array(querySchema).min(1),
  StartTime: z.number(),
  EndTime: z.number(),
  NextToken: z.string().optional(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).optional(),
  MaxDatapoints: z.number().int().min(1).max(MAX_POINTS).optional(),
  LabelOptions: z
    .object({
      Timezone: z
        .string()
        .regex(/^[+-]\d{4}$/)
        .optional(),
    })
    .optional(),
});
export type MetricDataInput = z.infer<typeof inputSchema>;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export const getMetricData: Operation = async (context, body) => {
  const input = parseInput(inputSchema, body);
  validate(input);
  const { NextToken, ...question } = input;
  const token = NextToken === undefined ? null : decodeToken(question, NextToken, invalidNextToken);
  const pages = new MetricDataPages(input.MaxDatapoints ?? MAX_POINTS, token);
  const tooMany = await fillPage(pages, context, input);
  const page = pages.page();
  return {
    MetricDataResults: page.results,
    Messages: tooMany
      ? [{ Code: 'MaxMetricsExceeded', Value: 'Maximum number of allowed metrics exceeded' }]
      : [],
    NextToken: page.next === null ? undefined : encodeToken(question, page.next),
  };
};

/** True when a search found more than is answered. */
async function fillPage(
  pages: MetricDataPages,
  { region, world }: OperationContext,
  input: MetricDataInput,
): Promise<boolean> {
  const queries = input.MetricDataQueries;
  const now = world.now();
  const pace = new Pace();
  let tooMany = false;
  const solver = new Solver(
    {
      source: region.metrics,
      accountId: region.accountId,
      queries,
      now,
      onTooMany: () => (tooMany = true),
    },
    { startMs: input.StartTime * 1000, endMs: input.EndTime * 1000, aligned: true },
  );
  const labels = defaultLabelsById(queries);
  const context = {
    region: region.name,
    accountId: region.accountId,
    timezone: input.LabelOptions?.Timezone ?? '+0000',
    now,
  };
  const wanted = queries.filter((query) => query.ReturnData ?? true);
  for (const [index, query] of wanted.entries()) {
    if (pages.before(index)) continue;
    if (pages.full()) {
      pages.stopBefore(index);
      break;
    }
    const lines = isForbidden(query, region.accountId)
      ? []
      : linesOfQuery(
          query,
          await answering(query, pace.run(solver.resolve(query.Id))),
          labels,
          context,
        );
    pages.add(index, query, lines, {
      ascending: input.ScanBy === 'TimestampAscending',
      messages: messagesOf(query, region, input),
      forbidden: isForbidden(query, region.accountId),
    });
  }
  return tooMany;
}

/** One expression that is wrong fails the whole call. */
async function answering<T>(query: MetricQuery, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw validationError(`Error in expression '${query.Id}': ${error.message}`);
  }
}

const isForbidden = (query: MetricQuery, accountId: string): boolean =>
  query.AccountId !== undefined && query.AccountId !== accountId;

function messagesOf(
  { MetricStat: stat }: MetricQuery,
  region: OperationContext['region'],
  { StartTime, EndTime }: MetricDataInput,
): DataPage['results'][number]['Messages'] {
  if (stat === undefined || stat.Unit !== undefined) return undefined;
  const periodMs = stat.Period * 1000;
  const start = Math.floor((StartTime * 1000) / periodMs) * periodMs;
  const units = region.metrics.unitsOf(
    {
      namespace: stat.Metric.Namespace,
      metricName: stat.Metric.MetricName,
      dimensions: stat.Metric.Dimensions,
    },
    start,
    EndTime * 1000,
  );
  return units.length > 1
    ? [{ Code: 'MultipleUnits', Value: `Multiple units returned: '[${units.join(', ')}]'` }]
    : undefined;
}

function validate({ MetricDataQueries: queries, StartTime, EndTime }: MetricDataInput): void {
  if (StartTime >= EndTime) {
    throw validationError('The parameter EndTime must be greater than StartTime.');
  }
  if (queries.length > MAX_QUERIES) {
    throw validationError(
      `The collection MetricDataQueries must not have a size greater than ${MAX_QUERIES}.`,
    );
  }
  if (new Set(queries.map((query) => query.Id)).size < queries.length) {
    throw validationError('The values for parameter id in MetricDataQueries are not unique.');
  }
  if (queries.filter((query) => isInsights(query.Expression ?? '')).length > 1) {
    throw validationError('Maximum number of queries (1) exceeded');
  }
  queries.forEach((query, index) => validateQuery(query, `MetricDataQueries.member.${index + 1}`));
}

function validateQuery({ Expression, MetricStat: stat, Period }: MetricQuery, path: string): void {
  if (Expression !== undefined && stat !== undefined) {
    throw invalidCombination(
      `The parameters ${path}.Expression and ${path}.MetricStat are mutually exclusive and you have specified both.`,
    );
  }
  if (Expression === undefined && stat === undefined) {
    throw validationError(`The parameter ${path} must have either Expression or MetricStat.`);
  }
  if (stat !== undefined && !isStatistic(stat.Stat)) {
    throw invalidValue(
      `The value ${stat.Stat} for parameter ${path}.MetricStat.Stat is not supported.`,
    );
  }
  const period = stat?.Period ?? Period ?? 60;
  if (!isPeriod(period)) {
    throw invalidValue(
      `The parameter ${path}.MetricStat.Period must be 1, 5, 10, 20, 30 or a multiple of 60.`,
    );
  }
}
