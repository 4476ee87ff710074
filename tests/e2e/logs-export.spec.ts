/** Everything a search finds, into a file: by keyboard, killed halfway, gone on with at the next start. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import type { DemoAws } from '../../src/demo/index';
import { CRM_ACCOUNT, demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile } from './fixtures/console';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

const MINUTE = 60_000;
const CORE = '/ecs/crm/crm-core';

let aws: DemoAws;
test.beforeEach(async ({ folder }) => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
  connectProfile(folder, demoKeys.crm, { regions: ['us-east-1'], endpoint: aws.endpoint });
});
test.afterEach(() => aws.stop());

async function searchCore(page: Page): Promise<void> {
  await goTo(page, 'l');
  await page.getByText(CORE).first().click();
  await page.getByRole('search').getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('no gaps')).toBeVisible({ timeout: 30_000 });
}

/** The system's save dialog, answered with a file in this folder of the name that was suggested. */
async function answerSaveDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    Reflect.set(dialog, 'showSaveDialog', () => Promise.resolve({ canceled: false, filePath }));
  }, path);
}

const panel = (page: Page) => page.getByRole('dialog', { name: 'Export' });

/** Messages the demo's own store has of a time, by time. */
function stored(fromMs: number, toMs: number): string[] {
  const group = aws.world.region(CRM_ACCOUNT, 'us-east-1').logs.groups.get(CORE);
  const found: string[] = [];
  for (let at = Math.floor(fromMs / MINUTE) * MINUTE; at <= toMs; at += MINUTE) {
    for (const { timestamp, message } of group?.minute(at, aws.now()) ?? []) {
      if (timestamp >= fromMs && timestamp <= toMs) found.push(message);
    }
  }
  return found.sort();
}

test('an export that was killed goes on at the next start, without loss or doubles', async ({
  launch,
  folder,
}) => {
  const path = join(folder, 'night.ndjson');
  const first = await launch({ userDataDir: folder });
  await searchCore(first.page);
  await answerSaveDialog(first.app, path);
  aws.faults.set({ fault: { kind: 'latency', ms: 500 }, operation: 'FilterLogEvents' });
  const button = first.page.getByRole('button', { name: /^Export/ });
  await button.focus();
  await first.page.keyboard.press('Enter');
  await expect(panel(first.page).getByRole('button', { name: /What is shown/ })).toBeFocused();
  await first.page.keyboard.press('Tab');
  await first.page.keyboard.press('Enter');
  await expect(panel(first.page).getByText(/[1-9]\d? % — [\d,]+ events/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page: first.page })
    .include('[role=dialog]')
    .setLegacyMode(true)
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await first.kill();

  const checkpoint = readdirSync(folder).find((name) => name.endsWith('.part.json'));
  expect(checkpoint).toBeDefined();
  const { order }: { order: { what: { search: { startMs: number; endMs: number } } } } = JSON.parse(
    readFileSync(join(folder, checkpoint ?? ''), 'utf8'),
  );
  const { startMs, endMs } = order.what.search;
  aws.faults.clear();

  const second = await launch({ userDataDir: folder });
  await searchCore(second.page);
  await second.page.getByRole('button', { name: /^Export/ }).click();
  await expect(panel(second.page).getByText(/Stopped at \d+ %/)).toBeVisible();
  await second.page.getByRole('button', { name: 'Resume the export to night.ndjson' }).click();
  await expect(second.page.getByText(/events exported to night\.ndjson/)).toBeVisible({
    timeout: 60_000,
  });
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): { timestamp: number; message: string } => JSON.parse(line));
  // The last minutes may still have been arriving.
  const settled = endMs - 5 * MINUTE;
  const messages = lines.flatMap(({ timestamp, message }) =>
    timestamp <= settled ? [message] : [],
  );
  expect(messages.length).toBeGreaterThan(10_000);
  expect(messages.sort()).toEqual(stored(startMs, settled));
  const times = lines.map(({ timestamp }) => timestamp);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
});
