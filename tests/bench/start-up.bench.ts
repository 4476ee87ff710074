import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoAws, startDemo } from '../../src/demo';
import { startDesktopSession, type DesktopSession } from '../support/desktop-session';
import { freshFolder, type Launched, launchNightdesk, repository } from '../support/electron-app';
import { benchConnection, writeSettings } from './console-folder';
import { median, quick, report, round, runs } from './report';
import { treeCpuSeconds, treePssBytes } from './process-tree';

let demo: DemoAws;
let desktop: DesktopSession;
const bareApp = join(repository, 'tests/bench/bare-app');

beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
  desktop = await startDesktopSession();
  await desktop.startDaemon();
});
afterAll(async () => {
  await desktop.close();
  await demo.stop();
});

function launchBare(): Promise<Launched> {
  return launchNightdesk({ appDir: bareApp, env: desktop.env });
}

function launchConsole(): Promise<Launched> {
  const userDataDir = freshFolder('nightdesk-bench').path;
  writeSettings(userDataDir, { connections: [benchConnection(demo.endpoint)] });
  return launchNightdesk({ userDataDir, env: desktop.env });
}

/** From the spawn to the frame that showed the list, by the window's own clock, ms. */
async function paintedAfter(launched: Launched): Promise<number> {
  const paintedAt = await launched.page.evaluate(() => {
    const mark = performance.getEntriesByName('nightdesk:list-painted')[0];
    return mark ? performance.timeOrigin + mark.startTime : null;
  });
  expect(paintedAt, 'the window marked its first list').not.toBeNull();
  return Number(paintedAt) - launched.spawnedAt;
}

it('F1 cold start to the painted list', async () => {
  const bare: number[] = [];
  const own: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const [launch, times] of [
      [launchBare, bare],
      [launchConsole, own],
    ] as const) {
      const launched = await launch();
      times.push(await paintedAfter(launched));
      await launched.kill();
    }
  }
  report({
    name: 'F1 cold start ÷ bare window',
    value: round(median(own) / median(bare)),
    goal: 1.25,
    unit: 'x',
    detail: `${round(median(own), 0)} ms against ${round(median(bare), 0)} ms, ${runs} runs`,
  });
});

it('F2 idle memory and processor time', async () => {
  const samples = quick ? 2 : 10;
  const windowMs = quick ? 15_000 : 30_000;
  const bare = await launchBare();
  const own = await launchConsole();
  // Start-up work, caches and the first sweep are over by then.
  await new Promise((wake) => setTimeout(wake, quick ? 5_000 : 20_000));
  const pss = { bare: [] as number[], own: [] as number[] };
  const cpu = { bare: [] as number[], own: [] as number[] };
  for (let sample = 0; sample < samples; sample += 1) {
    const before = { bare: treeCpuSeconds(bare.pid), own: treeCpuSeconds(own.pid) };
    await new Promise((wake) => setTimeout(wake, windowMs));
    cpu.bare.push(((treeCpuSeconds(bare.pid) - before.bare) / windowMs) * 100_000);
    cpu.own.push(((treeCpuSeconds(own.pid) - before.own) / windowMs) * 100_000);
    pss.bare.push(treePssBytes(bare.pid));
    pss.own.push(treePssBytes(own.pid));
  }
  await bare.kill();
  await own.kill();
  const mb = (values: number[]) => round(median(values) / 1e6, 0);
  report({
    name: 'F2 idle PSS ÷ bare window',
    value: round(median(pss.own) / median(pss.bare)),
    goal: 1.6,
    unit: 'x',
    detail: `${mb(pss.own)} MB against ${mb(pss.bare)} MB`,
  });
  report({
    name: 'F2 idle CPU above bare window',
    value: round(median(cpu.own) - median(cpu.bare)),
    goal: 0.3,
    unit: '%',
    detail: `${round(median(cpu.own))} % against ${round(median(cpu.bare))} % of a core, polling every 30 s`,
  });
});
