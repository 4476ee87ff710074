/** Logs Insights: queries over several connections and regions at once. */
import type { Clock } from '../../../shared/clock';
import { FailureError } from '../../../shared/failure';
import type {
  InsightsEstimate,
  InsightsQuery,
  InsightsRows,
  InsightsState,
} from '../../../shared/logs/insights';
import type { LogQueryApi } from '../../aws/log-query-api';
import type { LogQueries } from '../log-seams';
import type { KnownGroups } from '../known-groups';
import { estimateQuery } from './estimate';
import { QueryRun } from './query-run';

/** Groups one StartQuery takes. */
const MAX_GROUPS = 50;
/** Ended queries whose rows are kept; the oldest go first. */
const MAX_KEPT = 40;

export interface InsightsParts {
  apiOf: (connectionId: string, region: string) => LogQueryApi;
  known: KnownGroups;
  clock: Clock;
}

export class Insights implements Omit<LogQueries, 'saved' | 'save'> {
  private readonly runs = new Map<string, QueryRun>();
  private readonly listeners = new Set<(state: InsightsState) => void>();

  constructor(private readonly parts: InsightsParts) {}

  /** Rejects with FailureError `invalid` for what CloudWatch would never take. */
  async start(query: InsightsQuery): Promise<InsightsState> {
    this.check(query);
    const run = new QueryRun({
      ...this.parts,
      query,
      tell: (state) => {
        for (const listener of this.listeners) listener(state);
      },
    });
    this.forgetOldest();
    this.runs.set(query.queryId, run);
    void run.run();
    return run.state();
  }

  rows(queryId: string, from: number, count: number): InsightsRows {
    const run = this.runs.get(queryId);
    if (run !== undefined) return run.rows(from, count);
    throw refused('not-found', 'The rows of this query are not kept any more.', 'Run it again.');
  }

  estimate(question: Pick<InsightsQuery, 'targets' | 'startMs' | 'endMs'>): InsightsEstimate {
    return estimateQuery(question, this.parts.known, this.parts.clock.now());
  }

  onState(listener: (state: InsightsState) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async stop(queryId: string): Promise<boolean> {
    const run = this.runs.get(queryId);
    if (run === undefined) return false;
    await run.stop();
    return true;
  }

  async close(queryId: string): Promise<boolean> {
    const run = this.runs.get(queryId);
    if (run === undefined) return false;
    this.runs.delete(queryId);
    await run.stop();
    return true;
  }

  /** Stops what runs, so that nothing goes on being charged. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.runs.values()].map((run) => run.stop()));
  }

  private check({ queryId, targets, startMs, endMs }: InsightsQuery): void {
    if (this.runs.has(queryId)) {
      throw refused('invalid', 'This query runs already.', 'Look at its rows, or run it anew.');
    }
    const full = targets.find(({ groups }) => groups.length > MAX_GROUPS);
    if (full !== undefined) {
      throw refused(
        'invalid',
        `A query reads at most ${MAX_GROUPS} log groups of one region; ${full.groups.length} of ${full.region} were chosen.`,
        'Choose fewer groups, or run it twice.',
        full.connectionId,
      );
    }
    if (startMs > endMs) {
      throw refused(
        'invalid',
        'The query’s time ends before it begins.',
        'Correct the time range.',
      );
    }
  }

  private forgetOldest(): void {
    for (const [id, run] of this.runs) {
      if (this.runs.size < MAX_KEPT) return;
      if (run.ended) this.runs.delete(id);
    }
  }
}

const refused = (
  kind: 'invalid' | 'not-found',
  message: string,
  advice: string,
  connectionId: string | null = null,
): FailureError =>
  new FailureError({ kind, connectionId, operation: 'StartQuery', message, advice });
