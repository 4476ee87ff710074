import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROW_META } from '../../src/shared/logs/engine-protocol';
import { parseFilter } from '../../src/shared/logs/filter/parse';
import { startDesktopSession } from '../support/desktop-session';
import { freshFolder } from '../support/electron-app';
import { buildEngine, type EngineProcess, openInElectron, startEngine } from './log-engine-child';
import { batches, benchSource } from './log-lines';
import { median, quantile, report, round, runs } from './report';
import { encodeBatch } from '../../src/shared/logs/frame';

const EVENTS = 1_000_000;
const CAP = 2 ** 31;
const folder = freshFolder('nightdesk-logs');
const file = join(folder.path, 'events.log');
const frames: ReturnType<typeof encodeBatch>[] = [];
let bytes = 0;
let program: string;
let engine: EngineProcess;
let emptyMemory: number;
let views = 0;

beforeAll(async () => {
  const descriptor = openSync(file, 'w');
  for (const { frame, lines } of batches(EVENTS)) {
    frames.push(frame);
    bytes += writeSync(descriptor, `${lines.join('\n')}\n`);
  }
  closeSync(descriptor);
  program = await buildEngine(folder.path);
  engine = startEngine(program);
  await engine.client.ask('open', { dataset: 'd', capBytes: CAP });
  emptyMemory = engine.memory();
  await fill(engine);
}, 300_000);
afterAll(async () => {
  await engine?.stop();
  folder.remove();
});

/** Takes all in; some batches are under way, as pages come from several groups side by side. */
async function fill({ client }: EngineProcess): Promise<void> {
  const under: Promise<unknown>[] = [];
  for (const frame of frames) {
    if (under.length >= 8) await under.shift();
    under.push(client.ask('append', { dataset: 'd', frame }));
  }
  await Promise.all(under);
}

function filterOf(text: string) {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.mistake.message);
  return parsed.filter;
}

/** Of a view that nobody has looked at, so that nothing is known. */
function freshView(): { dataset: string; view: string } {
  views += 1;
  return { dataset: 'd', view: `v${views}` };
}

async function timed<T>(task: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await task();
  return { ms: performance.now() - start, value };
}

const look = (names: { dataset: string; view: string }, text: string) =>
  timed(() => engine.client.ask('look', { ...names, filter: filterOf(text), newestFirst: true }));

/** Null when the program is not there. */
function peer(command: string, args: string[]): number | null {
  const nowhere = openSync('/dev/null', 'w');
  const start = performance.now();
  const { error, status } = spawnSync(command, [...args, file], {
    stdio: ['ignore', nowhere, 'ignore'],
  });
  const ms = performance.now() - start;
  closeSync(nowhere);
  if (error) {
    console.warn(`${command} is not installed: nothing to compare with.`);
    return null;
  }
  expect(status).toBeLessThanOrEqual(1);
  return ms;
}

const needles = ['timeout', 'error', 'req-1a2b', '"statusCode":499'];

it('F7 full filter of 1,000,000 events', async (context) => {
  const ratios: number[] = [];
  const details: string[] = [];
  for (const needle of needles) {
    const own: number[] = [];
    const other: number[] = [];
    const typed = needle.includes('"') ? `"${needle.replaceAll('"', '\\"')}"` : needle;
    for (let run = 0; run < runs; run += 1) {
      const names = freshView();
      const { ms, value } = await look(names, typed);
      await engine.client.ask('closeView', names);
      expect(value.complete).toBe(true);
      expect(value.count).toBeGreaterThan(0);
      own.push(ms);
      const peerMs = peer('rg', ['-n', '-F', needle]);
      if (peerMs === null) return context.skip('rg is not installed');
      other.push(peerMs);
    }
    ratios.push(median(own) / median(other));
    details.push(`${needle} ${round(median(own), 0)} ms, rg ${round(median(other), 0)} ms`);
  }
  report({
    name: 'F7 full filter ÷ rg -n',
    value: round(Math.max(...ratios)),
    goal: 4,
    unit: 'x',
    detail: `the worst of ${details.join(' · ')}; ${runs} runs each, ${round(bytes / 1e6, 0)} MB, case ignored, asked of another process`,
  });
});

it('F7 first screen', async () => {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const needle of ['timeout', 'e', 'level:error', 'statusCode:>400', '/time.ut \\w+/']) {
      const names = freshView();
      const start = performance.now();
      const shown = new Promise<void>((resolve) => {
        const stop = engine.client.onView(({ view, count }) => {
          if (view !== names.view || count === 0) return;
          stop();
          resolve();
        });
      });
      const asked = look(names, needle);
      await Promise.race([shown, asked]);
      const page = await engine.client.ask('rows', {
        ...names,
        from: 0,
        count: 100,
        maxBytes: 4_096,
      });
      times.push(performance.now() - start);
      expect(page.meta.length).toBe(100 * ROW_META);
      await asked;
      await engine.client.ask('closeView', names);
    }
  }
  report({
    name: 'F7 first screen p95',
    value: round(quantile(times, 0.95), 0),
    goal: 50,
    unit: 'ms',
    detail: `asked to 100 rows at hand; ${times.length} questions, median ${round(median(times), 0)} ms`,
  });
});

