import { createHash } from 'node:crypto';
import { z } from 'zod';
import { journalEventSchema } from '../../shared/incidents/journal-events';
import type { JournalEntry, JournalEvent } from '../../shared/incidents/journal-events';

/** What the first entry of a journal follows. */
export const GENESIS = '0'.repeat(64);

const PREFIX = '{"hash":"';
const HASH_LENGTH = 64;
/** `","`: what stands between the hash and the name of the next field. */
const AFTER_HASH = '",';
const BODY_AT = PREFIX.length + HASH_LENGTH + AFTER_HASH.length;

const entrySchema = z.strictObject({
  hash: z.string(),
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  seq: z.number().int().positive(),
  at: z.number().int(),
  event: journalEventSchema,
});

/**
 * A journal line is `{"hash":"…",` and a rest; the hash is SHA-256 over that rest, byte for byte, and the rest
 * begins with the hash of the line before. So every byte of a file is covered, not only what JSON makes of it.
 */
export function formatLine(
  seq: number,
  at: number,
  event: JournalEvent,
  prev: string,
): { line: string; entry: JournalEntry } {
  const body = JSON.stringify({ prev, seq, at, event }).slice(1);
  const hash = sha256(body);
  return { line: `${PREFIX}${hash}${AFTER_HASH}${body}`, entry: { seq, at, event, prev, hash } };
}

export type ParsedLine =
  | { kind: 'entry'; entry: JournalEntry }
  /** Undamaged, but of a kind this version does not know. */
  | { kind: 'unknown'; seq: number; prev: string; hash: string }
  | { kind: 'damaged' };

const headSchema = z.object({ seq: z.number().int(), prev: z.string(), hash: z.string() });

/** Checks a line (without its newline) against its own hash and reads it. */
export function parseLine(line: string): ParsedLine {
  const hash = line.slice(PREFIX.length, PREFIX.length + HASH_LENGTH);
  const intact =
    line.startsWith(PREFIX) &&
    line.slice(PREFIX.length + HASH_LENGTH, BODY_AT) === AFTER_HASH &&
    sha256(line.slice(BODY_AT)) === hash;
  if (!intact) return { kind: 'damaged' };
  const json: unknown = JSON.parse(line);
  const parsed = entrySchema.safeParse(json);
  if (parsed.success) return { kind: 'entry', entry: parsed.data };
  const head = headSchema.safeParse(json);
  return head.success ? { kind: 'unknown', ...head.data } : { kind: 'damaged' };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
