/** Insights, saved queries, live tail and retention, put together. */
import type { Clock } from '../../shared/clock';
import type { Connection } from '../../shared/connections/connection';
import type { RegionApi } from '../aws/aws-api';
import type { Journal } from '../seams';
import { AccountChanges } from './account-changes';
import { Insights } from './insights/insights';
import { logQueries } from './insights/log-queries';
import { knownGroups } from './known-groups';
import type { EventSink, LogGroups, LogParts } from './log-seams';
import { RetentionChanges } from './retention/retention-changes';
import { SavedQueries } from './saved-queries/saved-queries';
import { LiveTails } from './tail/live-tails';
import type { TailApi } from './tail/tail-target';

export interface QueryPartsInit {
  apiOf: (connectionId: string, region: string) => RegionApi;
  /** Follows sources other than CloudWatch; null for what is CloudWatch's. */
  otherTail?: (connectionId: string) => TailApi | null;
  connections: () => readonly Connection[];
  groups: Pick<LogGroups, 'list' | 'refresh'>;
  sink: EventSink;
  clock: Clock;
  /** Where `queries.json` lies. */
  stateDir: string;
  /** The application's `resources/queries`. */
  starterDir: string;
  journal: () => Promise<Journal>;
  operator: () => string;
  report: (problem: string) => void;
}

export interface QueryParts extends Pick<LogParts, 'queries' | 'tails' | 'retention'> {
  /** Ends every tail and query, so that nothing goes on being charged. */
  stop(): Promise<void>;
}

export function createQueryParts(init: QueryPartsInit): QueryParts {
  const { apiOf, connections, groups, sink, clock, report } = init;
  const changes = new AccountChanges({
    ...init,
    connection: (id) => connections().find((connection) => connection.id === id) ?? null,
  });
  const known = knownGroups(() => groups.list());
  const insights = new Insights({ apiOf, known, clock });
  const { stateDir, starterDir } = init;
  const now = (): number => clock.now();
  const saved = new SavedQueries({
    connections,
    apiOf,
    changes,
    stateDir,
    starterDir,
    now,
    report,
  });
  const tails = new LiveTails({
    apiOf: (id, region) => init.otherTail?.(id) ?? apiOf(id, region),
    known,
    sink,
    clock,
  });
  const retention = new RetentionChanges({ apiOf, changes, changed: () => groups.refresh() });
  return {
    queries: logQueries(insights, saved),
    tails,
    retention,
    async stop() {
      retention.stop();
      tails.stopAll();
      await insights.stopAll();
    },
  };
}
