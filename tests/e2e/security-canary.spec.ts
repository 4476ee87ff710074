/** S9: planted credentials leave no trace on disk, in the output or across the bridge. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freshFolder, launchNightdesk } from '../support/electron-app';

// Made up: of the right shape, and found nowhere else.
const CANARY = {
  AWS_ACCESS_KEY_ID: 'AKIACANARYCANARYCANA',
  AWS_SECRET_ACCESS_KEY: 'CanaryCanary/CanaryCanary+CanaryCanary12',
  AWS_SESSION_TOKEN: `IQoJCanary${'CanaryToken0'.repeat(20)}`,
};

const containsCanary = (text: string): boolean =>
  Object.values(CANARY).some((secret) => text.includes(secret.slice(0, 24)));

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
  const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  const tainted = files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => containsCanary(readFileSync(file, 'latin1')));
  expect(tainted).toEqual([]);
  folder.remove();
});
