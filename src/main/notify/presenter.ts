import { utilityProcess } from 'electron';
import type { Clock } from '../../shared/clock';
import type { PopupPresenter } from '../seams';
import { ChildPresenter } from './presenter-child';
import type { PopupChild } from './presenter-child';
import { ElectronPresenter } from './presenter-electron';

export interface PresenterOptions {
  platform: NodeJS.Platform;
  /** `out/main/notify-child.js`. */
  childFile: string;
  /** Shown in the popup. */
  iconFile: string;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  log: { warn(message: string): void };
}

/** The platform's popups. Call when Electron is ready; on Linux it starts the child at once. */
export function createPresenter(options: PresenterOptions): PopupPresenter {
  if (options.platform !== 'linux') return new ElectronPresenter(options.clock);
  return new ChildPresenter({
    spawn: () => spawnChild(options),
    clock: options.clock,
    log: options.log,
  });
}

/** What the child needs of the environment; credentials stay behind. */
const CHILD_ENV = ['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'HOME', 'PATH', 'LANG'];

function spawnChild({ childFile, iconFile, env }: PresenterOptions): PopupChild {
  const child = utilityProcess.fork(childFile, [iconFile], {
    serviceName: 'Nightdesk notifications',
    env: Object.fromEntries(CHILD_ENV.flatMap((name) => pair(name, env[name]))),
  });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    kill: () => {
      child.kill();
    },
  };
}

const pair = (name: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[name, value]];
