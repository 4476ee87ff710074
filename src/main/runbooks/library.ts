/** The runbooks of the starter set and of the team's folders, read again whenever a file changes. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../../shared/clock';
import type { RunbookEntry, RunbookFolder, RunbookListing } from '../../shared/runbooks/listing';
import { LONGEST_FILE, readRunbook } from '../../shared/runbooks/read-runbook';
import { classOf, highest } from '../../shared/runbooks/step-class';
import { sha256Of } from './plan-hash';
import type { LoadedRunbook } from './library-seams';

export interface RunbookLibraryParts {
  starterDir: string;
  /** Of the settings. */
  folders: () => readonly string[];
  clock: Clock;
  changed: (listing: RunbookListing) => void;
  report: (problem: string) => void;
}

interface ReadFolder {
  folder: RunbookFolder;
  files: Map<string, { mark: string; entry: RunbookEntry; source: string }>;
}

/** Looked at this often: any file system shows a change then (ms). */
const LOOK_EVERY_MS = 1_500;
/** A folder with more is somebody's home by mistake. */
const MOST_FILES = 500;

export class RunbookLibrary {
  private readonly folders = new Map<string, ReadFolder>();
  private cancel: (() => void) | null = null;
  private told = '';
  private looking: Promise<void> | null = null;
  private stopped = false;

  constructor(private readonly parts: RunbookLibraryParts) {}

  /** What is known now; the first call begins to look at the folders. */
  async list(): Promise<RunbookListing> {
    await this.look();
    this.arm();
    return this.listing();
  }

  /** Null when there is none of this id, or its file has mistakes. */
  async load(id: string): Promise<LoadedRunbook | null> {
    await this.look();
    for (const { files, folder } of this.folders.values()) {
      for (const { entry, source } of files.values()) {
        if (entry.id !== id || entry.runbook === null) continue;
        const { fileName, runbook } = entry;
        return { id, fileName, folder: folder.path, source, runbook };
      }
    }
    return null;
  }

  sibling({ folder }: LoadedRunbook, fileName: string): LoadedRunbook | null {
    const found = this.folders.get(folder)?.files.get(fileName);
    if (found === undefined || found.entry.runbook === null) return null;
    const { entry, source } = found;
    const { runbook } = entry;
    return runbook === null ? null : { id: entry.id, fileName, folder, source, runbook };
  }

  /** The file behind an id, whatever its mistakes. */
  file(id: string): { path: string; source: string; writable: boolean } | null {
    for (const { files, folder } of this.folders.values()) {
      for (const { entry, source } of files.values()) {
        if (entry.id !== id) continue;
        const path = join(folder.path, entry.fileName);
        return { path, source, writable: folder.source === 'own' };
      }
    }
    return null;
  }

  /** Folders or a file changed by the console itself: looked at now. */
  async refresh(): Promise<RunbookListing> {
    this.looking = null;
    await this.look();
    this.tell();
    return this.listing();
  }

  stop(): void {
    this.stopped = true;
    this.cancel?.();
    this.cancel = null;
  }

  private listing(): RunbookListing {
    const folders = [...this.folders.values()];
    return {
      folders: folders.map(({ folder }) => folder),
      entries: folders.flatMap(({ files }) => [...files.values()].map(({ entry }) => entry)),
    };
  }

  private arm(): void {
    if (this.cancel !== null || this.stopped) return;
    this.cancel = this.parts.clock.after(LOOK_EVERY_MS, () => {
      this.look()
        .then(() => this.tell())
        .catch((cause: unknown) =>
          this.parts.report(`Runbooks cannot be looked at: ${String(cause)}`),
        )
        .finally(() => {
          this.cancel = null;
          this.arm();
        });
    });
  }

  private tell(): void {
    const marks = [...this.folders.values()].map(({ folder, files }) => [
      folder.path,
      folder.problem,
      [...files.values()].map(({ mark, entry }) => [entry.fileName, mark]),
    ]);
    const state = JSON.stringify(marks);
    if (state === this.told) return;
    this.told = state;
    this.parts.changed(this.listing());
  }

  private look(): Promise<void> {
    this.looking ??= this.readAll().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async readAll(): Promise<void> {
    const wanted = [
      { path: this.parts.starterDir, source: 'starter' as const },
      ...this.parts.folders().map((path) => ({ path, source: 'own' as const })),
    ];
    const paths = new Set(wanted.map(({ path }) => path));
    for (const path of this.folders.keys()) if (!paths.has(path)) this.folders.delete(path);
    await Promise.all(wanted.map((folder) => this.readFolder(folder.path, folder.source)));
  }

  private async readFolder(path: string, source: RunbookFolder['source']): Promise<void> {
    const before = this.folders.get(path);
    const files: ReadFolder['files'] = new Map();
    let problem: string | null = null;
    try {
      const names = (await readdir(path)).filter((name) => /\.ya?ml$/i.test(name)).sort();
      if (names.length > MOST_FILES)
        problem = `Only the first ${MOST_FILES} of ${names.length} files are read.`;
      for (const name of names.slice(0, MOST_FILES)) {
        const read = await this.readFile(path, source, name, before);
        if (read !== null) files.set(name, read);
      }
    } catch (error) {
      problem = `The folder cannot be read: ${wordsOf(error)}.`;
    }
    this.folders.set(path, { folder: { path, source, problem }, files });
  }

  private async readFile(
    folder: string,
    source: RunbookFolder['source'],
    fileName: string,
    before: ReadFolder | undefined,
  ): Promise<{ mark: string; entry: RunbookEntry; source: string } | null> {
    const path = join(folder, fileName);
    try {
      const { mtimeMs, size, ino } = await stat(path);
      const mark = `${mtimeMs}:${size}:${ino}`;
      const known = before?.files.get(fileName);
      if (known?.mark === mark) return known;
      // A link may not lead out of the folder.
      const inside =
        basename(await realpath(path)) === fileName && (await sameFolder(path, folder));
      const text = !inside ? null : size > 4 * LONGEST_FILE ? null : await readFile(path, 'utf8');
      return { mark, entry: entryOf(folder, source, fileName, text, inside), source: text ?? '' };
    } catch (error) {
      // Gone between listing and reading.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      const entry = entryOf(folder, source, fileName, null, true, wordsOf(error));
      return { mark: String(error), entry, source: '' };
    }
  }
}

async function sameFolder(path: string, folder: string): Promise<boolean> {
  return join(await realpath(folder), basename(path)) === (await realpath(path));
}

function entryOf(
  folder: string,
  source: RunbookFolder['source'],
  fileName: string,
  text: string | null,
  inside: boolean,
  problem = 'It is too long for a runbook',
): RunbookEntry {
  const id = `${source === 'starter' ? 'starter' : sha256Of(folder).slice(0, 12)}/${fileName}`;
  const base = { id, folder, fileName, source, name: fileName };
  if (text === null) {
    const message = inside ? `${problem}.` : 'It is a link out of its folder, so it is not read.';
    const problems = [{ line: null, column: null, path: '', message }];
    return { ...base, class: 'changes', runbook: null, problems };
  }
  const read = readRunbook(text);
  if (!read.ok) return { ...base, class: 'changes', runbook: null, problems: read.problems };
  const { runbook } = read;
  const highestClass = highest(runbook.steps.map((step) => classOf(step)));
  return { ...base, name: runbook.name, class: highestClass, runbook, problems: [] };
}

const wordsOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
