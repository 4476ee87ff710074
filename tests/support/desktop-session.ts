import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createInterface } from 'node:readline';

/** A notification daemon that a test may stop, hang, kill or bring back. */
export interface Daemon {
  readonly pid: number;
  /** Hangs it (SIGSTOP): it holds its name but answers nobody. */
  hang(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** A display and a session bus of the test's own, with a real notification daemon on it. */
export interface DesktopSession {
  /** For what shall live in this session: DISPLAY and DBUS_SESSION_BUS_ADDRESS. */
  readonly env: Record<string, string>;
  readonly busAddress: string;
  startDaemon(): Promise<Daemon>;
  /** The daemon's remote control, e.g. `dunstctl('close-all')`. */
  dunstctl(...args: string[]): Promise<string>;
  close(): Promise<void>;
}

/** Ends a process that this helper started; resolves once it is gone. */
async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  // A stopped process gets its signals only when it goes on.
  child.kill('SIGCONT');
  await gone;
}

async function firstLine(child: ChildProcess, what: string): Promise<string> {
  if (!child.stdout) throw new Error(`${what} has no output`);
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${what} ended with status ${code}`);
  });
  const [line] = await Promise.race([once(lines, 'line'), ended]);
  return String(line).trim();
}

/**
 * Starts a session bus, and a virtual display where there is none or `ownDisplay` asks for one: on a shared display
 * windows of two sessions would take the focus from each other.
 * @throws when dbus-daemon or Xvfb is not installed
 */
export async function startDesktopSession({ ownDisplay = false } = {}): Promise<DesktopSession> {
  const started: ChildProcess[] = [];
  const start = (command: string, args: string[], env: Record<string, string>) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.push(child);
    return child;
  };
  const env: Record<string, string> = {};
  if (process.env['DISPLAY'] && !ownDisplay) env['DISPLAY'] = process.env['DISPLAY'];
  else {
    const xvfb = start('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1000x24'], {});
    env['DISPLAY'] = `:${await firstLine(xvfb, 'Xvfb')}`;
  }
  const bus = start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], env);
  const busAddress = await firstLine(bus, 'dbus-daemon');
  env['DBUS_SESSION_BUS_ADDRESS'] = busAddress;

  return {
    env,
    busAddress,
    async startDaemon() {
      const child = start('dunst', [], env);
      await waitForName(env, child);
      return asDaemon(child);
    },
    async dunstctl(...args) {
      const { stdout } = await promisify(execFile)('dunstctl', args, {
        env: { ...process.env, ...env },
      });
      return stdout;
    },
    async close() {
      for (const child of started.reverse()) await end(child);
    },
  };
}

function asDaemon(child: ChildProcess): Daemon {
  const { pid } = child;
  if (pid === undefined) throw new Error('dunst could not be started');
  return {
    pid,
    hang: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: () => end(child),
  };
}

/** Until somebody owns org.freedesktop.Notifications on this bus. */
async function waitForName(env: Record<string, string>, daemon: ChildProcess): Promise<void> {
  const ask = [
    '--session',
    '--print-reply=literal',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.freedesktop.Notifications',
  ];
  for (let tries = 0; tries < 100; tries += 1) {
    if (daemon.exitCode !== null) throw new Error(`dunst ended with status ${daemon.exitCode}`);
    const { stdout } = await promisify(execFile)('dbus-send', ask, {
      env: { ...process.env, ...env },
    });
    if (stdout.includes('true')) return;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error('dunst did not take org.freedesktop.Notifications within 5 s');
}
