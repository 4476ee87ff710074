/** Runs of log widgets: each question at most once at a time, its rows kept while a newer run goes on. */
import type { DashboardRange } from '../../shared/dashboards/dashboard';
import { windowOf } from '../../shared/dashboards/time-range';
import type { Failure } from '../../shared/failure';
import type { LogTarget } from '../../shared/logs/groups';
import type { InsightsQuery, InsightsRows, InsightsState } from '../../shared/logs/insights';
import { readRows } from '../logs/insights/result-rows';
import type { ResultRow } from '../logs/insights/result-rows';
import type { LastRun } from './log-widget-cost';

export interface LogQuestion {
  /** The same for the same question: widgets that ask alike share a run. */
  key: string;
  targets: LogTarget[];
  query: string;
  language: InsightsQuery['language'];
  range: DashboardRange;
}

/** Rows on show with the run that brought them. */
export interface LogRows {
  queryId: string;
  revision: number;
  columns: readonly string[];
  rows: readonly ResultRow[];
  asked: InsightsQuery;
  state: InsightsState;
}

export interface LogRun {
  asked: InsightsQuery;
  /** Null until main took it. */
  state: InsightsState | null;
  /** Main refused it, or its rows could not be read. */
  failure: Failure | null;
  running: boolean;
  /** A person stopped it. */
  stopped: boolean;
  /** The page's turn when it began. */
  turn: number;
  /** Of this run or, until this one has ended, of the one before. */
  held: LogRows | null;
  last: LastRun | null;
}

export interface LogRunPorts {
  query(query: InsightsQuery): Promise<InsightsState>;
  rows(queryId: string, from: number, count: number): Promise<InsightsRows>;
  stop(queryId: string): void;
  /** Main forgets its rows. */
  close(queryId: string): void;
  toFailure(error: unknown, operation: string): Failure;
  now(): number;
  changed(runs: ReadonlyMap<string, LogRun>): void;
}

/** Of one account and region: CloudWatch takes a few tens at once, and not only from here. */
const MOST_AT_ONCE = 8;
/** Questions whose rows are kept. */
const MOST_KEPT = 60;
const PAGE_ROWS = 10_000;
/** Lines are long; rows of `stats` are not, and a chart wants all of them. */
const MOST_LINES = 1_000;
const MOST_STATS = 10_000;

const placeOf = ({ targets }: Pick<InsightsQuery, 'targets'>): string =>
  `${targets[0]?.connectionId ?? ''} ${targets[0]?.region ?? ''}`;

export class LogRuns {
  private runs: ReadonlyMap<string, LogRun> = new Map();
  private readonly watchers = new Map<string, number>();
  private readonly fetching = new Set<string>();
  /** Taken up but not begun, because its account and region is busy. */
  private queue: { key: string; asked: InsightsQuery }[] = [];

  constructor(private readonly ports: LogRunPorts) {}

  of(key: string): LogRun | null {
    return this.runs.get(key) ?? null;
  }

  /** Begins anew, unless it runs already. */
  start({ key, targets, query, language, range }: LogQuestion, turn: number): void {
    const before = this.of(key);
    const window = windowOf(range, this.ports.now());
    if (before?.running === true || window === null) return;
    const asked: InsightsQuery = {
      queryId: crypto.randomUUID(),
      targets,
      startMs: Math.floor(window.startMs),
      endMs: Math.ceil(window.endMs),
      query,
      language,
      limit: /\bstats\b|\bgroup\s+by\b/i.test(query) ? MOST_STATS : MOST_LINES,
    };
    const held = before?.held ?? null;
    const last = before?.last ?? null;
    const began = { state: null, failure: null, running: true, stopped: false };
    this.put(key, { asked, turn, held, last, ...began });
    this.queue.push({ key, asked });
    this.next();
  }

  /** CloudWatch stops reading, and charging. The rows that came are shown. */
  stop(key: string): void {
    const run = this.of(key);
    if (run?.running !== true) return;
    const waits = this.queue.some(({ asked }) => asked === run.asked);
    this.queue = this.queue.filter(({ asked }) => asked !== run.asked);
    this.put(key, { ...run, stopped: true, running: !waits && run.running });
    if (waits) return;
    this.ports.stop(run.asked.queryId);
  }

  /** A widget shows this question until the answer is called; when nobody does, it is stopped and forgotten. */
  watch(key: string): () => void {
    this.watchers.set(key, (this.watchers.get(key) ?? 0) + 1);
    return () => {
      const left = (this.watchers.get(key) ?? 1) - 1;
      if (left > 0) this.watchers.set(key, left);
      else {
        this.watchers.delete(key);
        this.leave(key);
      }
    };
  }

  /** How main says a query is. */
  told(state: InsightsState): void {
    for (const [key, run] of this.runs) {
      if (run.asked.queryId !== state.queryId || !run.running) continue;
      this.put(key, { ...run, state });
      void this.fetch(key, run.asked);
    }
  }

  private leave(key: string): void {
    const run = this.of(key);
    if (run?.running !== true) return;
    this.stop(key);
    // Nobody looked when it was cut short: the next who comes asks anew.
    if (run.held === null) this.drop(key);
    else this.put(key, { ...run, running: false, stopped: false, state: null });
    this.ports.close(run.asked.queryId);
    this.next();
  }

