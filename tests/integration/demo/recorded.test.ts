import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  GetMetricDataCommand,
  ListTagsForResourceCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type DemoAws, startDemo } from '../../../src/demo';

const shared =
  process.env['NIGHTDESK_SHARED'] ?? path.resolve(import.meta.dirname, '../../../../shared');
const file = path.join(shared, 'aws-recorded/cloudwatch/test_cloudwatch.snapshot.json');
const present = existsSync(file);
if (!present) console.log(`skipped: no recordings at ${file}`);
const recordings = present
  ? z
      .record(z.string(), z.object({ 'recorded-content': z.record(z.string(), z.unknown()) }))
      .parse(JSON.parse(readFileSync(file, 'utf8')))
  : {};

/** One recorded answer by test and step. */
function recorded(name: string, step: string): Record<string, unknown> {
  const key = Object.keys(recordings).find((candidate) => candidate.endsWith(`::${name}`));
  return z.record(z.string(), z.unknown()).parse(recordings[key ?? '']?.['recorded-content'][step]);
}

const IGNORED = new Set(['ResponseMetadata', '$metadata', 'AlarmArn', 'LogAlarms']);

/** Shape and fixed values: templated texts, times and ARNs become their kind. */
function normalise(value: unknown): unknown {
  if (value instanceof Date) return 'time';
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value === 'string') return normaliseText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !IGNORED.has(name) && member !== undefined)
      .map(([name, member]) => [name, free(name) ? 'free' : normalise(member)]),
  );
}
/** Names the recording replaced by a template, and times. */
const free = (name: string): boolean =>
  /^(AlarmName|Namespace|MetricName|Timestamps?|.*Timestamp|timestamp|queryDate|startDate|AlarmActions|OKActions)$/.test(
    name,
  );
function normaliseText(text: string): unknown {
  if (text.startsWith('{')) return normalise(JSON.parse(text));
  return text.replace(/\(\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\)/g, '(MM/DD/YY HH:MM:SS)');
}

let demo: DemoAws;
let aws: CloudWatchClient;
beforeAll(async () => {
  demo = await startDemo({ systems: [], evaluateEveryMs: Infinity });
  aws = new CloudWatchClient({
    endpoint: demo.endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  aws.destroy();
  await demo.stop();
});
const describeOne = (name: string) => aws.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));

