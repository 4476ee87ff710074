/** The dashboards that ship with the console. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { DashboardEntry } from '../../shared/dashboards/listing';
import { refusal, starterId } from './entry-ids';
import { DASHBOARD_EXTENSIONS } from './text-file';

interface Starter {
  name: string;
  fileName: string;
  modifiedAt: number;
  sizeBytes: number;
}

export class Starters {
  private starters: Starter[] = [];
  private loading: Promise<void> | null = null;

  constructor(private readonly dir: string) {}

  /** Once. Rejects with what the file system says: the folder is part of the application. */
  load(): Promise<void> {
    this.loading ??= this.read();
    return this.loading;
  }

  private async read(): Promise<void> {
    const names = (await readdir(this.dir)).filter((name) =>
      DASHBOARD_EXTENSIONS.includes(extname(name).slice(1)),
    );
    const found = await Promise.all(
      names.map(async (fileName) => {
        const { mtimeMs, size } = await stat(join(this.dir, fileName));
        const name = fileName.slice(0, -extname(fileName).length);
        return { name, fileName, modifiedAt: Math.round(mtimeMs), sizeBytes: size };
      }),
    );
    this.starters = found.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  entries(isFavourite: (id: string) => boolean): DashboardEntry[] {
    return this.starters.map(({ name, sizeBytes }) => {
      const id = starterId(name);
      return {
        id,
        source: 'starter',
        name,
        connectionId: null,
        region: null,
        path: null,
        // When the console was installed says nothing about the dashboard.
        modifiedAt: null,
        sizeBytes,
        favourite: isFavourite(id),
      };
    });
  }

  /** @throws FailureError `not-found` for a name that is no starter. */
  async open(name: string): Promise<{ fileName: string; text: string; modifiedAt: number }> {
    await this.load();
    const starter = this.starters.find((known) => known.name === name);
    if (starter === undefined) {
      throw refusal(
        'not-found',
        'dashboards.open',
        `There is no starter dashboard "${name}".`,
        'Pick one from the list.',
      );
    }
    const { fileName, modifiedAt } = starter;
    return { fileName, modifiedAt, text: await readFile(join(this.dir, fileName), 'utf8') };
  }
}
