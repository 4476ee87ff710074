/** A page of events, read and put into frames for the engine of about a megabyte at most. */
import type { FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { encodeBatch } from '../../../shared/logs/frame';
import type { LogEventInput, LogSource } from '../../../shared/logs/log-event';

export interface FoundEvent {
  stream: string;
  /** ms UTC. */
  timestamp: number;
  ingestion: number;
  id: string;
  message: string;
}

const FRAME_BYTES = 2 ** 20;
/** What an event costs beside its message. */
const EVENT_BYTES = 32;

/** A frame has one event at least, however long its message is. */
export function* pageFrames(
  place: Omit<LogSource, 'stream'>,
  events: readonly FoundEvent[],
): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  let sources = new Map<string, number>();
  let inputs: LogEventInput[] = [];
  let bytes = 0;
  const frame = (): Uint8Array<ArrayBuffer> =>
    encodeBatch(
      [...sources.keys()].map((stream) => ({ ...place, stream })),
      inputs,
    );
  for (const { stream, message, ...event } of events) {
    const size = Buffer.byteLength(message) + EVENT_BYTES;
    if (inputs.length > 0 && bytes + size > FRAME_BYTES) {
      yield frame();
      sources = new Map();
      inputs = [];
      bytes = 0;
    }
    const source = sources.get(stream) ?? sources.size;
    sources.set(stream, source);
    inputs.push({ ...event, message, source });
    bytes += size;
  }
  if (inputs.length > 0) yield frame();
}

/** Events without a time are nowhere in a log: they are left out. */
export const eventsOf = ({ events }: FilterLogEventsResponse): FoundEvent[] =>
  (events ?? []).flatMap(({ logStreamName, timestamp, ingestionTime, eventId, message }) =>
    timestamp === undefined || !Number.isFinite(timestamp)
      ? []
      : [
          {
            stream: logStreamName ?? '',
            timestamp,
            ingestion: ingestionTime ?? timestamp,
            id: eventId ?? '',
            message: message ?? '',
          },
        ],
  );
