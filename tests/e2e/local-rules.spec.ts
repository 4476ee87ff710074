/** A rule that the console evaluates itself: added from a starter, fires, and is told as any other alarm. */
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile } from './fixtures/console';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

test('a starter rule fires on new datapoints: popup, row marked as local', async ({
  launch,
  popups,
  folder,
}) => {
  connectProfile(folder, demoKeys.both, { regions: ['us-east-1'], endpoint: aws.endpoint });
  const { page } = await launch({ userDataDir: folder });
  const client = new CloudWatchClient({
    endpoint: aws.endpoint,
    region: 'us-east-1',
    credentials: demoKeys.both,
  });
  const minutes = [1, 2, 3, 4].map((ago) => new Date(Date.now() - ago * 60_000));
  await client.send(
    new PutMetricDataCommand({
      Namespace: 'AWS-Night/ELB',
      MetricData: minutes.map((Timestamp) => ({
        MetricName: 'HTTPCode_ELB_5XX_Count',
        Dimensions: [{ Name: 'LoadBalancer', Value: 'night' }],
        Timestamp,
        Value: 40,
        Unit: 'Count',
      })),
    }),
  );
  client.destroy();
  popups.clear();

  await goTo(page, 's');
  await page.getByRole('button', { name: 'Local rules' }).click();
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByRole('menuitem', { name: /^Load balancer errors/ }).click();
  const editor = page.getByRole('dialog');
  await editor.getByRole('textbox', { name: 'Name', exact: true }).fill('Night-5XX');
  await editor.getByRole('textbox', { name: 'Namespace' }).fill('AWS-Night/ELB');
  await editor.getByRole('textbox', { name: 'Dimensions' }).fill('LoadBalancer=night');
  await editor.getByRole('button', { name: 'Try it now' }).click();
  await expect(editor.getByRole('status')).toContainText(/fire|firing|160/i);
  await editor.getByRole('button', { name: 'Save rule' }).click();
  await expect(editor).toBeHidden();
  await expect(page.getByRole('switch', { name: 'Evaluate Night-5XX' })).toBeChecked();

  const popup = await popups.waitFor(({ summary }) => summary.includes('Night-5XX'), 40_000);
  expect(`${popup.summary} ${popup.body}`).toMatch(/local/i);
  await goTo(page, 'a');
  const row = page.getByRole('row', { name: 'Night-5XX', exact: true });
  await expect(row.getByLabel('Local rule')).toBeVisible();
  await row.click();
  const detail = page.getByRole('region', { name: 'Alarm detail' });
  await expect(detail).toContainText('Local rule:');
  await page.keyboard.press('a');
  await expect(detail).toContainText('Acknowledged by Night Engineer');
});
