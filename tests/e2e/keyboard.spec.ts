/** The console by keyboard alone, and what a screen reader finds in each place. */
import type { Page } from '@playwright/test';
import { findings } from './fixtures/accessible';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

/** Serious and critical findings only: the rest is advice. */
async function expectAccessible(page: Page, place: string): Promise<void> {
  expect.soft(await findings(page, 'grave'), `accessibility: ${place}`).toEqual([]);
}

const selectedName = (page: Page): Promise<string | null> =>
  page.getByRole('row', { selected: true }).getAttribute('aria-label');

test('the list by keyboard: move, acknowledge, undo, snooze, filter', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const grid = page.getByRole('grid', { name: 'Alarms' });
  await expect(grid.locator('[data-firing="true"]').first()).toBeVisible();
  await expectAccessible(page, 'alarms');

  await page.keyboard.press('j');
  const first = await selectedName(page);
  expect(first).not.toBeNull();
  await page.keyboard.press('j');
  await expect.poll(() => selectedName(page)).not.toBe(first);
  await page.keyboard.press('k');
  await expect.poll(() => selectedName(page)).toBe(first);
  const detail = page.getByRole('region', { name: 'Alarm detail' });
  await expect(detail.getByRole('heading', { level: 1 })).toContainText(String(first));
  await expectAccessible(page, 'alarm detail');

  await page.keyboard.press('a');
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages).toContainText('Acknowledged 1 alarm');
  await expect(detail).toContainText('Acknowledged by');
  await page.keyboard.press('u');
  await expect(messages).toContainText('Undone: Acknowledged 1 alarm');
  await expect(detail).not.toContainText('Acknowledged by');

  await page.keyboard.press('s');
  const snooze = page.getByRole('dialog', { name: 'Snooze' });
  await expect(snooze).toBeVisible();
  await expectAccessible(page, 'snooze');
  await page.keyboard.press('Escape');
  await expect(snooze).toBeHidden();

  await page.keyboard.press('/');
  const filter = page.getByRole('searchbox', { name: 'Filter alarms' });
  await expect(filter).toBeFocused();
  await page.keyboard.type('no alarm is called this');
  await expect(grid).toBeHidden();
  await expectAccessible(page, 'nothing found');
  await page.keyboard.press('Escape');
  await expect(filter).toHaveValue('');
  await expect(grid).toBeVisible();
});

test('palette, help, inbox and settings by keyboard, in both themes', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  await expect(page.getByRole('grid', { name: 'Alarms' })).toBeVisible();
  const html = page.locator('html');

  for (const theme of ['light', 'dark']) {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    await expect(palette).toBeVisible();
    await page.keyboard.type(`theme: ${theme}`);
    await expect(palette.getByText(`Theme: ${theme}`)).toBeVisible();
    await expectAccessible(page, `palette, before ${theme}`);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(palette).toBeHidden();
    await expect(html).toHaveAttribute('data-mantine-color-scheme', theme);
    await expectAccessible(page, `alarms, ${theme}`);

    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard' });
    await expect(help).toContainText('Next alarm');
    await expectAccessible(page, `help, ${theme}`);
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();

    await goTo(page, 'i');
    const inbox = page.getByRole('complementary', { name: 'Inbox' });
    await expect(inbox).toBeVisible();
    await expectAccessible(page, `inbox, ${theme}`);
    await page.keyboard.press('Escape');
    await expect(inbox).toBeHidden();

    await goTo(page, 's');
    await expect(page.getByRole('heading', { name: 'Settings' }).first()).toBeVisible();
    await expectAccessible(page, `settings, ${theme}`);
    await goTo(page, 'a');
    await expect(page.getByRole('grid', { name: 'Alarms' })).toBeVisible();
  }
});
