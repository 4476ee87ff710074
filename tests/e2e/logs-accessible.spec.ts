/** What a screen reader finds on every tab of the logs, in both themes, and where the keyboard can go. */
import type { Page } from '@playwright/test';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { findings } from './fixtures/accessible';
import { connectProfile } from './fixtures/console';
import { useTheme } from './fixtures/dashboards';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

let aws: DemoAws;
test.beforeEach(async ({ folder }) => {
  aws = await startDemo({ systems: ['crm'], evaluateEveryMs: Infinity });
  connectProfile(folder, demoKeys.crm, { regions: ['us-east-1'], endpoint: aws.endpoint });
});
test.afterEach(() => aws.stop());

async function expectAccessible(page: Page, place: string): Promise<void> {
  expect.soft(await findings(page), `accessibility: ${place}`).toEqual([]);
}

/** Presses Tab so often; the names of what had the focus. */
async function walk(page: Page, presses: number): Promise<string[]> {
  const names: string[] = [];
  for (let at = 0; at < presses; at += 1) {
    await page.keyboard.press('Tab');
    names.push(
      await page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement === null || activeElement === document.body) return '(page)';
        const ring = getComputedStyle(activeElement);
        const seen = activeElement.checkVisibility();
        const label =
          activeElement.getAttribute('aria-label') ??
          (activeElement.textContent?.trim() ||
            activeElement.getAttribute('placeholder') ||
            activeElement.getAttribute('title') ||
            (activeElement instanceof HTMLInputElement
              ? activeElement.labels?.[0]?.textContent
              : null));
        if (!seen || ring.visibility === 'hidden') return `HIDDEN ${activeElement.outerHTML}`;
        return label ?? `NAMELESS ${activeElement.outerHTML}`;
      }),
    );
  }
  return names;
}

const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Logs' }).getByRole('button', { name, exact: true });

for (const theme of ['dark', 'light'] as const) {
  test(`every tab of the logs, ${theme}`, async ({ launch, folder }) => {
    test.setTimeout(180_000);
    const { page } = await launch({ userDataDir: folder });
    await useTheme(page, theme);
    await goTo(page, 'l');
    await page.getByRole('checkbox', { name: '/ecs/crm/crm-core', exact: true }).check();
    await expectAccessible(page, `groups, ${theme}`);

    await page.getByRole('search').getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page.getByText('no gaps')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'By group' }).click();
    await expectAccessible(page, `events, ${theme}`);
    await page.getByRole('grid', { name: 'Log events' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('complementary', { name: 'The selected line' })).toBeVisible();
    await expectAccessible(page, `a line, ${theme}`);
    await page.getByRole('button', { name: 'Patterns', exact: true }).click();
    await expect(page.getByText(/\d patterns? in/)).toBeVisible();
    await expectAccessible(page, `patterns, ${theme}`);
    await tab(page, 'Search').focus();
    const passed = await walk(page, 60);
    expect(passed.filter((name) => /^(HIDDEN|NAMELESS)/.test(name))).toEqual([]);
    for (const place of ['Log query', 'Log events']) expect(passed).toContain(place);

    await tab(page, 'Insights').click();
    await expectAccessible(page, `Insights, ${theme}`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByText(/records matched/)).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page, `rows of Insights, ${theme}`);

    await tab(page, 'Live tail').click();
    await expectAccessible(page, `tail, ${theme}`);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await expect(page.getByText(/: live, [1-9][\d,]* events/)).toBeVisible({ timeout: 20_000 });
    await expectAccessible(page, `a running tail, ${theme}`);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();

    await tab(page, 'Retention').click();
    await expect(page.getByRole('row').nth(1)).toBeVisible({ timeout: 20_000 });
    await expectAccessible(page, `retention, ${theme}`);
  });
}
