/** The engine that holds the events dies while they are on show: that is said, and one press fetches them again. */
import { demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile } from './fixtures/console';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

test('a dead engine is told, and Resume fetches the events again', async ({ launch, folder }) => {
  const aws = await startDemo({ systems: ['crm'], evaluateEveryMs: Infinity });
  connectProfile(folder, demoKeys.crm, { regions: ['us-east-1'], endpoint: aws.endpoint });
  const { app, page } = await launch({ userDataDir: folder });
  await goTo(page, 'l');
  await page.getByRole('checkbox', { name: '/ecs/crm/crm-core', exact: true }).check();
  await page.getByRole('search').getByRole('button', { name: 'Search', exact: true }).click();
  const told = page.getByText(/events? found · the group read whole, no gaps/);
  await expect(told).toBeVisible({ timeout: 30_000 });
  const found = async (): Promise<number> =>
    Number(/^([\d,]+) event/.exec(await told.innerText())?.[1]?.replaceAll(',', ''));
  const before = await found();
  expect(before).toBeGreaterThan(0);
  const grid = page.getByRole('grid', { name: 'Log events' });
  await expect(grid.getByRole('row').nth(1)).toContainText(/\d\d:\d\d:\d\d/);

  const pid = await app.evaluate(
    ({ app: running }) =>
      running.getAppMetrics().find(({ name }) => name === 'Nightdesk logs')?.pid,
  );
  expect(pid).toBeDefined();
  process.kill(pid ?? 0, 'SIGKILL');
  const resume = page.getByRole('button', { name: 'Resume', exact: true });
  await expect(resume).toBeVisible();
  await expect(page.getByText(/0 % of 1 group read/)).toBeVisible();

  await resume.click();
  await expect(told).toBeVisible({ timeout: 30_000 });
  // Lines of the range's last moment may have been taken in only after the first search.
  expect(await found()).toBeGreaterThanOrEqual(before);
  await expect(grid.getByRole('row').nth(1)).toContainText(/\d\d:\d\d:\d\d/);
  await expect(resume).toBeHidden();
  await aws.stop();
});
