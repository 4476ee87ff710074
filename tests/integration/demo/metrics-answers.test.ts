/** What GetMetricData answers over HTTP: pages, retention, searches, queries, labels, errors. */
import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type GetMetricDataCommandOutput,
  type MetricDataQuery,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoAws, demoKeys, startDemo } from '../../../src/demo';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let demo: DemoAws;
let crm: CloudWatchClient;
let realtechee: CloudWatchClient;
beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, fleet: { alarms: 600 } });
  const common = { endpoint: demo.endpoint, maxAttempts: 1 };
  crm = new CloudWatchClient({ ...common, region: 'us-east-1', credentials: demoKeys.crm });
  const credentials = demoKeys.realtechee;
  realtechee = new CloudWatchClient({ ...common, region: 'us-west-1', credentials });
});
afterAll(async () => {
  crm.destroy();
  realtechee.destroy();
  await demo.stop();
});

const cpu = (Id: string, Stat = 'Average', Period = 60): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: {
      Namespace: 'AWS/RDS',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'crm-production' }],
    },
    Period,
    Stat,
  },
});
const math = (Id: string, Expression: string, more: Partial<MetricDataQuery> = {}) => ({
  Id,
  Expression,
  ...more,
});

type Options = Partial<Omit<GetMetricDataCommandInput, 'MetricDataQueries'>>;
const inputOf = (queries: MetricDataQuery[], options: Options = {}): GetMetricDataCommandInput => ({
  StartTime: new Date(demo.now() - 3 * HOUR),
  EndTime: new Date(demo.now()),
  ScanBy: 'TimestampAscending',
  ...options,
  MetricDataQueries: queries,
});
const ask = (
  queries: MetricDataQuery[],
  options?: Options,
  client = crm,
): Promise<GetMetricDataCommandOutput> =>
  client.send(new GetMetricDataCommand(inputOf(queries, options)));
const labelsOf = ({ MetricDataResults = [] }: GetMetricDataCommandOutput) =>
  MetricDataResults.map((result) => result.Label);

describe('pages', () => {
  const queries = [
    cpu('a'),
    cpu('b', 'p90', 300),
    math(
      's',
      "SEARCH('{AWS/ECS,ClusterName,ServiceName} MetricName=\"CPUUtilization\"', 'Sum', 300)",
    ),
    math('e', 'a * 2'),
  ];
  /** Fixed: a minute that begins between two calls must not change the answer. */
  const window = (): Options => {
    const end = Math.floor(demo.now() / HOUR) * HOUR;
    return { StartTime: new Date(end - 3 * HOUR), EndTime: new Date(end) };
  };

  test.each([1, 7, 100, 180, 181, 500])('of %d datapoints join to the whole answer', async (n) => {
    const at = window();
    const whole = await ask(queries, at);
    expect(whole.NextToken).toBeUndefined();
    const joined = new Map<string, number[]>();
    const input = inputOf(queries, { ...at, MaxDatapoints: n });
    let pages = 0;
    for await (const page of paginateGetMetricData({ client: crm }, input)) {
      pages += 1;
      const results = page.MetricDataResults ?? [];
      const sizes = results.map((result) => result.Values?.length ?? 0);
      expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(n);
      results.slice(0, -1).forEach((result) => expect(result.StatusCode).toBe('Complete'));
      for (const { Id, Label, Values = [] } of results) {
        const key = `${Id} ${Label}`;
        joined.set(key, [...(joined.get(key) ?? []), ...Values]);
      }
      if (pages > 1200) throw new Error('the pages do not end');
    }
    expect(Object.fromEntries(joined)).toEqual(
      Object.fromEntries(
        (whole.MetricDataResults ?? []).map(({ Id, Label, Values }) => [`${Id} ${Label}`, Values]),
      ),
    );
  });

  test('a line that goes on is partial; a token of another question is refused', async () => {
    const first = await ask([cpu('a')], { ...window(), MaxDatapoints: 10 });
    expect(first.MetricDataResults?.[0]).toMatchObject({ StatusCode: 'PartialData' });
    await expect(
      ask([cpu('b')], { ...window(), MaxDatapoints: 10, NextToken: first.NextToken }),
    ).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });

  test('newest first unless asked otherwise', async () => {
    const { MetricDataResults } = await ask([cpu('a')], {
      ...window(),
      ScanBy: undefined,
    });
    const times = MetricDataResults?.[0]?.Timestamps?.map((time) => time.getTime()) ?? [];
    expect(times).toHaveLength(180);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });
});

