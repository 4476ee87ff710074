/** Writing runbooks: begun from a team's documents or an alarm, kept while nobody saved them, never over another's text. */
import type { Locator, Page } from '@playwright/test';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { findings } from './fixtures/accessible';
import { connectProfile } from './fixtures/console';
import { useTheme } from './fixtures/dashboards';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

/** A console with one folder of runbooks, files by name. */
function withFiles(folder: string, files: Readonly<Record<string, string>> = {}): string {
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

const listOf = (page: Page): Locator => page.getByRole('region', { name: 'All runbooks' });
const writtenOf = (page: Page): Locator => page.getByRole('region', { name: 'Being written' });
const textOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Text of the runbook' });
const editorOf = (page: Page): Locator => page.getByRole('region', { name: 'Runbook editor' });

async function goToRunbooks(page: Page): Promise<void> {
  await goTo(page, 'r');
  await expect(
    listOf(page)
      .getByRole('button', { name: /^Restart/ })
      .first(),
  ).toBeVisible();
}

async function fromMenu(page: Page, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More of runbooks' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function openImport(page: Page): Promise<Locator> {
  await fromMenu(page, 'Import…');
  const dialog = page.getByRole('dialog', { name: 'Import into a new runbook' });
  await expect(dialog.getByRole('textbox')).toBeFocused();
  return dialog;
}

/** Saves what is written, and runs it until it asks. */
async function savedAndRun(page: Page, name: RegExp): Promise<Locator> {
  await editorOf(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(editorOf(page).getByText('As saved')).toBeVisible();
  await expect(writtenOf(page)).toHaveCount(0);
  await listOf(page).getByRole('button', { name }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const form = page.getByRole('form', { name: 'The step asks' });
  await expect(form).toBeVisible({ timeout: 30_000 });
  return form;
}

const automation = `description: Looks at a service and asks before anybody goes on.
schemaVersion: '0.3'
mainSteps:
  - name: look
    action: aws:executeAwsApi
    inputs: { Service: sts, Api: GetCallerIdentity }
  - name: rest
    action: aws:sleep
    inputs: { Duration: PT1S }
  - name: sure
    action: aws:pause
    inputs: {}
`;

const checklist = `# Queue is stuck

Nothing is lost: messages wait in the queue.

- [ ] The consumer is running
- [ ] The dead letter queue is empty
`;

test('an Automation document becomes a runbook that is saved and run to its first question', async ({
  launch,
  folder,
}) => {
  const own = withFiles(folder);
  const { page } = await launch({ userDataDir: folder });
  await goToRunbooks(page);
  const dialog = await openImport(page);
  const take = dialog.getByRole('button', { name: 'Put it in the editor' });
  await dialog.getByRole('textbox').fill('schemaVersion: [');
  await expect(dialog.getByRole('list', { name: 'Why it cannot be imported' })).toBeVisible();
  await expect(take).toBeDisabled();
  await page.locator('input[type=file]').setInputFiles({
    name: 'CheckQueue.yaml',
    mimeType: 'text/yaml',
    buffer: Buffer.from(automation),
  });
  await expect(dialog.getByRole('radio', { name: 'SSM Automation document' })).toBeChecked();
  await expect(dialog.getByRole('region', { name: 'What could not be said' })).toContainText(
    'GetCallerIdentity',
  );
  await take.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('No mistakes')).toBeVisible();
  await expect(writtenOf(page).getByRole('button', { name: /^CheckQueue/ })).toBeVisible();
  expect(readdirSync(own)).toEqual([]);
  const form = await savedAndRun(page, /^CheckQueue/);
  expect(readdirSync(own)).toEqual(['checkqueue.yaml']);
  await expect(form).toBeVisible();
});

test('a Markdown checklist becomes questions, and waits in the list until it is saved', async ({
  launch,
  folder,
}) => {
  const own = withFiles(folder);
  const { page } = await launch({ userDataDir: folder });
  await goToRunbooks(page);
  const dialog = await openImport(page);
  await dialog.getByRole('textbox').fill(checklist);
  await expect(dialog.getByRole('radio', { name: 'Markdown checklist' })).toBeChecked();
  await expect(dialog.getByText('All of it can be said in a runbook.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Put it in the editor' }).click();
  await expect(textOf(page)).toContainText('Queue is stuck');
  // Elsewhere and back, without one key of one's own: nothing of it is lost, and nothing is said to have been.
  await listOf(page)
    .getByRole('button', { name: /^Restart/ })
    .first()
    .click();
  await expect(editorOf(page)).toHaveCount(0);
  await writtenOf(page)
    .getByRole('button', { name: /^Queue is stuck/ })
    .click();
  await expect(textOf(page)).toContainText('The consumer is running');
  await expect(page.getByText('This is what you wrote before')).toHaveCount(0);
  const form = await savedAndRun(page, /^Queue is stuck/);
  expect(readFileSync(join(own, 'queue-is-stuck.yaml'), 'utf8')).toContain('name: Queue is stuck');
  await expect(form).toContainText('The consumer is running');
  await form.getByRole('button', { name: 'Yes, go on' }).click();
  await expect(form).toContainText('The dead letter queue is empty');
});

const look = (what: string): string =>
  `nightdesk: runbook/1\nname: Look\nsteps:\n  - id: a\n    do: { kind: note, text: ${what} }\n`;

/** The runbook `Look` in the editor, with a text of one's own. */
async function writing(page: Page, what: string): Promise<void> {
  await goToRunbooks(page);
  await listOf(page).getByRole('button', { name: /^Look/ }).click();
  await page.getByRole('button', { name: 'More of this runbook' }).click();
  await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
  await textOf(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(look(what));
  await expect(editorOf(page).getByText('Changed, not saved yet')).toBeVisible();
}

test('a file that somebody else changed: what differs is shown; mine is saved, or theirs is taken', async ({
  launch,
  folder,
}) => {
  const own = withFiles(folder, { 'look.yaml': look('first') });
  const file = join(own, 'look.yaml');
  const { page } = await launch({ userDataDir: folder });
  await writing(page, 'mine');
  writeFileSync(file, look('theirs'));
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'The file is not what it was' });
  await expect(dialog.getByRole('figure', { name: 'What changes' })).toContainText('text: theirs');
  await expect(dialog.getByRole('figure', { name: 'What changes' })).toContainText('text: mine');
  await dialog.getByRole('button', { name: 'Keep writing' }).click();
  expect(readFileSync(file, 'utf8')).toBe(look('theirs'));
  await expect(textOf(page)).toContainText('mine');

  await page.keyboard.press('Control+s');
  await dialog.getByRole('button', { name: 'Save mine over it' }).click();
  await expect(dialog).toBeHidden();
  expect(readFileSync(file, 'utf8')).toBe(look('mine'));

  await textOf(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('# more of mine\n');
  writeFileSync(file, look('theirs again'));
  await page.keyboard.press('Control+s');
  await dialog.getByRole('button', { name: 'Take the file’s text' }).click();
  await expect(textOf(page)).toContainText('theirs again');
  await expect(textOf(page)).not.toContainText('more of mine');
  await expect(editorOf(page).getByText('As saved')).toBeVisible();
  expect(readFileSync(file, 'utf8')).toBe(look('theirs again'));
});

test('left with unsaved text: marked in the list, there again, thrown away only when asked for', async ({
  launch,
  folder,
}) => {
  const own = withFiles(folder, { 'look.yaml': look('first') });
  const { page } = await launch({ userDataDir: folder });
  await writing(page, 'mine');
  const entry = listOf(page).getByRole('button', { name: /^Look/ });
  await expect(entry).toContainText('not saved');
  await editorOf(page).getByRole('button', { name: 'Close' }).click();
  const leaving = page.getByRole('dialog', { name: 'Not saved yet' });
  await leaving.getByRole('button', { name: 'Keep as a draft' }).click();
  await expect(editorOf(page)).toHaveCount(0);
  await goTo(page, 'a');
  await expect(page.getByRole('grid', { name: 'Alarms' })).toBeVisible();
  await goToRunbooks(page);
  await expect(entry).toContainText('not saved');
  // What would be run is the file, which its page says.
  await page.getByRole('button', { name: 'Go on writing' }).click();
  await expect(page.getByText('This is what you wrote before')).toBeVisible();
  await expect(textOf(page)).toContainText('mine');
  await editorOf(page).getByRole('button', { name: 'Close' }).click();
  await leaving.getByRole('button', { name: 'Throw it away' }).click();
  await expect(entry).not.toContainText('not saved');
  expect(readFileSync(join(own, 'look.yaml'), 'utf8')).toBe(look('first'));
});

test('Ctrl Shift S saves and shows what it would do', async ({ launch, folder }) => {
  const own = withFiles(folder, { 'look.yaml': look('first') });
  const { page } = await launch({ userDataDir: folder });
  await writing(page, 'second');
  await page.keyboard.press('Control+Shift+S');
  await expect(page.getByText('A preview: it cannot be run from here.')).toBeVisible();
  expect(readFileSync(join(own, 'look.yaml'), 'utf8')).toBe(look('second'));
});

test('a runbook begun from an alarm names it, and belongs to it once it is saved', async ({
  launch,
  folder,
}) => {
  withFiles(folder);
  const { page } = await launch({ userDataDir: folder });
  const grid = page.getByRole('grid', { name: 'Alarms' });
  const row = grid.getByRole('row').nth(1);
  await expect(row).toBeVisible();
  const name = (await row.getAttribute('aria-label')) ?? '';
  expect(name).not.toBe('');
  // By its name: the list may be put in another order meanwhile.
  await grid.getByRole('row', { name, exact: true }).click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await page.keyboard.press('r');
  await expect(listOf(page)).toBeVisible();
  await fromMenu(page, `New runbook for ${name}`);
  await expect(textOf(page)).toContainText(`When ${name} fires`);
  await expect(page.getByText('No mistakes')).toBeVisible();
  await page.keyboard.press('Control+s');
  const own = page.getByRole('region', { name: `For ${name}` });
  await expect(own.getByRole('button', { name: `When ${name} fires` })).toBeVisible();
});

for (const theme of ['dark', 'light'] as const) {
  test(`import and what is being written, for a screen reader, ${theme}`, async ({
    launch,
    folder,
  }) => {
    withFiles(folder);
    const { page } = await launch({ userDataDir: folder });
    await useTheme(page, theme);
    await goToRunbooks(page);
    const dialog = await openImport(page);
    await expectAccessible(page, 'nothing to import yet');
    await dialog.getByRole('textbox').fill(automation);
    await expect(dialog.getByRole('region', { name: 'What could not be said' })).toBeVisible();
    await expectAccessible(page, 'an import that loses something');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: 'More of runbooks' })).toBeFocused();
    await openImport(page);
    await dialog.getByRole('textbox').fill(checklist);
    await dialog.getByRole('button', { name: 'Put it in the editor' }).click();
    await expect(writtenOf(page)).toBeVisible();
    await expectAccessible(page, 'what is being written');
  });
}

async function expectAccessible(page: Page, place: string): Promise<void> {
  expect.soft(await findings(page), `accessibility: ${place}`).toEqual([]);
}
