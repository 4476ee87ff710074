/** The demo's dashboards have data, its incidents move what belongs together, and releases are told. */
import {
  CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoAws, demoKeys, startDemo } from '../../../src/demo';
import { readDeploymentEvent } from '../../../src/main/alarms/deployment-message';
import { toAwsQuery } from '../../../src/main/metrics/aws-query';
import type { MetricWidget } from '../../../src/shared/dashboards/dashboard';
import { planWidget } from '../../../src/shared/dashboards/plan';
import { readDashboardFile } from '../../../src/shared/dashboards/read-dashboard';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const startAt = Date.UTC(2026, 10, 20, 15, 3, 20);
interface Place {
  accountId: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}
const crm: Place = { accountId: '111122223333', region: 'us-east-1', credentials: demoKeys.crm };
const realtechee: Place = {
  accountId: '444455556666',
  region: 'us-west-1',
  credentials: demoKeys.realtechee,
};

let demo: DemoAws;
beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, startAt });
});
afterEach(() => demo.stop());

function metricWidgets(accountId: string): { dashboard: string; widget: MetricWidget }[] {
  return demo.world.dashboards.list(accountId).flatMap(({ name, body }) => {
    const read = readDashboardFile(body, `${name}.json`, {});
    if (read.kind !== 'read') throw new Error(`${name} does not load`);
    return read.dashboards.flatMap(({ widgets }) =>
      widgets.flatMap((widget) => (widget.kind === 'metric' ? [{ dashboard: name, widget }] : [])),
    );
  });
}

/** What a widget's queries are answered, over the last day. */
async function answersOf(
  widget: MetricWidget,
  aws: CloudWatchClient,
  region: string,
): Promise<{ queryId: string; results: MetricDataResult[] }[]> {
  const end = demo.now();
  const groups = planWidget(widget, {
    connectionId: 'demo',
    region,
    connections: [{ id: 'demo', accountId: null, regions: [region] }],
    startMs: end - 24 * HOUR,
    endMs: end,
    nowMs: end,
    periodOverride: 'inherit',
    labelOffset: '+0000',
    maxPoints: 1000,
  });
  const answered = [];
  for (const { group, series } of groups) {
    const { MetricDataResults = [] } = await aws.send(
      new GetMetricDataCommand({
        StartTime: new Date(group.startMs),
        EndTime: new Date(group.endMs),
        MetricDataQueries: group.queries.map((query) =>
          toAwsQuery(query, query.id, query.expression),
        ),
      }),
    );
    for (const { queryId } of series) {
      const results = MetricDataResults.filter(({ Id }) => Id === queryId);
      answered.push({ queryId, results });
    }
  }
  return answered;
}

test.each([crm, realtechee])(
  'every line of the dashboards of $accountId has data',
  async (place) => {
    const { region, credentials } = place;
    const aws = new CloudWatchClient({ region, credentials, endpoint: demo.endpoint });
    const silent: string[] = [];
    let lines = 0;
    for (const { dashboard, widget } of metricWidgets(place.accountId)) {
      for (const { queryId, results } of await answersOf(widget, aws, region)) {
        lines += 1;
        const has = results.some(({ Values = [] }) => Values.length > 0);
        if (!has) silent.push(`${dashboard}: ${widget.title}: ${queryId}`);
      }
    }
    aws.destroy();
    expect(silent).toEqual([]);
    expect(lines).toBeGreaterThan(25);
  },
);

/** Largest and smallest ratio of the last minutes to the hour before. */
function moved(region: Place, minutes: number): Map<string, number> {
  const store = demo.world.region(region.accountId, region.region).metrics;
  const now = demo.now();
  return new Map(
    store.list().map(({ namespace, metricName, dimensions }) => {
      const dims = dimensions.map((dimension) => `${dimension.Name}=${dimension.Value}`).sort();
      const key = `${namespace}|${metricName}|${dims.join(',')}`;
      const mean = (from: number, to: number): number => {
        const sample = store.window(key, from, to, now);
        return sample === null ? 0 : sample.sum / (to - from);
      };
      const before = mean(now - 3 * HOUR, now - HOUR);
      return [key, mean(now - minutes * MINUTE, now) / (before === 0 ? Number.NaN : before)];
    }),
  );
}

test('a bad deployment raises errors, functions and latency together, and nothing unrelated', () => {
  demo.run('bad-deployment');
  demo.advance(4 * MINUTE);
  const ratios = moved(realtechee, 3);
  const ratio = (part: string): number => {
    const [found] = [...ratios].filter(([key]) => key.startsWith(part));
    return found?.[1] ?? Number.NaN;
  };
  const alb = 'LoadBalancer=app/RealTechee-ALB/7a1c9e4b5d2f3060';
  expect(ratio(`AWS/ApplicationELB|HTTPCode_Target_5XX_Count|${alb}`)).toBeGreaterThan(50);
  expect(ratio(`AWS/ApplicationELB|TargetResponseTime|${alb}`)).toBeGreaterThan(4);
  expect(
    ratio('AWS/Lambda|Duration|FunctionName=RealTechee-notification-processor'),
  ).toBeGreaterThan(3);
  expect(ratio('AWS/AppSync|Latency|')).toBeGreaterThan(3);
  expect(ratio(`AWS/ApplicationELB|HTTPCode_Target_2XX_Count|${alb}`)).toBeLessThan(0.85);
  expect(ratio('AWS/Lambda|Duration|FunctionName=RealTechee-user-admin')).toBeCloseTo(1, 0);
  expect(ratio('AWS/S3|FirstByteLatency|')).toBeCloseTo(1, 0);
});

const deploymentsIn = async (place: Place) => {
  const { queue } = demo.world.region(place.accountId, place.region);
  const messages = await queue.receive(100, 0, 0, new AbortController().signal);
  return messages.flatMap(({ body }) => {
    const read = readDeploymentEvent(JSON.parse(body));
    return read.kind === 'deployment' ? [read.deployment] : [];
  });
};

test.each([
  ['bad-deployment', realtechee, 'Amplify', 'd200k2wsaf8th3 / main'],
  ['connection-leak', crm, 'ECS', 'crm-core-service'],
] as const)('the release behind %s is told as AWS tells it', async (id, place, service, what) => {
  const began = demo.now();
  demo.run(id);
  const told = await deploymentsIn(place);
  expect(told.map((deployment) => deployment.phase)).toEqual(['started', 'finished']);
  for (const deployment of told) {
    expect(deployment).toMatchObject({ service, what, region: place.region });
    expect(deployment.at).toBeLessThan(began - 10 * MINUTE);
  }
  demo.resolve(id);
  demo.advance(5 * MINUTE);
  const phases = (await deploymentsIn(place)).map((deployment) => deployment.phase);
  expect(phases).toEqual(['started', 'finished', 'started', 'finished']);
  expect(new Set((await deploymentsIn(place)).map((deployment) => deployment.id)).size).toBe(4);
});

test('an incident without a release tells none', async () => {
  demo.run('password-spraying');
  expect(await deploymentsIn(crm)).toEqual([]);
});
