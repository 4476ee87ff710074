/** Keeps what is known of every question: the recent in memory, all of it on disk, both bounded. */
import type { Clock } from '../../shared/clock';
import { bytesOf, decodeEntry, encodeEntry } from './cache-file';
import type { CacheFolder } from './cache-folder';
import { reasonOf } from './cache-folder';
import { emptyEntry } from './entry';
import type { Entry } from './entry';
import type { EntryStore } from './series-source';

/** Changes are written together, this long after the first (ms). */
const WRITE_AFTER_MS = 20_000;

interface Held {
  entry: Entry;
  bytes: number;
}

export interface SeriesCacheParts {
  folder: Pick<CacheFolder, 'read' | 'write' | 'drop'>;
  clock: Clock;
  maxMemoryBytes: number;
  report: (problem: string) => void;
}

export class SeriesCache implements EntryStore {
  /** Least recently used first. */
  private readonly held = new Map<string, Held>();
  private readonly opening = new Map<string, Promise<Entry>>();
  private readonly dirty = new Set<string>();
  private bytes = 0;
  private cancelWrite: (() => void) | null = null;
  private writing: Promise<void> = Promise.resolve();
  private diskFailed = false;

  constructor(private readonly parts: SeriesCacheParts) {}

  open(connectionId: string, region: string, questionKey: string): Promise<Entry> {
    const key = keyOf(connectionId, region, questionKey);
    const known = this.held.get(key);
    if (known !== undefined) {
      this.held.delete(key);
      this.held.set(key, known);
      return Promise.resolve(known.entry);
    }
    const opening = this.opening.get(key) ?? this.load(key);
    this.opening.set(key, opening);
    return opening;
  }

  changed(connectionId: string, region: string, questionKey: string, entry: Entry): void {
    const key = keyOf(connectionId, region, questionKey);
    this.hold(key, entry);
    this.dirty.add(key);
    this.cancelWrite ??= this.parts.clock.after(WRITE_AFTER_MS, () => {
      this.cancelWrite = null;
      this.writing = this.writing.then(() => this.write());
    });
  }

  /** Writes what is not written yet. */
  async stop(): Promise<void> {
    this.cancelWrite?.();
    this.cancelWrite = null;
    await this.writing;
    await this.write();
  }

  private async load(key: string): Promise<Entry> {
    const entry = (await this.fromDisk(key)) ?? emptyEntry();
    this.opening.delete(key);
    this.hold(key, entry);
    return entry;
  }

  private async fromDisk(key: string): Promise<Entry | null> {
    const { folder, report } = this.parts;
    const file = await folder.read(key);
    if (file === null) return null;
    try {
      return decodeEntry(key, file);
    } catch (error) {
      report(`A cached metric was damaged and dropped: ${reasonOf(error)}`);
      await folder.drop(key);
      return null;
    }
  }

  private hold(key: string, entry: Entry): void {
    this.bytes -= this.held.get(key)?.bytes ?? 0;
    this.held.delete(key);
    const bytes = bytesOf(entry);
    this.held.set(key, { entry, bytes });
    this.bytes += bytes;
    for (const [oldest, one] of this.held) {
      if (this.bytes <= this.parts.maxMemoryBytes) return;
      // What is not on disk yet leaves after it was written.
      if (oldest === key || this.dirty.has(oldest)) continue;
      this.held.delete(oldest);
      this.bytes -= one.bytes;
    }
  }

  /** Never rejects: without a disk the cache is in memory only, which is said once. */
  private async write(): Promise<void> {
    for (const key of [...this.dirty]) {
      this.dirty.delete(key);
      const held = this.held.get(key);
      if (held === undefined) continue;
      try {
        await this.parts.folder.write(key, encodeEntry(key, held.entry));
        this.diskFailed = false;
      } catch (error) {
        if (!this.diskFailed) {
          this.parts.report(`Metrics could not be cached on disk: ${reasonOf(error)}`);
        }
        this.diskFailed = true;
      }
    }
  }
}

const keyOf = (connectionId: string, region: string, questionKey: string): string =>
  `${connectionId}|${region}|${questionKey}`;
