/** Replays what AWS answered to metric calls: labels, units, statistics, order, messages. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  ListMetricsCommand,
  type MetricDatum,
  PutMetricDataCommand,
  type StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type DemoAws, startDemo } from '../../../src/demo';

const shared =
  process.env['NIGHTDESK_SHARED'] ?? path.resolve(import.meta.dirname, '../../../../shared');
const folder = path.join(shared, 'aws-recorded/cloudwatch');
const present = existsSync(folder);
if (!present) console.log(`skipped: no recordings in ${folder}`);

const fileSchema = z.record(
  z.string(),
  z.object({ 'recorded-content': z.record(z.string(), z.unknown()) }),
);
const read = (name: string) =>
  present ? fileSchema.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))) : {};
const recordings = {
  ...read('test_cloudwatch.snapshot.json'),
  ...read('test_cloudwatch_metrics.snapshot.json'),
};

const answerSchema = z.object({
  Messages: z.array(z.unknown()),
  MetricDataResults: z.array(
    z.object({
      Id: z.string(),
      Label: z.string(),
      Values: z.array(z.number()),
      StatusCode: z.string(),
      Messages: z.array(z.unknown()).optional(),
    }),
  ),
});
type Answer = z.infer<typeof answerSchema>;

function recorded(name: string, step: string): Answer {
  const key = Object.keys(recordings).find((candidate) => candidate.endsWith(`::${name}`));
  return answerSchema.parse(recordings[key ?? '']?.['recorded-content'][step]);
}

let demo: DemoAws;
let aws: CloudWatchClient;
beforeAll(async () => {
  demo = await startDemo({ systems: [], evaluateEveryMs: Infinity });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  aws = new CloudWatchClient({ endpoint: demo.endpoint, region: 'us-east-1', credentials });
});
afterAll(async () => {
  aws.destroy();
  await demo.stop();
});

let spaces = 0;
const namespace = (): string => `test/${(spaces += 1)}`;
/** A whole minute some time ago. */
const minuteAgo = (minutes: number): Date =>
  new Date(Math.floor(demo.now() / 60_000) * 60_000 - minutes * 60_000);
const put = (Namespace: string, MetricData: MetricDatum[]) =>
  aws.send(new PutMetricDataCommand({ Namespace, MetricData }));

interface Asked {
  Id: string;
  MetricName: string;
  Stat: string;
  Period?: number;
  Unit?: StandardUnit;
  Dimensions?: { Name: string; Value: string }[];
}

async function answer(Namespace: string, start: Date, asked: Asked[]): Promise<Answer> {
  const input: GetMetricDataCommandInput = {
    StartTime: start,
    EndTime: new Date(start.getTime() + 60_000),
    MetricDataQueries: asked.map(({ Id, MetricName, Stat, Period = 60, Unit, Dimensions }) => ({
      Id,
      MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat, Unit },
    })),
  };
  return answerSchema.parse(await aws.send(new GetMetricDataCommand(input)));
}

