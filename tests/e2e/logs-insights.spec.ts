/** Logs Insights by keyboard: a query over two accounts of which one fails, its rows, a file of them; one stopped. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { defaultLogSettings } from '../../src/shared/logs/settings';
import type { QueryHistoryEntry } from '../../src/shared/logs/settings';
import type { Connection } from '../../src/shared/connections/connection';
import { findings } from './fixtures/accessible';
import { connectProfile, journalEntries } from './fixtures/console';
import { answerSaveDialog } from './fixtures/dashboards';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

const GROUP = '/ecs/crm/auth';
const REGION = 'us-east-1';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ systems: ['crm'], evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

const connection = (id: string, label: string, more: Partial<Connection>): Connection => ({
  id,
  label,
  color: '#6ea8fe',
  credentials: { kind: 'profile', profile: 'production' },
  roleArn: null,
  readOnly: true,
  paused: false,
  pushQueueUrl: null,
  regions: [REGION],
  endpoint: aws.endpoint,
  ...more,
});

/** Two connections, and a query of the day before over both of them. */
function setUp(folder: string, entry: Partial<QueryHistoryEntry>, writable = false): void {
  const groups = ['production', 'other'].map((connectionId) => ({
    connectionId,
    region: REGION,
    name: GROUP,
  }));
  connectProfile(
    folder,
    demoKeys.crm,
    { regions: [REGION], endpoint: aws.endpoint },
    {
      timeZone: 'utc',
      connections: [
        connection('production', 'Production', { readOnly: !writable }),
        connection('other', 'Other', { credentials: { kind: 'profile', profile: 'nobody' } }),
      ],
      logs: {
        ...defaultLogSettings,
        history: [
          {
            query: 'fields @timestamp, level, @message | sort @timestamp desc',
            language: 'CWLI',
            ranAt: Date.now() - 86_400_000,
            start: '-PT1H',
            end: null,
            groups,
            ...entry,
          },
        ],
      },
    },
  );
}

