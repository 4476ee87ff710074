import type { MessagePortMain } from 'electron';
import type { EnginePort } from '../../../shared/logs/engine-protocol';

/** A port of Electron's, of main's or the utility process's side. */
export const electronPort = (port: MessagePortMain): EnginePort => ({
  post: (message) => port.postMessage(message),
  listen(listener) {
    port.on('message', ({ data }) => listener(data));
    port.start();
  },
  close: () => port.close(),
});
