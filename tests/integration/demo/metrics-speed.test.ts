/** The demo may run in the console's main process: a long answer is quick and never holds it up. */
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoAws, demoKeys, startDemo } from '../../../src/demo';
import { getMetricData } from '../../../src/demo/operations/get-metric-data';

const HOUR_S = 3600;
let demo: DemoAws;
let aws: CloudWatchClient;
beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
  aws = new CloudWatchClient({
    endpoint: demo.endpoint,
    region: 'us-east-1',
    credentials: demoKeys.crm,
  });
});
afterAll(async () => {
  aws.destroy();
  await demo.stop();
});

function queriesOf(count: number, Period: number, Stat: string) {
  const metrics = demo.world.region('111122223333', 'us-east-1').metrics.list();
  return Array.from({ length: count }, (_, index) => {
    const metric = metrics[index % metrics.length];
    return {
      Id: `m${index}`,
      MetricStat: {
        Metric: {
          Namespace: metric?.namespace ?? '',
          MetricName: metric?.metricName ?? '',
          Dimensions: metric?.dimensions ?? [],
        },
        Period,
        Stat,
      },
    };
  });
}

/** Longest time between two turns of the event loop while the work runs, ms. */
async function lagWhile<T>(
  work: () => Promise<T>,
): Promise<{ result: T; lag: number; ms: number }> {
  let lag = 0;
  let last = performance.now();
  let running = true;
  const tick = (): void => {
    const now = performance.now();
    lag = Math.max(lag, now - last);
    last = now;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  const began = performance.now();
  const result = await work();
  const ms = performance.now() - began;
  await new Promise((resolve) => setImmediate(resolve));
  running = false;
  return { result, lag, ms };
}

const everything = [
  {
    Id: 'm0',
    MetricStat: {
      Metric: {
        Namespace: 'AWS/RDS',
        MetricName: 'CPUUtilization',
        Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'crm-production' }],
      },
      Period: 300,
      Stat: 'Average',
    },
  },
  { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(m0)' },
  { Id: 'all', Expression: "SUM(SEARCH('NOT Namespace=Nothing', 'Average', 300))" },
];

test.each([
  ['500 queries of 180 points', 500, 60, 'Average', 3],
  ['500 percentiles of 180 points', 500, 60, 'p99', 3],
  ['100 queries of 1,000 points', 100, 60, 'Average', 1000 / 60],
  ['120 lines over 15 months by the hour', 120, 3600, 'Average', 24 * 455],
  ['120 lines over 15 days by 5 minutes', 120, 300, 'Average', 24 * 15],
  ['a band and a search over everything', 0, 300, 'Average', 24 * 14],
] as const)('%s', async (name, count, period, stat, hours) => {
  const end = Math.floor(demo.now() / 1000);
  const input = {
    MetricDataQueries: count === 0 ? everything : queriesOf(count, period, stat),
    StartTime: end - hours * HOUR_S,
    EndTime: end,
  };
  const region = demo.world.region('111122223333', 'us-east-1');
  const context = {
    world: demo.world,
    region,
    caller: demo.world.caller(demoKeys.crm.accessKeyId, 'us-east-1'),
    signal: new AbortController().signal,
    endpoint: demo.endpoint,
  };
  const runs = [];
  for (let run = 0; run < 3; run += 1) {
    runs.push(await lagWhile(async () => getMetricData(context, input)));
  }
  const over = performance.now();
  await aws.send(
    new GetMetricDataCommand({
      ...input,
      StartTime: new Date(input.StartTime * 1000),
      EndTime: new Date(input.EndTime * 1000),
    }),
  );
  const whole = performance.now() - over;
  const best = Math.min(...runs.map(({ ms }) => ms));
  const lag = Math.min(...runs.map((run) => run.lag));
  console.log(
    `${name}: ${best.toFixed(0)} ms, longest turn ${lag.toFixed(1)} ms; over HTTP and SDK ${whole.toFixed(0)} ms`,
  );
  expect(best).toBeLessThan(1000);
  expect(lag).toBeLessThan(50);
});