/** To the tab, and the query of the history into its editor. */
async function openFromHistory(page: Page): Promise<Locator> {
  await goTo(page, 'l');
  await page.getByRole('button', { name: 'Insights', exact: true }).click();
  await page.getByRole('button', { name: 'History' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('option')).toHaveCount(1);
  // Before the list has the keyboard, Enter is the button's that opened it.
  await expect(dialog.getByRole('combobox', { name: 'Narrow the list' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const editor = page.getByRole('textbox', { name: 'Query', exact: true });
  await editor.focus();
  return editor;
}

const said = (page: Page): Locator => page.getByRole('status').filter({ hasText: / s$|\.$/ });

test('a failed account stands beside the rows of a healthy one, which are looked at and saved', async ({
  launch,
  folder,
}) => {
  setUp(folder, {});
  const { app, page } = await launch({ userDataDir: folder });
  await openFromHistory(page);
  await page.keyboard.press('Control+Enter');
  await expect(said(page).first()).toHaveText(
    /^1,000 rows, as many as were asked for, 1 of 2 accounts and regions failed · .* read · /,
  );
  const places = page.getByRole('region', { name: 'The query by account and region' });
  await expect(places.getByRole('row', { name: /^Other us-east-1/ })).toContainText('nobody');
  await expect(places.getByRole('row', { name: /^Production us-east-1/ })).toContainText(
    '1,000 rows',
  );

  const grid = page.getByRole('grid', { name: 'Rows of the query' });
  await expect(grid).toHaveAttribute('aria-rowcount', '1001');
  await expect(grid.getByRole('columnheader')).toHaveText([
    'where',
    '@timestamp',
    'level',
    '@message',
  ]);
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: 'The row' });
  await expect(detail.getByRole('term').filter({ hasText: '@ptr' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  await expect(grid).toBeFocused();

  const path = join(folder, 'rows.csv');
  await answerSaveDialog(app, path);
  await page.getByRole('button', { name: 'Export' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Save as CSV…' }).press('Enter');
  await expect.poll(() => existsSync(path)).toBe(true);
  const lines = readFileSync(path, 'utf8').split('\r\n');
  expect(lines[0]).toBe("where,'@timestamp,level,'@message");
  expect(lines.filter((line) => line.startsWith('Production us-east-1,'))).toHaveLength(1_000);
});

test('a mistake is marked where CloudWatch found it, and a chart drawn of what is corrected', async ({
  launch,
  folder,
}) => {
  setUp(folder, {
    query: 'stats cont(*) as n by level, bin(5m)',
    groups: [{ connectionId: 'production', region: REGION, name: GROUP }],
  });
  const { page } = await launch({ userDataDir: folder });
  const editor = await openFromHistory(page);
  await page.keyboard.press('Control+Enter');
  await expect(said(page).first()).toHaveText(/^CloudWatch cannot read the query at line 1/);
  await expect(editor.locator('.cm-lintRange-error')).not.toHaveCount(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('stats count(*) as n by level, bin(5m)');
  await expect(editor.locator('.cm-lintRange-error')).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await expect(said(page).first()).toHaveText(/^\d+ rows · /);
  await page.getByRole('radio', { name: 'Chart' }).press('Space');
  const figure = page.getByRole('figure', { name: 'Result over time' });
  await expect(figure.getByRole('slider', { name: 'Time' })).toHaveAttribute(
    'aria-valuetext',
    /^\d series, last /,
  );
});

test('stopped, CloudWatch is told, and what came stays; saved in the account it is on record', async ({
  launch,
  folder,
}) => {
  setUp(
    folder,
    {
      start: '-P7D',
      groups: [{ connectionId: 'production', region: REGION, name: GROUP }],
    },
    true,
  );
  const { page } = await launch({ userDataDir: folder });
  await openFromHistory(page);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await page.keyboard.press('Control+.');
  await expect(said(page).first()).toHaveText(/^Stopped: /);
  await expect
    .poll(() => aws.requests.entries.map(({ operation }) => operation))
    .toContain('StopQuery');

  await page.getByRole('button', { name: 'Saved' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Save this query…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Save the query' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Lines of auth');
  await dialog.getByRole('radio', { name: 'In the account' }).press('Space');
  await dialog.getByRole('button', { name: 'Create in Production us-east-1' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(() => JSON.stringify(journalEntries(folder))).toContain('Lines of auth');
  await page.getByRole('button', { name: 'Saved' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Open a saved query…' }).press('Enter');
  await expect(page.getByRole('option', { name: /^Lines of auth/ })).toBeVisible();
});

test('the lines around a row are searched, and the row is the one selected', async ({
  launch,
  folder,
}) => {
  setUp(folder, {
    query: 'fields @timestamp, @message, @logStream | sort @timestamp desc | limit 20',
    groups: [{ connectionId: 'production', region: REGION, name: GROUP }],
  });
  const { page } = await launch({ userDataDir: folder });
  await openFromHistory(page);
  await page.keyboard.press('Control+Enter');
  await expect(said(page).first()).toHaveText(/^20 rows · /);
  const rows = page.getByRole('grid', { name: 'Rows of the query' });
  await rows.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const row = page.getByRole('region', { name: 'The row' });
  const message = await row.locator('dt:has-text("@message") + dd').innerText();
  const id = /[0-9a-f]{8}-[0-9a-f-]{20,}/.exec(message)?.[0] ?? message.slice(0, 60);
  await row.getByRole('button', { name: 'Lines around it' }).press('Enter');
  const line = page.getByRole('complementary', { name: 'The selected line' });
  await expect(line).toContainText(id, { timeout: 30_000 });
  await expect(
    page.getByRole('grid', { name: 'Log events' }).getByRole('row', { selected: true }),
  ).toHaveCount(1);
});
