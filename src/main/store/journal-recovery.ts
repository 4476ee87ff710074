import { appendFile, open, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalEntry } from '../../shared/incidents/journal-events';
import { listDayFiles, readJournalFile } from './journal-files';
import { GENESIS } from './journal-line';

/** Where a journal ends: the next entry follows this. */
export interface JournalTail {
  seq: number;
  hash: string;
  /** The newest day file, or null in an empty journal. */
  fileName: string | null;
}

export interface Recovery {
  tail: JournalTail;
  /** Sentences: every repair that was made. */
  notes: string[];
  /** Those of them that people should hear of: confirmed entries were missing. */
  restored: string[];
}

/**
 * Finds the end of the journal after any kind of stop. A last line torn by a crash (never confirmed to anybody)
 * is moved to a side file. Entries that the copy holds beyond the end of the journal (a file truncated or
 * deleted) are put back.
 */
export async function recoverJournal(dir: string, copyDir: string, now: number): Promise<Recovery> {
  const notes: string[] = [];
  const restoredNotes: string[] = [];
  const names = [
    ...new Set([...(await listDayFiles(dir)), ...(await listDayFiles(copyDir))]),
  ].sort();
  for (const name of names.toReversed()) {
    const end = await endOfFile(join(dir, name), now, notes);
    const restored = await restoreTail(dir, copyDir, name, end, restoredNotes);
    const tail = restored ?? end;
    if (tail === null) continue;
    notes.push(...restoredNotes);
    const fileName = names.at(-1) ?? name;
    return { tail: { ...tail, fileName }, notes, restored: restoredNotes };
  }
  const fileName = names.at(-1) ?? null;
  return { tail: { seq: 0, hash: GENESIS, fileName }, notes, restored: [] };
}

type End = { seq: number; hash: string } | null;

/** The last undamaged entry of a file, after cutting off a torn last line. */
async function endOfFile(path: string, now: number, notes: string[]): Promise<End> {
  let end: End = null;
  for await (const line of readJournalFile(path)) {
    if (line.parsed.kind !== 'damaged') end = headOf(line.parsed);
    if (line.terminated) continue;
    if (line.parsed.kind === 'damaged') {
      const side = `${path}.torn-${now}`;
      await writeFile(side, line.bytes, { mode: 0o600 });
      await truncate(path, line.start);
      notes.push(`An entry cut off by a crash was moved from the journal to ${side}.`);
    } else {
      await appendFile(path, '\n');
    }
  }
  return end;
}

type Parsed =
  { kind: 'entry'; entry: JournalEntry } | { kind: 'unknown'; seq: number; hash: string };
const headOf = (parsed: Parsed): { seq: number; hash: string } =>
  parsed.kind === 'entry'
    ? { seq: parsed.entry.seq, hash: parsed.entry.hash }
    : { seq: parsed.seq, hash: parsed.hash };

/** Appends what the copy of a file holds after `end`; null when it holds nothing more. */
async function restoreTail(
  dir: string,
  copyDir: string,
  name: string,
  end: End,
  notes: string[],
): Promise<End> {
  let tail: End = null;
  const missing: Buffer[] = [];
  for await (const line of readJournalFile(join(copyDir, name))) {
    if (line.parsed.kind === 'damaged') continue;
    const head = headOf(line.parsed);
    if (head.seq <= (end?.seq ?? 0)) continue;
    const prev = line.parsed.kind === 'entry' ? line.parsed.entry.prev : line.parsed.prev;
    const last = tail ?? end;
    if (last !== null && prev !== last.hash) break;
    missing.push(line.bytes, Buffer.from('\n'));
    tail = head;
  }
  if (tail === null) return null;
  const file = await open(join(dir, name), 'a', 0o600);
  try {
    await file.appendFile(Buffer.concat(missing));
    await file.datasync();
  } finally {
    await file.close();
  }
  notes.push(
    `The journal file ${name} had lost its last ${missing.length / 2} entries; they were restored from its copy.`,
  );
  return tail;
}
