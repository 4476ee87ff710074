/** The groups of every server of logs: each asked, failing and aging on its own, as connections are. */
import type { Clock } from '../../../shared/clock';
import type { Connection } from '../../../shared/connections/connection';
import { FailureError } from '../../../shared/failure';
import { ELASTIC_REGION, elasticPlace } from '../../../shared/logs/elastic';
import type { ElasticSource } from '../../../shared/logs/elastic';
import type { GroupListing, GroupSource, LogGroup } from '../../../shared/logs/groups';
import type { LogGroups } from '../log-seams';
import type { ElasticClient } from './elastic-client';
import { listGroups, patternGroups } from './group-list';

export interface ElasticGroupsParts {
  sources: () => readonly ElasticSource[];
  /** Throws FailureError. */
  clientOf: (connectionId: string) => ElasticClient;
  clock: Clock;
  report: (problem: string) => void;
}

interface Place {
  source: ElasticSource;
  /** Where and how it is asked: when it changes, what is known is of another server. */
  key: string;
  state: GroupSource;
  groups: LogGroup[];
  asking: AbortController | null;
}

export class ElasticGroups implements LogGroups {
  private places = new Map<string, Place>();
  private readonly listeners = new Set<(listing: GroupListing) => void>();
  private wanted = false;

  constructor(private readonly parts: ElasticGroupsParts) {
    this.sourcesChanged();
  }

  list(): GroupListing {
    if (!this.wanted) this.refresh();
    const places = [...this.places.values()];
    return {
      sources: places.map(({ state, groups }) => ({ ...state, count: groups.length })),
      groupsJson: JSON.stringify(places.flatMap(({ groups }) => groups)),
    };
  }

  refresh(): void {
    this.wanted = true;
    for (const place of this.places.values()) this.ask(place);
  }

  onListing(listener: (listing: GroupListing) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Sources are of the settings: connections make no difference. */
  setConnections(_connections: Connection[]): void {
    for (const place of this.places.values()) {
      if (place.source.auth.kind === 'sigv4' && this.wanted) this.ask(place);
    }
  }

  /** Sources were added, changed or deleted, or a secret of theirs was. */
  sourcesChanged(secretOf: string | null = null): void {
    const before = this.places;
    this.places = new Map();
    for (const source of this.parts.sources()) {
      const known = before.get(source.id);
      const key = JSON.stringify({ ...source, name: '' });
      const same = known?.key === key && secretOf !== source.id;
      const place = same && known ? { ...known, source } : fresh(source, key);
      known?.asking?.abort();
      place.asking = null;
      this.places.set(source.id, place);
      if (this.wanted && place.state.phase !== 'ready') this.ask(place);
      before.delete(source.id);
    }
    for (const { asking } of before.values()) asking?.abort();
    this.changed();
  }

  stop(): void {
    for (const { asking } of this.places.values()) asking?.abort();
    this.places.clear();
    this.listeners.clear();
  }

  private ask(place: Place): void {
    place.asking?.abort();
    const abort = new AbortController();
    place.asking = abort;
    this.load(place, abort.signal).catch((cause: unknown) =>
      this.parts.report(`Listing log indexes met a fault: ${String(cause)}`),
    );
  }

  private async load(place: Place, signal: AbortSignal): Promise<void> {
    try {
      const client = this.parts.clientOf(elasticPlace(place.source.id));
      const { groups } = await listGroups(client, signal);
      if (signal.aborted) return;
      place.groups = groups;
      const asOf = this.parts.clock.now();
      this.tell(place, { phase: 'ready', failure: null, asOf });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof FailureError)) throw error;
      const phase = place.state.asOf === null ? 'failed' : 'stale';
      this.tell(place, { phase, failure: error.failure });
    }
  }

  private tell(place: Place, change: Partial<GroupSource>): void {
    place.state = { ...place.state, ...change };
    this.changed();
  }

  private changed(): void {
    if (!this.wanted) return;
    const listing = this.list();
    for (const listener of this.listeners) listener(listing);
  }
}

const fresh = (source: ElasticSource, key: string): Place => ({
  source,
  key,
  state: {
    connectionId: elasticPlace(source.id),
    region: ELASTIC_REGION,
    phase: 'loading',
    failure: null,
    asOf: null,
    count: 0,
  },
  groups: patternGroups(source),
  asking: null,
});

/** Two kinds of groups as one list. */
export function joinGroups(aws: LogGroups, elastic: LogGroups): LogGroups {
  let joined: { of: [string, string]; json: string } = { of: ['[]', '[]'], json: '[]' };
  const join = (a: GroupListing, b: GroupListing): GroupListing => {
    if (joined.of[0] !== a.groupsJson || joined.of[1] !== b.groupsJson) {
      joined = { of: [a.groupsJson, b.groupsJson], json: concat(a.groupsJson, b.groupsJson) };
    }
    return { sources: [...a.sources, ...b.sources], groupsJson: joined.json };
  };
  const list = (): GroupListing => join(aws.list(), elastic.list());
  return {
    list,
    refresh: () => {
      aws.refresh();
      elastic.refresh();
    },
    onListing: (listener) => {
      const forget = [aws, elastic].map((part) => part.onListing(() => listener(list())));
      return () => forget.forEach((stop) => stop());
    },
    setConnections: (connections) => {
      aws.setConnections(connections);
      elastic.setConnections(connections);
    },
  };
}

/** Thousands of groups are not read to be written again. */
function concat(a: string, b: string): string {
  if (a === '[]') return b;
  return b === '[]' ? a : `${a.slice(0, -1)},${b.slice(1)}`;
}
