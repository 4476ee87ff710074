import { type ChildProcess, execFile, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { z } from 'zod';
import { EngineClient } from '../../src/shared/logs/engine-client';
import { electronPath, repository } from '../support/electron-app';

/** The engine's process, and an Electron application that starts it, bundled as the console's are. */
export async function buildEngine(outDir: string): Promise<string> {
  const nodeModules = builtinModules.flatMap((name) => [name, `node:${name}`]);
  for (const [entry, fileName] of [
    ['src/main/logs/engine/child.ts', 'log-engine.mjs'],
    ['tests/bench/log-app/main.ts', 'main.mjs'],
  ] as const) {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir,
        emptyOutDir: false,
        target: 'node20',
        lib: { entry: join(repository, entry), formats: ['es'], fileName: () => fileName },
        rollupOptions: { external: ['electron', ...nodeModules] },
      },
    });
  }
  const manifest = { name: 'log-bench', version: '1.0.0', main: 'main.mjs' };
  writeFileSync(join(outDir, 'package.json'), JSON.stringify(manifest));
  return join(outDir, 'log-engine.mjs');
}

const opened = z.object({ ms: z.number(), rows: z.number(), found: z.number() });

/** In the console's own runtime: main sends all, the utility process takes it in and filters. */
export async function openInElectron(
  appDir: string,
  framesFile: string,
  env: Record<string, string>,
): Promise<z.infer<typeof opened>> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const args = [...(asRoot ? ['--no-sandbox'] : []), appDir, framesFile];
  const { stdout } = await promisify(execFile)(electronPath(), args, {
    env: { ...process.env, ...env },
    timeout: 120_000,
  });
  const line = stdout.split('\n').find((text) => text.startsWith('{"ms"'));
  return opened.parse(JSON.parse(line ?? 'null'));
}

export interface EngineProcess {
  client: EngineClient;
  /** Resident bytes of the process. */
  memory(): number;
  stop(): Promise<void>;
}

export function startEngine(file: string): EngineProcess {
  const child = fork(file, { serialization: 'advanced', execArgv: [] });
  const client = new EngineClient({
    post: (message) => {
      if (typeof message === 'object' && message !== null) child.send(message);
    },
    listen: (listener) => void child.on('message', listener),
    close: () => undefined,
  });
  return {
    client,
    memory: () => residentBytes(child),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill();
      }),
  };
}

function residentBytes(child: ChildProcess): number {
  const text = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(text)?.[1];
  if (kilobytes === undefined) throw new Error('The engine’s memory cannot be read.');
  return Number(kilobytes) * 1_024;
}
