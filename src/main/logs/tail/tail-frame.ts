import { encodeBatch } from '../../../shared/logs/frame';
import type { LogSource } from '../../../shared/logs/log-event';
import type { TailEvent } from './seen-events';

/** The events as the engine takes them in: one source a stream. */
export function tailFrame(
  connectionId: string,
  region: string,
  events: readonly TailEvent[],
): Uint8Array<ArrayBuffer> {
  const sources: LogSource[] = [];
  const places = new Map<string, number>();
  const inputs = events.map(({ group, stream, timestamp, ingestion, id, message }) => {
    const key = `${group}\0${stream}`;
    let source = places.get(key);
    if (source === undefined) {
      source = sources.push({ connectionId, region, group, stream }) - 1;
      places.set(key, source);
    }
    return { timestamp, ingestion, source, id, message };
  });
  return encodeBatch(sources, inputs);
}
