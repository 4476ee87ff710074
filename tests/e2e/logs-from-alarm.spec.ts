/** From a firing alarm to the line that explains it, by keyboard; live tail; a throttled account beside a quick one. */
import type { Page } from '@playwright/test';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile } from './fixtures/console';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

const grid = (page: Page) => page.getByRole('grid', { name: 'Log events' });

test('alarm, its logs, the stack trace, the request everywhere, and back', async ({
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
  const name = 'RealTechee-Critical-Error-Rate';
  const region = aws.world.region('444455556666', 'us-west-1');
  await expect
    .poll(() => {
      aws.tick();
      return region.find(name)?.state;
    })
    .toBe('ALARM');
  await expect(page.getByRole('row', { name, exact: true })).toHaveAttribute('data-firing', 'true');

  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await page.keyboard.press('l');
  await expect(page.getByText(/events? found · .* no gaps/)).toBeVisible({ timeout: 30_000 });

  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: 'Filter these lines' })).toBeFocused();
  await page.keyboard.type('level:error');
  await expect(page.getByText(/^[\d,]+ of [\d,]+ shown$/)).toBeVisible();
  // Twice: a list of suggestions first, then the field.
  await page.keyboard.press('Escape');
  await grid(page).focus();
  await page.keyboard.press('ArrowDown');
  const detail = page.getByRole('complementary', { name: 'The selected line' });
  const trace = detail.getByRole('region', { name: 'Stack trace' });
  /** The line before stays on show until the selected one is there. */
  const read = async (): Promise<void> => {
    const time = grid(page).getByRole('row', { selected: true }).locator('time');
    const said = /\d\d:\d\d:\d\d(?:\.\d+)?/.exec(await time.innerText());
    await expect(detail).toContainText(said?.[0] ?? 'no time in the row');
  };
  await read();
  for (let tries = 0; tries < 40 && !(await trace.isVisible()); tries += 1) {
    await page.keyboard.press('ArrowDown');
    await read();
  }
  await expect(trace).toContainText(/\bat .+:\d+:\d+/);

  const before = await page.getByText(/events? found/).innerText();
  await page.keyboard.press('f');
  // The sentence of the search before would do as well: that one goes first.
  await expect(page.getByText(before)).toBeHidden();
  await expect(page.getByText(/^[1-9][\d,]* events? found · .* no gaps/)).toBeVisible({
    timeout: 30_000,
  });
  const request = await page.getByRole('textbox', { name: 'Log query' }).inputValue();
  expect(request).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  // Services share the id, so more than one group has lines of it.
  await expect
    .poll(async () => {
      const cells = grid(page).locator('[role="gridcell"][data-kind="where"]');
      return new Set(await cells.allInnerTexts()).size;
    })
    .toBeGreaterThan(1);

  await page.getByRole('button', { name: 'Search before' }).click();
  await expect(page.getByText(before)).toBeVisible();
});

test('a tail follows, holds what is on show while paused, and loses nothing', async ({
  launch,
  folder,
}) => {
  connectProfile(folder, demoKeys.crm, { regions: ['us-east-1'], endpoint: aws.endpoint });
  const { page } = await launch({ userDataDir: folder });
  await goTo(page, 'l');
  await page.getByRole('checkbox', { name: '/ecs/crm/crm-core', exact: true }).check();
  await page.getByRole('button', { name: 'Live tail', exact: true }).click();
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  const told = page.getByText(/: live, [\d,]+ events/);
  await expect(told).toBeVisible({ timeout: 20_000 });
  const count = async (): Promise<number> =>
    Number(/live, ([\d,]+) events/.exec(await told.innerText())?.[1]?.replaceAll(',', '') ?? NaN);
  await expect.poll(count, { timeout: 20_000 }).toBeGreaterThan(20);

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const last = grid(page).getByRole('row').last();
  // What was on its way when it was paused is in sight once the first line is held back.
  const goOn = page.getByRole('button', { name: /^Go on · [\d,]+ new/ });
  await expect(goOn).toBeVisible();
  const held = await last.innerText();
  const heldBack = await goOn.innerText();
  await expect(goOn).not.toHaveText(heldBack, { useInnerText: true });
  await expect(last).toHaveText(held, { useInnerText: true });
  await goOn.click();
  await expect(last).not.toHaveText(held, { useInnerText: true });

  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
  const ended = page.getByText(/: ended, [\d,]+ events/);
  const sent = /ended, ([\d,]+) events/.exec(await ended.innerText())?.[1];
  await expect(page.getByText(`${sent} shown`, { exact: true })).toBeVisible();
});

test('a throttled region is said and delays no other', async ({ launch, folder }) => {
  aws.faults.set({
    operation: 'FilterLogEvents',
    region: 'us-west-1',
    fault: { kind: 'throttle', perSecond: 0 },
  });
  connectProfile(folder, demoKeys.both, {
    regions: ['us-west-1', 'us-east-1'],
    endpoint: aws.endpoint,
  });
  const { page } = await launch({ userDataDir: folder });
  await goTo(page, 'l');
  await page.getByRole('checkbox', { name: '/ecs/crm/auth', exact: true }).check();
  await page.getByRole('checkbox', { name: '/aws/amplify/RealTechee-Gen2/access' }).check();
  const startedAt = Date.now();
  await page.getByRole('search').getByRole('button', { name: 'Search', exact: true }).click();
  await expect(grid(page).getByRole('row').nth(1)).toContainText(/\d\d:\d\d:\d\d/);
  console.log(`search asked for → the quick region's lines: ${Date.now() - startedAt} ms`);
  await page.getByRole('button', { name: 'By group' }).click();
  const groups = page.getByRole('region', { name: 'Groups searched' });
  await expect(groups.getByRole('row', { name: /auth/ })).toContainText('read whole');
  await expect(groups.getByRole('row', { name: /access/ })).toContainText(/throttled \d+ ×/);
  await expect(page.getByText(/throttled \d+ ×, trying again/)).toBeVisible();
  aws.faults.clear();
  await expect(page.getByText(/no gaps.*caught up/)).toBeVisible({ timeout: 60_000 });
});
