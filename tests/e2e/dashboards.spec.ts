/** A dashboard of the account, every kind of widget: opened by keyboard, drawn, and told to a screen reader. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { repository } from '../support/electron-app';
import { connectProfile } from './fixtures/console';
import {
  EVERY_KIND,
  drawn,
  openDashboard,
  useTheme,
  widget,
  widgetsOf,
} from './fixtures/dashboards';
import { expect, test } from './fixtures/index';

let aws: DemoAws;
test.beforeEach(async () => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
});
test.afterEach(() => aws.stop());

const charts = [
  'Requests and answers',
  'Answers by kind',
  'Share of errors',
  'CPU of every service (SEARCH)',
  'Busiest services (Metrics Insights)',
  'Response time and its alarm',
  'Oldest message of the queue',
  'CPU and what is usual',
];
const titles = [
  'Text',
  'Alarms of the CRM',
  ...charts,
  'Now',
  'Database CPU',
  'Leads by score',
  'Good leads by source',
  'Services in figures',
  'Newest errors',
  'EC2 by tag',
  'Drawn by a function',
];

test('every kind of widget has something that only a working one has', async ({
  launch,
  folder,
}) => {
  connectProfile(folder, demoKeys.both, { regions: ['us-east-1'], endpoint: aws.endpoint });
  const { page } = await launch({ userDataDir: folder });
  await openDashboard(page, EVERY_KIND);
  const all = widgetsOf(page, EVERY_KIND);
  for (const title of titles) await expect(widget(page, title)).toHaveCount(1);

  await test.step('text: heading, table, links that are buttons', async () => {
    const text = widget(page, 'Text');
    await expect(text.getByRole('heading', { name: 'Every widget kind' })).toBeVisible();
    await expect(text.getByRole('link', { name: 'Runbook' })).toHaveAttribute(
      'href',
      'https://example.com/runbook',
    );
    await expect(text.getByRole('cell', { name: 'crm-core' })).toBeVisible();
  });
  await test.step('alarms: the states that the account has', async () => {
    const region = aws.world.region('111122223333', 'us-east-1');
    const words = { ALARM: 'In alarm', OK: 'OK', INSUFFICIENT_DATA: 'No data' };
    for (const name of [
      'CRM-High-Error-Rate',
      'CRM-High-Response-Time',
      'CRM-Database-High-CPU',
      'CRM-Customer-Impact',
    ]) {
      const state = region.find(name)?.state;
      expect(state).toBeDefined();
      await expect(
        widget(page, 'Alarms of the CRM').getByRole('button', {
          name: `${name} ${words[state ?? 'OK']}`,
        }),
      ).toBeVisible();
    }
    aws.setAlarmState('us-east-1', 'CRM-High-Error-Rate', { state: 'ALARM', reason: 'test' });
    await expect(
      widget(page, 'Alarms of the CRM').getByRole('button', {
        name: 'CRM-High-Error-Rate In alarm',
      }),
    ).toBeVisible({ timeout: 20_000 });
  });
  await test.step('figures, gauge, bars, pie, table', async () => {
    const now = widget(page, 'Now').getByRole('listitem');
    await expect(now).toHaveCount(2);
    await expect(now.first()).toContainText(/CPU.*\d/);
    const gauge = widget(page, 'Database CPU').getByRole('meter');
    await expect(gauge).toHaveAttribute('aria-valuemax', '100');
    await expect
      .poll(async () => Number(await gauge.getAttribute('aria-valuenow')))
      .toBeGreaterThan(0);
    await expect(
      widget(page, 'Leads by score').getByRole('img', { name: /^5 values: Low \d/ }),
    ).toBeVisible();
    await expect(
      widget(page, 'Good leads by source').getByRole('img', { name: /^3 values: Web [\d.]/ }),
    ).toBeVisible();
    await expect(
      widget(page, 'Services in figures').getByRole('cell', { name: /\d/ }).first(),
    ).toBeVisible();
  });
  await test.step('a query of logs, and what is not drawn says why', async () => {
    const logs = widget(page, 'Newest errors');
    await logs.scrollIntoViewIfNeeded();
    await expect(logs.getByRole('grid', { name: 'Rows of the query' })).toContainText('service');
    await expect(logs.getByRole('status')).toContainText(/^Last run .* · .* · \$0/);
    for (const [title, word] of [
      ['EC2 by tag', 'explorer'],
      ['Drawn by a function', 'Lambda'],
    ] as const) {
      const said = widget(page, title).getByRole('region', { name: 'Explanation' });
      await expect(said).toContainText(word);
    }
  });
  for (const title of charts) {
    await test.step(`chart: ${title}`, async () => {
      const figure = widget(page, title);
      await figure.scrollIntoViewIfNeeded();
      expect.soft(await drawn(figure).catch(String), title).toMatch(/^\d+ series, last /);
    });
  }
  await expect.soft(all.getByRole('alert')).toHaveCount(0);
  await expect.soft(all.getByText('could not be shown', { exact: false })).toHaveCount(0);
});

test('pictures of every kind, in both themes and two sizes', async ({ launch, folder }) => {
  const pictures = join(repository, 'screenshots');
  mkdirSync(pictures, { recursive: true });
  connectProfile(folder, demoKeys.both, { regions: ['us-east-1'], endpoint: aws.endpoint });
  const { app, page } = await launch({ userDataDir: folder });
  await openDashboard(page, EVERY_KIND);
  for (const theme of ['dark', 'light'] as const) {
    await useTheme(page, theme);
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await app.evaluate(
        ({ BrowserWindow }, size) => {
          BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, ...size });
        },
        { width, height },
      );
      for (const [part, title, beside] of [
        ['top', 'Text', 'Requests and answers'],
        ['end', 'Drawn by a function', 'CPU and what is usual'],
      ] as const) {
        await widget(page, title).scrollIntoViewIfNeeded();
        await drawn(widget(page, beside));
        const name = `every-kind-${theme}-${width}x${height}-${part}.png`;
        const { length } = await page.screenshot({ path: join(pictures, name) });
        expect(length).toBeGreaterThan(20_000);
      }
    }
  }
});
