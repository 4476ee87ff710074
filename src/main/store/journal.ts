import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock';
import type { JournalEntry, JournalEvent } from '../../shared/incidents/journal-events';
import type { Journal } from '../seams';
import { fileNameOf, removeOlderThan, syncFolder } from './journal-files';
import { formatLine } from './journal-line';
import { readJournal } from './journal-reader';
import { recoverJournal } from './journal-recovery';
import type { Recovery } from './journal-recovery';
import { hasCode, takeProcessLock } from './process-lock';

const DAY_MS = 86_400_000;
/** More than this in one group would hold up the first append of it for long. */
const MAX_GROUP_EVENTS = 5_000;

/** What the journal needs of an open file (a subset of Node's FileHandle). */
export interface JournalFile {
  appendFile(data: string): Promise<void>;
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  stat(): Promise<{ size: number }>;
  close(): Promise<void>;
}

export interface JournalOptions {
  /** The journal's own folder, created if absent. */
  dir: string;
  clock: Clock;
  retentionDays?: number;
  /** For faults that cannot be caused: how a file is opened for appending. */
  openFile?: (path: string) => Promise<JournalFile>;
}

interface Append {
  events: JournalEvent[];
  resolve(entries: JournalEntry[]): void;
  reject(error: unknown): void;
}

/**
 * The journal on disk: `<dir>/<UTC day>.jsonl`, one hash-chained line an entry, each confirmed after fsync.
 * Appends that wait together share one fsync. `<dir>/copy/` holds the same lines again, written without waiting,
 * against a truncated or damaged file. Throws LockedError when another process has it open.
 */
export async function openJournal(options: JournalOptions): Promise<FileJournal> {
  const { dir, clock } = options;
  const copyDir = join(dir, 'copy');
  await mkdir(copyDir, { recursive: true, mode: 0o700 });
  const release = await takeProcessLock(join(dir, 'lock'));
  try {
    const horizon = clock.now() - (options.retentionDays ?? 90) * DAY_MS;
    await removeOlderThan(dir, horizon);
    await removeOlderThan(copyDir, horizon);
    const recovery = await recoverJournal(dir, copyDir, clock.now());
    return new FileJournal({ ...options, copyDir, recovery, release });
  } catch (error) {
    await release();
    throw error;
  }
}

interface Opened extends JournalOptions {
  copyDir: string;
  recovery: Recovery;
  release: () => Promise<void>;
}

export class FileJournal implements Journal {
  private seq: number;
  private hash: string;
  private fileName: string | null;
  private file: JournalFile | null = null;
  private copy: JournalFile | null = null;
  /** Length of a file up to its last confirmed entry. */
  private good: { name: string; length: number } | null = null;
  /** The copy may end in half a line; a newline keeps the next line apart from it. */
  private copyNeedsNewline = false;
  private waiting: Append[] = [];
  private pumping: Promise<void> | null = null;
  private closed = false;
  private writeProblem: string | null = null;
  /** What was or is missing or damaged, as sentences. */
  private readonly damage: Set<string>;
  /** What was repaired when the journal was opened, as sentences. */
  readonly notes: readonly string[];

  constructor(private readonly opened: Opened) {
    const { tail, notes, restored } = opened.recovery;
    this.seq = tail.seq;
    this.hash = tail.hash;
    this.fileName = tail.fileName;
    this.notes = notes;
    this.damage = new Set(restored);
  }

  get problem(): string | null {
    const [first] = this.damage;
    return this.writeProblem ?? first ?? null;
  }

