import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { startDesktopSession, type DesktopSession } from '../support/desktop-session';
import { freshFolder, type Launched, launchNightdesk } from '../support/electron-app';
import { buildDrawingApp } from './drawing-app/build';
import { median, quantile, report, round, runs } from './report';

/** What the page of drawing-app offers. */
interface Drawing {
  drawOwn(): number;
  drawPeer(): Promise<number>;
  crosshair(charts: number, moves: number): Promise<number[]>;
  dashboard(widgets: number): Promise<number>;
  transfer(kind: 'set' | 'raw'): Promise<number>;
  worker(): Promise<number>;
}
declare global {
  interface Window {
    drawing: Drawing;
  }
}

let desktop: DesktopSession;
let launched: Launched;
let page: Page;
const folder = freshFolder('nightdesk-drawing');

beforeAll(async () => {
  await buildDrawingApp(folder.path);
  desktop = await startDesktopSession();
  launched = await launchNightdesk({ appDir: folder.path, env: desktop.env });
  page = launched.page;
});
afterAll(async () => {
  await launched?.close();
  await desktop?.close();
  folder.remove();
});

/** Each of both in turn, after one of each that does not count. */
async function interleaved(
  one: () => Promise<number>,
  other: () => Promise<number>,
): Promise<{ one: number[]; other: number[] }> {
  const times = { one: [] as number[], other: [] as number[] };
  await one();
  await other();
  for (let run = 0; run < runs * 2; run += 1) {
    times.one.push(await one());
    times.other.push(await other());
  }
  return times;
}

it('F6 the worker that reduces runs under the policy', async () => {
  const places = await page.evaluate(() => window.drawing.worker());
  // Ten series on 1,000 columns, at most four places a column.
  expect(places).toBeGreaterThan(10 * 1_000);
  expect(places).toBeLessThanOrEqual(10 * 4_004);
});

it('F6 transfer of 500 × 1440 points', async () => {
  const { one, other } = await interleaved(
    () => page.evaluate(() => window.drawing.transfer('set')),
    () => page.evaluate(() => window.drawing.transfer('raw')),
  );
  report({
    name: 'F6 transfer ÷ one raw Float64Array',
    value: round(median(one) / median(other)),
    goal: 1.3,
    unit: 'x',
    detail: `${round(median(one), 1)} ms against ${round(median(other), 1)} ms, ${one.length} runs`,
  });
});

it('F6 drawing 500 × 1440 points', async () => {
  const { one, other } = await interleaved(
    () => page.evaluate(() => window.drawing.drawOwn()),
    () => page.evaluate(() => window.drawing.drawPeer()),
  );
  report({
    name: 'F6 drawing ÷ uPlot',
    value: round(median(one) / median(other)),
    goal: 1.15,
    unit: 'x',
    detail: `${round(median(one), 1)} ms against ${round(median(other), 1)} ms, 1200 × 600 px, ${one.length} runs`,
  });
});

it('F6 crosshair over 20 linked charts', async () => {
  await page.evaluate(() => window.drawing.crosshair(20, 20));
  const works = await page.evaluate(() => window.drawing.crosshair(20, 300));
  report({
    name: 'F6 crosshair over 20 charts p99',
    value: round(quantile(works, 0.99)),
    goal: 16.7,
    unit: 'ms',
    detail: `median ${round(median(works))} ms of ${works.length} moves, event to after paint`,
  });
});

it('F6 first draw of a dashboard of 40 widgets', async () => {
  const times: number[] = [];
  await page.evaluate(() => window.drawing.dashboard(40));
  for (let run = 0; run < runs; run += 1) {
    times.push(await page.evaluate(() => window.drawing.dashboard(40)));
  }
  report({
    name: 'F6 dashboard of 40 widgets, answer to pixels',
    value: round(median(times), 0),
    goal: 500,
    unit: 'ms',
    detail: `4 series × 180 points each, ${times.length} runs, longest ${round(Math.max(...times), 0)} ms`,
  });
});
