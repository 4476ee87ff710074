import { z } from 'zod';
import { invalidNextToken } from '../errors';
import { metricKey } from '../metrics/metric-source';
import { metricAlarmShape } from './alarm-shape';
import type { Operation } from './operation';
import { decodeToken, encodeToken } from './paging';
import { parseInput } from './parse';
import { dimensionsSchema } from './query-schema';

const PAGE = 500;
const listInput = z.object({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string().optional() })).optional(),
  NextToken: z.string().optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
export const listMetrics: Operation = ({ region }, body) => {
  const { NextToken, ...question } = parseInput(listInput, body);
  const found = region.metrics
    .list()
    .filter(
      (metric) =>
        (question.Namespace === undefined || metric.namespace === question.Namespace) &&
        (question.MetricName === undefined || metric.metricName === question.MetricName) &&
        (question.Dimensions ?? []).every((wanted) =>
          metric.dimensions.some(
            (d) =>
              d.Name === wanted.Name && (wanted.Value === undefined || d.Value === wanted.Value),
          ),
        ),
    );
  const from =
    NextToken === undefined ? 0 : Number(decodeToken(question, NextToken, invalidNextToken));
  const page = found.slice(from, from + PAGE);
  return {
    Metrics: page.map((metric) => ({
      Namespace: metric.namespace,
      MetricName: metric.metricName,
      Dimensions: metric.dimensions,
    })),
    OwningAccounts: undefined,
    NextToken: from + PAGE < found.length ? encodeToken(question, String(from + PAGE)) : undefined,
  };
};

const forMetricInput = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: dimensionsSchema.optional(),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Period: z.number().optional(),
  Unit: z.string().optional(),
});

/** Alarms on exactly this metric, its dimensions included. */
export const describeAlarmsForMetric: Operation = ({ region }, body) => {
  const input = parseInput(forMetricInput, body);
  const key = metricKey(input.Namespace, input.MetricName, input.Dimensions ?? []);
  const found = region.sortedAlarms().flatMap((alarm) => {
    if (alarm.kind !== 'metric' || alarm.config.MetricName === undefined) return [];
    const { config } = alarm;
    const same =
      metricKey(config.Namespace ?? '', config.MetricName ?? '', config.Dimensions) === key &&
      (input.Statistic === undefined || input.Statistic === config.Statistic) &&
      (input.ExtendedStatistic === undefined ||
        input.ExtendedStatistic === config.ExtendedStatistic) &&
      (input.Period === undefined || input.Period === config.Period) &&
      (input.Unit === undefined || input.Unit === config.Unit);
    return same ? [metricAlarmShape(alarm)] : [];
  });
  return { MetricAlarms: found };
};
