/** A line that a new search is to show: found among what has come, gone to, and said when it is not there. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { EngineClient } from '../../../shared/logs/engine-client';
import type { LogSource } from '../../../shared/logs/log-event';
import { noteExcerpt } from '../../../shared/logs/notes';
import { rowsOf } from '../events/row-pages';
import { usePane, usePaneClient, usePaneStore } from '../events/pane';
import type { Pane, PaneState } from '../events/pane';
import { startSearch, useSearch } from '../search/search-run';
import { useLogs } from '../store';
import { showFailure, showToast } from '../../stores/toasts';

/** Names a line across searches: arrival numbers differ from one to the next. */
export interface WantedLine extends LogSource {
  /** ms UTC. */
  timestamp: number;
  /** The beginning of the line. */
  excerpt: string;
}

interface Wanted {
  /** The search that is to show it. */
  dataset: string;
  line: WantedLine;
}

const useWanted = create<{ wanted: Wanted | null }>()(() => ({ wanted: null }));

/** Looked at before and after a line (ms). */
export const AROUND_MS = 60_000;

/** A new search, without a pattern, over the line's group around its time; the line is selected when it comes. */
export function searchAround(line: WantedLine): void {
  const { connectionId, region, group, timestamp } = line;
  const { showTab, setPattern } = useLogs.getState();
  showTab('search');
  setPattern('');
  const before = useSearch.getState().run?.search.searchId;
  startSearch({
    groups: [{ connectionId, region, name: group }],
    startMs: timestamp - AROUND_MS,
    endMs: timestamp + AROUND_MS,
    pattern: '',
  }).catch((error: unknown) => showFailure(error, 'logs.search'));
  // The search is there at once, its events come later.
  const dataset = useSearch.getState().run?.search.searchId;
  if (dataset !== undefined && dataset !== before)
    useWanted.setState({ wanted: { dataset, line } });
}

/** Rows looked at each side of the first of the line's time. */
const BESIDE = 500;
/** Holds the excerpt's characters in UTF-8. */
const EXCERPT_BYTES = 2_048;

/** Its place in the view, or -1 when it is not there (yet). */
export async function placeOfLine(
  client: EngineClient,
  { dataset, view }: { dataset: string; view: string },
  line: WantedLine,
  signal?: AbortSignal,
): Promise<number> {
  const names = { dataset, view };
  const near = await client.ask('placeOf', { ...names, at: { timeMs: line.timestamp } }, signal);
  const from = Math.max(0, near - BESIDE);
  const asked = { ...names, from, count: 2 * BESIDE, maxBytes: EXCERPT_BYTES };
  const page = await client.ask('rows', asked, signal);
  const sources = await client.ask('sources', { dataset }, signal);
  const at = rowsOf(page).findIndex((row) => {
    const source = sources[row.source];
    return (
      row.timestamp === line.timestamp &&
      source?.stream === line.stream &&
      source.group === line.group &&
      noteExcerpt(row.text) === line.excerpt
    );
  });
  return at === -1 ? -1 : page.from + at;
}

/** Goes to the line that this pane's search was started for; once for each events pane. */
export function useWantedLine(): void {
  const pane = usePaneStore();
  const client = usePaneClient();
  const wanted = useWanted((state) => state.wanted);
  const count = usePane(({ state }) => state?.count ?? 0);
  const revision = usePane(({ state }) => state?.revision ?? 0);
  const complete = usePane(({ state }) => state?.complete ?? false);
  const ended = useSearch(({ run }) => run?.progress?.endedAt != null);
  useEffect(() => {
    if (wanted === null || wanted.dataset !== pane.getState().dataset) return;
    const abort = new AbortController();
    goToLine(client, pane, wanted.line, abort.signal)
      .then((found) => {
        if (abort.signal.aborted) return;
        if (found) useWanted.setState({ wanted: null });
        else if (ended && complete) return tellIfMissing(client, pane, abort.signal);
        return undefined;
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted && ended) showFailure(error, 'logs.search');
      });
    return () => abort.abort();
  }, [wanted, pane, client, count, revision, complete, ended]);
}

async function goToLine(
  client: EngineClient,
  pane: Pane,
  line: WantedLine,
  signal: AbortSignal,
): Promise<boolean> {
  if ((pane.getState().state?.count ?? 0) === 0) return false;
  const place = await placeOfLine(client, pane.getState(), line, signal);
  if (place === -1 || signal.aborted) return place !== -1;
  pane.getState().goTo(place);
  return true;
}

async function tellIfMissing(client: EngineClient, pane: Pane, signal: AbortSignal): Promise<void> {
  if ((await hasShownAll(client, pane.getState())) && !signal.aborted) notThere();
}

/** The view may still have to be told of what the search has brought; it says so when it has been. */
export async function hasShownAll(
  client: EngineClient,
  { dataset, state }: Pick<PaneState, 'dataset' | 'state'>,
): Promise<boolean> {
  const { rows } = await client.ask('stats', { dataset });
  return rows <= (state?.total ?? 0);
}

function notThere(): void {
  useWanted.setState({ wanted: null });
  showToast({
    level: 'error',
    text: 'The line was not found again',
    detail:
      'Its group may keep lines for a shorter time, or the search could not read all of it: see “By group”.',
    action: null,
  });
}