it('F7 narrowing a typed prefix', async () => {
  const ratios: number[] = [];
  let full: number[] = [];
  let narrowed: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const word of ['timeout', 'gateway', '1a2b3']) {
      const fresh = freshView();
      full.push((await look(fresh, word)).ms);
      const names = freshView();
      await look(names, word.slice(0, -2));
      for (const typed of [word.slice(0, -1), word]) narrowed.push((await look(names, typed)).ms);
      await engine.client.ask('closeView', fresh);
      await engine.client.ask('closeView', names);
    }
    ratios.push(median(narrowed) / median(full));
    if (run < runs - 1) [full, narrowed] = [[], []];
  }
  report({
    name: 'F7 narrowing ÷ full filter',
    value: round(median(ratios)),
    goal: 0.3,
    unit: 'x',
    detail: `${round(median(narrowed), 1)} ms against ${round(median(full), 1)} ms in the last of ${runs} runs; timeout, gateway, 1a2b3, the last two letters`,
  });
});

it('F7 memory', async () => {
  const { messageBytes } = await engine.client.ask('stats', { dataset: 'd' });
  const used = engine.memory() - emptyMemory;
  report({
    name: 'F7 memory ÷ bytes',
    value: round(used / messageBytes),
    goal: 2,
    unit: 'x',
    detail: `the process grew by ${round(used / 1e6, 0)} MB over ${round(emptyMemory / 1e6, 0)} MB for messages of ${round(messageBytes / 1e6, 0)} MB, after the filters above`,
  });
});

it('F7 open and filter', async (context) => {
  const own: number[] = [];
  const other: number[] = [];
  const framesFile = join(folder.path, 'frames.bin');
  const descriptor = openSync(framesFile, 'w');
  for (const frame of frames) {
    writeSync(descriptor, Uint32Array.of(frame.length));
    writeSync(descriptor, frame);
  }
  closeSync(descriptor);
  const desktop = await startDesktopSession();
  try {
    for (let run = 0; run < runs; run += 1) {
      const { ms, rows, found } = await openInElectron(folder.path, framesFile, desktop.env);
      expect(rows).toBe(EVENTS);
      expect(found).toBeGreaterThan(0);
      own.push(ms);
      const peerMs = peer('lnav', ['-n', '-q', '-c', ':filter-in timeout']);
      if (peerMs === null) return context.skip('lnav is not installed');
      other.push(peerMs);
    }
  } finally {
    await desktop.close();
  }
  report({
    name: 'F7 open and filter ÷ lnav',
    value: round(median(own) / median(other)),
    goal: 1,
    unit: 'x',
    detail: `${round(median(own), 0)} ms against ${round(median(other), 0)} ms (lnav -n -q, nothing printed), ${own.length} runs; pages of 4,000 with ids, from Electron's main to its utility process`,
  });
});

it('F8 five tails of 500 events a second', async () => {
  const tails = Array.from({ length: 5 }, (_, i) => `tail-${i}`);
  const { client } = engine;
  for (const dataset of tails) {
    await client.ask('open', { dataset, capBytes: 2 ** 26 });
    await client.ask('look', {
      dataset,
      view: 'v',
      filter: filterOf('timeout'),
      newestFirst: false,
    });
  }
  const seconds = runs >= 10 ? 20 : 5;
  const lags: number[] = [];
  let sent = 0;
  const lines = [...batches(2_500, 11)].flatMap((batch) => batch.lines);
  for (let tick = 0; tick < seconds * 10; tick += 1) {
    const start = performance.now();
    for (const dataset of tails) {
      const at = Date.now();
      const events = lines.slice((tick % 50) * 50, (tick % 50) * 50 + 50).map((message, i) => ({
        ...{ message, timestamp: at, ingestion: at, source: 0 },
        id: `${tick}/${i}`,
      }));
      sent += events.length;
      await client.ask('append', { dataset, frame: encodeBatch([benchSource], events) });
    }
    // A question that costs nothing waits as long as the loop is busy.
    while (performance.now() - start < 100) {
      lags.push((await timed(() => client.ask('sources', { dataset: 'tail-0' }))).ms);
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
  }
  const stats = await Promise.all(tails.map((dataset) => client.ask('stats', { dataset })));
  const kept = stats.reduce((sum, { rows }) => sum + rows, 0);
  report({
    name: 'F8 events dropped of five tails',
    value: sent - kept,
    goal: 0,
    unit: 'calls',
    detail: `${sent} events at 2,500 a second in ${seconds} s`,
  });
  report({
    name: 'F8 lag of the engine, longest',
    value: round(Math.max(...lags), 1),
    goal: 50,
    unit: 'ms',
    detail: `${lags.length} probes, p99 ${round(quantile(lags, 0.99), 1)} ms; a filter follows each tail, 1,000,000 events beside`,
  });
});
