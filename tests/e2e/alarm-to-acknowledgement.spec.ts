/** The console's main job, end to end: an alarm fires, a popup comes, somebody takes it, nothing is lost. */
import { demoKeys, startDemo } from '../../src/demo/index';
import type { DemoAws } from '../../src/demo/index';
import { connectProfile, journalEntries } from './fixtures/console';
import { expect, test } from './fixtures/index';

const ALARM = 'RealTechee-Critical-Error-Rate';
const NEXT = 'RealTechee-Application-Unavailable';

let aws: DemoAws;
test.beforeEach(async () => {
  // Nothing fires by itself: the test decides what breaks and when.
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

test('a firing alarm: row, popup, acknowledgement by keyboard, kept through kill -9', async ({
  launch,
  popups,
  folder,
}) => {
  connectProfile(folder, demoKeys.both, {
    regions: ['us-west-1'],
    endpoint: aws.endpoint,
    pushQueueUrl: aws.queueUrl('us-west-1'),
  });
  const first = await launch({ userDataDir: folder });
  await expect(first.page.getByRole('status', { name: 'Connections' })).toContainText('Production');
  await expect(first.page.getByRole('grid', { name: 'Alarms' })).toBeVisible();
  popups.clear();

  const firedAt = Date.now();
  aws.setAlarmState('us-west-1', ALARM, { state: 'ALARM', reason: 'Threshold Crossed: test' });
  const popup = await popups.waitFor(({ summary }) => summary.includes(ALARM));
  console.log(`change → popup on the session bus: ${popup.at - firedAt} ms (push queue)`);
  expect(popup.urgency).toBe(2);
  expect(popup.actions.map(({ label }) => label)).toEqual(expect.arrayContaining(['Acknowledge']));

  const row = first.page.getByRole('row', { name: ALARM, exact: true });
  await expect(row).toBeVisible();
  await row.click();
  const detail = first.page.getByRole('region', { name: 'Alarm detail' });
  await expect(detail.getByRole('heading', { level: 1 })).toContainText(ALARM);
  await expect(first.page.getByRole('log', { name: 'Timeline' })).toContainText('ALARM');
  await first.page.keyboard.press('a');
  await expect(detail).toContainText('Acknowledged by Night Engineer');

  await expect
    .poll(() => journalEntries(folder).map(({ event }) => event.type))
    .toEqual(expect.arrayContaining(['transition', 'notified', 'acknowledged']));
  await first.kill();
  popups.clear();

  const second = await launch({ userDataDir: folder });
  const again = second.page.getByRole('row', { name: ALARM, exact: true });
  await again.click();
  await expect(second.page.getByRole('region', { name: 'Alarm detail' })).toContainText(
    'Acknowledged by Night Engineer',
  );
  // What was told and taken is not told again: the next alarm's popup comes, and none of this one before it.
  aws.setAlarmState('us-west-1', NEXT, { state: 'ALARM', reason: 'Threshold Crossed: test' });
  await popups.waitFor(({ summary }) => summary.includes(NEXT));
  expect(popups.popups.filter(({ summary }) => summary.includes(ALARM))).toEqual([]);
});

test('a change while the console was down is told at the next start', async ({
  launch,
  popups,
  folder,
}) => {
  connectProfile(folder, demoKeys.both, { regions: ['us-west-1'], endpoint: aws.endpoint });
  const first = await launch({ userDataDir: folder });
  await expect(first.page.getByRole('grid', { name: 'Alarms' })).toBeVisible();
  await expect
    .poll(() => journalEntries(folder).map(({ event }) => event.type))
    .toContain('history-checkpoint');
  await first.kill();
  popups.clear();
  // It fires and recovers while nobody looks: only the history knows.
  aws.setAlarmState('us-west-1', ALARM, { state: 'ALARM', reason: 'while away' });
  aws.setAlarmState('us-west-1', ALARM, { state: 'OK', reason: 'over again' });
  await launch({ userDataDir: folder });
  await popups.waitFor(({ summary, body }) => `${summary} ${body}`.includes(ALARM), 20_000);
});

test('a hung notification daemon: banner within seconds, the inbox has it, the window answers', async ({
  launch,
  desktop,
  folder,
}) => {
  connectProfile(folder, demoKeys.both, {
    regions: ['us-west-1'],
    endpoint: aws.endpoint,
    pushQueueUrl: aws.queueUrl('us-west-1'),
  });
  const { page } = await launch({ userDataDir: folder });
  await expect(page.getByRole('status', { name: 'Connections' })).toContainText('Production');
  desktop.daemon.hang();
  try {
    aws.setAlarmState('us-west-1', ALARM, { state: 'ALARM', reason: 'Threshold Crossed: test' });
    await expect(page.getByRole('row', { name: ALARM, exact: true })).toBeVisible();
    const shownAt = Date.now();
    await expect(page.getByText('Notifications are not shown', { exact: false })).toBeVisible({
      timeout: 10_000,
    });
    console.log(`row → banner with a stopped daemon: ${Date.now() - shownAt} ms`);
    const askedAt = Date.now();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(Date.now() - askedAt).toBeLessThan(2_000);
  } finally {
    desktop.daemon.resume();
  }
});

test('a connection that fails is named, and does not hide the other', async ({
  launch,
  folder,
}) => {
  connectProfile(folder, demoKeys.both, {
    regions: ['us-west-1', 'us-east-1'],
    endpoint: aws.endpoint,
  });
  aws.faults.set({
    operation: 'DescribeAlarms',
    region: 'us-east-1',
    fault: { kind: 'access-denied' },
  });
  const { page } = await launch({ userDataDir: folder });
  await expect(page.getByText('cloudwatch:DescribeAlarms', { exact: false }).first()).toBeVisible();
  aws.setAlarmState('us-west-1', ALARM, { state: 'ALARM' });
  await expect(page.getByRole('row', { name: ALARM, exact: true })).toBeVisible({
    timeout: 30_000,
  });
});
