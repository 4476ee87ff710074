import type { EnginePort } from './engine-protocol';

/** A web port (the window's, or Node's global MessageChannel) as the engine's client and server want it. */
export const webPort = (port: MessagePort): EnginePort => ({
  post: (message) => port.postMessage(message),
  listen(listener) {
    // Starts the port as well.
    port.onmessage = ({ data }: MessageEvent<unknown>) => listener(data);
  },
  close: () => port.close(),
});