describe('retention', () => {
  const count = async (Period: number, daysAgo: number): Promise<number> => {
    const StartTime = new Date(demo.now() - daysAgo * DAY);
    const EndTime = new Date(StartTime.getTime() + 6 * HOUR);
    const { MetricDataResults } = await ask([cpu('a', 'Average', Period)], { StartTime, EndTime });
    return MetricDataResults?.[0]?.Values?.length ?? -1;
  };
  test.each([
    [60, 14, 360],
    [60, 16, 0],
    [300, 16, 72],
    [300, 62, 72],
    [300, 64, 0],
    [3600, 64, 6],
    [3600, 450, 6],
    [3600, 456, 0],
    [86_400, 450, 1],
  ])('a period of %d s, %d days ago: %d points', async (period, days, points) => {
    const got = await count(period, days);
    expect(Math.abs(got - points)).toBeLessThanOrEqual(points === 0 ? 0 : 1);
  });
  test('minutes, five minutes and hours tell the same story', async () => {
    const end = Math.floor(demo.now() / HOUR) * HOUR;
    const mean = async (from: number): Promise<number> => {
      const { MetricDataResults } = await ask([cpu('a', 'Average', 3600)], {
        StartTime: new Date(end - (from + 7) * DAY),
        EndTime: new Date(end - from * DAY),
      });
      const values = MetricDataResults?.[0]?.Values ?? [];
      return values.reduce((a, b) => a + b, 0) / values.length;
    };
    const recent = await mean(2);
    expect((await mean(30)) / recent).toBeCloseTo(1, 1);
    expect((await mean(200)) / recent).toBeCloseTo(1, 1);
  });
});

describe('several lines of one query', () => {
  const services = ['analytics', 'auth', 'core', 'gateway', 'scheduler', 'social-media'];
  const search =
    "SEARCH('{AWS/ECS,ClusterName,ServiceName} MetricName=\"CPUUtilization\"', 'Average', 300)";

  test('a search names what differs', async () => {
    const answer = await ask([math('s', search)]);
    expect(labelsOf(answer)).toEqual(services.map((name) => `crm-${name}-service`));
    expect(new Set(answer.MetricDataResults?.map((result) => result.Id))).toEqual(new Set(['s']));
  });
  test('its label stands before each name, or is filled in for each', async () => {
    expect(labelsOf(await ask([math('s', search, { Label: 'CPU' })]))[0]).toBe(
      'CPU crm-analytics-service',
    );
    const Label = "${PROP('Dim.ServiceName')} of ${PROP('Dim.ClusterName')} ${DATAPOINT_COUNT}";
    expect(labelsOf(await ask([math('s', search, { Label })]))[0]).toMatch(
      /^crm-analytics-service of crm-production 3[67]$/,
    );
  });
  test('sums and slices of a search', async () => {
    const { MetricDataResults = [] } = await ask([
      math('s', search, { ReturnData: false }),
      math('top', 'SLICE(SORT(s, AVG, DESC), 0, 2)'),
      math('sum', 'SUM(s)', { Label: 'all of ${LABEL}' }),
    ]);
    expect(MetricDataResults.map((result) => result.Id)).toEqual(['top', 'top', 'sum']);
    expect(MetricDataResults.at(-1)?.Label).toBe('all of sum');
    expect(MetricDataResults.at(-1)?.Values?.[0]).toBeGreaterThan(100);
  });
  test('a search that finds too much answers a hundred, with a message', async () => {
    const answer = await ask([math('s', "SEARCH('{Fleet/Compute,InstanceId}', 'Average', 3600)")]);
    expect(answer.MetricDataResults).toHaveLength(100);
    expect(answer.Messages).toEqual([
      { Code: 'MaxMetricsExceeded', Value: 'Maximum number of allowed metrics exceeded' },
    ]);
  });
  test('a band is two lines around what is usual', async () => {
    const { MetricDataResults = [] } = await ask([
      cpu('m', 'Average', 300),
      math('b', 'ANOMALY_DETECTION_BAND(m, 3)'),
      math('low', 'LAST(b)'),
    ]);
    const [line, upper, lower, low] = MetricDataResults.map((result) => result.Values ?? []);
    expect(MetricDataResults.map((result) => result.Label)).toEqual([
      'CPUUtilization',
      'High',
      'Low',
      'low',
    ]);
    expect(low).toEqual(lower);
    const inside = (line ?? []).filter(
      (value, index) => value < (upper?.[index] ?? 0) && value > (lower?.[index] ?? 0),
    );
    expect(inside.length / (line?.length ?? 1)).toBeGreaterThan(0.9);
  });
});

describe('Metrics Insights', () => {
  const select = (clauses: string) => [
    math(
      'q',
      `SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/ECS", ClusterName, ServiceName) ${clauses}`,
      {
        Period: 300,
      },
    ),
  ];
  test('one line, named as the query; groups, named by their values', async () => {
    expect(labelsOf(await ask(select('')))).toEqual(['q']);
    expect(
      labelsOf(await ask(select("WHERE ServiceName != 'crm-core-service' GROUP BY ServiceName"))),
    ).toEqual(
      ['analytics', 'auth', 'gateway', 'scheduler', 'social-media'].map(
        (name) => `crm-${name}-service`,
      ),
    );
    expect(labelsOf(await ask(select('GROUP BY ClusterName, Zone')))).toEqual([
      'crm-production Other',
    ]);
  });
  test('the top of an order', async () => {
    const { MetricDataResults = [] } = await ask(
      select('GROUP BY ServiceName ORDER BY MAX() DESC LIMIT 3'),
    );
    const tops = MetricDataResults.map((result) => Math.max(...(result.Values ?? [])));
    expect(tops).toHaveLength(3);
    expect(tops).toEqual(tops.toSorted((a, b) => b - a));
  });
  test('the functions agree with the statistics', async () => {
    const { MetricDataResults = [] } = await ask([
      cpu('sum', 'Sum', 300),
      math(
        'q',
        'SELECT SUM(CPUUtilization) FROM "AWS/RDS" WHERE DBInstanceIdentifier = \'crm-production\'',
        {
          Period: 300,
        },
      ),
    ]);
    expect(MetricDataResults[1]?.Values).toEqual(MetricDataResults[0]?.Values);
  });
});

