/** S9: planted credentials leave no trace on disk, in the output or across the bridge. */
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startDemo } from '../../src/demo/index';
import { freshFolder, launchNightdesk } from '../support/electron-app';
import { connectProfile, filesWhere } from './fixtures/console';

// Made up: of the right shape, and found nowhere else.
const CANARY = {
  AWS_ACCESS_KEY_ID: 'AKIACANARYCANARYCANA',
  AWS_SECRET_ACCESS_KEY: 'CanaryCanary/CanaryCanary+CanaryCanary12',
  AWS_SESSION_TOKEN: `IQoJCanary${'CanaryToken0'.repeat(20)}`,
};

const containsCanary = (text: string): boolean =>
  Object.values(CANARY).some((secret) => text.includes(secret.slice(0, 24)));

const holdsCanary = (bytes: Buffer): boolean => containsCanary(bytes.toString('latin1'));

test('canary credentials are found nowhere after use (S9)', async () => {
  const folder = freshFolder('nightdesk-canary');
  const nightdesk = await launchNightdesk({
    args: ['--demo'],
    env: CANARY,
    userDataDir: folder.path,
    until: 'window',
  });
  await nightdesk.page.waitForLoadState();
  const crossed = await nightdesk.page.evaluate(async () => {
    const { request } = window.nightdesk;
    return JSON.stringify([
      await request('app.bootstrap', undefined),
      await request('connections.scanProfiles', undefined),
      await request('alarms.refresh', null),
      await request('notify.test', undefined),
      await request('alarms.detail', 'no such alarm'),
    ]);
  });
  expect(crossed).not.toBe('[]');
  expect(containsCanary(crossed)).toBe(false);
  expect(containsCanary(await nightdesk.page.content())).toBe(false);
  await nightdesk.close();
  expect(containsCanary(nightdesk.output())).toBe(false);
  expect(filesWhere(folder.path, () => true).length).toBeGreaterThan(0);
  expect(filesWhere(folder.path, holdsCanary)).toEqual([]);
  folder.remove();
});

test('credentials that AWS turns down reach neither window, log nor disk (S9)', async () => {
  const aws = await startDemo({ evaluateEveryMs: Infinity });
  const folder = freshFolder('nightdesk-canary');
  connectProfile(
    folder.path,
    { accessKeyId: CANARY.AWS_ACCESS_KEY_ID, secretAccessKey: CANARY.AWS_SECRET_ACCESS_KEY },
    { regions: ['us-west-1', 'us-east-1'], endpoint: aws.endpoint },
  );
  const nightdesk = await launchNightdesk({ userDataDir: folder.path, env: CANARY });
  // The demo does not know this key: every call fails, with AWS's own words for it.
  await expect(nightdesk.page.getByText('Production', { exact: false }).first()).toBeVisible();
  await expect.poll(() => aws.requests.count()).toBeGreaterThan(0);
  const crossed = await nightdesk.page.evaluate(async () => {
    const { request } = window.nightdesk;
    const boot = await request('app.bootstrap', undefined);
    const [connection] = boot.ok ? boot.value.settings.connections : [];
    if (connection === undefined) throw new Error('the connection is missing');
    const tested = await request('connections.test', { connection, requestId: 'canary' });
    return JSON.stringify([boot, tested, await request('alarms.refresh', null)]);
  });
  expect(crossed).toContain('failure');
  expect(containsCanary(crossed)).toBe(false);
  expect(containsCanary(await nightdesk.page.content())).toBe(false);
  await nightdesk.close();
  await aws.stop();
  expect(containsCanary(nightdesk.output())).toBe(false);
  const planted = join(folder.path, 'aws-credentials');
  expect(filesWhere(folder.path, holdsCanary)).toEqual([planted]);
  folder.remove();
});