  private next(): void {
    const busy = new Map<string, number>();
    for (const { running, asked } of this.runs.values()) {
      if (!running || this.queue.some((one) => one.asked === asked)) continue;
      busy.set(placeOf(asked), (busy.get(placeOf(asked)) ?? 0) + 1);
    }
    this.queue = this.queue.filter((waiting) => {
      const place = placeOf(waiting.asked);
      const count = busy.get(place) ?? 0;
      if (count >= MOST_AT_ONCE) return true;
      busy.set(place, count + 1);
      void this.begin(waiting.asked);
      return false;
    });
  }

  private async begin(asked: InsightsQuery): Promise<void> {
    try {
      const state = await this.ports.query(asked);
      const key = this.keyOf(asked);
      // What was pushed meanwhile is newer; who left meanwhile wants none of it.
      if (key === null) this.ports.close(asked.queryId);
      else if (this.of(key)?.state === null) this.told(state);
    } catch (error) {
      this.fail(asked, this.ports.toFailure(error, 'logs.query'));
    }
  }

  /** Rows whenever they are others; those of an earlier run stay until this one has ended. */
  private async fetch(key: string, asked: InsightsQuery): Promise<void> {
    if (this.fetching.has(asked.queryId)) return;
    this.fetching.add(asked.queryId);
    try {
      for (let due = this.due(key, asked); due !== null; due = this.due(key, asked)) {
        const ended = due.phase !== 'running';
        const held = await this.read(due, asked);
        const run = this.of(key);
        if (run === null || run.asked !== asked || !run.running) return;
        this.put(key, { ...run, held: held ?? run.held });
        if (ended) return this.end(key, asked, due);
      }
    } catch (error) {
      this.fail(asked, this.ports.toFailure(error, 'logs.queryRows'));
    } finally {
      this.fetching.delete(asked.queryId);
    }
  }

  private due(key: string, asked: InsightsQuery): InsightsState | null {
    const run = this.of(key);
    const state = run?.state ?? null;
    if (run === null || run.asked !== asked || state === null || !run.running) return null;
    if (state.phase !== 'running') return state;
    if (run.held !== null && run.held.queryId !== asked.queryId) return null;
    return state.rows > 0 && (run.held?.revision ?? -1) < state.revision ? state : null;
  }

  /** Null where a failed run brought nothing: what is on show stays. */
  private async read(state: InsightsState, asked: InsightsQuery): Promise<LogRows | null> {
    if (state.rows === 0) {
      if (state.phase !== 'complete') return null;
      return { ...base(state, asked), revision: state.revision, rows: [] };
    }
    const rows: ResultRow[] = [];
    for (;;) {
      const page = await this.ports.rows(asked.queryId, rows.length, PAGE_ROWS);
      const found = readRows(page.rowsJson);
      for (const row of found) rows.push(row);
      if (found.length < PAGE_ROWS) return { ...base(state, asked), revision: page.revision, rows };
    }
  }

  private end(key: string, asked: InsightsQuery, state: InsightsState): void {
    const run = this.of(key);
    if (run === null) return;
    const failures = state.targets.flatMap(({ failure }) => failure ?? []);
    const last: LastRun = {
      startedAtMs: state.startedAt,
      endedAtMs: state.endedAt ?? this.ports.now(),
      bytes: state.targets.reduce((sum, { bytesScanned }) => sum + bytesScanned, 0),
      usd: state.costUsd,
      failed: state.phase !== 'complete' || failures.length > 0,
      invalid: failures.some(({ kind }) => kind === 'invalid'),
    };
    this.put(key, { ...run, running: false, last });
    this.ports.close(asked.queryId);
    this.forgetOldest();
    this.next();
  }

  private fail(asked: InsightsQuery, failure: Failure): void {
    const key = this.keyOf(asked);
    const run = key === null ? null : this.of(key);
    if (key === null || run === null) return;
    const at = this.ports.now();
    const invalid = failure.kind === 'invalid';
    const last = { startedAtMs: at, endedAtMs: at, bytes: 0, usd: 0, failed: true, invalid };
    this.put(key, { ...run, failure, running: false, last });
    this.next();
  }

  private keyOf(asked: InsightsQuery): string | null {
    for (const [key, run] of this.runs) if (run.asked === asked) return key;
    return null;
  }

  private forgetOldest(): void {
    for (const [key, { running }] of this.runs) {
      if (this.runs.size <= MOST_KEPT) return;
      if (!running && !this.watchers.has(key)) this.drop(key);
    }
  }

  private put(key: string, run: LogRun): void {
    const next = new Map(this.runs);
    // The last one changed stands last: the oldest are forgotten first.
    next.delete(key);
    next.set(key, run);
    this.runs = next;
    this.ports.changed(next);
  }

  private drop(key: string): void {
    const next = new Map(this.runs);
    next.delete(key);
    this.runs = next;
    this.ports.changed(next);
  }
}

const base = (state: InsightsState, asked: InsightsQuery) => ({
  queryId: asked.queryId,
  columns: state.columns,
  asked,
  state,
});
