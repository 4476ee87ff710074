/** A server of logs beside CloudWatch: entered, tried, searched, changed, deleted and brought back; its password nowhere. */
import type { Page } from '@playwright/test';
import { ElasticServer } from '../support/elastic-server';
import type { Answer, Asked } from '../support/elastic-server';
import { findings } from './fixtures/accessible';
import { filesWhere } from './fixtures/console';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

const PASSWORD = 'canary-c0rrect-horse';
const WRONG = 'canary-wr0ng-horse';
const RECORDS = 1_200;

let server: ElasticServer;
test.beforeEach(async () => {
  const now = Date.now();
  const docs = Array.from({ length: RECORDS }, (_, i) => {
    const level = i % 10 === 0 ? 'error' : 'info';
    const source = JSON.stringify({ level, message: `handled lead ${i}` });
    return { index: 'crm-logs-1', id: String(i), time: now - 60_000 - i * 1_000, source };
  });
  const right = `Basic ${Buffer.from(`crm-reader:${PASSWORD}`).toString('base64')}`;
  const guard = ({ headers }: Asked): Answer | null =>
    headers.authorization === right
      ? null
      : { status: 401, body: { error: { type: 'security_exception', reason: WRONG } } };
  server = await ElasticServer.start({ docs, guard });
});
test.afterEach(() => server.stop());

async function openSection(page: Page): Promise<void> {
  await goTo(page, 's');
  await page.getByRole('button', { name: 'Log sources' }).click();
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
}

const filesWith = (folder: string, text: string): string[] =>
  filesWhere(folder, (bytes) => bytes.includes(text));

test('a log source is entered, tried, searched and deleted with a way back', async ({
  launch,
  folder,
}) => {
  const { page, output } = await launch({ args: ['--demo'], userDataDir: folder });
  await openSection(page);
  await page.getByRole('button', { name: 'Add a source' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a log source' });
  await dialog.getByRole('button', { name: 'Save source' }).click();
  await expect(dialog.getByText('Password is missing')).toBeVisible();

  await dialog.getByLabel('Name', { exact: true }).fill('CRM search');
  await dialog.getByLabel('Address').fill(server.url);
  await dialog.getByLabel('Index patterns').fill('crm-logs-*');
  await dialog.getByLabel('User', { exact: true }).fill('crm-reader');
  await dialog.getByLabel('Password', { exact: true }).fill(WRONG);
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByText('does not accept the user and password')).toBeVisible();
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByText('answered with 1 match for crm-logs-*')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save source' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('user crm-reader')).toBeVisible();
  await expectAccessible(page);

  await goTo(page, 'l');
  await page.getByRole('checkbox', { name: 'crm-logs-*', exact: true }).first().check();
  await page.getByRole('textbox', { name: 'Log query' }).fill('{ $.level = "error" }');
  await page.getByRole('search').getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText(`${RECORDS / 10} events found`)).toBeVisible();
  await expect(page.getByText('handled lead 10', { exact: true })).toBeVisible();

  await openSection(page);
  await page.getByRole('button', { name: 'Delete CRM search' }).click();
  await expect(page.getByText('There are none yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Test CRM search' }).click();
  // Its password came back with it.
  await expect(page.getByText('answered with 1 match')).toBeVisible();

  for (const secret of [PASSWORD, WRONG, btoa(`crm-reader:${PASSWORD}`)]) {
    expect(output()).not.toContain(secret);
    expect(filesWith(folder, secret)).toEqual([]);
    expect(await page.content()).not.toContain(secret);
  }
  // The names were there to be found.
  expect(filesWith(folder, 'CRM search')).not.toEqual([]);
});

test('a changed address asks for the password again', async ({ launch, folder }) => {
  const { page } = await launch({ args: ['--demo'], userDataDir: folder });
  await openSection(page);
  await page.getByRole('button', { name: 'Add a source' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('CRM search');
  await dialog.getByLabel('Address').fill(server.url);
  await dialog.getByLabel('Index patterns').fill('crm-logs-*');
  await dialog.getByLabel('User', { exact: true }).fill('crm-reader');
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Save source' }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'Edit CRM search' }).click();
  await expect(dialog.getByLabel('Password', { exact: true })).toHaveValue('');
  await expect(dialog.getByText('One is kept and not shown again')).toBeVisible();
  await dialog.getByLabel('Address').fill('https://logs.example.com');
  await dialog.getByRole('button', { name: 'Save source' }).click();
  await expect(dialog.getByText('it was kept for another address or user')).toBeVisible();
});
