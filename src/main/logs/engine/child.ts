/**
 * The log engine's process. As Electron's utility process it serves every port that main sends it, one for main
 * itself and one a window; forked by plain Node (`serialization: 'advanced'`) it serves the process's own channel.
 */
import type { EnginePort } from '../../../shared/logs/engine-protocol';
import { electronPort } from './electron-port';
import { Engine } from './engine';
import { serve } from './serve';

const engine = new Engine();

const ownChannel: EnginePort = {
  post: (message) => void process.send?.(message),
  listen: (listener) => void process.on('message', listener),
  close: () => process.disconnect(),
};

// Absent, whatever the types say, when Node runs it.
if ('parentPort' in process && process.parentPort) {
  process.parentPort.on('message', ({ ports }) => {
    for (const port of ports) {
      const end = serve(engine, electronPort(port));
      port.once('close', end);
    }
  });
} else if (process.send) {
  serve(engine, ownChannel);
  process.once('disconnect', () => process.exit(0));
}
