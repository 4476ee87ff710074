/**
 * What is known of one question, as a file: a header with a checksum, then the values as they are in memory.
 * A file that is not exactly what was written is no file.
 */
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Entry, Segment } from './entry';
import type { Line } from './line';

const MAGIC = 0x4e444d31;
const PREFIX_BYTES = 12;
const MAX_VALUES = 2_000_000;

const time = z.number().int();
const messages = z.array(z.string());
const headerSchema = z.strictObject({
  key: z.string(),
  segments: z
    .array(
      z.strictObject({
        fromMs: time,
        toMs: time,
        askedAt: time,
        settledMs: time,
        messages,
        lines: z.array(
          z.strictObject({
            label: z.string().nullable(),
            startMs: time,
            periodMs: z.number().int().positive(),
            count: z.number().int().min(0).max(MAX_VALUES),
            status: z.enum(['complete', 'partial', 'failed']),
            messages,
          }),
        ),
      }),
    )
    .max(20),
});
type Header = z.infer<typeof headerSchema>;

export function encodeEntry(key: string, entry: Entry): Buffer {
  const header: Header = {
    key,
    segments: entry.segments.map(({ lines, ...segment }) => ({
      ...segment,
      lines: lines.map(({ values, ...line }) => ({ ...line, count: values.length })),
    })),
  };
  const text = Buffer.from(JSON.stringify(header));
  const lines = entry.segments.flatMap((segment) => segment.lines);
  const total = lines.reduce((sum, { values }) => sum + values.length, 0);
  const dataAt = padded(PREFIX_BYTES + text.length);
  const file = Buffer.alloc(dataAt + total * 8);
  file.writeUInt32LE(MAGIC, 0);
  file.writeUInt32LE(text.length, 8);
  text.copy(file, PREFIX_BYTES);
  let at = dataAt;
  for (const { values } of lines) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  file.writeUInt32LE(crc32(file.subarray(8)), 4);
  return file;
}

/** The entry, or null for a file of another question. Throws for one that is damaged. */
export function decodeEntry(key: string, file: Buffer): Entry | null {
  if (file.length < PREFIX_BYTES || file.readUInt32LE(0) !== MAGIC) throw new Error('not a cache');
  if (crc32(file.subarray(8)) !== file.readUInt32LE(4)) throw new Error('the checksum is wrong');
  const length = file.readUInt32LE(8);
  const text = file.subarray(PREFIX_BYTES, PREFIX_BYTES + length).toString();
  const header = headerSchema.parse(JSON.parse(text));
  if (header.key !== key) return null;
  let at = padded(PREFIX_BYTES + length);
  const take = (count: number): Float64Array => {
    const values = new Float64Array(count);
    const bytes = file.subarray(at, at + count * 8);
    if (bytes.length !== count * 8) throw new Error('it is cut short');
    new Uint8Array(values.buffer).set(bytes);
    at += count * 8;
    return values;
  };
  const segments = header.segments.map(({ lines, ...segment }): Segment => ({
    ...segment,
    lines: lines.map(({ count, ...line }): Line => ({ ...line, values: take(count) })),
  }));
  return { segments, failure: null, attemptedAt: 0 };
}

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** About what an entry holds in memory and on disk. */
export const bytesOf = (entry: Entry): number =>
  entry.segments
    .flatMap(({ lines }) => lines)
    .reduce((sum, { values }) => sum + values.byteLength + 200, 400);
