/** What each connection's account has: every one asked, failing and aging on its own. */
import type { Clock } from '../../shared/clock';
import type { Connection } from '../../shared/connections/connection';
import type { DashboardEntry, DashboardSource } from '../../shared/dashboards/listing';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { RegionApi } from '../aws/aws-api';
import { pages } from '../aws/paging';
import type { DashboardCache, KeptList } from './dashboard-cache';
import { cloudwatchId, sha256 } from './entry-ids';

/** 100 pages of 1,000 is far beyond any account. */
const MAX_PAGES = 100;

export interface AccountListsParts {
  apiOf: (connectionId: string, region: string) => Pick<RegionApi, 'listDashboards'>;
  clock: Clock;
  cache: DashboardCache;
  changed: () => void;
  report: (problem: string) => void;
}

interface Account {
  connection: Connection;
  region: string;
  source: DashboardSource;
  dashboards: KeptList['dashboards'];
  /** The list being asked for; null while none is. */
  asking: AbortController | null;
}

/** Which account a kept list is of; the endpoint is left out, for the demo's moves with every start. */
const accountKey = ({ id, credentials, roleArn }: Connection, region: string): string =>
  `${id}|${sha256(JSON.stringify([credentials, roleArn, region])).slice(0, 16)}`;

export class AccountLists {
  private readonly accounts = new Map<string, Account>();
  /** Nothing is asked before somebody looks. */
  private wanted = false;

  constructor(private readonly parts: AccountListsParts) {}

  connection(id: string): Connection | null {
    return this.accounts.get(id)?.connection ?? null;
  }

  entries(isFavourite: (id: string) => boolean): DashboardEntry[] {
    return [...this.accounts.values()].flatMap(({ connection, region, dashboards }) =>
      dashboards.map(({ name, modifiedAt, sizeBytes }) => {
        const id = cloudwatchId(connection.id, region, name);
        return {
          id,
          source: 'cloudwatch' as const,
          name,
          connectionId: connection.id,
          region,
          path: null,
          modifiedAt,
          sizeBytes,
          favourite: isFavourite(id),
        };
      }),
    );
  }

  sources(): DashboardSource[] {
    return [...this.accounts.values()].map(({ source }) => source);
  }

  setConnections(connections: Connection[]): void {
    const next = new Map(connections.map((connection) => [connection.id, connection]));
    for (const [id, account] of this.accounts) {
      if (next.has(id)) continue;
      account.asking?.abort();
      this.accounts.delete(id);
    }
    for (const connection of connections) this.setConnection(connection);
    this.parts.changed();
  }

  /** Asks every account again, and from now on those that are added. */
  refresh(): void {
    this.wanted = true;
    for (const account of this.accounts.values()) this.ask(account);
  }

  refreshOne(connectionId: string): void {
    const account = this.accounts.get(connectionId);
    if (account !== undefined) this.ask(account);
  }

  /** Lists that are this old (ms), or never came, are asked for again. */
  refreshOlderThan(ageMs: number): void {
    this.wanted = true;
    const now = this.parts.clock.now();
    for (const account of this.accounts.values()) {
      const { asOf, phase } = account.source;
      if (phase !== 'ready' || asOf === null || now - asOf >= ageMs) this.ask(account);
    }
  }

  stop(): void {
    for (const { asking } of this.accounts.values()) asking?.abort();
    this.accounts.clear();
  }

  private setConnection(connection: Connection): void {
    const [region] = connection.regions;
    const known = this.accounts.get(connection.id);
    if (region === undefined) return;
    if (known !== undefined && isSame(known.connection, connection)) {
      known.connection = connection;
      return;
    }
    known?.asking?.abort();
    const same =
      known !== undefined &&
      accountKey(known.connection, known.region) === accountKey(connection, region);
    const account: Account = {
      connection,
      region,
      source: same
        ? known.source
        : { connectionId: connection.id, phase: 'loading', failure: null, asOf: null },
      dashboards: same ? known.dashboards : [],
      asking: null,
    };
    this.accounts.set(connection.id, account);
    if (!same) this.recall(account).catch(this.fault);
    if (this.wanted) this.ask(account);
  }

  /** Shows what was known last time until the account answers. */
  private async recall(account: Account): Promise<void> {
    const kept = await this.parts.cache.list(accountKey(account.connection, account.region));
    if (kept === null || account.source.asOf !== null || !this.isCurrent(account)) return;
    account.dashboards = kept.dashboards;
    this.tell(account, { phase: 'stale', asOf: kept.asOf, failure: account.source.failure });
  }

  private ask(account: Account): void {
    if (account.asking !== null) return;
    const abort = new AbortController();
    account.asking = abort;
    if (account.source.phase === 'failed') this.tell(account, { phase: 'loading', failure: null });
    this.load(account, abort.signal)
      .finally(() => {
        if (account.asking === abort) account.asking = null;
      })
      .catch(this.fault);
  }

  private async load(account: Account, signal: AbortSignal): Promise<void> {
    try {
      const dashboards = await this.listAll(account, signal);
      if (signal.aborted || !this.isCurrent(account)) return;
      const asOf = this.parts.clock.now();
      account.dashboards = dashboards;
      this.tell(account, { phase: 'ready', failure: null, asOf });
      const key = accountKey(account.connection, account.region);
      // Not waited for: the list is here, and the next question may be asked. It never rejects.
      void this.parts.cache.keepList({ key, asOf, dashboards });
    } catch (error) {
      if (signal.aborted || !this.isCurrent(account)) return;
      if (!(error instanceof FailureError)) throw error;
      this.tell(account, failed(account.source, error.failure));
    }
  }

  private async listAll(account: Account, signal: AbortSignal): Promise<Account['dashboards']> {
    const api = this.parts.apiOf(account.connection.id, account.region);
    const found: Account['dashboards'] = [];
    const walk = pages((token) => api.listDashboards(token, signal), {
      operation: 'ListDashboards',
      connectionId: account.connection.id,
      maxPages: MAX_PAGES,
    });
    for await (const page of walk) {
      for (const { DashboardName, LastModified, Size } of page.DashboardEntries ?? []) {
        if (DashboardName === undefined) continue;
        const at = LastModified?.getTime();
        const modifiedAt = at === undefined || Number.isNaN(at) ? null : at;
        found.push({ name: DashboardName, modifiedAt, sizeBytes: Size ?? null });
      }
    }
    return found;
  }

  private isCurrent(account: Account): boolean {
    return this.accounts.get(account.connection.id) === account;
  }

  private tell(account: Account, change: Partial<DashboardSource>): void {
    account.source = { ...account.source, ...change };
    this.parts.changed();
  }

  private readonly fault = (cause: unknown): void =>
    this.parts.report(`Listing dashboards met a fault: ${String(cause)}`);
}

const failed = (source: DashboardSource, failure: Failure): Partial<DashboardSource> => ({
  phase: source.asOf === null ? 'failed' : 'stale',
  failure,
});

const isSame = (a: Connection, b: Connection): boolean => JSON.stringify(a) === JSON.stringify(b);
