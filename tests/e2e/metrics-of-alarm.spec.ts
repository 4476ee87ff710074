/** From a firing alarm to what else moved and the deployment before it. */
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile } from './fixtures/console';
import { drawn } from './fixtures/dashboards';
import { expect, test } from './fixtures/index';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

test('a bad deployment: what else moved, the release in words and timeline, m opens the metrics', async ({
  launch,
  folder,
}) => {
  connectProfile(folder, demoKeys.both, {
    regions: ['us-west-1'],
    endpoint: aws.endpoint,
    pushQueueUrl: aws.queueUrl('us-west-1'),
  });
  const { page } = await launch({ userDataDir: folder });
  await expect(page.getByRole('grid', { name: 'Alarms' })).toBeVisible();
  aws.run('bad-deployment');
  for (let minute = 0; minute < 4; minute += 1) aws.tick();
  const region = aws.world.region('444455556666', 'us-west-1');
  await expect
    .poll(() => {
      aws.tick();
      return region.find('RealTechee-Critical-Error-Rate')?.state;
    })
    .toBe('ALARM');
  const row = page.getByRole('row', { name: 'RealTechee-Critical-Error-Rate', exact: true });
  await expect(row).toHaveAttribute('data-firing', 'true');
  await row.click();
  const detail = page.getByRole('region', { name: 'Alarm detail' });
  const moved = detail.getByRole('list', { name: 'What else moved' });
  await expect(moved.getByRole('listitem').first()).toBeVisible();
  await expect(
    moved.getByRole('listitem').filter({ hasText: /above|below|times|usual/i }),
  ).not.toHaveCount(0);
  await expect(page.getByRole('log', { name: 'Timeline' })).toContainText(/deploy|release/i);
  await expect(detail).toContainText(/deploy/i);
  await page.keyboard.press('m');
  const scratch = page.getByRole('region', { name: 'Scratch chart' });
  expect(await drawn(scratch)).toMatch(/^\d+ series/);
});
