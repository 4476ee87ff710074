/** The charts of one page as one instrument: hair, zoom, comparison, variables, numbers, export. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Locator, Page } from '@playwright/test';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { formatValue } from '../../src/renderer/charts/units';
import { connectProfile } from './fixtures/console';
import {
  answerSaveDialog,
  chooseInMenu,
  drawn,
  metricCalls,
  openDashboard,
  timeOf,
  widget,
} from './fixtures/dashboards';
import { expect, test } from './fixtures/index';

const ACCOUNT = '111122223333';
const NAME = 'Night-Charts';
const HOSTILE = '=HYPERLINK("https://evil.example","x")';
const service = (name: string) => ['ClusterName', 'crm-production', 'ServiceName', name];
const chart = (x: number, title: string, metrics: unknown[]) => ({
  type: 'metric',
  x,
  y: 0,
  width: 8,
  height: 8,
  properties: { title, region: 'us-east-1', stat: 'Average', period: 300, metrics },
});
const body = {
  start: '-PT3H',
  variables: [
    {
      type: 'property',
      property: 'ServiceName',
      inputType: 'select',
      id: 'service',
      label: 'Service',
      defaultValue: 'crm-core-service',
      visible: true,
      values: [{ value: 'crm-core-service' }, { value: 'crm-auth-service' }],
    },
  ],
  widgets: [
    chart(0, 'Processor', [['AWS/ECS', 'CPUUtilization', ...service('crm-core-service')]]),
    chart(8, 'Memory', [['AWS/ECS', 'MemoryUtilization', ...service('crm-core-service')]]),
    chart(16, 'Two lines', [
      ['AWS/RDS', 'CPUUtilization', 'DBInstanceIdentifier', 'crm-production', { label: HOSTILE }],
      ['.', 'DatabaseConnections', '.', '.', { label: 'Connections' }],
    ]),
  ],
};

let aws: DemoAws;
test.beforeEach(async ({ folder }) => {
  aws = await startDemo({ evaluateEveryMs: Infinity });
  aws.world.dashboards.put(ACCOUNT, {
    name: NAME,
    body: JSON.stringify(body),
    modifiedAt: aws.now(),
  });
  connectProfile(folder, demoKeys.both, { regions: ['us-east-1'], endpoint: aws.endpoint });
});
test.afterEach(() => aws.stop());

const windowOf = async (figure: Locator): Promise<{ start: number; end: number }> => ({
  start: Number(await timeOf(figure).getAttribute('aria-valuemin')),
  end: Number(await timeOf(figure).getAttribute('aria-valuemax')),
});

/** Whether anything is painted over the chart: its hair. */
const hasHair = (figure: Locator): Promise<boolean> =>
  timeOf(figure)
    .locator('canvas')
    .last()
    .evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return false;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      return pixels?.some((value) => value !== 0) ?? false;
    });

async function dragOver(page: Page, figure: Locator): Promise<void> {
  const box = await timeOf(figure).boundingBox();
  if (box === null) throw new Error('the chart has no place on the page');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.4, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.55, y, { steps: 4 });
  await page.mouse.move(box.x + box.width * 0.7, y, { steps: 4 });
  await page.mouse.up();
}

test('the hair is one over all charts, by keyboard', async ({ launch, folder }) => {
  const { page } = await launch({ userDataDir: folder });
  await openDashboard(page, NAME);
  const [first, second] = [widget(page, 'Processor'), widget(page, 'Memory')];
  await drawn(first);
  await drawn(second);
  expect(await hasHair(second)).toBe(false);
  await timeOf(first).focus();
  for (let at = 0; at < 6; at += 1) await page.keyboard.press('ArrowLeft');
  await expect(timeOf(first)).toHaveAttribute('aria-valuetext', /^\d{4}-\d\d-\d\d .*UTC: .*%/);
  await expect.poll(() => hasHair(second)).toBe(true);
  // Pinned, it stays where it is while the other chart takes the keys.
  await page.keyboard.press('Enter');
  const moment = await timeOf(first).getAttribute('aria-valuenow');
  await timeOf(second).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await expect(timeOf(second)).toHaveAttribute('aria-valuenow', String(moment));
  const said = async (figure: Locator) =>
    (await timeOf(figure).getAttribute('aria-valuetext'))?.split(': ')[0];
  await expect.poll(async () => (await said(second)) === (await said(first))).toBe(true);
});

