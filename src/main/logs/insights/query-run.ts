/** One query over all its targets. */
import type { Clock } from '../../../shared/clock';
import type { InsightsQuery, InsightsRows, InsightsState } from '../../../shared/logs/insights';
import { scanCostUsd } from '../../../shared/logs/prices';
import type { LogQueryApi } from '../../aws/log-query-api';
import type { KnownGroups } from '../known-groups';
import { columnsOf, mergeRows } from './merged-rows';
import type { MergedRow } from './merged-rows';
import { TargetRun } from './target-run';

export interface QueryRunParts {
  query: InsightsQuery;
  apiOf: (connectionId: string, region: string) => LogQueryApi;
  known: KnownGroups;
  clock: Clock;
  tell: (state: InsightsState) => void;
}

export class QueryRun {
  private readonly targets: TargetRun[];
  private readonly startedAt: number;
  private endedAt: number | null = null;
  private stopped = false;
  private revision = 0;
  private merged: { revision: number; columns: string[]; rows: MergedRow[] } | null = null;

  constructor(private readonly parts: QueryRunParts) {
    const { query, clock, apiOf, known } = parts;
    this.startedAt = clock.now();
    this.targets = query.targets.map(
      (target) =>
        new TargetRun({
          target,
          query,
          clock,
          api: () => apiOf(target.connectionId, target.region),
          known: known(target.connectionId, target.region),
          changed: (rowsToo) => {
            if (rowsToo) this.revision += 1;
            this.tell();
          },
        }),
    );
  }

  get ended(): boolean {
    return this.targets.every(({ ended }) => ended);
  }

  /** Resolves when all targets have ended; never rejects. */
  async run(): Promise<void> {
    await Promise.all(this.targets.map((target) => target.run()));
  }

  async stop(): Promise<void> {
    this.stopped ||= !this.ended;
    await Promise.all(this.targets.map((target) => target.stop()));
  }

  state(): InsightsState {
    const targets = this.targets.map(({ state }) => state);
    const sum = (of: (target: (typeof targets)[number]) => number): number =>
      targets.reduce((total, target) => total + of(target), 0);
    return {
      queryId: this.parts.query.queryId,
      phase: this.phase(),
      targets,
      columns: this.all().columns,
      rows: sum(({ rows }) => rows),
      revision: this.revision,
      costUsd: scanCostUsd(sum(({ bytesScanned }) => bytesScanned)),
      startedAt: this.startedAt,
      endedAt: this.endedAt,
    };
  }

  rows(from: number, count: number): InsightsRows {
    const { revision, rows } = this.all();
    return { revision, rowsJson: JSON.stringify(rows.slice(from, from + count)) };
  }

  private phase(): InsightsState['phase'] {
    if (!this.ended) return 'running';
    if (this.stopped) return 'stopped';
    return this.targets.every(({ state }) => state.failure !== null) ? 'failed' : 'complete';
  }

  private all(): { revision: number; columns: string[]; rows: MergedRow[] } {
    if (this.merged?.revision !== this.revision) {
      const lists = this.targets.map(({ rows }) => rows);
      const columns = columnsOf(lists);
      this.merged = { revision: this.revision, columns, rows: mergeRows(lists, columns) };
    }
    return this.merged;
  }

  private tell(): void {
    if (this.ended) this.endedAt ??= this.parts.clock.now();
    this.parts.tell(this.state());
  }
}
