import { MessageChannelMain, utilityProcess } from 'electron';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { EngineClient } from '../../../shared/logs/engine-client';
import { electronPort } from './electron-port';

/** Main's side of the log engine's process. */
export interface EngineHost {
  /** Main's own way to ask. Another one after `onRestarted`. */
  readonly client: EngineClient;
  /** A port for a window, to be sent with `webContents.postMessage`. Void after `onRestarted`. */
  portForWindow(): MessagePortMain;
  /** The process had died and was started again: datasets are gone, ports and client are new. */
  onRestarted(listener: (exitCode: number) => void): () => void;
  stop(): void;
}

/** Starts the log engine; it is started again whenever it dies, for what it held can be fetched again. */
export function launchEngine(childFile: string): EngineHost {
  const listeners = new Set<(exitCode: number) => void>();
  let stopped = false;
  let running = start();

  function start(): { child: UtilityProcess; client: EngineClient } {
    // Nothing of the engineer's environment: it holds credentials, and the engine needs none.
    const child = utilityProcess.fork(childFile, [], { serviceName: 'Nightdesk logs', env: {} });
    const client = new EngineClient(electronPort(connect(child)));
    child.once('exit', (code) => {
      client.close();
      if (stopped) return;
      running = start();
      for (const listener of listeners) listener(code);
    });
    return { child, client };
  }

  return {
    get client() {
      return running.client;
    },
    portForWindow: () => connect(running.child),
    onRestarted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      stopped = true;
      running.child.kill();
    },
  };
}

function connect(child: UtilityProcess): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  child.postMessage(null, [port1]);
  return port2;
}
