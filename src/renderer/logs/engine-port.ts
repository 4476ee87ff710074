/** The window's own way to the log engine: a port that main hands over when asked. */
import { ENGINE_PORT_CHANNEL } from '../../shared/ipc-names';
import { EngineClient } from '../../shared/logs/engine-client';
import { webPort } from '../../shared/logs/engine-port';
import { ask } from '../bridge';

/**
 * Asks for the engine and hands over a client; another one whenever the engine was started again: then what it
 * held is gone, and questions to the old one are rejected. Returns what ends it.
 */
export function connectEngine(
  onEngine: (client: EngineClient) => void,
  onFailed: (error: unknown) => void,
): () => void {
  let client: EngineClient | null = null;
  const hear = ({ source, origin, data, ports }: MessageEvent<unknown>): void => {
    const [port] = ports;
    // Only the preload, which shares this window, sends it; a frame's message has another source.
    if (source !== window || origin !== window.location.origin) return;
    if (data !== ENGINE_PORT_CHANNEL || port === undefined) return;
    client?.close();
    client = new EngineClient(webPort(port));
    onEngine(client);
  };
  window.addEventListener('message', hear);
  ask('logs.connect', undefined).catch(onFailed);
  return () => {
    window.removeEventListener('message', hear);
    client?.close();
    client = null;
  };
}
