import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Some 40 packages; minutes on a busy machine. */
const INSTALL_MS = 400_000;
const START_MS = 30_000;

export interface Moto {
  /** `http://127.0.0.1:port` */
  endpoint: string;
  stop(): Promise<void>;
}
export interface NoMoto {
  /** Why there is none. */
  skip: string;
}

const venvFolder = (): string =>
  path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'nightdesk', 'moto');

/**
 * An independent AWS: moto's server on a free loopback port, installed into the user's cache on first use.
 * Answers why not where Python or its registry is missing.
 */
export async function startMoto(): Promise<Moto | NoMoto> {
  if (process.env['NIGHTDESK_NO_MOTO'] !== undefined) return { skip: 'NIGHTDESK_NO_MOTO is set' };
  const venv = venvFolder();
  const server = path.join(venv, 'bin', 'moto_server');
  try {
    await install(venv, server);
  } catch (error) {
    return { skip: `moto could not be installed: ${firstLine(error)}` };
  }
  const port = await freePort();
  const child = spawn(server, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  if (await answers(endpoint, child)) return { endpoint, stop: () => stop(child) };
  await stop(child);
  return { skip: `moto did not answer within ${START_MS / 1000} s` };
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Marked ready only when whole, so that a half-finished installation is never used. */
async function install(venv: string, server: string): Promise<void> {
  if (await exists(path.join(venv, 'ready'))) return;
  await mkdir(path.dirname(venv), { recursive: true });
  const lock = `${venv}.lock`;
  // Whoever makes the folder installs; others wait for it.
  const mine = await mkdir(lock).then(
    () => true,
    () => false,
  );
  if (!mine) {
    const deadline = Date.now() + INSTALL_MS;
    while (Date.now() < deadline && (await exists(lock))) await sleep(500);
    if (await exists(path.join(venv, 'ready'))) return;
    await rm(lock, { recursive: true, force: true });
    throw new Error('another installation did not finish');
  }
  try {
    // A venv's scripts hold its path, so it is made in place and marked ready at the end.
    // What an interrupted pip leaves behind is not whole, so it starts afresh.
    const pip = path.join(venv, 'bin', 'pip');
    await rm(venv, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', venv], { timeout: INSTALL_MS });
    await run(pip, ['install', '--quiet', '--disable-pip-version-check', 'moto[server]'], {
      timeout: INSTALL_MS,
    });
    await access(server);
    await mkdir(path.join(venv, 'ready.part'));
    await rename(path.join(venv, 'ready.part'), path.join(venv, 'ready'));
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function answers(endpoint: string, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const up = await fetch(`${endpoint}/moto-api/data.json`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return true;
    await sleep(200);
  }
  return false;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await Promise.race([gone, sleep(3000).then(() => child.kill('SIGKILL'))]);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? 'unknown';
