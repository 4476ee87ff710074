import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { _electron, type ElectronApplication, errors, type Page } from 'playwright';

export const repository = resolve(import.meta.dirname, '../..');

export interface LaunchOptions {
  /** After the application's folder, e.g. `['--demo']`. */
  args?: string[];
  /** Wins over everything; a value of undefined removes a variable. */
  env?: Record<string, string | undefined>;
  /** A fresh folder when left out. */
  userDataDir?: string;
  /** The application's folder; Nightdesk's when left out. */
  appDir?: string;
  /** Resolve once the window says that its list is painted (default), or as soon as it exists. */
  until?: 'ready' | 'window';
}

export interface Launched {
  app: ElectronApplication;
  page: Page;
  pid: number;
  userDataDir: string;
  /** Wall clock just before the spawn, ms. */
  spawnedAt: number;
  /** From the spawn to the painted list (`until: 'ready'`) or the window, ms. */
  startedInMs: number;
  /** Everything it wrote to stdout and stderr so far. */
  output(): string;
  /** As a crash or a power cut would: SIGKILL, nothing saved. The folder stays. */
  kill(): Promise<void>;
  /** Quits it; the folder stays. */
  close(): Promise<void>;
}

/** The Electron that `npm test` chose; asked of the scripts when a test is run by itself. */
export function electronPath(): string {
  const chosen = process.env['NIGHTDESK_ELECTRON'];
  if (chosen) return chosen;
  const script = join(repository, 'scripts/electron-path.mjs');
  return execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim();
}

/** A folder of its own below the system's temporary one. `remove` when the test is over. */
export function freshFolder(name = 'nightdesk'): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  return {
    path,
    remove: () => removeFolder(path),
  };
}

/** A killed browser's helpers may still write for a moment: what appears after a deletion is deleted again. */
function removeFolder(path: string): void {
  for (let tries = 1; tries <= 20; tries += 1) {
    try {
      rmSync(path, { recursive: true, force: true });
      return;
    } catch (cause) {
      if (tries === 20) console.warn(`${path} stays: ${String(cause)}`);
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

/**
 * Nothing of the machine's own AWS set-up may reach a test: profiles, keys, instance roles.
 * The files named do not exist until a test writes them.
 */
export function isolatedAwsEnv(folder: string): Record<string, string | undefined> {
  const inherited = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    AWS_CONFIG_FILE: join(folder, 'aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Starts the real application in the real Electron. */
export async function launchNightdesk(options: LaunchOptions = {}): Promise<Launched> {
  const userDataDir = options.userDataDir ?? freshFolder().path;
  mkdirSync(userDataDir, { recursive: true });
  const env = definedOnly({ ...process.env, ...isolatedAwsEnv(userDataDir), ...options.env });
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  let spawnedAt = Date.now();
  let started = performance.now();
  const launch = (timeout: number): Promise<ElectronApplication> => {
    spawnedAt = Date.now();
    started = performance.now();
    return _electron.launch({
      executablePath: electronPath(),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        options.appDir ?? repository,
        `--user-data-dir=${userDataDir}`,
        ...(options.args ?? []),
      ],
      env,
      timeout,
    });
  };
  // Once in some hundred starts the debugger's socket opens and never speaks; the application runs all the while.
  const app = await launch(20_000).catch((error: unknown) => {
    if (error instanceof errors.TimeoutError) return launch(30_000);
    throw error;
  });
  const output = collectOutput(app);
  const page = await app.firstWindow({ timeout: 30_000 });
  if (options.until !== 'window') await waitUntilReady(page);
  const child = app.process();
  return {
    app,
    page,
    pid: child.pid ?? 0,
    userDataDir,
    spawnedAt,
    startedInMs: performance.now() - started,
    output,
    async kill() {
      const gone = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGKILL')) await gone;
    },
    close: () => app.close(),
  };
}

/** The window sets this once its first list (or first-run page) has been painted. */
export async function waitUntilReady(page: Page, timeoutMs = 30_000): Promise<void> {
  await page.waitForSelector('html[data-ready="true"]', { state: 'attached', timeout: timeoutMs });
}

function collectOutput(app: ElectronApplication): () => string {
  let text = '';
  const child = app.process();
  const add = (chunk: Buffer) => (text += chunk.toString());
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text;
}

function definedOnly(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
