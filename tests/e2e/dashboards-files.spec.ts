/** Dashboards from files: what is wrong with one, what it leaves open, and that nothing in it runs. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import type { Launched } from '../support/electron-app';
import { repository } from '../support/electron-app';
import { connectProfile } from './fixtures/console';
import {
  answerOpenDialog,
  chooseInMenu,
  drawn,
  goToDashboards,
  timeOf,
  widget,
} from './fixtures/dashboards';
import { hostileTexts } from './fixtures/hostile';
import { expect, test } from './fixtures/index';

const starters = join(repository, 'resources/dashboards');
const corpus = join(repository, '../shared/corpus');
const cpu = ['AWS/RDS', 'CPUUtilization', 'DBInstanceIdentifier', 'crm-production'];
const chart = (title: string, metrics: unknown[]) => ({
  type: 'metric',
  width: 12,
  height: 6,
  properties: { title, region: 'us-east-1', stat: 'Average', period: 300, metrics },
});

let aws: DemoAws;
test.beforeEach(async ({ folder }) => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
  connectProfile(folder, demoKeys.both, { regions: ['us-east-1'], endpoint: aws.endpoint });
});
test.afterEach(() => aws.stop());

/** By the key and the system's dialog, as a person would. */
async function openFile({ app, page }: Launched, path: string): Promise<void> {
  await goToDashboards(page);
  await answerOpenDialog(app, [path]);
  await page.keyboard.press('o');
}

test('a malformed file says where; saved again, it is drawn by itself', async ({
  launch,
  folder,
}) => {
  const path = join(folder, 'night.json');
  writeFileSync(path, '{\n  "widgets": [\n    { "type": "text", }\n  ]\n}\n');
  const launched = await launch({ userDataDir: folder });
  const { page } = launched;
  await openFile(launched, path);
  const broken = page.getByRole('alert').filter({ hasText: 'This file cannot be read' });
  await expect(broken).toContainText('night.json, line 3, column 23');
  await expect(broken).toContainText('It is watched');
  writeFileSync(path, JSON.stringify({ widgets: [chart('Saved again', [cpu])] }, null, 2));
  await drawn(widget(page, 'Saved again'));
  await expect(broken).toBeHidden();
  // Broken once more: the last picture stays, under a strip that says what is wrong.
  writeFileSync(path, '{ "widgets": [');
  await expect(page.getByRole('alert').filter({ hasText: 'line 1' })).toContainText(
    'the last version that could be read',
  );
  await drawn(widget(page, 'Saved again'));
});

test('a template: open inputs, filled from its stack, and two alarms that drifted', async ({
  launch,
  folder,
}) => {
  const path = join(folder, 'crm-monitoring.yaml');
  copyFileSync(join(starters, 'crm-monitoring.yaml'), path);
  const launched = await launch({ userDataDir: folder });
  const { page } = launched;
  await openFile(launched, path);
  const inputs = page.getByRole('region', { name: 'Inputs' });
  await expect(inputs).toContainText(/inputs? (is|are) still open/);
  await inputs.getByRole('button', { name: 'Fill from a stack' }).click();
  await page
    .getByRole('list', { name: 'Stacks' })
    .getByRole('button', { name: /^crm-monitoring/ })
    .click();
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
    /Filled \d+ inputs from crm-monitoring/,
  );
  const slider = page.getByRole('slider', { name: 'Time' }).first();
  await expect(slider).toHaveAttribute('aria-valuetext', /max /);
  await page
    .getByRole('group', { name: 'Parts of the file' })
    .getByText(/^Alarms/)
    .click();
  const declared = page.getByRole('region', { name: 'Declared alarms' });
  await expect(declared.getByRole('status')).toHaveText('2 differ · 4 as declared');
  await declared.getByRole('button', { name: 'Only what is not as declared' }).click();
  const differing = declared.getByRole('list').getByRole('listitem');
  await expect(differing).toHaveCount(2);
  await expect(differing.nth(0)).toContainText('CRM-Database-High-CPU');
  await expect(differing.nth(1)).toContainText('CRM-High-Auth-Failures');
  await expect(differing.nth(0).getByRole('columnheader', { name: 'Template' })).toBeVisible();
});

