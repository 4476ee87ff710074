/** F7 in the real window: a million events found, the last row reached, scrolled at three paces. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DemoAws } from '../../src/demo/index';
import { startDemo } from '../../src/demo/index';
import { defaultLogSettings } from '../../src/shared/logs/settings';
import { startDesktopSession, type DesktopSession } from '../support/desktop-session';
import { freshFolder, type Launched, launchNightdesk } from '../support/electron-app';
import { benchConnection, writeSettings } from './console-folder';
import { quantile, quick, report, round } from './report';

const EVENTS = quick ? 200_000 : 1_000_000;
const FRAMES = 600;

let aws: DemoAws;
let desktop: DesktopSession;
let launched: Launched;
const folder = freshFolder('nightdesk-log-scrolling');

beforeAll(async () => {
  aws = await startDemo({ systems: ['crm'], evaluateEveryMs: Infinity, logsPerMinute: 4_000 });
  desktop = await startDesktopSession();
  writeSettings(folder.path, {
    connections: [benchConnection(aws.endpoint, { id: 'demo-crm', label: 'CRM' })],
    logs: { ...defaultLogSettings, maxEvents: EVENTS, capBytes: 2 ** 31 },
  });
  launched = await launchNightdesk({
    userDataDir: folder.path,
    env: { ...desktop.env, AWS_ENDPOINT_URL: aws.endpoint },
  });
});
afterAll(async () => {
  await launched?.close();
  await desktop?.close();
  await aws?.stop();
  folder.remove();
});

/** Lengths of frames (ms) while the grid is scrolled by so much a frame, and how many showed no row. */
const frames = (page: Page, step: number): Promise<{ times: number[]; blank: number }> =>
  page.evaluate(
    async ({ by, count }) => {
      const grid = document.querySelector('[role="grid"][aria-label="Log events"]');
      if (grid === null) throw new Error('There is no grid.');
      const times: number[] = [];
      let blank = 0;
      let last = performance.now();
      for (let frame = 0; frame < count; frame += 1) {
        grid.scrollTop += by;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = performance.now();
        times.push(now - last);
        last = now;
        const rows = [...grid.querySelectorAll('[role="row"][aria-busy]')];
        if (rows.every((row) => row.getAttribute('aria-busy') === 'true')) blank += 1;
      }
      return { times, blank };
    },
    { by: step, count: FRAMES },
  );

it('F7 a million events in the window', async () => {
  const { page } = launched;
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  const boxes = page.getByRole('checkbox');
  await boxes.first().waitFor();
  for (let at = 0; at < (await boxes.count()); at += 1) await boxes.nth(at).check();
  await page.getByRole('button', { name: 'Last 12 hours' }).click();
  await page.getByRole('search').getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByText('stopped at the number of events asked for').waitFor({ timeout: 600_000 });
  const grid = page.getByRole('grid', { name: 'Log events' });
  await grid.focus();
  const rows = Number(await grid.getAttribute('aria-rowcount'));
  expect(rows).toBeGreaterThan(EVENTS);
  await page.keyboard.press('End');
  await page.locator(`[role="row"][aria-rowindex="${rows}"][aria-selected="true"]`).waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(3_000);

  // What the display itself does: the floor of everything below.
  const idle = quantile((await frames(page, 0)).times, 0.99);
  for (const [pace, step] of [
    ['slowly', 66],
    ['fast', 800],
    ['by leaps', 15_000],
  ] as const) {
    const { times, blank } = await frames(page, step);
    const p99 = quantile(times, 0.99);
    report({
      name: `F7 scrolling ${pace}, p99 ÷ an idle page's frames`,
      value: round(p99 / idle),
      goal: 1.05,
      unit: 'x',
      detail: `p99 ${round(p99, 1)} ms, idle ${round(idle, 1)} ms, ${FRAMES} frames, ${blank} blank, ${rows - 1} rows`,
    });
    expect(blank).toBe(0);
  }
}, 900_000);
