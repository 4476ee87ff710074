/** Runs queries: asks main, hears how far they are, and fetches rows whenever they changed. */
import { useEffect } from 'react';
import { windowOf } from '../../../shared/dashboards/time-range';
import type { InsightsQuery, InsightsState } from '../../../shared/logs/insights';
import { ask, listen, toFailure } from '../../bridge';
import { showFailure } from '../../stores/toasts';
import { useLogs } from '../store';
import { columnOrder, isInOrder } from './column-order';
import { entryOf, openHistory, rememberQuery } from './history';
import { queriedOf, runProblem } from './queried';
import { readRows } from './result-rows';
import type { ResultRow } from './result-rows';
import { isRunning, shownRun, useInsights } from './store';
import type { HeldRows, QueryRun } from './store';

/** Runs of this window that can be gone back to; main holds their rows. */
const HELD_RUNS = 20;
/** The most one request for rows may ask for. */
const PAGE_ROWS = 10_000;

/** Runs what is written over the groups and the time chosen; one that still runs is stopped first. */
export async function runQuery(): Promise<void> {
  const query = wanted();
  if (query === null) return;
  if (isRunning(shownRun(useInsights.getState()))) stopQuery();
  const entry = entryOf(query);
  const run: QueryRun = { asked: query, entry, kept: false, state: null, failure: null };
  useInsights.setState(({ runs }) => ({
    runs: letGo([run, ...runs]),
    shown: query.queryId,
    held: null,
  }));
  try {
    const state = await ask('logs.query', query);
    // What was pushed meanwhile is newer.
    if (runOf(query.queryId)?.state === null) takeState(state);
  } catch (error) {
    const failure = toFailure(error, 'logs.query');
    change(query.queryId, (held) => ({ ...held, failure }));
  }
}

function wanted(): InsightsQuery | null {
  const { text, language, limit } = useInsights.getState();
  const { chosen, range } = useLogs.getState();
  const queried = queriedOf(chosen);
  // Not the page's clock: what is asked for now means now.
  const window = windowOf(range.current, Date.now());
  if (window === null || runProblem(text, queried) !== null) return null;
  return {
    queryId: crypto.randomUUID(),
    targets: queried.targets,
    startMs: Math.floor(window.startMs),
    endMs: Math.ceil(window.endMs),
    query: text,
    language,
    limit,
  };
}

function letGo(runs: readonly QueryRun[]): readonly QueryRun[] {
  for (const { asked, state } of runs.slice(HELD_RUNS)) {
    // What main refused, it never had.
    if (state === null) continue;
    ask('logs.close', asked.queryId).catch((error: unknown) => showFailure(error, 'logs.close'));
  }
  return runs.slice(0, HELD_RUNS);
}

/** CloudWatch stops reading, and charging; the rows that came stay. */
export function stopQuery(): void {
  const run = shownRun(useInsights.getState());
  if (run === null || !isRunning(run)) return;
  ask('logs.stop', run.asked.queryId).catch((error: unknown) => showFailure(error, 'logs.stop'));
}

/** Shows what an earlier run of this window found; nothing is read anew. */
export function showRun(queryId: string): void {
  const { held } = useInsights.getState();
  const run = runOf(queryId);
  if (run === undefined) return;
  openHistory(run.entry);
  useInsights.setState({
    shown: queryId,
    held: held?.queryId === queryId ? held : null,
    limit: run.asked.limit,
  });
  void fetchRows();
}

const runOf = (queryId: string): QueryRun | undefined =>
  useInsights.getState().runs.find(({ asked }) => asked.queryId === queryId);

function takeState(state: InsightsState): void {
  const run = runOf(state.queryId);
  if (run === undefined) return;
  // A query that CloudWatch could not even read is not worth finding again.
  const taken = state.targets.some(({ status }) => status !== 'waiting' && status !== 'failed');
  if (taken && !run.kept) rememberQuery(run.entry);
  change(state.queryId, (held) => ({ ...held, state, kept: held.kept || taken }));
}

function change(queryId: string, to: (run: QueryRun) => QueryRun): void {
  useInsights.setState(({ runs }) => ({
    runs: runs.map((run) => (run.asked.queryId === queryId ? to(run) : run)),
  }));
  void fetchRows();
}

let fetching = false;

/** Fetches the rows of the run on show until they are those main told of; one request at a time. */
async function fetchRows(): Promise<void> {
  if (fetching) return;
  fetching = true;
  try {
    for (let due = rowsDue(); due !== null; due = rowsDue()) await fetchOnce(due);
  } finally {
    fetching = false;
  }
}

function rowsDue(): InsightsState | null {
  const store = useInsights.getState();
  const run = shownRun(store);
  const state = run?.state ?? null;
  if (run === null || state === null || run.failure !== null) return null;
  const { held } = store;
  return held?.queryId === state.queryId && held.revision >= state.revision ? null : state;
}

async function fetchOnce({ queryId }: InsightsState): Promise<void> {
  try {
    const held = await readAll(queryId);
    useInsights.setState((store) => ({
      held: store.shown === queryId ? held : store.held,
      fields: new Set([...store.fields, ...held.columns]),
    }));
  } catch (error) {
    const failure = toFailure(error, 'logs.queryRows');
    change(queryId, (run) => ({ ...run, failure }));
  }
}

/** All rows, of one revision: where they change between two pages, it begins anew. */
async function readAll(queryId: string): Promise<HeldRows> {
  for (;;) {
    const read = await readOneRevision(queryId);
    if (read === null) continue;
    const { columns, revision } = stateOf(queryId);
    // Columns come with the state: rows of another revision than told are asked for again once it is told.
    const held = { queryId, columns, rows: read.rows, revision: Math.min(read.revision, revision) };
    return asNamed(held, runOf(queryId)?.asked.query ?? '');
  }
}

function asNamed(held: HeldRows, query: string): HeldRows {
  const order = columnOrder(query, held.columns);
  if (isInOrder(order)) return held;
  return {
    ...held,
    columns: order.map((place) => held.columns[place] ?? ''),
    rows: held.rows.map((row) => ({
      ...row,
      values: order.map((place) => row.values[place] ?? null),
    })),
  };
}

async function readOneRevision(
  queryId: string,
): Promise<{ revision: number; rows: ResultRow[] } | null> {
  const rows: ResultRow[] = [];
  let revision: number | null = null;
  for (;;) {
    const page = await ask('logs.queryRows', { queryId, from: rows.length, count: PAGE_ROWS });
    if (revision !== null && page.revision !== revision) return null;
    revision = page.revision;
    const found = readRows(page.rowsJson);
    for (const row of found) rows.push(row);
    if (found.length < PAGE_ROWS) return { revision, rows };
  }
}

function stateOf(queryId: string): { columns: readonly string[]; revision: number } {
  return runOf(queryId)?.state ?? { columns: [], revision: 0 };
}

/** Returns what ends it. */
export const hearQueries = (): (() => void) => listen('logs.querying', takeState);

let hearing = false;

/** Hears how queries get on, from the first visit on: they go on when one leaves the page. */
export function useInsightsPage(): void {
  useEffect(() => {
    if (hearing) return;
    hearing = true;
    hearQueries();
  }, []);
}
