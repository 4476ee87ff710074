/** The log groups of every connection in every region: each place asked, failing and aging on its own. */
import type { LogGroup as AwsLogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Clock } from '../../../shared/clock';
import type { Connection } from '../../../shared/connections/connection';
import { FailureError } from '../../../shared/failure';
import type { GroupListing, GroupSource, LogGroup } from '../../../shared/logs/groups';
import type { LogReadApi } from '../../aws/log-query-api';
import { pages } from '../../aws/paging';
import { sha256 } from '../../dashboards/entry-ids';
import type { LogGroups } from '../log-seams';
import type { GroupCache } from './group-cache';

export interface GroupListsParts {
  /** Throws FailureError for a connection that is paused or gone. */
  apiOf: (connectionId: string, region: string) => Pick<LogReadApi, 'describeLogGroups'>;
  clock: Clock;
  cache: GroupCache;
  report: (problem: string) => void;
}

interface Place {
  connection: Connection;
  region: string;
  /** Whose groups a kept list is of. */
  key: string;
  source: GroupSource;
  groups: LogGroup[];
  /** The list being asked for; null while none is. */
  asking: AbortController | null;
}

const PAGE_GROUPS = 50;
/** Several accounts answer within moments: what they said is told together (ms). */
const TELL_AFTER_MS = 100;

export class GroupLists implements LogGroups {
  private places = new Map<string, Place>();
  private readonly listeners = new Set<(listing: GroupListing) => void>();
  private json: string | null = null;
  /** Nothing is asked before somebody looks. */
  private wanted = false;
  private cancelTell: (() => void) | null = null;

  constructor(private readonly parts: GroupListsParts) {}

  /** What is known now; the first call begins to ask. */
  list(): GroupListing {
    if (!this.wanted) this.refresh();
    this.json ??= JSON.stringify([...this.places.values()].flatMap(({ groups }) => groups));
    const sources = [...this.places.values()].map(({ source, groups }) => ({
      ...source,
      count: groups.length,
    }));
    return { sources, groupsJson: this.json };
  }

  refresh(): void {
    this.wanted = true;
    for (const place of this.places.values()) this.ask(place);
  }

  onListing(listener: (listing: GroupListing) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  setConnections(connections: Connection[]): void {
    const before = this.places;
    this.places = new Map();
    for (const connection of connections) {
      for (const region of new Set(connection.regions)) {
        const id = `${connection.id}|${region}`;
        const key = keyOf(connection, region);
        const known = before.get(id);
        const same = known?.key === key && known.connection.endpoint === connection.endpoint;
        const place =
          same && known ? { ...known, connection } : this.fresh(connection, region, key);
        // An answer on its way is for the place that asked.
        known?.asking?.abort();
        place.asking = null;
        this.places.set(id, place);
        if (place.source.asOf === null) this.recall(place).catch(this.fault);
        if (this.wanted && place.source.phase !== 'ready') this.ask(place);
        before.delete(id);
      }
    }
    for (const { asking } of before.values()) asking?.abort();
    this.changed();
  }

  stop(): Promise<void> {
    for (const { asking } of this.places.values()) asking?.abort();
    this.places.clear();
    this.cancelTell?.();
    return this.parts.cache.settled();
  }

  private fresh(connection: Connection, region: string, key: string): Place {
    const source: GroupSource = {
      connectionId: connection.id,
      region,
      phase: 'loading',
      failure: null,
      asOf: null,
      count: 0,
    };
    return { connection, region, key, source, groups: [], asking: null };
  }

  private async recall(place: Place): Promise<void> {
    const kept = await this.parts.cache.read(place.key);
    if (kept === null || place.source.asOf !== null || !this.isCurrent(place)) return;
    place.groups = kept.groups;
    this.tell(place, { phase: 'stale', asOf: kept.asOf });
  }

  private ask(place: Place): void {
    if (place.asking !== null) return;
    const abort = new AbortController();
    place.asking = abort;
    if (place.source.phase === 'failed') this.tell(place, { phase: 'loading', failure: null });
    this.load(place, abort.signal)
      .finally(() => {
        if (place.asking === abort) place.asking = null;
      })
      .catch(this.fault);
  }

  private async load(place: Place, signal: AbortSignal): Promise<void> {
    try {
      const groups = await this.listAll(place, signal);
      if (signal.aborted || !this.isCurrent(place)) return;
      place.groups = groups;
      const asOf = this.parts.clock.now();
      this.tell(place, { phase: 'ready', failure: null, asOf });
      this.parts.cache.keep({ key: place.key, asOf, groups });
    } catch (error) {
      if (signal.aborted || !this.isCurrent(place)) return;
      if (!(error instanceof FailureError)) throw error;
      const phase = place.source.asOf === null ? 'failed' : 'stale';
      this.tell(place, { phase, failure: error.failure });
    }
  }

  private async listAll(place: Place, signal: AbortSignal): Promise<LogGroup[]> {
    const { connection, region } = place;
    const api = this.parts.apiOf(connection.id, region);
    // By name: what an answer repeats is there once.
    const found = new Map<string, LogGroup>();
    const walk = pages(
      async (nextToken) => {
        const input = { limit: PAGE_GROUPS, ...(nextToken === undefined ? {} : { nextToken }) };
        const page = await api.describeLogGroups(input, signal);
        return { NextToken: page.nextToken, groups: page.logGroups ?? [] };
      },
      { operation: 'DescribeLogGroups', connectionId: connection.id },
    );
    for await (const { groups } of walk) {
      for (const group of groups) {
        const read = groupOf(connection.id, region, group);
        if (read !== null) found.set(read.name, read);
      }
      if (place.source.asOf === null && this.isCurrent(place) && !signal.aborted) {
        // Big accounts take many pages: what is there is shown meanwhile.
        place.groups = [...found.values()];
        this.tell(place, {});
      }
    }
    return [...found.values()];
  }

  private isCurrent(place: Place): boolean {
    return this.places.get(`${place.connection.id}|${place.region}`) === place;
  }

  private tell(place: Place, change: Partial<GroupSource>): void {
    place.source = { ...place.source, ...change };
    this.changed();
  }

  private changed(): void {
    this.json = null;
    this.cancelTell ??= this.parts.clock.after(TELL_AFTER_MS, () => {
      this.cancelTell = null;
      if (!this.wanted) return;
      const listing = this.list();
      for (const listener of this.listeners) listener(listing);
    });
  }

  private readonly fault = (cause: unknown): void =>
    this.parts.report(`Listing log groups met a fault: ${String(cause)}`);
}

/** The endpoint is left out, for the demo's moves with every start. */
const keyOf = ({ id, credentials, roleArn }: Connection, region: string): string =>
  `${id}|${sha256(JSON.stringify([credentials, roleArn, region])).slice(0, 16)}`;

function groupOf(connectionId: string, region: string, group: AwsLogGroup): LogGroup | null {
  if (typeof group.logGroupName !== 'string') return null;
  return {
    connectionId,
    region,
    name: group.logGroupName,
    arn: group.logGroupArn ?? (group.arn ?? '').replace(/:\*$/, ''),
    storedBytes: group.storedBytes ?? null,
    retentionDays: group.retentionInDays ?? null,
    createdAt: group.creationTime ?? null,
    logClass: group.logGroupClass ?? 'STANDARD',
  };
}
