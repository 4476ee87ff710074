/** Dashboards of accounts, files and the starter set, in one list. */
import { basename, join } from 'node:path';
import { assertNever } from '../../shared/assert-never';
import type { Clock } from '../../shared/clock';
import type { Connection } from '../../shared/connections/connection';
import type {
  DashboardEntry,
  DashboardListing,
  DashboardOnAws,
  OpenedDashboard,
  PutDashboard,
  StackEntry,
} from '../../shared/dashboards/listing';
import type { RegionApi } from '../aws/aws-api';
import type { DashboardService, Journal } from '../seams';
import { AccountBodies } from './account-bodies';
import { AccountLists } from './account-lists';
import { DashboardCache } from './dashboard-cache';
import { DashboardChanges } from './dashboard-changes';
import { cloudwatchId, parseId, sha256, starterId } from './entry-ids';
import type { EntryPlace } from './entry-ids';
import { suggestedFileName, writeChosenFile } from './exports';
import { FileDashboards } from './file-dashboards';
import { InUse, REFRESH_EVERY_MS } from './in-use';
import { LibraryState } from './library-state';
import { listStacks, readStackValues } from './stack-values';
import { Starters } from './starters';

/** The system's file dialogs. */
export interface FileDialogs {
  /** Full paths; empty when it was closed. */
  open(): Promise<string[]>;
  /** Full path, or null when it was closed. */
  save(suggestedName: string, kind: 'csv' | 'json'): Promise<string | null>;
}

export interface DashboardLibraryParts {
  /** The API of a connection's region; throws `AwsFailure` when there is none. */
  apiOf: (connectionId: string, region: string) => RegionApi;
  clock: Clock;
  /** Folder of `dashboards.json` (recent files, favourites, values) and of the cached bodies. */
  stateDir: string;
  /** Folder of the starter dashboards. */
  starterDir: string;
  dialogs: FileDialogs;
  /** Opened after the window; changes wait for it. */
  journal: () => Promise<Journal>;
  /** The name written on changes. */
  operator: () => string;
  report: (problem: string) => void;
}

export class DashboardLibrary implements DashboardService {
  private readonly state: LibraryState;
  private readonly cache: DashboardCache;
  private readonly lists: AccountLists;
  private readonly bodies: AccountBodies;
  private readonly files: FileDashboards;
  private readonly starters: Starters;
  private readonly changes: DashboardChanges;
  private readonly listingListeners = new Set<(listing: DashboardListing) => void>();
  private readonly fileListeners = new Set<(id: string) => void>();
  private readonly inUse: InUse;
  private telling = false;
  private stopped = false;

  constructor(private readonly parts: DashboardLibraryParts) {
    const { apiOf, clock, report } = parts;
    const cache = new DashboardCache(join(parts.stateDir, 'dashboard-cache'), report);
    this.cache = cache;
    const changed = (): void => this.tell();
    this.state = new LibraryState(parts.stateDir, () => clock.now(), report);
    this.lists = new AccountLists({ apiOf, clock, cache, changed, report });
    const arrived = (id: string): void => this.fileListeners.forEach((listener) => listener(id));
    this.bodies = new AccountBodies({ apiOf, clock, cache, arrived, report });
    this.files = new FileDashboards({ clock, state: this.state, changed, fileChanged: arrived });
    this.starters = new Starters(parts.starterDir);
    this.changes = new DashboardChanges({
      ...parts,
      connection: (id) => this.lists.connection(id),
      current: (place, signal) => this.bodies.current(place, signal),
      changed: async (place, body) => {
        await this.bodies.keep(place, body);
        this.lists.refreshOne(place.connectionId);
        arrived(cloudwatchId(place.connectionId, place.region, place.name));
      },
    });
    this.inUse = new InUse(clock, () => {
      this.lists.refresh();
      this.lookAtFiles();
    });
    this.starters.load().then(changed, (error: unknown) => {
      report(`The starter dashboards cannot be read: ${String(error)}`);
    });
  }

  list(): DashboardListing {
    if (this.inUse.note()) this.lookAtFiles();
    this.lists.refreshOlderThan(REFRESH_EVERY_MS);
    return this.listing();
  }

  refresh(): void {
    this.inUse.note();
    this.lists.refresh();
    this.lookAtFiles();
  }

  async open(id: string, signal: AbortSignal): Promise<OpenedDashboard> {
    this.inUse.note();
    const opened = await this.read(parseId(id), id, signal);
    return { ...opened, sha256: sha256(opened.text), values: this.state.valuesOf(id) };
  }

  async chooseFiles(): Promise<DashboardEntry[]> {
    const paths = await this.parts.dialogs.open();
    const results = await Promise.allSettled(paths.map((path) => this.files.add(path)));
    // Those that can be opened are on the list by now; the first of the others says why not.
    const refused = results.find((result) => result.status === 'rejected');
    if (refused !== undefined) throw refused.reason;
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }

  addFile(path: string): Promise<DashboardEntry> {
    return this.files.add(path);
  }