describe.skipIf(!present)('as recorded from AWS', () => {
  test('several metrics, in the order asked', async () => {
    const space = namespace();
    const at = minuteAgo(5);
    const values = { metric1: 50, metric2: 25, metric3: 55 };
    await put(
      space,
      Object.entries(values).map(([MetricName, Value]) => ({ MetricName, Value, Timestamp: at })),
    );
    const got = await answer(
      space,
      at,
      ['1', '2', '3'].map((n) => ({ Id: `result${n}`, MetricName: `metric${n}`, Stat: 'Sum' })),
    );
    expect(got).toEqual(
      recorded('test_get_metric_data_for_multiple_metrics[json]', 'get_metric_data'),
    );
  });

  test.each(['Sum', 'SampleCount', 'Minimum', 'Maximum', 'Average'])('%s', async (Stat) => {
    const space = namespace();
    const at = minuteAgo(5);
    const values = Array.from({ length: 11 }, (_, index) => index + 1);
    await put(
      space,
      values.map((Value) => ({ MetricName: 'metric1', Value, Timestamp: at })),
    );
    const got = await answer(space, at, [{ Id: 'result1', MetricName: 'metric1', Stat }]);
    expect(got).toEqual(recorded(`test_get_metric_data_stats[json-${Stat}]`, 'get_metric_data'));
  });

  test('exactly the dimensions asked for', async () => {
    const space = namespace();
    const at = minuteAgo(5);
    const dimension = (Value: string) => [{ Name: 'InstanceId', Value }];
    await put(space, [
      { MetricName: 'metric1', Value: 1, Timestamp: at },
      { MetricName: 'metric1', Value: 5, Timestamp: at, Dimensions: dimension('one') },
      { MetricName: 'metric1', Value: 11, Timestamp: at, Dimensions: dimension('two') },
    ]);
    const got = await answer(space, at, [
      { Id: 'result1', MetricName: 'metric1', Stat: 'Sum', Dimensions: dimension('two') },
    ]);
    expect(got).toEqual(recorded('test_get_metric_data_with_dimensions[json]', 'get_metric_data'));
  });

  const pairs: [Asked, Asked][] = (
    [
      ['Sum', 60, 'Seconds', 'Minimum', 30, 'Seconds'],
      ['Sum', 60, 'Seconds', 'Minimum', 60, 'Seconds'],
      ['Sum', 60, 'Seconds', 'Sum', 30, 'Seconds'],
      ['Sum', 60, 'Seconds', 'Minimum', 30, 'Milliseconds'],
      ['Sum', 60, 'Seconds', 'Minimum', 60, 'Milliseconds'],
      ['Sum', 60, 'Seconds', 'Sum', 30, 'Milliseconds'],
      ['Sum', 60, 'Seconds', 'Sum', 60, 'Milliseconds'],
    ] as const
  ).map(([stat1, period1, unit1, stat2, period2, unit2]) => [
    asked(stat1, period1, unit1),
    asked(stat2, period2, unit2),
  ]);
  function asked(Stat: string, Period: number, Unit: StandardUnit): Asked {
    return { Id: `result_${Stat}_${Period}_${Unit}`, MetricName: 'metric1', Stat, Period, Unit };
  }
  test.each(pairs.map((pair, index) => [index, pair] as const))(
    'labels of pair %d tell what differs',
    async (index, pair) => {
      const space = namespace();
      const at = minuteAgo(5);
      await put(
        space,
        [0, 2, 7, 100].map((Value) => ({
          MetricName: 'metric1',
          Value,
          Unit: 'Seconds',
          Timestamp: at,
        })),
      );
      expect(await answer(space, at, pair)).toEqual(
        recorded(`test_label_generation[json-input_pairs${index}]`, 'label_generation'),
      );
    },
  );

  test('one unit of several', async () => {
    const space = namespace();
    const at = minuteAgo(5);
    await put(space, [
      { MetricName: 'm-test', Value: 10, Timestamp: at },
      { MetricName: 'm-test', Value: 5, Unit: 'Count', Timestamp: at },
      { MetricName: 'm-test', Value: 1, Unit: 'Seconds', Timestamp: at },
    ]);
    const got = await answer(space, at, [
      { Id: 'm1', MetricName: 'm-test', Stat: 'Average', Unit: 'Seconds' },
    ]);
    expect(got).toEqual(
      recorded(
        'test_get_metric_data_with_different_units[json]',
        'get_metric_data_with_different_units',
      ),
    );
  });

  const mixed: Pick<MetricDatum, 'Value' | 'Unit'>[][] = [
    [
      { Value: 60_000, Unit: 'Milliseconds' },
      { Value: 60, Unit: 'Seconds' },
    ],
    [
      { Value: 60, Unit: 'Seconds' },
      { Value: 120_000, Unit: 'Milliseconds' },
    ],
    [
      { Value: 60, Unit: 'Seconds' },
      { Value: 120_000, Unit: 'Milliseconds' },
      { Value: 5, Unit: 'Count' },
    ],
  ];
  test.each(mixed.map((data, index) => [index, data] as const))(
    'several units, none asked for: a message, and the first one’s data (%d)',
    async (index, data) => {
      const space = namespace();
      const at = minuteAgo(5);
      await put(
        space,
        data.map((datum) => ({ ...datum, MetricName: 'm-test', Timestamp: at })),
      );
      const got = await answer(space, at, [{ Id: 'm1', MetricName: 'm-test', Stat: 'Average' }]);
      expect(got).toEqual(
        recorded(
          `test_get_metric_data_different_units_no_unit_in_query[json-metric_data${index}]`,
          'get_metric_data_with_no_unit_specified',
        ),
      );
    },
  );

  test.each([
    ['test_get_metric_with_no_results[json]', 'result'],
    ['test_get_metric_with_null_dimensions[json]', 'get_metric_with_null_dimensions'],
  ])('%s: no data is an empty, complete answer', async (name, step) => {
    const expected = recorded(name, step);
    const got = await answer(namespace(), minuteAgo(5), [
      { Id: 'result', MetricName: 'nothing', Stat: 'Sum' },
    ]);
    // Identifier and label are templated in the recording.
    const plain = ({ Messages, MetricDataResults }: Answer) => ({
      Messages,
      results: MetricDataResults.map(({ Values, StatusCode }) => ({ Values, StatusCode })),
    });
    expect(plain(got)).toEqual(plain(expected));
  });

  test('metrics of one service: names are labels enough', async () => {
    const space = namespace();
    const at = minuteAgo(5);
    const sent = recorded('test_aws_sqs_metrics_created', 'get_metric_data');
    await put(
      space,
      sent.MetricDataResults.map(({ Label, Values }) => ({
        MetricName: Label,
        Value: Values[0],
        Timestamp: at,
      })),
    );
    const got = await answer(
      space,
      at,
      sent.MetricDataResults.map(({ Id, Label }) => ({ Id, MetricName: Label, Stat: 'Sum' })),
    );
    expect(got).toEqual(sent);
  });

  test('six dimensions, asked for in another order', async () => {
    const key = Object.keys(recordings).find((name) =>
      name.endsWith('::test_multiple_dimensions_statistics[json]'),
    );
    const listed = z
      .object({
        Metrics: z.array(
          z.object({
            MetricName: z.string(),
            Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
          }),
        ),
      })
      .parse(recordings[key ?? '']?.['recorded-content']['list-metrics']);
    const [metric] = listed.Metrics;
    if (metric === undefined) throw new Error('the recording lists no metric');
    const space = namespace();
    const at = minuteAgo(5);
    const { MetricName, Dimensions } = metric;
    await put(space, [{ MetricName, Dimensions, Value: 5, Timestamp: at }]);
    const got = await answer(space, at, [
      { Id: 'result1', MetricName, Stat: 'Maximum', Dimensions: Dimensions.toReversed() },
    ]);
    expect(got).toEqual(
      recorded('test_multiple_dimensions_statistics[json]', 'get-metric-stats-max'),
    );
    const list = await aws.send(new ListMetricsCommand({ Namespace: space }));
    expect(list.Metrics?.map((each) => ({ ...each, Namespace: undefined }))).toEqual([
      { ...metric, Namespace: undefined },
    ]);
  });
});
