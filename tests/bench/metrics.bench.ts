import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type DemoAws, startDemo } from '../../src/demo';
import { RateBudget } from '../../src/main/aws/rate-budget';
import { createConnectionSession } from '../../src/main/aws/connection-session';
import { USD_PER_METRIC } from '../../src/main/aws/operations';
import { CloudWatchMetricService } from '../../src/main/metrics/metric-service';
import { lineOf, MetricIndex } from '../../src/main/metrics/catalog/metric-index';
import { type Clock, systemClock } from '../../src/shared/clock';
import type { MetricId, MetricQuery } from '../../src/shared/metrics/query';
import { defaultSettings } from '../../src/shared/settings/defaults';
import { benchConnection } from './console-folder';
import { quantile, report, round } from './report';

const MINUTE = 60_000;
const WIDGETS = 40;
const VISIBLE = 12;
const PER_WIDGET = 4;

/** Periods of the two systems' dashboards, and of all dashboards of the corpus, as shares of ten. */
const PERIODS = {
  systems: [300, 300, 300, 300, 300, 300, 300, 300, 300, 3600],
  corpus: [300, 60, 300, 60, 300, 3600, 300, 60, 300, 86_400],
};

/** An hour that is over as fast as it can be asked. */
function hourClock(): Clock & { move(ms: number): void } {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    after: systemClock.after,
    move: (ms) => {
      offset += ms;
    },
  };
}

function widgetsOf(metrics: readonly MetricId[], periods: readonly number[]): MetricQuery[][] {
  return Array.from({ length: WIDGETS }, (_, widget) =>
    Array.from({ length: PER_WIDGET }, (_unused, line): MetricQuery => ({
      id: `m${line}`,
      metric: metrics[(widget * PER_WIDGET + line) % metrics.length] ?? null,
      expression: null,
      // No two ask the same: nothing is saved by asking once for two widgets.
      stat: widget * PER_WIDGET + line < metrics.length ? 'Average' : 'Maximum',
      unit: null,
      periodSeconds: periods[widget % periods.length] ?? 300,
      label: null,
      accountId: null,
      returnData: true,
    })),
  );
}

/** An hour in front of a dashboard that refreshes every minute; scrolled on every twenty. */
async function anHour(demo: DemoAws, periods: readonly number[]) {
  const clock = hourClock();
  const cacheDir = await mkdtemp(join(tmpdir(), 'nightdesk-bench-'));
  const session = createConnectionSession({
    connection: benchConnection(demo.endpoint),
    clock: systemClock,
    budget: new RateBudget(systemClock),
    askMfa: () => Promise.reject(new Error('no code expected')),
  });
  const service = new CloudWatchMetricService({
    apiOf: (_id, region) => session.api(region),
    connections: () => [session.connection],
    settings: () => ({
      ...defaultSettings('bench', []),
      metrics: { capUsdPerHour: null, refreshSeconds: 60 },
    }),
    alarms: () => [],
    clock,
    cacheDir,
    report: (problem) => {
      throw new Error(problem);
    },
  });
  const metrics = demo.world
    .region('111122223333', 'us-east-1')
    .metrics.list()
    .map(({ namespace, metricName, dimensions }) => ({
      namespace,
      metricName,
      dimensions: dimensions.map(({ Name, Value }) => ({ name: Name, value: Value })),
    }));
  expect(metrics.length * 2).toBeGreaterThan(WIDGETS * PER_WIDGET);
  const widgets = widgetsOf(metrics, periods);
  demo.requests.clear();
  let spent = 0;
  let points = 0;
  for (let minute = 0; minute < 60; minute += 1) {
    const first = Math.floor(minute / 20) * VISIBLE;
    const endMs = clock.now();
    const sets = await Promise.all(
      widgets.slice(first, first + VISIBLE).map((queries) =>
        service.query(
          {
            connectionId: 'bench',
            region: 'us-east-1',
            queries,
            startMs: endMs - 3 * 3_600_000,
            endMs,
            labelOffset: '+0000',
          },
          'due',
          new AbortController().signal,
        ),
      ),
    );
    points += sets.reduce((sum, { values }) => sum + values.length, 0);
    spent = Math.max(spent, service.budget().spentUsd);
    clock.move(MINUTE);
    demo.advance(MINUTE);
  }
  const calls = demo.requests.count('GetMetricData');
  await service.stop();
  session.destroy();
  await rm(cacheDir, { recursive: true, force: true });
  const asked = Math.round(spent / USD_PER_METRIC);
  const everything = WIDGETS * PER_WIDGET * 60;
  return { asked, everything, calls, ratio: asked / everything, points };
}

it('F5 metrics asked for a dashboard in an hour', async () => {
  const demo = await startDemo({ evaluateEveryMs: Infinity });
  const systems = await anHour(demo, PERIODS.systems);
  const corpus = await anHour(demo, PERIODS.corpus);
  await demo.stop();
  expect(systems.points).toBeGreaterThan(0);
  report({
    name: 'F5 GetMetricData metrics ÷ all of 40 widgets every minute',
    value: round(systems.ratio, 3),
    goal: 0.1,
    unit: 'x',
    detail:
      `${systems.asked} against ${systems.everything}, ${systems.calls} calls; 12 widgets of 4 metrics in view, scrolled twice, ` +
      `periods of the two systems; with a third of them at 60 s, as in the corpus: ${round(corpus.ratio, 3)} (${corpus.asked}, ${corpus.calls} calls)`,
  });
});

it('search of 100,000 metrics', async () => {
  const lines = Array.from({ length: 100_000 }, (_, i) =>
    lineOf({
      namespace: `AWS/Service${i % 40}`,
      metricName: `Metric${i % 211}Utilization`,
      dimensions: [
        { name: 'InstanceId', value: `i-${((i * 2_654_435_761) % 2 ** 40).toString(16)}` },
      ],
    }),
  );
  const index = await MetricIndex.build(lines);
  const asked = ['u', 'util', 'service1 metric20', 'i-9e37', 'instanceid a', 'zzz'];
  const times = asked.flatMap((text) =>
    Array.from({ length: 10 }, () => {
      const start = performance.now();
      index.search(text, null, 100);
      return performance.now() - start;
    }),
  );
  report({
    name: 'search as you type over 100,000 metrics, p99',
    value: round(quantile(times, 0.99), 1),
    goal: 50,
    unit: 'ms',
    detail: `${times.length} searches of one to two words, median ${round(quantile(times, 0.5), 1)} ms`,
  });
});