  forget(id: string): void {
    this.files.forget(id);
  }

  setFavourite(id: string, favourite: boolean): void {
    parseId(id);
    this.state.setFavourite(id, favourite);
    this.tell();
  }

  keepValues(id: string, values: Record<string, string>): void {
    parseId(id);
    this.state.keepValues(id, values);
  }

  async saveFile(suggestedName: string, text: string): Promise<DashboardEntry | null> {
    const path = await this.parts.dialogs.save(suggestedFileName(suggestedName, 'json'), 'json');
    if (path === null) return null;
    return this.files.add(await writeChosenFile(path, text));
  }

  async onAws(
    connectionId: string,
    region: string,
    name: string,
    signal: AbortSignal,
  ): Promise<DashboardOnAws> {
    const { changes } = this.parts.apiOf(connectionId, region);
    const text = await this.bodies.current({ connectionId, region, name }, signal);
    return {
      exists: text !== null,
      text,
      sha256: text === null ? null : sha256(text),
      readOnly: changes === null,
    };
  }

  put(change: PutDashboard): Promise<string[]> {
    return this.changes.put(change);
  }

  async stacks(connectionId: string, region: string, signal: AbortSignal): Promise<StackEntry[]> {
    return listStacks(this.parts.apiOf(connectionId, region), signal);
  }

  async stackValues(
    connectionId: string,
    region: string,
    stackName: string,
    signal: AbortSignal,
  ): Promise<Record<string, string>> {
    return readStackValues(this.parts.apiOf(connectionId, region), stackName, signal);
  }

  async exportFile(
    suggestedName: string,
    text: string,
    kind: 'csv' | 'json',
  ): Promise<string | null> {
    const path = await this.parts.dialogs.save(suggestedFileName(suggestedName, kind), kind);
    return path === null ? null : basename(await writeChosenFile(path, text));
  }

  onListing(listener: (listing: DashboardListing) => void): () => void {
    this.listingListeners.add(listener);
    return () => this.listingListeners.delete(listener);
  }

  onFileChanged(listener: (id: string) => void): () => void {
    this.fileListeners.add(listener);
    return () => this.fileListeners.delete(listener);
  }

  setConnections(connections: Connection[]): void {
    this.lists.setConnections(connections);
  }

  /** What was chosen last is on disk when it resolves. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.inUse.stop();
    this.lists.stop();
    this.bodies.stop();
    this.files.stop();
    this.changes.stop();
    await Promise.all([this.state.settled(), this.cache.settled()]);
  }

  private async read(
    place: EntryPlace,
    id: string,
    signal: AbortSignal,
  ): Promise<Omit<OpenedDashboard, 'sha256' | 'values'>> {
    switch (place.source) {
      case 'cloudwatch': {
        const body = await this.bodies.open(place, signal);
        const entry = this.entryOf(id) ?? this.unlisted(id, place);
        return { entry, fileName: `${place.name}.json`, ...body };
      }
      case 'file': {
        const { path, text } = await this.files.open(id);
        const asOf = this.parts.clock.now();
        const fileName = basename(path);
        return { entry: this.files.entryOf(path), fileName, text, asOf, failure: null };
      }
      case 'starter': {
        const { fileName, text } = await this.starters.open(place.name);
        const asOf = this.parts.clock.now();
        const entry = this.entryOf(starterId(place.name)) ?? this.unlisted(id, place);
        return { entry, fileName, text, asOf, failure: null };
      }
      default:
        return assertNever(place);
    }
  }

  /** One that was opened before its list came, or that the list no longer names. */
  private unlisted(
    id: string,
    place: Extract<EntryPlace, { source: 'cloudwatch' | 'starter' }>,
  ): DashboardEntry {
    return {
      id,
      source: place.source,
      name: place.name,
      connectionId: place.source === 'cloudwatch' ? place.connectionId : null,
      region: place.source === 'cloudwatch' ? place.region : null,
      path: null,
      modifiedAt: null,
      sizeBytes: null,
      favourite: this.state.isFavourite(id),
    };
  }

  private listing(): DashboardListing {
    const isFavourite = (id: string): boolean => this.state.isFavourite(id);
    return {
      entries: [
        ...this.lists.entries(isFavourite),
        ...this.files.entries(),
        ...this.starters.entries(isFavourite),
      ],
      sources: this.lists.sources(),
    };
  }

  private entryOf(id: string): DashboardEntry | null {
    return this.listing().entries.find((entry) => entry.id === id) ?? null;
  }

  /** Several changes of one moment are told once. */
  private tell(): void {
    if (this.telling || this.stopped) return;
    this.telling = true;
    queueMicrotask(() => {
      this.telling = false;
      if (this.stopped) return;
      const listing = this.listing();
      for (const listener of this.listingListeners) listener(listing);
    });
  }

  private lookAtFiles(): void {
    this.files
      .refresh()
      .catch((error: unknown) =>
        this.parts.report(`The dashboard files could not be looked at: ${String(error)}`),
      );
  }
}