test('a drag zooms every chart, z goes back; last week comes beneath', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ userDataDir: folder });
  await openDashboard(page, NAME);
  const [first, second] = [widget(page, 'Processor'), widget(page, 'Memory')];
  await drawn(first);
  await drawn(second);
  const before = await windowOf(second);
  await dragOver(page, first);
  await expect.poll(async () => (await windowOf(second)).start).toBeGreaterThan(before.start);
  const zoomed = await windowOf(second);
  await expect.poll(() => windowOf(first)).toEqual(zoomed);
  expect(zoomed.end).toBeLessThan(before.end);
  expect((zoomed.end - zoomed.start) / (before.end - before.start)).toBeGreaterThan(0.2);
  expect((zoomed.end - zoomed.start) / (before.end - before.start)).toBeLessThan(0.45);
  await page.keyboard.press('z');
  // The whole three hours again, wherever the clock has moved them meanwhile.
  const width = ({ start, end }: { start: number; end: number }): number => end - start;
  await expect.poll(async () => width(await windowOf(second))).toBe(width(before));
  await expect(page.getByRole('button', { name: 'Last 3 hours', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  aws.requests.clear();
  await page.getByRole('button', { name: 'Compare with last week' }).click();
  await chooseInMenu(page, 'Processor', 'Show the numbers');
  const heads = first.getByRole('columnheader');
  await expect(heads).toHaveCount(3);
  await expect(first.getByRole('row').nth(1).getByRole('cell').nth(1)).toHaveText(/\d.*%|no data/);
  const weekAgo = Date.now() - 6.5 * 86_400_000;
  const starts = () =>
    metricCalls(aws).flatMap((text) =>
      [...text.matchAll(/StartTime"?[=:]"?([\dT:.Z%-]+)/g)].map((match) => {
        const raw = decodeURIComponent(match[1] ?? '');
        return /^[\d.]+$/.test(raw) ? Number(raw) * 1_000 : Date.parse(raw);
      }),
    );
  await expect.poll(() => Math.min(...starts())).toBeLessThan(weekAgo);
});

test('another value of a variable asks for the other service and redraws', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ userDataDir: folder });
  await openDashboard(page, NAME);
  const before = await drawn(widget(page, 'Processor'));
  expect(metricCalls(aws).join('\n')).not.toContain('crm-auth-service');
  const field = page.getByRole('combobox', { name: 'Service' });
  await field.fill('crm-auth-service');
  await field.press('Enter');
  await expect.poll(() => metricCalls(aws).join('\n')).toContain('crm-auth-service');
  await expect
    .poll(() => timeOf(widget(page, 'Processor')).getAttribute('aria-valuetext'))
    .not.toBe(before);
  await drawn(widget(page, 'Processor'));
});

test('the numbers and the export are what GetMetricData answers', async ({ launch, folder }) => {
  const { app, page } = await launch({ userDataDir: folder });
  await openDashboard(page, NAME);
  const figure = widget(page, 'Two lines');
  await drawn(figure);
  await chooseInMenu(page, 'Two lines', 'Show the numbers');
  const table = figure.getByRole('table', { name: 'Datapoints of Two lines' });
  await expect(table.getByRole('columnheader')).toHaveText(['Time', HOSTILE, 'Connections']);
  const path = join(folder, 'export.csv');
  await answerSaveDialog(app, path);
  await chooseInMenu(page, 'Two lines', 'Export CSV');
  await expect.poll(() => existsSync(path)).toBe(true);
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('.csv');
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const [head, ...rows] = text.split('\r\n');
  expect(head).toMatch(
    /^Time \(UTC\),"'=HYPERLINK\(""https:\/\/evil\.example"",""x""\)( \(Percent\))?",Connections/,
  );
  expect(rows.pop()).toBe('');
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(rows.length).toBeGreaterThan(30);

  const client = new CloudWatchClient({
    endpoint: aws.endpoint,
    region: 'us-east-1',
    credentials: demoKeys.both,
  });
  const stat = (MetricName: string) => ({
    Metric: {
      Namespace: 'AWS/RDS',
      MetricName,
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'crm-production' }],
    },
    Stat: 'Average',
    Period: 300,
  });
  const answer = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(Date.now() - 3 * 3_600_000),
      EndTime: new Date(),
      MetricDataQueries: [
        { Id: 'cpu', MetricStat: stat('CPUUtilization') },
        { Id: 'connections', MetricStat: stat('DatabaseConnections') },
      ],
    }),
  );
  client.destroy();
  const exact = (id: string): Map<number, number> => {
    const result = answer.MetricDataResults?.find(({ Id }) => Id === id);
    return new Map(result?.Timestamps?.map((at, i) => [at.getTime(), result.Values?.[i] ?? NaN]));
  };
  const [cpu, connections] = [exact('cpu'), exact('connections')];
  // The two youngest periods are still being filled.
  const settled = rows.slice(1, -2).map((row) => row.split(','));
  for (const [time = '', first, second] of settled) {
    expect(Number(first)).toBeCloseTo(cpu.get(Date.parse(time)) ?? NaN, 9);
    expect(Number(second)).toBeCloseTo(connections.get(Date.parse(time)) ?? NaN, 9);
  }
  const [time = '', first] = settled.at(-1) ?? [];
  const shown = new Date(time).toISOString().slice(0, 16).replace('T', ' ');
  const row = table.getByRole('row').filter({ hasText: shown });
  await expect(row.getByRole('cell').first()).toHaveText(formatValue(Number(first), 'Percent'));
});

test('a chart is copied as a picture', async ({ launch, folder }) => {
  const { app, page } = await launch({ userDataDir: folder });
  await openDashboard(page, NAME);
  await drawn(widget(page, 'Processor'));
  await app.evaluate(({ clipboard }) => clipboard.clear());
  const hasPicture = () => app.evaluate(({ clipboard }) => clipboard.has('image/png'));
  expect(await hasPicture()).toBe(false);
  await chooseInMenu(page, 'Processor', 'Copy as PNG');
  await expect.poll(hasPicture).toBe(true);
});
