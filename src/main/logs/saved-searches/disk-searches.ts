/** `searches.json`: searches kept on this computer. A file that cannot be read is kept aside and told. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FailureError } from '../../../shared/failure';
import { savedSearchSchema } from '../../../shared/logs/saved-search';
import type { SavedSearch } from '../../../shared/logs/saved-search';
import { writeWhole } from '../../dashboards/kept-files';
import { hasCode } from '../../store/process-lock';

const MAX_KEPT = 1_000;

const fileSchema = z.strictObject({
  version: z.literal(1),
  searches: z.array(savedSearchSchema).max(MAX_KEPT),
});

export interface DiskSearchesParts {
  /** Folder of the file. */
  dir: string;
  /** ms UTC. */
  now: () => number;
  report: (problem: string) => void;
}

export class DiskSearches {
  private readonly path: string;
  private kept: SavedSearch[];
  /** Why nothing may be written: what is there could be neither read nor kept aside. */
  private sealed: string | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: DiskSearchesParts) {
    this.path = join(parts.dir, 'searches.json');
    this.kept = this.load();
  }

  list(): SavedSearch[] {
    return [...this.kept];
  }

  /** Takes the place of the one with the same id. Rejects with FailureError when the disk refuses or it is full. */
  save(search: SavedSearch): Promise<void> {
    return this.inTurn(async () => {
      const others = this.kept.filter(({ id }) => id !== search.id);
      if (others.length >= MAX_KEPT) {
        throw failure(
          'invalid',
          `There are ${MAX_KEPT.toLocaleString('en')} saved searches already.`,
          'Delete some that are not needed any more.',
        );
      }
      await this.write([...others, search]);
    });
  }

  /** One that is gone already is no failure. */
  delete(id: string): Promise<void> {
    return this.inTurn(async () => {
      const left = this.kept.filter((search) => search.id !== id);
      if (left.length < this.kept.length) await this.write(left);
    });
  }

  /** Resolves when what is being written is written. */
  async settled(): Promise<void> {
    await this.last;
  }

  /** One after another; what is in memory changes only after the disk has it. */
  private inTurn(does: () => Promise<void>): Promise<void> {
    const done = this.last.then(does);
    this.last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  private async write(searches: SavedSearch[]): Promise<void> {
    if (this.sealed !== null) {
      throw failure('unknown', this.sealed, 'See to the file, then start Nightdesk again.');
    }
    try {
      await writeWhole(this.path, JSON.stringify({ version: 1, searches }, null, 2));
    } catch (error) {
      throw failure(
        'unknown',
        `The saved searches could not be written: ${error instanceof Error ? error.message : String(error)}`,
        'Free some space or see to the rights of the folder, then try again.',
      );
    }
    this.kept = searches;
  }

  private load(): SavedSearch[] {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) this.seal(error);
      return [];
    }
    const parsed = fileSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data.searches;
    const aside = join(this.parts.dir, `searches.invalid-${this.parts.now()}.json`);
    try {
      copyFileSync(this.path, aside);
    } catch (error) {
      this.seal(error);
      return [];
    }
    this.parts.report(
      `The saved searches are not valid; they were kept as ${aside}, a new list begins.`,
    );
    return [];
  }

  private seal(error: unknown): void {
    this.sealed = `The saved searches cannot be read: ${String(error)}`;
    this.parts.report(this.sealed);
  }
}

const failure = (kind: 'invalid' | 'unknown', message: string, advice: string): FailureError =>
  new FailureError({ kind, connectionId: null, operation: 'logs.saveSearch', message, advice });

/** Undefined where the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
