/** Runbooks of a team's own: written, broken, hostile, destructive; and every screen of them for everybody's eyes. */
import type { Page } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { findings } from './fixtures/accessible';
import { connectProfile } from './fixtures/console';
import { useTheme } from './fixtures/dashboards';
import { hostileTexts as payloads } from './fixtures/hostile';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

/** A console with one folder of runbooks, files by name. */
function withFiles(folder: string, files: Readonly<Record<string, string>>): string {
  const own = join(folder, 'our-runbooks');
  mkdirSync(own);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(own, name), text);
  connectProfile(
    folder,
    demoKeys.both,
    { regions: ['us-east-1'], endpoint: aws.endpoint, readOnly: false },
    { runbooks: { folders: [own] } },
  );
  return own;
}

async function open(page: Page, name: RegExp): Promise<void> {
  await goTo(page, 'r');
  const list = page.getByRole('region', { name: 'All runbooks' });
  await list.getByRole('button', { name }).first().click();
}

const runIt = (page: Page) => page.getByRole('button', { name: 'Run', exact: true });

/** The run on show; the strip of runs above it says the same words as long as it lives. */
const shownRun = (page: Page) => page.getByRole('article');

const hostileRunbook = stringify({
  nightdesk: 'runbook/1',
  name: payloads[0]?.slice(0, 100),
  description: payloads.join('\n\n'),
  owner: payloads[1]?.slice(0, 100),
  tags: [payloads[2]?.slice(0, 50)],
  inputs: [{ name: 'what', type: 'text', label: payloads[3]?.slice(0, 100), default: payloads[4] }],
  steps: [
    {
      id: 'said',
      name: payloads[5]?.slice(0, 150),
      do: { kind: 'note', text: '{% $inputs.what %}' },
    },
    ...payloads.slice(0, 90).map((text, at) => ({
      id: `note${at}`,
      name: text.slice(0, 150),
      // An expression would be one: what is hostile to a page is at stake here.
      do: { kind: 'note', text: text.replaceAll('{%', '{ %') },
    })),
    {
      id: 'ask',
      do: { kind: 'ask', question: payloads[6], answer: 'choose', choices: payloads.slice(0, 20) },
    },
  ],
});

test('100 hostile texts in a runbook stay text in list, sheet, run and report (S7)', async ({
  launch,
  folder,
}) => {
  test.setTimeout(120_000);
  withFiles(folder, { 'hostile.yaml': hostileRunbook });
  const { page } = await launch({ userDataDir: folder });
  const left: string[] = [];
  page.on('request', (request) => {
    if (!/^(nightdesk-app|data|blob):/.test(request.url())) left.push(request.url());
  });
  const stillText = async (): Promise<void> => {
    expect(await page.evaluate(() => Reflect.has(globalThis, '__ran'))).toBe(false);
    expect(await page.locator('img, iframe, a[href^="javascript"]').count()).toBe(0);
    expect(left).toEqual([]);
    expect(await page.locator('body').innerText()).not.toMatch(
      /[\u202A-\u202E\u2066-\u2069\u0000]/,
    );
  };
  await open(page, /globalThis/);
  await stillText();
  await page.getByRole('button', { name: 'Preview only' }).click();
  await expect(page.getByText('A preview: it cannot be run from here.')).toBeVisible({
    timeout: 20_000,
  });
  await stillText();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await runIt(page).click();
  const form = page.getByRole('form', { name: 'The step asks' });
  await expect(form).toBeVisible({ timeout: 60_000 });
  await stillText();
  await form.getByRole('button').first().click();
  await expect(shownRun(page).getByText(/92 of 92 steps/)).toBeVisible();
  await stillText();
});

test('a broken file is told with line and column, and takes no other with it', async ({
  launch,
  folder,
}) => {
  const own = withFiles(folder, {
    'broken.yaml':
      'nightdesk: runbook/1\nname: Half\nsteps:\n  - id: a\n    do: { kind: nonsense }\n',
    'whole.yaml':
      'nightdesk: runbook/1\nname: Whole\nsteps:\n  - id: a\n    do: { kind: note, text: x }\n',
  });
  const { page } = await launch({ userDataDir: folder });
  await open(page, /^broken/);
  await expect(page.getByRole('alert').getByText(/Line 5, column \d+/)).toBeVisible();
  await expect(runIt(page)).toHaveCount(0);
  await open(page, /^Whole/);
  await runIt(page).click();
  await expect(shownRun(page).getByText(/1 of 1 step/)).toBeVisible();
  // Mended on disk: seen without being asked for.
  writeFileSync(
    join(own, 'broken.yaml'),
    'nightdesk: runbook/1\nname: Mended\nsteps:\n  - id: a\n    do: { kind: note, text: y }\n',
  );
  await expect(
    page.getByRole('region', { name: 'All runbooks' }).getByRole('button', { name: /^Mended/ }),
  ).toBeVisible({ timeout: 15_000 });
});

