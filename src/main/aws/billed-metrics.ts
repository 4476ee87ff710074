import type { GetMetricDataInput, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch';

/**
 * How many metrics a GetMetricData call is billed for: those it names, and the series that a SEARCH or a
 * Metrics Insights query found. Math over named metrics costs nothing more; further pages of the same
 * question name nothing new. https://aws.amazon.com/cloudwatch/pricing/
 */
export function billedMetrics(input: GetMetricDataInput, output: GetMetricDataOutput): number {
  const queries = input.MetricDataQueries ?? [];
  const named = input.NextToken === undefined ? queries.filter((query) => query.MetricStat) : [];
  const finding = new Set(
    queries.flatMap(({ Id, Expression }) => (Expression && finds(Expression) ? [Id] : [])),
  );
  const results = Array.isArray(output.MetricDataResults) ? output.MetricDataResults : [];
  return named.length + results.filter((result) => finding.has(result?.Id)).length;
}

const finds = (expression: string): boolean => /^\s*select\b|\bSEARCH\s*\(/i.test(expression);
