/** An account that never answers does not keep another one's dashboards waiting. */
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile } from './fixtures/console';
import { drawn, goToDashboards, widget } from './fixtures/dashboards';
import { expect, test } from './fixtures/index';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

test('the healthy account lists and draws at once, the hung one says so', async ({
  launch,
  folder,
}) => {
  const base = {
    color: '#6ea8fe',
    credentials: { kind: 'profile' as const, profile: 'production' },
    endpoint: aws.endpoint,
    roleArn: null,
    readOnly: true,
    paused: false,
    pushQueueUrl: null,
  };
  for (const operation of ['ListDashboards', 'GetMetricData', 'GetDashboard']) {
    aws.faults.set({ operation, region: 'us-west-1', fault: { kind: 'hang' } });
  }
  connectProfile(
    folder,
    demoKeys.both,
    { regions: ['us-east-1'], endpoint: aws.endpoint },
    {
      connections: [
        { ...base, id: 'crm', label: 'Healthy', regions: ['us-east-1'] },
        { ...base, id: 'rt', label: 'Hung', regions: ['us-west-1'] },
      ],
    },
  );
  const { page } = await launch({ userDataDir: folder });
  const startedAt = Date.now();
  const grid = await goToDashboards(page);
  const name = 'CRM-ECS-Services';
  await expect(grid.getByRole('row', { name, exact: true })).toBeVisible();
  await expect(grid.getByRole('row', { name: /Asking for its dashboards/ })).toBeVisible();
  await grid.getByRole('row', { name, exact: true }).click();
  await drawn(widget(page, 'CPU by service'));
  console.log(`page asked for → healthy dashboard drawn: ${Date.now() - startedAt} ms`);
  expect(Date.now() - startedAt).toBeLessThan(8_000);
  // It is given up with words, not left turning.
  await expect(grid.getByRole('row', { name: /did not answer|no answer|time/i })).toBeVisible({
    timeout: 60_000,
  });
  await expect(grid.getByRole('button', { name: 'Try again' })).toBeVisible();
  aws.faults.clear();
  await grid.getByRole('button', { name: 'Try again' }).click();
  await expect(grid.getByRole('row', { name: 'RealTechee-Web-Vitals', exact: true })).toBeVisible();
});
