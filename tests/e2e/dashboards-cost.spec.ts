/** What dashboards cost and how quiet they are: nothing is asked that nobody sees, and a cap holds. */
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile } from './fixtures/console';
import { drawn, metricCalls, openDashboard, timeOf, widget } from './fixtures/dashboards';
import { expect, test } from './fixtures/index';

const ACCOUNT = '111122223333';
const west = { regions: ['us-east-1'] };

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

/** A dashboard of one chart a row, each of metrics that nobody else asks for. */
function putTall(name: string, charts: number, metricsEach: number, period = 300): void {
  const widgets = Array.from({ length: charts }, (_, at) => ({
    type: 'metric',
    x: 0,
    y: at * 8,
    width: 24,
    height: 8,
    properties: {
      title: `Chart ${at + 1}`,
      region: 'us-east-1',
      stat: at % 2 === 0 ? 'Average' : 'Maximum',
      period,
      metrics: [
        [
          'AWS/ECS',
          'CPUUtilization',
          'ClusterName',
          'crm-production',
          'ServiceName',
          'crm-core-service',
        ],
        ...Array.from({ length: metricsEach - 1 }, (__, more) => [
          'Night/Tall',
          `Metric${at + 1}`,
          'Line',
          `line-${at + 1}-${more}`,
        ]),
      ],
    },
  }));
  aws.world.dashboards.put(ACCOUNT, {
    name,
    body: JSON.stringify({ start: '-PT1H', periodOverride: 'inherit', widgets }),
    modifiedAt: aws.now(),
  });
}

test('only what is in sight or near it is asked for', async ({ launch, folder }) => {
  putTall('Night-Tall', 20, 2);
  connectProfile(folder, demoKeys.both, { ...west, endpoint: aws.endpoint });
  const { page } = await launch({ userDataDir: folder });
  await openDashboard(page, 'Night-Tall');
  await drawn(widget(page, 'Chart 1'));
  const asked = () => metricCalls(aws).join('\n');
  expect(asked()).toContain('line-1-0');
  expect(asked()).not.toContain('line-20-0');
  await widget(page, 'Chart 20').scrollIntoViewIfNeeded();
  await drawn(widget(page, 'Chart 20'));
  expect(asked()).toContain('line-20-0');
});

test('a window that nobody sees asks nothing; shown again it catches up', async ({
  launch,
  folder,
}) => {
  // Every ten seconds there is something new to ask for.
  putTall('Night-Tall', 2, 2, 10);
  connectProfile(
    folder,
    demoKeys.both,
    { ...west, endpoint: aws.endpoint },
    { metrics: { capUsdPerHour: null, refreshSeconds: 10 } },
  );
  const { app, page } = await launch({ userDataDir: folder });
  await openDashboard(page, 'Night-Tall');
  await drawn(widget(page, 'Chart 1'));
  aws.requests.clear();
  await expect
    .poll(() => aws.requests.count('GetMetricData'), { timeout: 20_000 })
    .toBeGreaterThan(0);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  // What was on its way when it was hidden still arrives.
  await page.waitForTimeout(1_000);
  aws.requests.clear();
  // That nothing happens can only be waited for: longer than from one refresh to the next.
  await page.waitForTimeout(12_000);
  expect(aws.requests.count('GetMetricData')).toBe(0);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  await expect.poll(() => aws.requests.count('GetMetricData')).toBeGreaterThan(0);
});

test('the cap pauses the asking, the banner says so and its button goes on', async ({
  launch,
  folder,
}) => {
  putTall('Night-Costly', 3, 400);
  connectProfile(
    folder,
    demoKeys.both,
    { ...west, endpoint: aws.endpoint },
    { metrics: { capUsdPerHour: 0.01, refreshSeconds: null } },
  );
  const { page } = await launch({ userDataDir: folder });
  await openDashboard(page, 'Night-Costly');
  await drawn(widget(page, 'Chart 1'));
  const banner = page.getByText('Graphs and dashboards are paused', { exact: false }).first();
  await widget(page, 'Chart 3').scrollIntoViewIfNeeded();
  await expect(banner).toBeVisible();
  aws.requests.clear();
  await page.getByRole('button', { name: 'Last day', exact: true }).click();
  await expect(page.getByText(/^paused · /).first()).toBeVisible();
  expect(aws.requests.count('GetMetricData')).toBe(0);
  await page.getByRole('button', { name: 'Resume for an hour' }).click();
  await expect(banner).toBeHidden();
  await expect.poll(() => aws.requests.count('GetMetricData')).toBeGreaterThan(0);
  await drawn(widget(page, 'Chart 3'));
});

test('offline, the last picture shows at once and says how old it is', async ({
  launch,
  folder,
}) => {
  putTall('Night-Tall', 2, 1);
  connectProfile(folder, demoKeys.both, { ...west, endpoint: aws.endpoint });
  const first = await launch({ userDataDir: folder });
  await openDashboard(first.page, 'Night-Tall');
  const said = await drawn(widget(first.page, 'Chart 1'));
  await first.close();
  await aws.stop();
  const second = await launch({ userDataDir: folder });
  await openDashboard(second.page, 'Night-Tall');
  const figure = widget(second.page, 'Chart 1');
  await drawn(figure);
  // It is young enough to need no new answer; asked for one, it says how old it is.
  await second.page.keyboard.press('r');
  await expect(figure).toContainText(/\d+ (s|min) old/);
  expect(await timeOf(figure).getAttribute('aria-valuetext')).toBe(said);
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
