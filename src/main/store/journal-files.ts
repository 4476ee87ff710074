import { createReadStream } from 'node:fs';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLine } from './journal-line';
import type { ParsedLine } from './journal-line';
import { hasCode } from './process-lock';

const dayFile = /^\d{4}-\d{2}-\d{2}\.jsonl$/;

/** The file of the UTC day a time falls in. */
export const fileNameOf = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 10)}.jsonl`;

/** The day files of a folder, oldest first; none where the folder is absent. */
export async function listDayFiles(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => dayFile.test(name)).sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Removes the day files that end before `horizon` (ms). */
export async function removeOlderThan(dir: string, horizon: number): Promise<void> {
  const first = fileNameOf(horizon);
  for (const name of await listDayFiles(dir)) {
    if (name < first) await rm(join(dir, name), { force: true });
  }
}

export interface FileLine {
  /** From 1. */
  number: number;
  /** Where it begins and ends (with its newline) in the file, bytes. */
  start: number;
  end: number;
  bytes: Buffer;
  /** False for a last line that lacks its newline. */
  terminated: boolean;
  parsed: ParsedLine;
}

/** A line longer than this is not one of ours: the file is damaged, and memory stays bounded. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;
const NEWLINE = 0x0a;
/** Read at a time (bytes): some hundred entries, so that a long replay leaves the main loop free between. */
const CHUNK_BYTES = 1 << 18;

/** The lines of a journal file in order; nothing where the file is absent. */
export async function* readJournalFile(path: string): AsyncGenerator<FileLine> {
  let rest: Buffer = Buffer.alloc(0);
  let start = 0;
  let number = 0;
  const line = (bytes: Buffer, terminated: boolean): FileLine => {
    number += 1;
    const end = start + bytes.length + (terminated ? 1 : 0);
    const parsed = parseLine(bytes.toString('utf8'));
    const made = { number, start, end, bytes, terminated, parsed };
    start = end;
    return made;
  };
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      if (!Buffer.isBuffer(chunk)) continue;
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      for (let at = rest.indexOf(NEWLINE); at !== -1; at = rest.indexOf(NEWLINE, from)) {
        yield line(rest.subarray(from, at), true);
        from = at + 1;
      }
      rest = rest.subarray(from);
      if (rest.length > MAX_LINE_BYTES) throw new Error(`${path} holds a line of over 32 MB.`);
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (rest.length > 0) yield line(rest, false);
}

/** Makes a new name in a folder durable. A folder cannot be synced on Windows, which needs it not. */
export async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