describe.skipIf(!present)('as recorded from AWS', () => {
  test('a minimal alarm and its defaults', async () => {
    await aws.send(
      new PutMetricAlarmCommand({
        AlarmName: 'minimal',
        MetricName: 'm',
        Namespace: 'n',
        Period: 10,
        Statistic: 'Sum',
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 30,
      }),
    );
    expect(normalise(await describeOne('minimal'))).toEqual(
      normalise(
        recorded('test_describe_minimal_metric_alarm[json]', 'describe_minimal_metric_alarm'),
      ),
    );
    await aws.send(new DeleteAlarmsCommand({ AlarmNames: ['minimal'] }));
    expect(normalise(await describeOne('minimal'))).toEqual(
      normalise(recorded('test_delete_alarm[json]', 'describe-after-delete')),
    );
  });

  const topic = 'arn:aws:sns:us-east-1:111122223333:t';
  const watched = {
    AlarmDescription: 'testing cloudwatch alarms',
    Namespace: 'n',
    Dimensions: [{ Name: 'InstanceId', Value: 'abc' }],
    Period: 10,
    Statistic: 'Average',
    Unit: 'Seconds',
    ComparisonOperator: 'GreaterThanThreshold',
    AlarmActions: [topic],
    OKActions: [topic],
  } as const;
  const mutable = {
    ...watched,
    Dimensions: [...watched.Dimensions],
    AlarmActions: [topic],
    OKActions: [topic],
  };

  test('an alarm that crosses: state, reason, reason data, history, for its metric', async () => {
    await aws.send(
      new PutMetricAlarmCommand({
        ...mutable,
        AlarmName: 'crossing',
        MetricName: 'my-metric1',
        EvaluationPeriods: 1,
        Threshold: 21,
        TreatMissingData: 'ignore',
      }),
    );
    expect(normalise(await describeOne('crossing'))).toEqual(
      normalise(recorded('test_put_metric_alarm', 'describe-alarm')),
    );
    const Dimensions = [{ Name: 'InstanceId', Value: 'abc' }];
    const Timestamp = new Date(demo.now());
    await aws.send(
      new PutMetricDataCommand({
        Namespace: 'n',
        MetricData: [21, 22].map((Value) => ({
          MetricName: 'my-metric1',
          Dimensions,
          Timestamp,
          Unit: 'Seconds',
          Value,
        })),
      }),
    );
    demo.tick();
    const forMetric = await aws.send(
      new DescribeAlarmsForMetricCommand({
        MetricName: 'my-metric1',
        Namespace: 'n',
        Dimensions,
        Statistic: 'Average',
        Unit: 'Seconds',
      }),
    );
    expect(normalise(forMetric)).toEqual(
      normalise(recorded('test_put_metric_alarm', 'describe-alarms-for-metric')),
    );
    const history = await aws.send(
      new DescribeAlarmHistoryCommand({ AlarmName: 'crossing', HistoryItemType: 'StateUpdate' }),
    );
    expect(normalise(history)).toEqual(
      normalise(recorded('test_put_metric_alarm', 'describe-alarm-history')),
    );
  });

  test('missing data treated as breaching', async () => {
    await aws.send(
      new PutMetricAlarmCommand({
        ...mutable,
        AlarmName: 'silent',
        MetricName: 'my-metric101',
        EvaluationPeriods: 2,
        Threshold: 2,
        TreatMissingData: 'breaching',
      }),
    );
    demo.tick();
    expect(normalise(await describeOne('silent'))).toEqual(
      normalise(recorded('test_breaching_alarm_actions[json]', 'alarm-1-describe')),
    );
  });

  test('SetAlarmState and its errors', async () => {
    const set = (AlarmName: string, StateValue: string) =>
      // An unknown state is what is tested, and the SDK does not check enums.
      aws.send(
        new SetAlarmStateCommand(
          JSON.parse(JSON.stringify({ AlarmName, StateValue, StateReason: 'testing alarm' })),
        ),
      );
    const error = z.object({
      Error: z.object({ Code: z.string(), Message: z.string(), QueryErrorCode: z.string() }),
    });
    for (const [name, state, step] of [
      ['crossing', 'INVALID', 'error-invalid-state'],
      ['nowhere', 'OK', 'error-resource-not-found'],
    ] as const) {
      const { Error: expected } = error.parse(recorded('test_set_alarm_invalid_input[json]', step));
      const failure: unknown = await set(name, state).catch((reason: unknown) => reason);
      // The SDK names a modelled error by its shape, which boto calls QueryErrorCode.
      expect(failure).toMatchObject({ name: expected.QueryErrorCode });
      if (expected.Message !== '') expect(failure).toMatchObject({ message: expected.Message });
    }
  });

  test('a composite follows its children, and says which', async () => {
    for (const name of ['simple-1', 'simple-2']) {
      await aws.send(
        new PutMetricAlarmCommand({
          ...mutable,
          AlarmName: name,
          MetricName: name,
          EvaluationPeriods: 1,
          Threshold: 1,
        }),
      );
      await aws.send(
        new SetAlarmStateCommand({ AlarmName: name, StateValue: 'OK', StateReason: 'x' }),
      );
    }
    const arn = (await describeOne('simple-1')).MetricAlarms?.[0]?.AlarmArn ?? '';
    await aws.send(
      new PutCompositeAlarmCommand({
        AlarmName: 'composite',
        AlarmDescription: 'composite alarm description',
        AlarmActions: [topic],
        OKActions: [topic],
        AlarmRule: `ALARM("${arn}") OR ALARM("simple-2")`,
      }),
    );
    await aws.send(
      new SetAlarmStateCommand({ AlarmName: 'simple-1', StateValue: 'ALARM', StateReason: 'x' }),
    );
    const { CompositeAlarms } = await aws.send(
      new DescribeAlarmsCommand({ AlarmNames: ['composite'], AlarmTypes: ['CompositeAlarm'] }),
    );
    const expected = recorded(
      'test_trigger_composite_alarm[json]',
      'composite-alarm-in-alarm-when-alarm-1-is-in-alarm',
    );
    expect(Object.keys(CompositeAlarms?.[0] ?? {}).sort()).toEqual(Object.keys(expected).sort());
    expect(CompositeAlarms?.[0]).toMatchObject({ StateValue: 'ALARM' });
    expect(CompositeAlarms?.[0]?.StateReason).toContain(`${arn} transitioned to ALARM at `);
    expect(JSON.parse(CompositeAlarms?.[0]?.StateReasonData ?? '')).toMatchObject({
      triggeringAlarms: [{ arn, state: { value: 'ALARM' } }],
    });
  });

  test('tags', async () => {
    const name = 'test_tagging_metric_alarm[json]';
    await aws.send(
      new PutMetricAlarmCommand({
        ...mutable,
        AlarmName: 'tagged',
        MetricName: 'm',
        EvaluationPeriods: 1,
        Threshold: 1,
        Tags: [{ Key: 'Environment', Value: 'Production' }],
      }),
    );
    const ResourceARN = (await describeOne('tagged')).MetricAlarms?.[0]?.AlarmArn ?? '';
    const list = async () =>
      normalise(await aws.send(new ListTagsForResourceCommand({ ResourceARN })));
    expect(await list()).toEqual(
      normalise(recorded(name, 'list_tags_for_resource_after_creation')),
    );
    await aws.send(
      new TagResourceCommand({
        ResourceARN,
        Tags: [
          { Key: 'tag1', Value: 'foo' },
          { Key: 'tag2', Value: 'bar' },
        ],
      }),
    );
    expect(await list()).toEqual(normalise(recorded(name, 'list_tags_for_resource_updated')));
    await aws.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['tag1'] }));
    expect(await list()).toEqual(normalise(recorded(name, 'list_tags_for_resource_post_untag')));
    await aws.send(new DeleteAlarmsCommand({ AlarmNames: ['tagged'] }));
    expect(await list()).toEqual(normalise(recorded(name, 'list_tags_for_deleted_resource')));
  });

  test('PutMetricData’s errors', async () => {
    const put = (datum: object) =>
      aws.send(
        new PutMetricDataCommand({ Namespace: 'n', MetricData: [{ MetricName: 'm', ...datum }] }),
      );
    const cases = [
      ['invalid-param-combination', { Value: 1, Values: [1] }],
      ['invalid-param-value', { Values: [1, 2], Counts: [1] }],
      [
        'invalid-param-combination-2',
        { Value: 1, StatisticValues: { SampleCount: 1, Sum: 1, Minimum: 1, Maximum: 1 } },
      ],
    ] as const;
    for (const [step, datum] of cases) {
      const { message } = z
        .object({ message: z.string() })
        .parse(recorded('test_put_metric_data_validation[json]', step));
      await expect(put(datum)).rejects.toMatchObject({ message });
    }
  });

  test('GetMetricData’s values and labels', async () => {
    const Timestamp = new Date(Math.floor((demo.now() - 3_600_000) / 60_000) * 60_000);
    const values = [0, 2, 4, 3.5, 7, 100];
    await aws.send(
      new PutMetricDataCommand({
        Namespace: 'labels',
        MetricData: values.map((Value) => ({ MetricName: 'metric1', Value, Timestamp })),
      }),
    );
    const stats = ['Average', 'Sum', 'Minimum', 'Maximum'];
    const answer = await aws.send(
      new GetMetricDataCommand({
        StartTime: Timestamp,
        EndTime: new Date(Timestamp.getTime() + 60_000),
        MetricDataQueries: stats.map((Stat) => ({
          Id: `result_${Stat}`,
          MetricStat: { Metric: { Namespace: 'labels', MetricName: 'metric1' }, Period: 60, Stat },
        })),
      }),
    );
    expect(normalise(answer)).toEqual(
      normalise(
        recorded(
          'test_get_metric_data_with_zero_and_labels[json]',
          'get_metric_data_with_zero_and_labels',
        ),
      ),
    );
  });
});