  append(events: JournalEvent[]): Promise<JournalEntry[]> {
    if (this.closed) return Promise.reject(new Error('The journal is closed.'));
    if (events.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.waiting.push({ events, resolve, reject });
      this.pumping ??= this.pump();
    });
  }

  read(): AsyncIterable<JournalEntry> {
    return readJournal(this.opened.dir, this.opened.copyDir, (problem) => this.damage.add(problem));
  }

  /** Writes what waits, then lets go of the files and the lock. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.pumping;
    await this.closeFiles();
    await this.opened.release();
  }

  private async pump(): Promise<void> {
    // One turn of the loop lets appends of the same moment share the first fsync too.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const group = this.takeGroup();
      try {
        const written = await this.writeGroup(group.flatMap((append) => append.events));
        let from = 0;
        for (const append of group) {
          append.resolve(written.slice(from, from + append.events.length));
          from += append.events.length;
        }
      } catch (error) {
        for (const append of group) append.reject(error);
      }
    }
    this.pumping = null;
  }

  private takeGroup(): Append[] {
    let events = 0;
    let count = 0;
    for (const append of this.waiting) {
      if (count > 0 && events + append.events.length > MAX_GROUP_EVENTS) break;
      events += append.events.length;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async writeGroup(events: JournalEvent[]): Promise<JournalEntry[]> {
    const at = this.opened.clock.now();
    const lines: string[] = [];
    const entries: JournalEntry[] = [];
    let { seq, hash } = this;
    for (const event of events) {
      seq += 1;
      const { line, entry } = formatLine(seq, at, event, hash);
      lines.push(line, '\n');
      entries.push(entry);
      hash = entry.hash;
    }
    const text = lines.join('');
    try {
      const file = await this.fileFor(at);
      await file.appendFile(text);
      await file.datasync();
    } catch (error) {
      this.writeProblem = writeProblemOf(error);
      await this.takeBack();
      throw error;
    }
    if (this.good !== null) this.good.length += Buffer.byteLength(text);
    this.seq = seq;
    this.hash = hash;
    await this.writeCopy(text);
    return entries;
  }

  /** The copy is a courtesy: a failure is named but fails no append. */
  private async writeCopy(text: string): Promise<void> {
    try {
      await this.copy?.appendFile(this.copyNeedsNewline ? `\n${text}` : text);
      this.copyNeedsNewline = false;
      this.writeProblem = null;
    } catch (error) {
      this.copyNeedsNewline = true;
      this.writeProblem = writeProblemOf(error);
    }
  }

  /**
   * After a failed write the file must end where its last confirmed entry ended. Where even that fails now, it is
   * done before the next write. Opened afresh then: the handle of a failed device may stay broken.
   */
  private async takeBack(): Promise<void> {
    try {
      if (this.good !== null) await this.file?.truncate(this.good.length);
    } catch (error) {
      this.writeProblem = `The journal cannot be repaired after a failed write: ${text(error)}`;
    }
    await this.closeFiles();
  }

  private async fileFor(at: number): Promise<JournalFile> {
    // A clock set back does not reopen a finished day.
    const today = fileNameOf(at);
    const name = this.fileName !== null && this.fileName > today ? this.fileName : today;
    if (this.file !== null && this.fileName === name) return this.file;
    await this.closeFiles();
    const { dir, copyDir, openFile = openForAppend } = this.opened;
    const file = await openFile(join(dir, name));
    this.file = file;
    this.fileName = name;
    const { size } = await file.stat();
    if (this.good?.name !== name) this.good = { name, length: size };
    else if (size > this.good.length) await file.truncate(this.good.length);
    this.copy = await openFile(join(copyDir, name));
    this.copyNeedsNewline = true;
    await syncFolder(dir);
    return file;
  }

  private async closeFiles(): Promise<void> {
    const open = [this.file, this.copy];
    this.file = null;
    this.copy = null;
    await Promise.allSettled(open.map((file) => file?.close()));
  }
}

const openForAppend = (path: string): Promise<JournalFile> => open(path, 'a', 0o600);

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function writeProblemOf(error: unknown): string {
  if (hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT')) {
    return 'The disk is full: acknowledgements and notes cannot be recorded until there is space.';
  }
  return `The journal cannot be written: ${text(error)}`;
}
