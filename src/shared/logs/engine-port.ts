import type { EnginePort } from './engine-protocol';

/** A web port (the window's, or Node's global MessageChannel) as the engine's client and server want it. */
export const webPort = (port: MessagePort): EnginePort => ({
  post: (message) => port.postMessage(message),
  listen(listener) {
    port.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data));
    port.start();
  },
  close: () => port.close(),
});
