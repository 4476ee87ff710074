import { randomUUID } from 'node:crypto';
import { MINUTE } from '../event';
import type { LogGroup } from '../log-group';
import { Breather } from '../scan';
import { minuteOf } from '../source';
import type { Query } from './commands';
import { type Cell, cellsOf } from './cells';
import { buildStage, type Stage } from './pipeline';
import { LogRow } from './row';

export type QueryStatus =
  'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout' | 'Unknown';

export interface Statistics {
  recordsMatched: number;
  recordsScanned: number;
  bytesScanned: number;
  estimatedRecordsSkipped: number;
  estimatedBytesSkipped: number;
  logGroupsScanned: number;
}

export interface QueryOptions {
  query: Query;
  queryString: string;
  groups: readonly LogGroup[];
  /** Inclusive, ms. */
  from: number;
  /** Inclusive, ms. */
  to: number;
  limit: number;
  now: () => number;
}

/** How long a query waits for its turn, wall-clock ms. */
const QUEUED_MS = 120;
const TIMEOUT_MS = 60 * 60_000;

/** One query on its way through the groups, newest minute first, so that its first rows are the latest. */
export class QueryRun {
  readonly id = randomUUID();
  readonly createdAt: number;
  status: QueryStatus = 'Scheduled';
  /** Wall-clock ms from start to end; 0 while it runs. */
  duration = 0;
  readonly statistics: Statistics;
  private readonly stage: Stage;
  private cells: Cell[][] | null = null;

  constructor(readonly options: QueryOptions) {
    this.createdAt = options.now();
    this.stage = buildStage(options.query.commands, true, options.limit);
    this.statistics = {
      recordsMatched: 0,
      recordsScanned: 0,
      bytesScanned: 0,
      estimatedRecordsSkipped: 0,
      estimatedBytesSkipped: 0,
      logGroupsScanned: options.groups.length,
    };
  }

  get active(): boolean {
    return this.status === 'Scheduled' || this.status === 'Running';
  }

  /** Ends the query as it stands; its rows stay. A query that has ended stays as it is. */
  end(status: Exclude<QueryStatus, 'Scheduled' | 'Running'>): void {
    if (this.active) this.status = status;
  }

  /** Runs to the end, giving others a turn on the way. */
  async run(): Promise<void> {
    const startedAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, QUEUED_MS));
    if (this.status === 'Scheduled') this.status = 'Running';
    const { groups, from, to, now } = this.options;
    const begin = now();
    const oldest = Math.max(from, Math.min(...groups.map((group) => group.since(begin)), begin));
    const breather = new Breather();
    for (let minute = minuteOf(Math.min(to, begin)); minute >= minuteOf(oldest); minute -= MINUTE) {
      for (const group of groups) {
        if (!this.active) return;
        await this.scan(group, minute, begin, breather);
        await breather.turn();
      }
      if (performance.now() - startedAt > TIMEOUT_MS) this.end('Timeout');
    }
    this.duration = Math.round(performance.now() - startedAt);
    this.end('Complete');
  }

  /** Rows so far. */
  rows(): Cell[][] {
    if (this.cells !== null) return this.cells;
    const rows = this.stage.rows().slice(0, this.options.limit);
    const cells = cellsOf(this.options.query, rows);
    if (!this.active) this.cells = cells;
    return cells;
  }

  private async scan(
    group: LogGroup,
    minute: number,
    now: number,
    breather: Breather,
  ): Promise<void> {
    const { from, to } = this.options;
    const { statistics } = this;
    const events = group.minute(minute, now);
    for (let index = events.length - 1; index >= 0; index -= 1) {
      if (index % 512 === 511) await breather.turn();
      if (!this.active) return;
      const event = events[index];
      if (event === undefined || event.timestamp < from || event.timestamp > to) continue;
      statistics.recordsScanned += 1;
      statistics.bytesScanned += event.message.length;
      if (this.stage.push(new LogRow(group, event))) statistics.recordsMatched += 1;
    }
  }
}

const KEPT = 40;

/** The queries of an account in a region: the newest forty. */
export class QueryStore {
  private readonly runs = new Map<string, QueryRun>();

  add(run: QueryRun): void {
    this.runs.set(run.id, run);
    const oldest = this.runs.keys().next().value;
    if (this.runs.size > KEPT && oldest !== undefined) this.runs.delete(oldest);
  }

  get(id: string): QueryRun | undefined {
    return this.runs.get(id);
  }

  /** Newest first. */
  list(): QueryRun[] {
    return [...this.runs.values()].reverse();
  }

  active(): number {
    return this.list().filter((run) => run.active).length;
  }
}
