/**
 * Notices that files were saved, also by a rename over them, a vanishing and a coming back, on any file system:
 * it looks once a second at the few files that are open, which costs microseconds.
 */
import { stat } from 'node:fs/promises';
import type { Clock } from '../../shared/clock';

const LOOK_EVERY_MS = 1_000;
/** The files opened last are watched; a person looks at one at a time. */
const MAX_WATCHED = 8;

export interface FileFacts {
  modifiedAt: number;
  sizeBytes: number;
}

interface Watched {
  /** What was told of last; null: missing. */
  told: string | null;
  /** What was seen at the last look: a change is told once two looks agree, when the writing is over. */
  seen: string | null;
}

export class FileWatch {
  private readonly watched = new Map<string, Watched>();
  private cancel: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    /** `facts` are null when the file has gone. */
    private readonly changed: (path: string, facts: FileFacts | null) => void,
  ) {}

  /** Null when there is no such file. */
  static async look(path: string): Promise<FileFacts | null> {
    return (await look(path)).facts;
  }

  /** From now on; a path that is watched already starts anew. */
  async add(path: string): Promise<void> {
    const { mark } = await look(path);
    this.watched.delete(path);
    this.watched.set(path, { told: mark, seen: mark });
    const [oldest] = this.watched.keys();
    if (this.watched.size > MAX_WATCHED && oldest !== undefined) this.watched.delete(oldest);
    this.arm();
  }

  remove(path: string): void {
    this.watched.delete(path);
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
    this.watched.clear();
  }

  private arm(): void {
    if (this.cancel !== null || this.watched.size === 0) return;
    this.cancel = this.clock.after(LOOK_EVERY_MS, () => {
      const looks = [...this.watched].map(([path, entry]) => this.check(path, entry));
      void Promise.all(looks).then(() => {
        if (this.cancel === null) return;
        this.cancel = null;
        this.arm();
      });
    });
  }

  private async check(path: string, entry: Watched): Promise<void> {
    const { mark, facts } = await look(path);
    if (this.watched.get(path) !== entry) return;
    const steady = mark === entry.seen;
    entry.seen = mark;
    if (!steady || mark === entry.told) return;
    entry.told = mark;
    this.changed(path, facts);
  }
}

/** Anything that keeps the file from being looked at counts as its absence. */
async function look(path: string): Promise<{ mark: string | null; facts: FileFacts | null }> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { mark: null, facts: null };
    const { mtimeMs, size, ino } = found;
    const facts = { modifiedAt: Math.round(mtimeMs), sizeBytes: size };
    return { mark: `${mtimeMs}:${size}:${ino}`, facts };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { mark: null, facts: null };
    throw error;
  }
}
