/** A desktop of its own for a test: virtual display, session bus, dunst. Nothing of the user's is touched. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Desktop {
  env: NodeJS.ProcessEnv;
  /** Starts a notification daemon and waits until it owns the name. */
  startDunst(): Promise<ChildProcess>;
  /** `dunstctl` against this desktop's daemon. */
  dunstctl(...args: string[]): string;
  /** Title and body of everything the daemon has on screen, waiting or closed. */
  texts(): string;
  stop(): void;
}

/** Why this machine cannot have one, or null. */
export function whyNoDesktop(): string | null {
  if (process.platform !== 'linux') return 'notifications over D-Bus are for Linux';
  const missing = ['Xvfb', 'dbus-daemon', 'dunst', 'dunstctl', 'dbus-send'].filter(
    (tool) => spawnSync('which', [tool]).status !== 0,
  );
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The first line a process writes to `stdout`. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before saying anything`)));
  });
}

/** A bus whose only services are those the test starts: no daemon is started on demand. */
const busConfig = (folder: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>`;

export async function startDesktop(): Promise<Desktop> {
  const folder = mkdtempSync(join(tmpdir(), 'nightdesk-desktop-'));
  const started: ChildProcess[] = [];
  const begin = (command: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    started.push(child);
    return child;
  };
  const base = { PATH: process.env['PATH'], HOME: folder, XDG_RUNTIME_DIR: folder };
  const screen = await firstLine(begin('Xvfb', ['-displayfd', '1', '-nolisten', 'tcp'], base));
  writeFileSync(join(folder, 'bus.conf'), busConfig(folder));
  const config = `--config-file=${folder}/bus.conf`;
  const address = await firstLine(
    begin('dbus-daemon', [config, '--print-address=1', '--nofork'], base),
  );
  const env = { ...base, DISPLAY: `:${screen}`, DBUS_SESSION_BUS_ADDRESS: address };
  const dunstctl = (...args: string[]): string =>
    execFileSync('dunstctl', args, { env, timeout: 5_000 }).toString();
  return {
    env,
    dunstctl,
    async startDunst() {
      const dunst = begin('dunst', [], env);
      for (let tries = 0; tries < 100 && !answers(env); tries += 1) await pause(50);
      return dunst;
    },
    texts: () => dunstctl('history') + dunstctl('count'),
    stop() {
      for (const child of started.toReversed()) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const answers = (env: NodeJS.ProcessEnv): boolean =>
  spawnSync(
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--reply-timeout=500',
      '--dest=org.freedesktop.Notifications',
      '/org/freedesktop/Notifications',
      'org.freedesktop.Notifications.GetServerInformation',
    ],
    { env },
  ).status === 0;
