/** Searches of this computer and those that ship; whoever listens hears the whole list on every change. */
import type { SavedSearch, SaveSearch } from '../../../shared/logs/saved-search';
import type { LogSavedSearches } from '../log-seams';
import { DiskSearches } from './disk-searches';
import type { DiskSearchesParts } from './disk-searches';
import { starterSearches } from './starter-searches';

export interface SavedSearchesParts extends DiskSearchesParts {
  newId: () => string;
  /** The application's `resources/searches`. */
  starterDir: string;
}

export class SavedSearches implements LogSavedSearches {
  private readonly disk: DiskSearches;
  private readonly listeners = new Set<(searches: SavedSearch[]) => void>();
  private starters: Promise<SavedSearch[]> | null = null;

  constructor(private readonly parts: SavedSearchesParts) {
    this.disk = new DiskSearches(parts);
  }

  /** Own and imported ones by name, then those that ship in their order. */
  async list(): Promise<SavedSearch[]> {
    this.starters ??= starterSearches(this.parts.starterDir);
    const shipped = await this.starters;
    return [...this.disk.list().sort((a, b) => a.name.localeCompare(b.name, 'en')), ...shipped];
  }

  async save({ id, source, search }: SaveSearch): Promise<SavedSearch> {
    const { newId, now } = this.parts;
    const saved: SavedSearch = { ...search, id: id ?? newId(), source, changedAt: now() };
    await this.disk.save(saved);
    await this.tell();
    return saved;
  }

  async delete(id: string): Promise<void> {
    await this.disk.delete(id);
    await this.tell();
  }

  onChange(listener: (searches: SavedSearch[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  settled(): Promise<void> {
    return this.disk.settled();
  }

  private async tell(): Promise<void> {
    const searches = await this.list();
    for (const listener of this.listeners) listener(searches);
  }
}
