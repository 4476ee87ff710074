import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import { settingsSchema } from '../../shared/settings/settings';
import type { Settings } from '../../shared/settings/settings';
import type { SettingsStore } from '../seams';
import { hasCode } from './process-lock';
import { readSettingsFile, SETTINGS_VERSION } from './settings-file';

/** What is used of electron-store, so that its base (conf) serves where there is no Electron. */
export interface StoreBackend {
  store: Record<string, unknown>;
}
export interface StoreBackendOptions {
  cwd: string;
  name: string;
  configFileMode: number;
}
type CreateBackend = (options: StoreBackendOptions) => StoreBackend;

export interface SettingsStoreOptions {
  /** Folder of `settings.json`. */
  dir: string;
  defaults: Settings;
  now: () => number;
  /** `(options) => new ElectronStore(options)`. */
  createBackend: CreateBackend;
}

/** Settings that were refused; carries the failure to show. */
export class InvalidSettingsError extends FailureError {}

/**
 * Opens the settings. A file that cannot be read or does not validate is kept aside, named in `problem`, and
 * replaced by the last good settings, or by its own good fields over the defaults.
 */
export function openSettingsStore(options: SettingsStoreOptions): OpenSettingsStore {
  const { dir, defaults } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'settings.json');
  const lastGoodPath = join(dir, 'settings.last-good.json');
  const read = readSettingsFile(textOf(path), defaults);
  let settings = read.settings;
  let problem: string | null = null;
  if (read.problem !== null) {
    const aside = join(dir, `settings.invalid-${options.now()}.json`);
    copyFileSync(path, aside);
    const lastGood = readSettingsFile(textOf(lastGoodPath), defaults);
    const useLastGood = !read.readable && lastGood.readable && lastGood.problem === null;
    if (useLastGood) settings = lastGood.settings;
    const used = useLastGood ? 'The last good settings are used.' : 'Its valid parts are used.';
    problem = `${read.problem} ${used} The file was kept as ${aside}.`;
    // The backend would stumble over a malformed file; it is kept aside now.
    writeFileSync(path, '{}', { mode: 0o600 });
  }
  const backend = options.createBackend({ cwd: dir, name: 'settings', configFileMode: 0o600 });
  const store = new OpenSettingsStore(backend, settings, problem, lastGoodPath);
  store.persist();
  return store;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

export class OpenSettingsStore implements SettingsStore {
  private readonly listeners = new Set<(settings: Settings, previous: Settings) => void>();

  constructor(
    private readonly backend: StoreBackend,
    private settings: Settings,
    /** What was wrong with the file when it was opened, for the banner; else null. */
    readonly problem: string | null,
    private readonly lastGoodPath: string,
  ) {}

  get(): Settings {
    return this.settings;
  }

  /** @throws InvalidSettingsError naming the field; nothing is changed then. */
  update(change: (settings: Settings) => Settings): Settings {
    const previous = this.settings;
    const parsed = settingsSchema.safeParse(change(previous));
    if (!parsed.success) throw new InvalidSettingsError(failureOf(parsed.error.issues));
    this.settings = parsed.data;
    try {
      this.persist();
    } catch (error) {
      this.settings = previous;
      throw error;
    }
    for (const listener of this.listeners) listener(this.settings, previous);
    return this.settings;
  }

  onChange(listener: (settings: Settings, previous: Settings) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Writes the settings atomically, and a second copy to fall back on. */
  persist(): void {
    const content = { version: SETTINGS_VERSION, settings: this.settings };
    this.backend.store = content;
    writeFileSync(this.lastGoodPath, JSON.stringify(content), { mode: 0o600 });
  }
}

function failureOf(issues: { path: PropertyKey[]; message: string }[]): Failure {
  const [first] = issues;
  const field = first === undefined ? 'settings' : first.path.map(String).join('.');
  return {
    kind: 'invalid',
    connectionId: null,
    operation: 'settings.update',
    message: `The setting "${field}" is not valid: ${first?.message ?? 'unknown reason'}.`,
    advice: 'Correct this field; nothing was changed.',
  };
}
