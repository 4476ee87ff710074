/**
 * Events of one dataset of the engine as they are looked at: filter, zoom, order, selection. Search and live tail
 * each hold one; grid, histogram, facets, patterns and detail share it through the context.
 */
import { createContext, useContext } from 'react';
import { createStore, useStore } from 'zustand';
import type { StoreApi } from 'zustand';
import type { TimeWindow } from '../../../shared/dashboards/time-range';
import type { EngineClient } from '../../../shared/logs/engine-client';
import type { ViewState } from '../../../shared/logs/engine-protocol';
import type { Filter } from '../../../shared/logs/filter/filter';
import { parseFilter } from '../../../shared/logs/filter/parse';
import type { FilterMistake } from '../../../shared/logs/filter/scanner';
import { narrowedBy } from '../filter/clauses';

export interface PaneState {
  /** Name of the engine's dataset: the search's or tail's id. */
  readonly dataset: string;
  /** Name of the engine's view that the grid shows. */
  readonly view: string;
  /** As typed; what does not parse leaves the filter before in force. */
  filterText: string;
  filter: Filter;
  filterMistake: FilterMistake | null;
  /** Brushed in the histogram: only events within it are shown. */
  zoom: TimeWindow | null;
  newestFirst: boolean;
  /** What the engine last said of the view; null before it said anything. */
  state: ViewState | null;
  failure: string | null;
  /** The engine holds nothing of the dataset (any more). */
  gone: boolean;
  /** Keeps the newest line in sight, at the end; null where nothing is followed. */
  follow: boolean | null;
  /** What came since it was paused; null while it is not. */
  paused: ViewState | null;
  /** Words marked where they stand, beside what the filter asks for. */
  highlights: readonly string[];
  /** Arrival number of the selected event. */
  selected: number | null;
  /** Where in the view the selected event is, if known; -1 when the filter hides it. */
  selectedAt: number | null;
  /** A place in the view to be scrolled to and selected; another object asks again. */
  target: { place: number } | null;
  setFilterText(text: string): void;
  /** Narrows by one more clause, such as `level:error` or `-path:"/health"`. */
  addClause(clause: string): void;
  setZoom(zoom: TimeWindow | null): void;
  setNewestFirst(newestFirst: boolean): void;
  select(seq: number | null, at?: number | null): void;
  goTo(place: number): void;
  setFollow(follow: boolean): void;
  /** What is on show stays as it is, and what comes is kept for later. */
  pause(): void;
  resume(): void;
  setHighlights(words: readonly string[]): void;
  took(state: ViewState): void;
  failed(message: string | null): void;
  /** The engine does not know the dataset: what was said of it before is no longer so. */
  lost(): void;
}

export type Pane = StoreApi<PaneState>;

export function createPane(dataset: string, newestFirst: boolean, filterText = ''): Pane {
  return createStore<PaneState>()((set, get) => ({
    dataset,
    view: 'main',
    ...read(filterText, { kind: 'all' }),
    zoom: null,
    newestFirst,
    state: null,
    failure: null,
    gone: false,
    follow: null,
    paused: null,
    highlights: [],
    selected: null,
    selectedAt: null,
    target: null,
    setFilterText: (text) => set((state) => read(text, state.filter)),
    addClause: (clause) => get().setFilterText(narrowedBy(get().filterText, clause)),
    setZoom: (zoom) => set({ zoom }),
    setNewestFirst: (order) => set({ newestFirst: order }),
    select: (selected, at = null) => set({ selected, selectedAt: at }),
    goTo: (place) => set({ target: { place } }),
    setFollow: (follow) => set({ follow }),
    pause: () => set(({ state }) => ({ paused: state })),
    resume: () => set(({ state, paused }) => ({ state: paused ?? state, paused: null })),
    setHighlights: (highlights) => set({ highlights }),
    took: (state) =>
      set(({ paused }) =>
        paused === null ? { state, failure: null, gone: false } : { paused: state },
      ),
    failed: (failure) => set({ failure }),
    lost: () =>
      set({
        state: null,
        paused: null,
        failure: null,
        gone: true,
        selected: null,
        selectedAt: null,
      }),
  }));
}

function read(
  filterText: string,
  before: Filter,
): Pick<PaneState, 'filterText' | 'filter' | 'filterMistake'> {
  const parsed = parseFilter(filterText);
  return parsed.ok
    ? { filterText, filter: parsed.filter, filterMistake: null }
    : { filterText, filter: before, filterMistake: parsed.mistake };
}

/** What the engine is asked for: the typed filter within the zoom. */
export function effectiveFilter({ filter, zoom }: Pick<PaneState, 'filter' | 'zoom'>): Filter {
  if (zoom === null) return filter;
  const within: Filter = {
    kind: 'field',
    path: '@time',
    test: {
      kind: 'range',
      from: zoom.startMs,
      to: zoom.endMs,
      fromIncluded: true,
      toIncluded: false,
    },
  };
  return filter.kind === 'all' ? within : { kind: 'and', of: [within, filter] };
}

export interface PaneParts {
  pane: Pane;
  client: EngineClient;
}

export const PaneContext = createContext<PaneParts | null>(null);

function parts(found: PaneParts | null): PaneParts {
  if (found === null) throw new Error('There are no events here.');
  return found;
}

export function usePane<T>(select: (state: PaneState) => T): T {
  return useStore(parts(useContext(PaneContext)).pane, select);
}

/** The store itself, for what is done and not drawn. */
export function usePaneStore(): Pane {
  return parts(useContext(PaneContext)).pane;
}

export function usePaneClient(): EngineClient {
  return parts(useContext(PaneContext)).client;
}
