/** S7: whatever an alarm is called or says, no script runs, no request leaves, and the popup is plain text. */
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile } from './fixtures/console';
import { hostileTexts as payloads } from './fixtures/hostile';
import { expect, test } from './fixtures/index';

test('100 hostile texts in name, description, reason and tag stay text (S7)', async ({
  launch,
  popups,
  folder,
}) => {
  expect(payloads).toHaveLength(100);
  const aws = await startDemo({ evaluateEveryMs: Infinity, systems: [] });
  const client = new CloudWatchClient({
    endpoint: aws.endpoint,
    region: 'us-west-1',
    credentials: demoKeys.both,
  });
  // Names are at most 255 characters; what is cut off is in the description and the reason.
  const names = payloads.map((payload, at) => `${at} ${payload}`.slice(0, 255));
  for (const [at, payload] of payloads.entries()) {
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: names[at],
        AlarmDescription: payload,
        Namespace: 'Hostile',
        MetricName: payload.slice(0, 200).replaceAll('\u202E', ''),
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Tags: [{ Key: 'note', Value: payload.slice(0, 200) }],
      }),
    );
  }
  connectProfile(folder, demoKeys.both, { regions: ['us-west-1'], endpoint: aws.endpoint });
  const { page, output } = await launch({ userDataDir: folder });
  const left: string[] = [];
  page.on('request', (request) => {
    if (!/^(nightdesk-app|data|blob):/.test(request.url())) left.push(request.url());
  });
  for (const [at, name] of names.entries()) {
    aws.setAlarmState('us-west-1', name, { state: 'ALARM', reason: payloads[at] ?? '' });
  }
  await expect(page.getByRole('button', { name: /^Firing/ })).toContainText('100', {
    timeout: 30_000,
  });
  await popups.waitFor(() => true);
  await page.keyboard.press('Home');
  for (let at = 0; at < payloads.length; at += 1) {
    await page.keyboard.press('j');
    await expect(page.getByRole('region', { name: 'Alarm detail' })).toBeVisible();
  }
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('textbox', { name: 'Command palette' })).toBeFocused();
  await page.keyboard.type('script');
  await expect(palette.getByText(/<script/i).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  expect(await page.evaluate(() => Reflect.has(globalThis, '__ran'))).toBe(false);
  expect(await page.locator('img[src="x"], iframe, a[href^="javascript"]').count()).toBe(0);
  expect(left).toEqual([]);
  for (const popup of popups.popups) {
    expect(popup.body).not.toMatch(/<(?!\/?(b|i|u)>)/);
    expect(popup.summary + popup.body).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  }
  expect(output()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  await aws.stop();
});
