import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';
import { EngineClient } from '../../src/shared/logs/engine-client';
import { repository } from '../support/electron-app';

/** The engine's process, bundled as the console's is. */
export async function buildEngine(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: false,
      target: 'node20',
      lib: {
        entry: join(repository, 'src/main/logs/engine/child.ts'),
        formats: ['es'],
        fileName: () => 'log-engine.mjs',
      },
      rollupOptions: { external: builtinModules.flatMap((name) => [name, `node:${name}`]) },
    },
  });
  return join(outDir, 'log-engine.mjs');
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
