/** From a firing alarm to the runbook that ends it: seen before it runs, approved once, provable afterwards. */
import type { Page } from '@playwright/test';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile, journalEntries } from './fixtures/console';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

const alarmName = 'RealTechee-Critical-Error-Rate';
const runbookName = 'Roll back the last ECS deployment';

let aws: DemoAws;
let ticking: NodeJS.Timeout;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
  ticking = setInterval(() => aws.tick(), 500);
});
test.afterEach(async () => {
  clearInterval(ticking);
  await aws.stop();
});

function connect(folder: string, readOnly: boolean): void {
  connectProfile(folder, demoKeys.both, {
    regions: ['us-west-1'],
    endpoint: aws.endpoint,
    pushQueueUrl: aws.queueUrl('us-west-1'),
    readOnly,
  });
}

/** The bad deployment fires, and the alarm is before the person. */
async function fired(page: Page): Promise<void> {
  await expect(page.getByRole('grid', { name: 'Alarms' })).toBeVisible();
  aws.run('bad-deployment');
  const row = page.getByRole('row', { name: alarmName, exact: true });
  await expect(row).toHaveAttribute('data-firing', 'true', { timeout: 30_000 });
  await row.click();
  await expect(page.getByRole('heading', { name: alarmName, exact: true })).toBeVisible();
}

const runButton = (page: Page) => page.getByRole('button', { name: new RegExp(`^${runbookName}`) });
const sheet = (page: Page) => page.getByRole('dialog', { name: new RegExp(runbookName) });

/** Calls that changed something in the demo account. */
const changes = (): string[] => aws.changes.entries.map(({ operation }) => operation);

test('a bad deployment is rolled back at one approval, the alarm goes OK, and a report tells it', async ({
  launch,
  folder,
}) => {
  test.setTimeout(240_000);
  connect(folder, false);
  const { app, page } = await launch({ userDataDir: folder });
  await fired(page);

  await runButton(page).click();
  const dialog = sheet(page);
  await expect(dialog.getByText('realtechee-web:213 → realtechee-web:212')).toBeVisible({
    timeout: 20_000,
  });
  await expect(dialog.getByText(/Production · 444455556666 · us-west-1/).first()).toBeVisible();
  expect(changes()).toEqual([]);

  await dialog.getByRole('button', { name: 'Approve and run' }).click();
  await page.getByRole('button', { name: 'Yes, go on' }).click({ timeout: 20_000 });
  const run = page.getByRole('article', { name: runbookName });
  await expect(run.getByText(/5 of 5 steps/)).toBeVisible({ timeout: 180_000 });
  expect(changes()).toEqual(['UpdateService']);
  const region = aws.world.region('444455556666', 'us-west-1');
  expect(region.find(alarmName)?.state).toBe('OK');

  await run.getByRole('button', { name: 'Report…' }).click();
  await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toContain(runbookName);
  const report = await copied();
  expect(report).toContain('Night Engineer');
  expect(report).toContain('realtechee-web:212');

  // Before each call it was on record what would be done; afterwards, what came of it.
  const events = journalEntries(folder).flatMap(({ event }) =>
    event.type === 'runbook-step' && event.kind === 'ecs-update' ? [event.phase] : [],
  );
  expect(events).toEqual(['started', 'done']);
  await run.getByRole('button', { name: alarmName, exact: true }).click();
  await expect(page.getByText(/Roll back the last ECS deployment/).first()).toBeVisible();

  // Taking it back is a run of its own, and seen before.
  await goTo(page, 'r');
  await run.getByRole('button', { name: 'Undo…' }).click();
  const undo = page.getByRole('dialog', { name: /^Undo: / });
  await expect(undo.getByText('realtechee-web:212 → realtechee-web:213')).toBeVisible({
    timeout: 20_000,
  });
  await undo.getByRole('button', { name: 'Cancel' }).click();
  expect(changes()).toEqual(['UpdateService']);
});

test('a read-only connection shows the sheet, says why, and changes nothing', async ({
  launch,
  folder,
}) => {
  connect(folder, true);
  const { page } = await launch({ userDataDir: folder });
  await fired(page);
  await runButton(page).click();
  const dialog = sheet(page);
  await expect(dialog.getByText(/Production is read-only/).first()).toBeVisible({
    timeout: 20_000,
  });
  await expect(dialog.getByRole('button', { name: 'Approve and run' })).toBeDisabled();
  expect(changes()).toEqual([]);
});

/** Started, approved, and waiting for the alarm: the long last step of the runbook. */
async function waiting(page: Page): Promise<void> {
  await fired(page);
  await runButton(page).click();
  await sheet(page).getByRole('button', { name: 'Approve and run' }).click({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Yes, go on' }).click({ timeout: 20_000 });
  await expect.poll(changes, { timeout: 20_000 }).toEqual(['UpdateService']);
}

test('cancelled on the way: what goes on although it was cancelled is said', async ({
  launch,
  folder,
}) => {
  connect(folder, false);
  const { page } = await launch({ userDataDir: folder });
  await waiting(page);
  const run = page.getByRole('article', { name: runbookName });
  await run.getByRole('button', { name: 'Cancel' }).click();
  await expect(run.getByText('cancelled', { exact: true }).first()).toBeVisible({
    timeout: 20_000,
  });
  await expect(run.getByText(/The deployment goes on/).first()).toBeVisible();
});

test('kill -9 on the way: what is known is shown, and only a person goes on', async ({
  launch,
  folder,
}) => {
  connect(folder, false);
  const first = await launch({ userDataDir: folder });
  await waiting(first.page);
  await first.kill();

  const { page } = await launch({ userDataDir: folder });
  // The rail says that something waits for a person.
  await expect(page.getByRole('button', { name: 'Runbooks, 1 waiting for you' })).toBeVisible({
    timeout: 20_000,
  });
  await goTo(page, 'r');
  await page.getByRole('button', { name: new RegExp(`^${runbookName} interrupted`) }).click();
  const run = page.getByRole('article', { name: runbookName });
  await expect(run.getByText(/Nightdesk ended while this ran/)).toBeVisible();
  await expect(run.getByText(/Not known: “Roll back” had begun/)).toBeVisible();
  expect(changes()).toEqual(['UpdateService']);
  await run.getByRole('button', { name: 'Cancel' }).click();
  await expect(run.getByText('cancelled', { exact: true }).first()).toBeVisible();
  expect(changes()).toEqual(['UpdateService']);
});
