/** Sends the events of a file to the log engine's process and filters them; prints how long that took. */
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchEngine } from '../../../src/main/logs/engine/host';

/** Frames, each with its length (u32) before it. */
function framesOf(file: string): Uint8Array<ArrayBuffer>[] {
  const bytes = readFileSync(file);
  const frames: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32LE(at);
    frames.push(new Uint8Array(bytes.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return frames;
}

async function run(): Promise<void> {
  await app.whenReady();
  const frames = framesOf(process.argv.at(-1) ?? '');
  const host = launchEngine(join(app.getAppPath(), 'log-engine.mjs'));
  await host.client.ask('open', { dataset: 'd', capBytes: 2 ** 31 });
  const start = performance.now();
  const under: Promise<unknown>[] = [];
  for (const frame of frames) {
    if (under.length >= 8) await under.shift();
    under.push(host.client.ask('append', { dataset: 'd', frame }));
  }
  await Promise.all(under);
  const { count, total } = await host.client.ask('look', {
    dataset: 'd',
    view: 'v',
    filter: { kind: 'text', text: 'timeout', exactCase: false },
    newestFirst: true,
  });
  const ms = performance.now() - start;
  console.log(JSON.stringify({ ms, rows: total, found: count }));
  host.stop();
  app.quit();
}

run().catch((cause: unknown) => {
  console.error(cause);
  app.exit(1);
});
