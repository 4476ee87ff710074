/** The same main job against an AWS that is not ours: moto, driven by SetAlarmState. */
import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { startMoto } from '../support/moto';
import type { Moto } from '../support/moto';
import { connectProfile, journalEntries } from './fixtures/console';
import { expect, test } from './fixtures/index';

const keys = { accessKeyId: 'AKIATESTINGMOTO00000', secretAccessKey: 'only-for-moto' };
const ALARM = 'Checkout-Errors';

let moto: Moto | null = null;
test.beforeAll(async () => {
  // The first time it is installed from a Python registry.
  test.setTimeout(450_000);
  const started = await startMoto();
  if ('skip' in started) test.skip(true, started.skip);
  else moto = started;
});
test.afterAll(async () => moto?.stop());

test('an alarm of moto: row, popup, acknowledgement, journal, kept through kill -9', async ({
  launch,
  popups,
  folder,
}) => {
  if (moto === null) throw new Error('moto did not start');
  const client = new CloudWatchClient({
    endpoint: moto.endpoint,
    region: 'us-west-1',
    credentials: keys,
  });
  await client.send(
    new PutMetricAlarmCommand({
      AlarmName: ALARM,
      Namespace: 'Shop',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  );
  const setState = (StateValue: 'ALARM' | 'OK') =>
    client.send(
      new SetAlarmStateCommand({ AlarmName: ALARM, StateValue, StateReason: 'set by the test' }),
    );
  connectProfile(folder, keys, { regions: ['us-west-1'], endpoint: moto.endpoint });
  const first = await launch({ userDataDir: folder });
  await expect(first.page.getByRole('status', { name: 'Connections' })).toContainText('Production');
  await setState('ALARM');
  await popups.waitFor(({ summary }) => summary.includes(ALARM), 30_000);
  const row = first.page.getByRole('row', { name: ALARM, exact: true });
  await row.click();
  await first.page.keyboard.press('a');
  const detail = first.page.getByRole('region', { name: 'Alarm detail' });
  await expect(detail).toContainText('Acknowledged by Night Engineer');
  await expect
    .poll(() => journalEntries(folder).map(({ event }) => event.type))
    .toContain('acknowledged');
  await first.kill();

  popups.clear();
  const second = await launch({ userDataDir: folder });
  await second.page.getByRole('row', { name: ALARM, exact: true }).click();
  await expect(second.page.getByRole('region', { name: 'Alarm detail' })).toContainText(
    'Acknowledged by Night Engineer',
  );
  expect(popups.popups).toEqual([]);
  await setState('OK');
  const states = () =>
    journalEntries(folder).flatMap(({ event }) =>
      event.type === 'transition' ? [event.transition.to] : [],
    );
  await expect.poll(states, { timeout: 30_000 }).toEqual(['ALARM', 'OK']);
});
