/** The searches of this window: the one on show, those before it, and how far each got. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { windowOf } from '../../../shared/dashboards/time-range';
import type { LogSearch, SearchProgress } from '../../../shared/logs/search';
import type { LogGroupRef } from '../../../shared/logs/settings';
import { ask, listen, toFailure } from '../../bridge';
import { saveSettings, useSettings } from '../../stores/settings';
import { showFailure } from '../../stores/toasts';
import { createPane } from '../events/pane';
import type { Pane } from '../events/pane';
import { isSameGroup, targetsOf, useLogs } from '../store';

/** One search and how its events are looked at. */
export interface SearchRun {
  search: LogSearch;
  pane: Pane;
  progress: SearchProgress | null;
  failure: string | null;
  /** Grows when the engine's dataset was opened again. */
  opened: number;
}

interface SearchState {
  run: SearchRun | null;
  /** Earlier searches that are still held, the last one last. */
  before: readonly SearchRun[];
}

/** Searches held for the way back; older ones are let go with their events. */
const HELD = 4;
const RECENT_GROUPS = 30;

export const useSearch = create<SearchState>()(() => ({ run: null, before: [] }));

export interface SearchOptions {
  /** In place of what the page has chosen. */
  groups?: readonly LogGroupRef[];
  startMs?: number;
  endMs?: number;
  pattern?: string;
  newestFirst?: boolean;
  /** The local filter to begin with. */
  filterText?: string;
}

/** Searches for what the page says, or what is given instead; the search on show is kept for the way back. */
export async function startSearch(options: SearchOptions = {}): Promise<void> {
  const search = wanted(options);
  if (search === null) return;
  const pane = createPane(search.searchId, search.newestFirst, options.filterText ?? '');
  useSearch.setState(({ run, before }) => ({
    run: { search, pane, progress: null, failure: null, opened: 0 },
    before: run === null ? before : keep([...before, run]),
  }));
  rememberGroups(options.groups ?? useLogs.getState().chosen);
  try {
    const progress = await ask('logs.search', search);
    // What was pushed meanwhile is newer; only now is the engine's dataset there to be looked at.
    change(search.searchId, (run) => ({ ...run, progress: run.progress ?? progress, opened: 1 }));
  } catch (error) {
    const failure = toFailure(error, 'logs.search').message;
    change(search.searchId, (run) => ({ ...run, failure }));
  }
}

function wanted(options: SearchOptions): LogSearch | null {
  const { chosen, range, pattern, newestFirst } = useLogs.getState();
  const groups = options.groups ?? chosen;
  // Not the page's clock: a search that is asked for now means now.
  const window = windowOf(range.current, Date.now());
  if (groups.length === 0 || window === null) return null;
  return {
    searchId: crypto.randomUUID(),
    targets: targetsOf(groups),
    startMs: Math.floor(options.startMs ?? window.startMs),
    endMs: Math.ceil(options.endMs ?? window.endMs),
    pattern: (options.pattern ?? pattern).trim(),
    newestFirst: options.newestFirst ?? newestFirst,
    maxEvents: useSettings.getState().settings?.logs.maxEvents ?? 100_000,
  };
}

/** Lets go of the oldest beyond those that are held. */
function keep(runs: readonly SearchRun[]): SearchRun[] {
  const gone = runs.slice(0, Math.max(0, runs.length - HELD));
  for (const { search } of gone) closeSearch(search.searchId);
  return runs.slice(gone.length);
}

function closeSearch(id: string): void {
  ask('logs.close', id).catch((error: unknown) => showFailure(error, 'logs.close'));
}

export function stopSearch(): void {
  const { run } = useSearch.getState();
  if (run === null) return;
  ask('logs.stop', run.search.searchId).catch((error: unknown) => showFailure(error, 'logs.stop'));
}

/** Goes on where it stopped, and tries again what failed. */
export async function resumeSearch(): Promise<void> {
  const { run } = useSearch.getState();
  if (run === null) return;
  const { searchId } = run.search;
  try {
    await ask('logs.resume', searchId);
    change(searchId, (held) => ({ ...held, failure: null, opened: held.opened + 1 }));
  } catch (error) {
    const failure = toFailure(error, 'logs.resume').message;
    change(searchId, (held) => ({ ...held, failure }));
  }
}

/** Back to the search before, with its filter and place; the one on show is let go. */
export function backToSearchBefore(): void {
  const { run, before } = useSearch.getState();
  const last = before.at(-1);
  if (last === undefined) return;
  if (run !== null) closeSearch(run.search.searchId);
  useSearch.setState({ run: last, before: before.slice(0, -1) });
  // The bar says what is on show; a search that followed an id had put its own pattern there.
  useLogs.getState().setPattern(last.search.pattern);
}

/** Away with the search on show, to choose groups anew; it stays on the way back. */
export function leaveSearch(): void {
  useSearch.setState(({ run, before }) => ({
    run: null,
    before: run === null ? before : keep([...before, run]),
  }));
}

function change(id: string, to: (run: SearchRun) => SearchRun): void {
  const changed = (run: SearchRun): SearchRun => (run.search.searchId === id ? to(run) : run);
  useSearch.setState(({ run, before }) => ({
    run: run === null ? null : changed(run),
    before: before.map(changed),
  }));
}

/** As pushed. */
export function takeProgress(progress: SearchProgress): void {
  change(progress.searchId, (run) => ({ ...run, progress }));
}

function rememberGroups(groups: readonly LogGroupRef[]): void {
  const logs = useSettings.getState().settings?.logs;
  if (logs === undefined) return;
  const others = logs.recent.filter((one) => !groups.some((group) => isSameGroup(one, group)));
  const recent = [...groups, ...others].slice(0, RECENT_GROUPS);
  saveSettings({ logs: { ...logs, recent } }).catch((error: unknown) =>
    showFailure(error, 'settings.update'),
  );
}

let hearing = false;

/** Hears how searches get on, from the page's first visit on: they go on when one leaves it. */
export function useSearchPage(): void {
  useEffect(() => {
    if (hearing) return;
    hearing = true;
    listen('logs.searching', takeProgress);
  }, []);
}
