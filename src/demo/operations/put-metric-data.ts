import { z } from 'zod';
import { invalidCombination, invalidValue, missingParameter } from '../errors';
import { aggregate, type Sample } from '../metrics/statistics';
import type { Operation } from './operation';
import { parseInput } from './parse';
import { dimensionsSchema } from './query-schema';

const datumSchema = z.object({
  MetricName: z.string().min(1),
  Dimensions: dimensionsSchema.optional(),
  Timestamp: z.number().optional(),
  Value: z.number().optional(),
  StatisticValues: z
    .object({ SampleCount: z.number(), Sum: z.number(), Minimum: z.number(), Maximum: z.number() })
    .optional(),
  Values: z.array(z.number()).max(150).optional(),
  Counts: z.array(z.number()).optional(),
  Unit: z.string().optional(),
  StorageResolution: z.number().optional(),
});
type Datum = z.infer<typeof datumSchema>;
const inputSchema = z.object({
  Namespace: z.string().min(1),
  MetricData: z.array(datumSchema).max(1000),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export const putMetricData: Operation = ({ region, world }, body) => {
  const input = parseInput(inputSchema, body);
  const samples = input.MetricData.map((datum, index) => sampleOf(datum, index + 1));
  input.MetricData.forEach((datum, index) => {
    const sample = samples[index];
    if (sample === undefined) return;
    region.metrics.put(input.Namespace, datum.MetricName, datum.Dimensions ?? [], {
      ...sample,
      at: datum.Timestamp === undefined ? world.now() : datum.Timestamp * 1000,
      unit: datum.Unit ?? 'None',
    });
  });
  return {};
};

function sampleOf(datum: Datum, position: number): Sample {
  const path = `MetricData.member.${position}`;
  const both = (other: string): Error =>
    invalidCombination(
      `The parameters ${path}.Value and ${path}.${other} are mutually exclusive and you have specified both.`,
    );
  if (datum.Value !== undefined && datum.Values !== undefined) throw both('Values');
  if (datum.Value !== undefined && datum.StatisticValues !== undefined)
    throw both('StatisticValues');
  if (datum.Counts !== undefined && datum.Counts.length !== (datum.Values ?? []).length) {
    throw invalidValue(
      `The parameters ${path}.Values and ${path}.Counts must be of the same size.`,
    );
  }
  if (datum.StatisticValues !== undefined) {
    const { SampleCount, Sum, Minimum, Maximum } = datum.StatisticValues;
    return { count: SampleCount, sum: Sum, min: Minimum, max: Maximum, opaque: true };
  }
  const values = datum.Values ?? (datum.Value === undefined ? [] : [datum.Value]);
  const sample = aggregate(
    values.map((value, index) => {
      const count = datum.Counts?.[index] ?? 1;
      return { sum: value * count, count, min: value, max: value, values: [{ value, count }] };
    }),
  );
  if (sample === null) throw missingParameter(`${path}.Value`);
  return sample;
}
