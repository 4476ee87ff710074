/**
 * A batch of events as one block of bytes, little-endian, in columns, so that the engine takes it in with a few
 * copies and no object per line:
 *
 *   u32 magic · u32 events · u32 sources' bytes · u32 messages' bytes
 *   f64 timestamps · i32 delays · u32 source indexes · u32 message ends · u32 id hashes, two each
 *   sources (JSON array of LogSource) · messages
 */
import { z } from 'zod';
import { hashId } from './id-hash';
import { logSourceSchema } from './log-event';
import type { LogEventInput, LogSource } from './log-event';

const MAGIC = 0x4c424e44;
const HEADER = 16;
const PER_EVENT = 28;

export interface LogBatch {
  count: number;
  sources: LogSource[];
  timestamps: Float64Array;
  /** From the event to its ingestion, ms. */
  delays: Int32Array;
  sourceIndexes: Uint32Array;
  /** Relative to the block of messages. */
  messageEnds: Uint32Array;
  /** Two an event; both zero where it has no id. */
  idHashes: Uint32Array;
  messages: Uint8Array;
}

export class FrameError extends Error {
  constructor(reason: string) {
    super(`Broken batch of log events: ${reason}.`);
    this.name = new.target.name;
  }
}

const encoder = new TextEncoder();

/** Longer delays, of 24 days and more, are said as that. */
const MAX_DELAY = 2_147_483_647;

/** Lone surrogates become U+FFFD: UTF-8 cannot say them. */
export function encodeBatch(sources: readonly LogSource[], events: readonly LogEventInput[]) {
  const sourceBytes = encoder.encode(JSON.stringify(sources));
  const messages = joined(events.map(({ message }) => message));
  const n = events.length;
  const tail = HEADER + n * PER_EVENT;
  const bytes = new Uint8Array(tail + sourceBytes.length + messages.bytes.length);
  const head = [MAGIC, n, sourceBytes.length, messages.bytes.length];
  new Uint32Array(bytes.buffer, 0, head.length).set(head);
  const at = columns(bytes.buffer, 0, n);
  events.forEach(({ timestamp, ingestion, source, id }, i) => {
    at.timestamps[i] = timestamp;
    at.delays[i] = Math.max(-MAX_DELAY, Math.min(MAX_DELAY, ingestion - timestamp));
    at.sourceIndexes[i] = source;
    hashId(id, at.idHashes, i * 2);
  });
  at.messageEnds.set(messages.ends);
  bytes.set(sourceBytes, tail);
  bytes.set(messages.bytes, tail + sourceBytes.length);
  return bytes;
}

/** Encoded in one go: the ends are then found by each text's own length in UTF-8. */
function joined(texts: readonly string[]): { bytes: Uint8Array; ends: Uint32Array } {
  const ends = new Uint32Array(texts.length);
  const capacity = texts.reduce((sum, text) => sum + text.length * 3, 0);
  const bytes = new Uint8Array(capacity);
  let at = 0;
  texts.forEach((text, i) => {
    at += encoder.encodeInto(text, bytes.subarray(at)).written;
    ends[i] = at;
  });
  return { bytes: bytes.subarray(0, at), ends };
}

function columns(buffer: ArrayBufferLike, offset: number, n: number) {
  const at = offset + HEADER;
  return {
    timestamps: new Float64Array(buffer, at, n),
    delays: new Int32Array(buffer, at + 8 * n, n),
    sourceIndexes: new Uint32Array(buffer, at + 12 * n, n),
    messageEnds: new Uint32Array(buffer, at + 16 * n, n),
    idHashes: new Uint32Array(buffer, at + 20 * n, 2 * n),
  };
}

const sourcesSchema = z.array(logSourceSchema).max(1_000_000);

/** @throws FrameError when the bytes are no batch; nothing of a broken one is taken. */
export function decodeBatch(given: Uint8Array): LogBatch {
  // Columns of eight bytes want their place; what came over a pipe may lie anywhere.
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  if (bytes.length < HEADER) throw new FrameError('too short');
  const head = new Uint32Array(bytes.buffer, bytes.byteOffset, 4);
  const [magic = 0, count = 0, sourceLength = 0, messageLength = 0] = head;
  if (magic !== MAGIC) throw new FrameError('no batch');
  const tail = HEADER + count * PER_EVENT;
  if (tail + sourceLength + messageLength !== bytes.length) {
    throw new FrameError('its length is wrong');
  }
  const at = columns(bytes.buffer, bytes.byteOffset, count);
  const batch: LogBatch = {
    count,
    sources: readSources(bytes.subarray(tail, tail + sourceLength)),
    ...at,
    messages: bytes.subarray(tail + sourceLength),
  };
  checkEnds(at.messageEnds, messageLength);
  for (const index of at.sourceIndexes) {
    if (index >= batch.sources.length) throw new FrameError('a source is missing');
  }
  if (!at.timestamps.every(Number.isFinite)) throw new FrameError('a time is no number');
  return batch;
}

function readSources(bytes: Uint8Array): LogSource[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new FrameError('its sources cannot be read');
  }
  const parsed = sourcesSchema.safeParse(value);
  if (!parsed.success) throw new FrameError('its sources are wrong');
  return parsed.data;
}

function checkEnds(ends: Uint32Array, length: number): void {
  let before = 0;
  for (const end of ends) {
    if (end < before) throw new FrameError('its parts overlap');
    before = end;
  }
  if (before !== length) throw new FrameError('its parts do not add up');
}
