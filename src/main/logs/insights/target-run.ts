/** One StartQuery of one connection and region, followed until it ends. */
import type { GetQueryResultsResponse, ResultField } from '@aws-sdk/client-cloudwatch-logs';
import type { Clock } from '../../../shared/clock';
import type { LogTarget } from '../../../shared/logs/groups';
import type { InsightsQuery, InsightsTarget } from '../../../shared/logs/insights';
import type { LogQueryApi } from '../../aws/log-query-api';
import { wait } from '../../aws/wait';
import { plainArn } from '../known-groups';
import type { GroupFacts } from '../known-groups';
import { endedBadly, lostSight, malformedFailure, mistakeOf, toFailureOf } from './query-failures';

type Api = Pick<LogQueryApi, 'startQuery' | 'getQueryResults' | 'stopQuery'>;

export interface TargetRunParts {
  target: LogTarget;
  query: InsightsQuery;
  api: () => Api;
  known: ReadonlyMap<string, GroupFacts>;
  clock: Clock;
  /** The state or the rows changed. */
  changed: (rowsToo: boolean) => void;
}

const FIRST_POLL_MS = 250;
const SLOWEST_POLL_MS = 2_000;
const STOP_LIMIT_MS = 10_000;
/** Answers in a row that say `Unknown`, after which the query is given up. */
const MAX_UNKNOWN = 20;

const statuses: Readonly<Record<string, InsightsTarget['status']>> = {
  Scheduled: 'scheduled',
  Running: 'running',
  Complete: 'complete',
  Failed: 'failed',
  Cancelled: 'cancelled',
  Timeout: 'timeout',
  Unknown: 'unknown',
};

export class TargetRun {
  state: InsightsTarget;
  rows: readonly ResultField[][] = [];
  private queryId = '';
  private readonly gone = new AbortController();

  constructor(private readonly parts: TargetRunParts) {
    const { connectionId, region } = parts.target;
    this.state = {
      connectionId,
      region,
      status: 'waiting',
      recordsMatched: 0,
      recordsScanned: 0,
      bytesScanned: 0,
      rows: 0,
      failure: null,
      mistake: null,
    };
  }

  get ended(): boolean {
    const { status } = this.state;
    return (
      this.state.failure !== null ||
      status === 'complete' ||
      status === 'failed' ||
      status === 'cancelled' ||
      status === 'timeout'
    );
  }

  /** Resolves when the query has ended, however; never rejects. */
  async run(): Promise<void> {
    try {
      const api = this.parts.api();
      if (await this.start(api)) await this.follow(api);
    } catch (error) {
      if (this.gone.signal.aborted) return;
      const failure = toFailureOf(error, this.parts.target.connectionId);
      this.set({ status: 'failed', failure });
    }
  }

  /** Tells CloudWatch to stop reading (and charging); what came stays. */
  async stop(): Promise<void> {
    if (this.ended) return;
    this.gone.abort();
    const { queryId } = this;
    this.set({ status: 'cancelled' });
    if (queryId !== '') await this.tellToStop(this.parts.api(), queryId);
  }

  private async start(api: Api): Promise<boolean> {
    const { query, target, known } = this.parts;
    const started = await api.startQuery(
      {
        queryLanguage: query.language,
        queryString: query.query,
        startTime: Math.floor(query.startMs / 1000),
        endTime: Math.ceil(query.endMs / 1000),
        limit: query.limit,
        ...groupsOf(query, target, known),
      },
      // Not stopped with the run: a query that has begun must be known, or nobody could stop it.
      new AbortController().signal,
    );
    if (started.malformed !== null) {
      if (this.gone.signal.aborted) return false;
      this.set({
        status: 'failed',
        failure: malformedFailure(target.connectionId, query.query, started.malformed),
        mistake: mistakeOf(started.malformed),
      });
      return false;
    }
    this.queryId = started.queryId;
    if (this.gone.signal.aborted) {
      await this.tellToStop(api, started.queryId);
      return false;
    }
    this.set({ status: 'scheduled' });
    return true;
  }

  private async follow(api: Api): Promise<void> {
    let unknown = 0;
    for (
      let pollMs = FIRST_POLL_MS;
      !this.ended;
      pollMs = Math.min(SLOWEST_POLL_MS, pollMs * 1.5)
    ) {
      await wait(this.parts.clock, pollMs, this.gone.signal);
      const { answer, rows } = await this.read(api);
      this.gone.signal.throwIfAborted();
      this.take(answer, rows);
      unknown = this.state.status === 'unknown' ? unknown + 1 : 0;
      if (unknown < MAX_UNKNOWN) continue;
      this.set({ failure: lostSight(this.parts.target.connectionId) });
    }
  }

  /** All rows so far; an answer that is too long comes in pages. */
  private async read(
    api: Api,
  ): Promise<{ answer: GetQueryResultsResponse; rows: ResultField[][] }> {
    const { queryId } = this;
    const answer = await api.getQueryResults({ queryId }, this.gone.signal);
    const rows = [...(answer.results ?? [])];
    for (
      let { nextToken } = answer;
      nextToken !== undefined && rows.length < this.parts.query.limit;
    ) {
      const page = await api.getQueryResults({ queryId, nextToken }, this.gone.signal);
      rows.push(...(page.results ?? []));
      nextToken = page.nextToken;
    }
    return { answer, rows };
  }

  private take(answer: GetQueryResultsResponse, rows: ResultField[][]): void {
    const status = statuses[answer.status ?? ''] ?? 'unknown';
    const { recordsMatched, recordsScanned, bytesScanned } = answer.statistics ?? {};
    // The last answer of a query that was ended early may come without what was found before.
    const newRows = rows.length > 0 || status === 'complete' || status === 'running';
    if (newRows) this.rows = rows;
    this.set(
      {
        status,
        recordsMatched: recordsMatched ?? this.state.recordsMatched,
        recordsScanned: recordsScanned ?? this.state.recordsScanned,
        bytesScanned: bytesScanned ?? this.state.bytesScanned,
        rows: this.rows.length,
        failure: endedBadly(this.parts.target.connectionId, status),
      },
      newRows,
    );
  }

  private async tellToStop(api: Api, queryId: string): Promise<void> {
    const late = new AbortController();
    const cancel = this.parts.clock.after(STOP_LIMIT_MS, () => late.abort());
    try {
      await api.stopQuery(queryId, late.signal);
    } catch (error) {
      // It may have ended in the same moment: CloudWatch then says that it is not running.
      const failure = toFailureOf(error, this.parts.target.connectionId);
      if (failure.kind !== 'invalid' && failure.kind !== 'not-found') this.set({ failure });
    } finally {
      cancel();
    }
  }

  private set(change: Partial<InsightsTarget>, rowsToo = false): void {
    this.state = { ...this.state, ...change };
    this.parts.changed(rowsToo);
  }
}

/** SQL and a SOURCE command name their groups themselves. */
function groupsOf(
  query: InsightsQuery,
  target: LogTarget,
  known: ReadonlyMap<string, GroupFacts>,
): { logGroupIdentifiers?: string[]; logGroupNames?: string[] } {
  if (query.language === 'SQL' || /^\s*SOURCE\b/i.test(query.query)) return {};
  const arns = target.groups.flatMap((name) => known.get(name)?.arn ?? []);
  // ARNs reach groups of linked accounts too.
  return arns.length === target.groups.length
    ? { logGroupIdentifiers: arns.map(plainArn) }
    : { logGroupNames: target.groups };
}