test('a Grafana dashboard is read and drawn', async ({ launch, folder }) => {
  const path = join(folder, 'grafana.json');
  copyFileSync(join(starters, 'CRM System Overview (Grafana).json'), path);
  const launched = await launch({ userDataDir: folder });
  const { page } = launched;
  await openFile(launched, path);
  await expect(page.getByText(/^Grafana dashboard ·/)).toBeVisible();
  for (const title of ['API Performance', 'Error Rate']) {
    await widget(page, title).scrollIntoViewIfNeeded();
    await drawn(widget(page, title));
  }
  await expect(widget(page, 'Business Metrics')).toContainText(/\d/);
});

test('files that others wrote: each widget is there', async ({ launch, folder }) => {
  test.skip(!existsSync(corpus), 'no ../shared/corpus beside the project');
  const launched = await launch({ userDataDir: folder });
  const { page } = launched;
  for (const [path, kind, first] of [
    [
      'dashboards/106-lewisawe-super-adventure-cloudwatch-dashboard.json',
      'CloudWatch dashboard',
      'ECS Service Resource Utilization',
    ],
    ['cfn/101-victorshinya-open-webui-on-aws-monitoring.yaml', 'CloudFormation template', null],
    [
      'grafana/019-grafana-grafana-cloudwatch-datasource-RDS.json',
      'Grafana dashboard',
      'CPU utilization per cluster [%]',
    ],
  ] as const) {
    await openFile(launched, join(corpus, path));
    await expect(page.getByText(new RegExp(`^${kind} ·`)), basename(path)).toBeVisible();
    const figures = page.getByRole('region', { name: /^Widgets of/ }).getByRole('figure');
    await expect(figures.first(), basename(path)).toBeVisible();
    if (first !== null) await expect(widget(page, first)).toHaveCount(1);
    await expect(page.getByText('could not be shown', { exact: false })).toHaveCount(0);
  }
});

/** A hundred charts and texts, every word of them hostile. */
function hostileBody(): string {
  const widgets = hostileTexts.flatMap((text, at) => [
    {
      type: 'text',
      x: 0,
      y: at * 6,
      width: 8,
      height: 6,
      properties: { markdown: `# ${text}\n\n${text}\n\n[button:${text}](${text})` },
    },
    {
      ...chart(`${at} ${text}`, [
        [...cpu, { label: text }],
        ['Hostile', 'Metric', text.slice(0, 50), text.slice(0, 200), { label: text }],
      ]),
      x: 8,
      y: at * 6,
    },
  ]);
  return JSON.stringify({ widgets });
}

async function expectInert(page: Page): Promise<void> {
  expect(await page.evaluate(() => Reflect.has(globalThis, '__ran'))).toBe(false);
  expect(await page.locator('img, iframe, object, embed, a[href^="javascript" i]').count()).toBe(0);
}

test('100 hostile texts in titles, labels, markdown and dimensions stay text (S7)', async ({
  launch,
  folder,
}) => {
  const path = join(folder, 'hostile.json');
  writeFileSync(path, hostileBody());
  const launched = await launch({ userDataDir: folder });
  const { page } = launched;
  const left: string[] = [];
  page.on('request', (request) => {
    if (!/^(nightdesk-app|data|blob):/.test(request.url())) left.push(request.url());
  });
  await openFile(launched, path);
  const grid = page.getByRole('region', { name: /^Widgets of/ });
  await expect(grid.getByRole('figure').first()).toBeVisible();
  const frames = grid.locator('[data-widget]');
  await expect(frames).toHaveCount(200);
  for (let at = 1; at < 200; at += 10) {
    await frames.nth(at).scrollIntoViewIfNeeded();
    await expect(timeOf(frames.nth(at))).toHaveAttribute('aria-valuetext', /max /);
    await expectInert(page);
  }
  const title = await frames.nth(1).getAttribute('aria-label');
  await frames.nth(1).scrollIntoViewIfNeeded();
  await timeOf(frames.nth(1)).hover();
  await chooseInMenu(page, title ?? '', 'Show the numbers');
  await expectInert(page);
  const shown = await page.locator('body').innerText();
  expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  expect(left).toEqual([]);
  expect(readFileSync(path, 'utf8')).toBe(hostileBody());
});
