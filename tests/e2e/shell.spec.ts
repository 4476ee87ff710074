/** What the shell does when its parts die, when it is started twice, and when a link asks for something. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { demoKeys, startDemo } from '../../src/demo/index';
import type { DemoAws } from '../../src/demo/index';
import { electronPath, repository } from '../support/electron-app';
import { connectProfile, journalEntries } from './fixtures/console';
import { expect, test } from './fixtures/index';

const ALARM = 'RealTechee-Critical-Error-Rate';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

const connect = (folder: string): void =>
  connectProfile(folder, demoKeys.both, {
    regions: ['us-west-1'],
    endpoint: aws.endpoint,
    pushQueueUrl: aws.queueUrl('us-west-1'),
  });

test('a crashed page comes back with its alarms and says so', async ({ launch, folder }) => {
  connect(folder);
  const { app, page } = await launch({ userDataDir: folder });
  await expect(page.getByRole('grid', { name: 'Alarms' })).toBeVisible();
  // The driver loses an application whose page crashes, so main itself writes down what the new page shows.
  const seenFile = join(folder, 'seen.txt');
  await app.evaluate(({ BrowserWindow }, file) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const look = async (): Promise<void> => {
      const text: unknown = await contents?.executeJavaScript('document.body.innerText');
      process.getBuiltinModule('node:fs').writeFileSync(file, String(text));
    };
    contents?.on('did-finish-load', () => setInterval(look, 500));
    setTimeout(() => contents?.forcefullyCrashRenderer(), 200);
  }, seenFile);
  const seen = (): string => (existsSync(seenFile) ? readFileSync(seenFile, 'utf8') : '');
  // In one look: the file is written anew again and again.
  await expect.poll(seen, { timeout: 20_000 }).toMatch(/^(?=[^]*Nothing was lost)[^]*Firing/);
});

test('a killed notification child is started again: the next popup still comes', async ({
  launch,
  popups,
  folder,
}) => {
  connect(folder);
  const { app, page } = await launch({ userDataDir: folder });
  await expect(page.getByRole('status', { name: 'Connections' })).toContainText('Production');
  const killed = await app.evaluate(({ app: electron }) => {
    const child = electron
      .getAppMetrics()
      .find(({ name, serviceName }) => `${name} ${serviceName}`.includes('notifications'));
    return child === undefined ? false : process.kill(child.pid, 'SIGKILL');
  });
  expect(killed).toBe(true);
  await expect(async () => {
    aws.setAlarmState('us-west-1', ALARM, { state: 'OK' });
    aws.setAlarmState('us-west-1', ALARM, { state: 'ALARM', reason: 'again' });
    await popups.waitFor(({ summary, body }) => `${summary}${body}`.includes(ALARM), 3_000);
  }).toPass({ timeout: 30_000 });
});

test('a second start brings the first window forward and ends; its link shows an alarm', async ({
  launch,
  folder,
  desktop,
}) => {
  connect(folder);
  aws.setAlarmState('us-west-1', ALARM, { state: 'ALARM' });
  const { page } = await launch({ userDataDir: folder });
  const row = page.getByRole('row', { name: ALARM, exact: true });
  await expect(row).toBeVisible();
  const keys = () =>
    journalEntries(folder).flatMap(({ event }) =>
      event.type === 'transition' && event.transition.alarmName === ALARM
        ? [event.transition.alarmKey]
        : [],
    );
  // The row may be there before its line is on disk.
  await expect.poll(keys).not.toEqual([]);
  const [alarmKey = ''] = keys();
  const before = journalEntries(folder).length;
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const link = `nightdesk://alarm/${encodeURIComponent(alarmKey)}`;
  // Not awaited in one piece: the account that the first console asks lives in this process.
  const startAgain = (address: string) =>
    promisify(execFile)(
      electronPath(),
      [...root, repository, `--user-data-dir=${folder}`, address],
      { env: { ...process.env, ...desktop.env }, timeout: 20_000 },
    );
  const { stdout: said } = await startAgain(link);
  expect(said).toContain('already open');
  await expect(
    page.getByRole('region', { name: 'Alarm detail' }).getByRole('heading', { level: 1 }),
  ).toContainText(ALARM);
  const listing = await page.evaluate(async () => {
    const reply = await window.nightdesk.request('runbooks.list', undefined);
    return reply.ok ? reply.value.entries : [];
  });
  const runbook = listing.find(({ class: of }) => of === 'reads');
  expect(runbook).toBeDefined();
  await startAgain(`nightdesk://runbook/${encodeURIComponent(runbook?.id ?? '')}`);
  await expect(page.getByRole('article', { name: runbook?.name ?? '' })).toBeVisible();
  // A link shows; it never acts (S6).
  const after = journalEntries(folder).slice(before);
  expect(after.map(({ event }) => event.type)).not.toContain('acknowledged');
  // What collects evidence by itself has nothing to do with the link.
  const started = after.filter(({ event }) => event.type === 'runbook-started' && !event.automatic);
  expect(started).toEqual([]);
});

test('an expired session is named within one interval and needs no restart afterwards (R7)', async ({
  launch,
  folder,
}) => {
  connectProfile(folder, demoKeys.both, { regions: ['us-west-1'], endpoint: aws.endpoint });
  const { page } = await launch({ userDataDir: folder });
  await expect(page.getByRole('status', { name: 'Connections' })).toContainText('Production');
  const undo = aws.faults.set({ fault: { kind: 'expired-token' } });
  await expect(
    page
      .getByRole('alert')
      .or(page.getByText(/expired/i))
      .first(),
  ).toContainText(/expired/i, { timeout: 15_000 });
  undo();
  aws.setAlarmState('us-west-1', ALARM, { state: 'ALARM' });
  await expect(page.getByRole('row', { name: ALARM, exact: true })).toBeVisible({
    timeout: 45_000,
  });
  await expect(page.getByText(/expired/i)).toHaveCount(0);
});
