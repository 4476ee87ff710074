/** A folder of small files with a bound on their bytes; what was not used longest goes first. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Held {
  bytes: number;
  usedAt: number;
}

export class CacheFolder {
  private held: Promise<Map<string, Held>> | null = null;
  private writes = 0;

  constructor(
    private readonly dir: string,
    private readonly extension: string,
    private readonly maxBytes: number,
    private readonly report: (problem: string) => void,
  ) {}

  /** The file's bytes, or null when there is none. */
  async read(key: string): Promise<Buffer | null> {
    const name = this.nameOf(key);
    const held = await this.index();
    const known = held.get(name);
    if (known === undefined) return null;
    const now = new Date();
    known.usedAt = now.getTime();
    const file = join(this.dir, name);
    try {
      const bytes = await readFile(file);
      await utimes(file, now, now);
      return bytes;
    } catch (error) {
      held.delete(name);
      this.report(`A cached metric could not be read: ${reasonOf(error)}`);
      return null;
    }
  }

  /** Whole or not at all: what stands under the name is always a finished file. */
  async write(key: string, bytes: Buffer): Promise<void> {
    const name = this.nameOf(key);
    const held = await this.index();
    this.writes += 1;
    const half = join(this.dir, `${name}.${process.pid}.${this.writes}.tmp`);
    try {
      await writeFile(half, bytes, { mode: 0o600 });
      await rename(half, join(this.dir, name));
    } catch (error) {
      await rm(half, { force: true });
      throw error;
    }
    held.set(name, { bytes: bytes.length, usedAt: Date.now() });
    await this.shrink(held);
  }

  async drop(key: string): Promise<void> {
    const name = this.nameOf(key);
    (await this.index()).delete(name);
    await rm(join(this.dir, name), { force: true });
  }

  private nameOf(key: string): string {
    return `${createHash('sha256').update(key).digest('hex').slice(0, 40)}.${this.extension}`;
  }

  private index(): Promise<Map<string, Held>> {
    this.held ??= this.load();
    return this.held;
  }

  private async load(): Promise<Map<string, Held>> {
    const held = new Map<string, Held>();
    try {
      await mkdir(this.dir, { recursive: true, mode: 0o700 });
      for (const name of await readdir(this.dir)) {
        const file = join(this.dir, name);
        // Left by a run that ended while writing.
        if (name.endsWith(`.${this.extension}`)) {
          const { size, mtimeMs } = await stat(file);
          held.set(name, { bytes: size, usedAt: mtimeMs });
        } else if (name.endsWith('.tmp')) await rm(file, { force: true });
      }
    } catch (error) {
      this.report(`The metric cache could not be opened: ${reasonOf(error)}`);
    }
    return held;
  }

  private async shrink(held: Map<string, Held>): Promise<void> {
    let total = [...held.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= this.maxBytes) return;
    const oldest = [...held].toSorted(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [name, { bytes }] of oldest) {
      // A tenth of room, so that not every write has to make some.
      if (total <= this.maxBytes * 0.9) return;
      held.delete(name);
      total -= bytes;
      await rm(join(this.dir, name), { force: true });
    }
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