describe('labels', () => {
  test('figures and times of the whole line, in the zone asked for', async () => {
    const Label = "${PROP('MetricName')} ${PROP('Stat')} ${LAST_TIME}|${MAX}";
    const answer = await ask([{ ...cpu('m', 'p99'), Label }], {
      LabelOptions: { Timezone: '+0200' },
      MaxDatapoints: 5,
    });
    expect(labelsOf(answer)[0]).toMatch(
      /^CPUUtilization p99 \d{4}-\d\d-\d\d \d\d:\d\d:00 \+0200\|\d\d\.?\d?$/,
    );
  });
});

describe('errors', () => {
  const many = Array.from({ length: 501 }, (_, index) => cpu(`m${index}`));
  test.each<[string, MetricDataQuery[], string]>([
    [
      'two of one id',
      [cpu('a'), cpu('a')],
      'The values for parameter id in MetricDataQueries are not unique.',
    ],
    ['too many', many, 'The collection MetricDataQueries must not have a size greater than 500.'],
    ['syntax', [math('e1', 'm1 +')], "Error in expression 'e1': Invalid syntax"],
    [
      'unknown function',
      [math('e1', 'NOPE(1)')],
      "Error in expression 'e1': Function 'NOPE' not found",
    ],
    ['unknown id', [math('e1', 'nope + 1')], "Error in expression 'e1': ID 'nope' not found"],
    [
      'a number',
      [math('e1', '1 + 1')],
      "The expression 'e1' must return a time series or array of time series.",
    ],
    [
      'an average',
      [cpu('m'), math('e1', 'AVG(m)')],
      "The expression 'e1' must return a time series or array of time series.",
    ],
    [
      'no period',
      [math('q', 'SELECT AVG(a) FROM b')],
      "Error in expression 'q': Period is a required field when using query within an expression",
    ],
    [
      'two queries',
      [
        math('q', 'SELECT AVG(a) FROM b', { Period: 60 }),
        math('r', 'SELECT AVG(a) FROM b', { Period: 60 }),
      ],
      'Maximum number of queries (1) exceeded',
    ],
    [
      'statistic',
      [cpu('a'), cpu('b', 'p101')],
      'The value p101 for parameter MetricDataQueries.member.2.MetricStat.Stat is not supported.',
    ],
  ])('%s', async (_, queries, message) => {
    await expect(ask(queries)).rejects.toMatchObject({ message });
  });
  test('times the wrong way round', async () => {
    const at = new Date(demo.now());
    await expect(ask([cpu('a')], { StartTime: at, EndTime: at })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
  test('an account that is not linked is forbidden, the others are answered', async () => {
    const { MetricDataResults = [] } = await ask([
      { ...cpu('a'), AccountId: '999988887777' },
      { ...cpu('b'), AccountId: '111122223333' },
    ]);
    expect(MetricDataResults.map((result) => result.StatusCode)).toEqual(['Forbidden', 'Complete']);
  });
  test('years of seconds are answered as far as they are kept', async () => {
    const { MetricDataResults = [] } = await ask([cpu('a', 'Average', 1)], {
      StartTime: new Date(0),
    });
    expect(MetricDataResults[0]?.Values?.length).toBeLessThanOrEqual(181);
  });
});

test('usage has its quota', async () => {
  const usage = { Class: 'None', Resource: 'GetMetricData', Service: 'CloudWatch', Type: 'API' };
  const { MetricDataResults = [] } = await ask([
    {
      Id: 'm',
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Usage',
          MetricName: 'CallCount',
          Dimensions: Object.entries(usage).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: 60,
        Stat: 'Sum',
      },
    },
    math('share', '100 * m / SERVICE_QUOTA(m)'),
  ]);
  const share = MetricDataResults[1]?.Values ?? [];
  expect(share.length).toBeGreaterThan(100);
  expect(Math.max(...share)).toBeLessThan(1);
});

test('both systems answer in their own region', async () => {
  const errors = math('s', "SEARCH('{AWS/Lambda,FunctionName} MetricName=\"Errors\"', 'Sum', 300)");
  const here = labelsOf(await ask([errors]));
  const there = labelsOf(await ask([errors], {}, realtechee));
  expect(here.every((label) => label?.startsWith('crm-'))).toBe(true);
  expect(there).toContain('RealTechee-user-admin');
});
