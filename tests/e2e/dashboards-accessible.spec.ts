/** What a screen reader finds on the pages of charts. */
import type { Page } from '@playwright/test';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { findings } from './fixtures/accessible';
import { connectProfile } from './fixtures/console';
import {
  EVERY_KIND,
  drawn,
  goToMetrics,
  openDashboard,
  useTheme,
  widget,
} from './fixtures/dashboards';
import { expect, test } from './fixtures/index';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

/** Serious and critical findings only: the rest is advice. */
async function expectAccessible(page: Page, place: string): Promise<void> {
  expect.soft(await findings(page, 'grave'), `accessibility: ${place}`).toEqual([]);
}

for (const theme of ['dark', 'light'] as const) {
  test(`dashboard, full screen, numbers and metrics, ${theme}`, async ({ launch, folder }) => {
    connectProfile(folder, demoKeys.both, { regions: ['us-east-1'], endpoint: aws.endpoint });
    const { page } = await launch({ userDataDir: folder });
    await useTheme(page, theme);
    await openDashboard(page, EVERY_KIND);
    const figure = widget(page, 'Requests and answers');
    await drawn(figure);
    await expectAccessible(page, `dashboard, top, ${theme}`);
    await widget(page, 'Drawn by a function').scrollIntoViewIfNeeded();
    await drawn(widget(page, 'CPU and what is usual'));
    await expectAccessible(page, `dashboard, end, ${theme}`);

    // By keyboard: to the third widget, over the whole window, its numbers, back.
    await figure.scrollIntoViewIfNeeded();
    await figure.focus();
    await page.keyboard.press('f');
    const full = page.getByRole('region', { name: 'Full screen: Requests and answers' });
    await expect(full).toBeVisible();
    await drawn(full);
    await expectAccessible(page, `full screen, ${theme}`);
    await page.keyboard.press('n');
    await expect(full.getByRole('table', { name: /^Datapoints of/ })).toBeVisible();
    await expectAccessible(page, `numbers, ${theme}`);
    await page.keyboard.press('n');
    await page.keyboard.press('Escape');
    await expect(full).toBeHidden();

    const scratch = await goToMetrics(page);
    await expectAccessible(page, `metrics, empty, ${theme}`);
    await page.getByRole('searchbox', { name: 'Search metrics' }).fill('AWS/RDS CPUUtilization');
    await page.getByRole('grid', { name: 'Metrics' }).getByRole('row').first().click();
    await drawn(scratch);
    await expectAccessible(page, `metrics, ${theme}`);
  });
}
