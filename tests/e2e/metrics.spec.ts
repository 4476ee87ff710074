/** The metrics page: find, draw, compute, keep as a file, and put into the account after a look at the diff. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile, journalEntries } from './fixtures/console';
import {
  answerSaveDialog,
  drawn,
  goToDashboards,
  goToMetrics,
  openDashboard,
  widget,
} from './fixtures/dashboards';
import { expect, test } from './fixtures/index';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

/** Finds two metrics of the CRM's database and puts both on the chart. */
async function chooseTwo(page: Page): Promise<void> {
  const scratch = await goToMetrics(page);
  const search = page.getByRole('searchbox', { name: 'Search metrics' });
  const metrics = page.getByRole('grid', { name: 'Metrics' });
  for (const name of ['CPUUtilization', 'DatabaseConnections']) {
    await search.fill(`AWS/RDS ${name}`);
    const row = metrics.getByRole('row', { name: new RegExp(`${name}.*crm-production`) }).first();
    await expect(row).toBeVisible();
    await row.click();
    await expect(row).toHaveAttribute('aria-selected', 'true');
  }
  const lines = scratch.getByRole('grid', { name: 'Lines of the chart' });
  await expect(lines.getByRole('row', { name: /· crm-production$/ })).toHaveCount(2);
}

test('search, two metrics, a mistake in the math that is marked and corrected, saved as a file', async ({
  launch,
  folder,
}) => {
  connectProfile(folder, demoKeys.both, { regions: ['us-east-1'], endpoint: aws.endpoint });
  const { app, page } = await launch({ userDataDir: folder });
  await chooseTwo(page);
  const scratch = page.getByRole('region', { name: 'Scratch chart' });
  await drawn(scratch, 2);
  await scratch.getByRole('button', { name: 'Add expression' }).click();
  const editor = scratch.getByRole('textbox', { name: /^Expression/ });
  await editor.click();
  await page.keyboard.press('Control+a');
  // A name at its end would open the list of names, which takes Enter to itself.
  await page.keyboard.type('m1 / m9 * 100');
  await page.keyboard.press('Enter');
  const lines = scratch.getByRole('grid', { name: 'Lines of the chart' });
  const line = lines.getByRole('row').last();
  // The mistake is said in words beside it; the lines that are right stay drawn.
  await expect(line).toContainText('Not asked: No line of this chart is called m9.');
  await drawn(scratch, 2);
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('m1 / m2 * 100');
  await page.keyboard.press('Enter');
  // The corrected line is drawn too.
  await drawn(scratch, 3);

  const path = join(folder, 'night.json');
  await answerSaveDialog(app, path);
  await scratch.getByRole('textbox', { name: 'Title of the chart' }).fill('Night chart');
  await scratch.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('menuitem', { name: /^As a dashboard file/ }).click();
  await expect.poll(() => existsSync(path)).toBe(true);
  const body: unknown = JSON.parse(readFileSync(path, 'utf8'));
  expect(JSON.stringify(body)).toContain('m1 / m2 * 100');
  await expect(page.getByRole('menu')).toBeHidden();
  const files = await goToDashboards(page);
  await files.getByRole('row', { name: 'night.json', exact: true }).click();
  await drawn(widget(page, 'Night chart'), 3);
});

test('put into the account: once, after the diff, with the journal before the call', async ({
  launch,
  folder,
}) => {
  connectProfile(folder, demoKeys.both, {
    regions: ['us-east-1'],
    endpoint: aws.endpoint,
    readOnly: false,
  });
  const { page } = await launch({ userDataDir: folder });
  await chooseTwo(page);
  const scratch = page.getByRole('region', { name: 'Scratch chart' });
  await scratch.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Put into the account/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Put into the account' });
  await dialog.getByRole('textbox', { name: 'Dashboard name' }).fill('Night-Watch');
  await expect(dialog).toContainText('Nothing is there under this name yet');
  const diff = dialog.getByRole('region', { name: 'Changed lines' });
  await expect(diff).toContainText('DatabaseConnections');
  expect(aws.requests.count('PutDashboard')).toBe(0);
  await dialog.getByRole('button', { name: 'Create in Production' }).click();
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
    'Put Night-Watch into Production',
  );
  expect(aws.requests.count('PutDashboard')).toBe(1);
  const call = aws.requests.entries.find(({ operation }) => operation === 'PutDashboard');
  const entries = journalEntries(folder).filter((entry) =>
    JSON.stringify(entry).includes('Night-Watch'),
  );
  expect(entries.length).toBeGreaterThan(0);
  expect(entries[0]?.at).toBeLessThanOrEqual(call?.at ?? 0);
  await openDashboard(page, 'Night-Watch');
  await drawn(
    page.getByRole('region', { name: 'Widgets of Night-Watch' }).getByRole('figure').first(),
  );
});

test('a read-only connection changes nothing and says why (S14)', async ({ launch, folder }) => {
  connectProfile(folder, demoKeys.both, { regions: ['us-east-1'], endpoint: aws.endpoint });
  const { page } = await launch({ userDataDir: folder });
  await chooseTwo(page);
  await page
    .getByRole('region', { name: 'Scratch chart' })
    .getByRole('button', { name: 'Save', exact: true })
    .click();
  await page.getByRole('menuitem', { name: /^Put into the account/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Put into the account' });
  await dialog.getByRole('textbox', { name: 'Dashboard name' }).fill('CRM-ECS-Services');
  await expect(dialog.getByRole('alert')).toContainText('read-only connection');
  await expect(dialog).toContainText('is there already');
  await expect(
    dialog.getByRole('button', { name: 'Change CRM-ECS-Services in Production' }),
  ).toBeDisabled();
  expect(aws.requests.count('PutDashboard')).toBe(0);
});