test('what destroys runs only when the name of its resource has been typed', async ({
  launch,
  folder,
}) => {
  withFiles(folder, {
    'reboot.yaml': `nightdesk: runbook/1
name: Reboot the database
steps:
  - id: reboot
    do: { kind: rds-reboot, instance: crm-production }
`,
  });
  const { page } = await launch({ userDataDir: folder });
  await open(page, /^Reboot the database/);
  await runIt(page).click();
  const dialog = page.getByRole('dialog', { name: /Reboot the database/ });
  const approve = dialog.getByRole('button', { name: 'Approve and run' });
  await expect(approve).toBeVisible({ timeout: 20_000 });
  await page.waitForTimeout(1_000);
  await expect(approve).toBeDisabled();
  const field = dialog.getByRole('textbox', { name: /It destroys/ });
  await field.fill('crm-productio');
  await expect(approve).toBeDisabled();
  await field.fill('crm-production');
  await expect(approve).toBeEnabled();
  expect(aws.changes.entries).toEqual([]);
  await approve.click();
  await expect
    .poll(() => aws.changes.entries.map(({ operation }) => operation))
    .toEqual(['RebootDBInstance']);
});

test('a run goes on while the window is hidden, and asks by a notification', async ({
  launch,
  popups,
  folder,
}) => {
  withFiles(folder, {
    'later.yaml': `nightdesk: runbook/1
name: Ask me later
steps:
  - id: while
    do: { kind: wait-for, time: 3s }
  - id: ask
    do: { kind: ask, question: Is anybody there?, answer: confirm }
`,
  });
  const { app, page } = await launch({ userDataDir: folder });
  await open(page, /^Ask me later/);
  await runIt(page).click();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const popup = await popups.waitFor(({ summary }) => summary === 'Ask me later');
  expect(popup.body).toContain('It asks you: Is anybody there?');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  await page.getByRole('button', { name: 'Yes, go on' }).click();
  await expect(shownRun(page).getByText(/2 of 2 steps/)).toBeVisible();
});

test('a runbook is written, marked where it is wrong, saved and previewed', async ({
  launch,
  folder,
}) => {
  const own = withFiles(folder, {});
  const { page } = await launch({ userDataDir: folder });
  await goTo(page, 'r');
  await page.getByRole('button', { name: 'More of runbooks' }).click();
  await page.getByRole('menuitem', { name: 'New runbook', exact: true }).click();
  const text = page.locator('.cm-content');
  await text.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('  - id: second\n  do: {{ kind: nonsense');
  await expect(
    page.getByRole('region', { name: 'Mistakes' }).getByText(/^(One mistake|\d+ mistakes)$/),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save and preview' })).toBeDisabled();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(
    'nightdesk: runbook/1\nname: Look twice\nsteps:\n  - id: a\n    do: { kind: note, text: look }\n',
  );
  await expect(page.getByText('No mistakes')).toBeVisible();
  await page.getByRole('textbox', { name: 'File name' }).fill('look-twice.yaml');
  await page.getByRole('button', { name: 'Save and preview' }).click();
  await expect(page.getByText('A preview: it cannot be run from here.')).toBeVisible();
  expect(readFileSync(join(own, 'look-twice.yaml'), 'utf8')).toContain('name: Look twice');
});

async function expectAccessible(page: Page, place: string): Promise<void> {
  expect.soft(await findings(page), `accessibility: ${place}`).toEqual([]);
}

for (const theme of ['dark', 'light'] as const) {
  test(`runbooks for a screen reader, ${theme}`, async ({ launch, folder }) => {
    test.setTimeout(120_000);
    withFiles(folder, {});
    const { page } = await launch({ userDataDir: folder });
    await useTheme(page, theme);
    await open(page, /^Restart/);
    await expectAccessible(page, 'a runbook');
    await page.getByRole('button', { name: 'Preview only' }).click();
    await expect(page.getByText('A preview: it cannot be run from here.')).toBeVisible({
      timeout: 20_000,
    });
    await expectAccessible(page, 'the sheet');
    await page.keyboard.press('Escape');
    // As long as it is there it has the keys to itself, and `r` alone is another key than `g r`.
    await expect(page.getByRole('dialog')).toBeHidden();
    await open(page, /^Check the health of the CRM/);
    await runIt(page).click();
    await expect(page.getByRole('button', { name: 'Report…' })).toBeVisible({ timeout: 30_000 });
    await expect(shownRun(page).getByText(/(\d+) of \1 steps/)).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page, 'a run');
    await page.getByRole('button', { name: 'All runs' }).click();
    await expect(page.getByRole('dialog', { name: 'All runs' })).toBeVisible();
    await expectAccessible(page, 'all runs');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More of runbooks' }).click();
    await page.getByRole('menuitem', { name: 'New runbook', exact: true }).click();
    await expect(page.locator('.cm-content')).toBeVisible();
    await expectAccessible(page, 'the editor');
  });
}
