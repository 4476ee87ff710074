/** The dashboard files a person opened: listed, watched, never lost because they are missing. */
import { basename } from 'node:path';
import type { Clock } from '../../shared/clock';
import type { DashboardEntry } from '../../shared/dashboards/listing';
import { FailureError } from '../../shared/failure';
import { fileId, refusal } from './entry-ids';
import { FileWatch } from './file-watch';
import type { FileFacts } from './file-watch';
import type { LibraryState } from './library-state';
import { readTextFile, resolveDashboardFile } from './text-file';
import type { TextFile } from './text-file';

export interface FileDashboardsParts {
  clock: Clock;
  state: LibraryState;
  changed: () => void;
  fileChanged: (id: string) => void;
}

export class FileDashboards {
  private readonly watch: FileWatch;
  /** By path; absent: never looked at or missing. */
  private readonly facts = new Map<string, FileFacts>();

  constructor(private readonly parts: FileDashboardsParts) {
    this.watch = new FileWatch(parts.clock, (path, facts) => this.noticed(path, facts));
  }

  entries(): DashboardEntry[] {
    return this.parts.state.recent.map((path) => this.entryOf(path));
  }

  entryOf(path: string): DashboardEntry {
    const id = fileId(path);
    const facts = this.facts.get(path);
    return {
      id,
      source: 'file',
      name: basename(path),
      connectionId: null,
      region: null,
      path,
      modifiedAt: facts?.modifiedAt ?? null,
      sizeBytes: facts?.sizeBytes ?? null,
      favourite: this.parts.state.isFavourite(id),
    };
  }

  /** Looks at every file of the list: which have changed, which are missing. */
  async refresh(): Promise<void> {
    await Promise.all(this.parts.state.recent.map((path) => this.lookAt(path)));
    this.parts.changed();
  }

  /** @throws FailureError for what is no dashboard file by name, size or kind. */
  async add(path: string): Promise<DashboardEntry> {
    const real = await resolveDashboardFile(path);
    this.parts.state.addRecent(real);
    await this.lookAt(real);
    this.parts.changed();
    return this.entryOf(real);
  }

  /** @throws FailureError when the file is missing or cannot be read as text. */
  async open(id: string): Promise<TextFile & { path: string }> {
    const path = this.pathOf(id);
    if (path === null) {
      throw refusal(
        'not-found',
        'dashboards.open',
        'This file is not on the list any more.',
        'Open it again with the dialog.',
      );
    }
    // Before reading: a save that comes in between is noticed.
    await this.watch.add(path);
    try {
      const file = await readTextFile(await resolveDashboardFile(path));
      this.facts.set(path, { modifiedAt: file.modifiedAt, sizeBytes: file.sizeBytes });
      return { ...file, path };
    } catch (error) {
      const missing = error instanceof FailureError && error.failure.kind === 'not-found';
      if (missing && this.facts.delete(path)) this.parts.changed();
      throw error;
    }
  }

  forget(id: string): void {
    const path = this.pathOf(id);
    if (path === null) return;
    this.watch.remove(path);
    this.facts.delete(path);
    this.parts.state.forget(path);
    this.parts.changed();
  }

  stop(): void {
    this.watch.stop();
  }

  private pathOf(id: string): string | null {
    return this.parts.state.recent.find((path) => fileId(path) === id) ?? null;
  }

  private async lookAt(path: string): Promise<void> {
    const facts = await FileWatch.look(path);
    if (facts === null) this.facts.delete(path);
    else this.facts.set(path, facts);
  }

  private noticed(path: string, facts: FileFacts | null): void {
    if (facts === null) this.facts.delete(path);
    else this.facts.set(path, facts);
    this.parts.changed();
    // One that vanished stays as it was last drawn; the list says that it is missing.
    if (facts !== null) this.parts.fileChanged(fileId(path));
  }
}
