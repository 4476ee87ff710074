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
import { FailureError } from '../../shared/failure';
import type { RegionApi } from '../aws/aws-api';
import type { DashboardService, Journal } from '../seams';

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

const later = (): FailureError =>
  new FailureError({
    kind: 'unknown',
    connectionId: null,
    operation: 'dashboards',
    message: 'Dashboards are not there yet.',
    advice: '',
  });

export class DashboardLibrary implements DashboardService {
  constructor(private readonly parts: DashboardLibraryParts) {}

  list(): DashboardListing {
    return { entries: [], sources: [] };
  }
  refresh(): void {
    this.parts.report('Dashboards are not there yet.');
  }
  open(_id: string, _signal: AbortSignal): Promise<OpenedDashboard> {
    return Promise.reject(later());
  }
  chooseFiles(): Promise<DashboardEntry[]> {
    return Promise.reject(later());
  }
  addFile(_path: string): Promise<DashboardEntry> {
    return Promise.reject(later());
  }
  forget(_id: string): void {
    throw later();
  }
  setFavourite(_id: string, _favourite: boolean): void {
    throw later();
  }
  keepValues(_id: string, _values: Record<string, string>): void {
    throw later();
  }
  saveFile(_suggestedName: string, _text: string): Promise<DashboardEntry | null> {
    return Promise.reject(later());
  }
  onAws(
    _connectionId: string,
    _region: string,
    _name: string,
    _signal: AbortSignal,
  ): Promise<DashboardOnAws> {
    return Promise.reject(later());
  }
  put(_change: PutDashboard): Promise<string[]> {
    return Promise.reject(later());
  }
  stacks(_connectionId: string, _region: string, _signal: AbortSignal): Promise<StackEntry[]> {
    return Promise.reject(later());
  }
  stackValues(
    _connectionId: string,
    _region: string,
    _stackName: string,
    _signal: AbortSignal,
  ): Promise<Record<string, string>> {
    return Promise.reject(later());
  }
  exportFile(_suggestedName: string, _text: string, _kind: 'csv' | 'json'): Promise<string | null> {
    return Promise.reject(later());
  }
  onListing(_listener: (listing: DashboardListing) => void): () => void {
    return () => undefined;
  }
  onFileChanged(_listener: (id: string) => void): () => void {
    return () => undefined;
  }
  setConnections(_connections: Connection[]): void {
    return undefined;
  }
  stop(): void {
    return undefined;
  }
}
