import type { ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { AwsError } from '../errors';
import type { Streamed, StreamedEvent } from '../operations/operation';

/** Type of a header's value: a string with its length in two bytes. */
const STRING = 7;
const PRELUDE = 12;

/** One frame of `application/vnd.amazon.eventstream`: lengths and their CRC, headers, payload, CRC of it all. */
export function encodeFrame(headers: Record<string, string>, payload: Buffer): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(encodeHeader));
  const total = PRELUDE + head.length + payload.length + 4;
  const frame = Buffer.alloc(total);
  frame.writeUInt32BE(total, 0);
  frame.writeUInt32BE(head.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  head.copy(frame, PRELUDE);
  payload.copy(frame, PRELUDE + head.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, total - 4)), total - 4);
  return frame;
}

function encodeHeader([name, value]: [string, string]): Buffer {
  const nameBytes = Buffer.from(name, 'utf8');
  const valueBytes = Buffer.from(value, 'utf8');
  const lengths = Buffer.alloc(2);
  lengths.writeUInt16BE(valueBytes.length);
  return Buffer.concat([
    Buffer.from([nameBytes.length]),
    nameBytes,
    Buffer.from([STRING]),
    lengths,
    valueBytes,
  ]);
}

const frameOf = (event: StreamedEvent): Buffer =>
  encodeFrame(
    {
      ':message-type': event.kind,
      [event.kind === 'event' ? ':event-type' : ':exception-type']: event.name,
      ':content-type': 'application/json',
    },
    Buffer.from(JSON.stringify(event.body)),
  );

/** Writes the stream to its end. The first message answers the call itself, as RPC protocols have it. */
export async function sendStream(
  response: ServerResponse,
  headers: Record<string, string>,
  output: Streamed,
): Promise<void> {
  response.writeHead(200, {
    ...headers,
    'content-type': 'application/vnd.amazon.eventstream',
    'transfer-encoding': 'chunked',
  });
  const write = async (event: StreamedEvent): Promise<void> => {
    if (response.write(frameOf(event)) || response.destroyed) return;
    await new Promise<void>((resolve) => {
      response.once('drain', resolve);
      response.once('close', resolve);
    });
  };
  await write({ kind: 'event', name: 'initial-response', body: {} });
  try {
    for await (const event of output.events) {
      if (response.destroyed) return;
      await write(event);
    }
  } catch (error) {
    // The status is long sent: an error of the service becomes the stream's last message.
    if (!(error instanceof AwsError)) throw error;
    await write({ kind: 'exception', name: error.code, body: { message: error.message } });
  }
  if (!response.destroyed) response.end();
}
