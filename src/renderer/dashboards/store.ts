/** Which dashboard is open and how it is looked at; survives leaving the page. */
import { create } from 'zustand';
import type { DashboardRange } from '../../shared/dashboards/dashboard';
import { goBack, goTo, rangeOf, windowOf, zoomTo } from '../../shared/dashboards/time-range';
import type { RangeHistory } from '../../shared/dashboards/time-range';
import { usePageClock } from './page-clock';

export interface DashboardPlace {
  connectionId: string;
  region: string;
}

interface DashboardsState {
  openId: string | null;
  filter: string;
  history: RangeHistory;
  /** The range was chosen by a person: another dashboard's own range does not replace it. */
  rangeChosen: boolean;
  compare: boolean;
  /** Where each dashboard without an account of its own is asked; the first connection until it is picked. */
  places: Readonly<Record<string, DashboardPlace>>;
  /** Widgets of the dashboard on show in reading order. */
  order: readonly string[];
  focused: string | null;
  full: string | null;
  numbers: ReadonlySet<string>;
  /** Widgets that wait for an answer. */
  fetching: ReadonlySet<string>;
  open(id: string | null): void;
  search(filter: string): void;
  setRange(range: DashboardRange): void;
  startWith(range: DashboardRange): void;
  zoom(from: number, to: number): void;
  back(): void;
  /** By half its length; -1 earlier, 1 later. */
  shift(by: -1 | 1): void;
  setCompare(compare: boolean): void;
  setPlace(id: string, place: DashboardPlace): void;
  setOrder(order: readonly string[]): void;
  focus(id: string | null): void;
  showFull(id: string | null): void;
  toggleNumbers(id: string): void;
  setFetching(id: string, fetching: boolean): void;
}

export const START_RANGE: DashboardRange = { start: '-PT3H', end: null };

/** The range half its length earlier or later, never beyond now. */
export function shifted(range: DashboardRange, by: -1 | 1, nowMs: number): DashboardRange | null {
  const window = windowOf(range, nowMs);
  if (window === null) return null;
  const length = window.endMs - window.startMs;
  const endMs = Math.min(nowMs, window.endMs + (by * length) / 2);
  if (endMs === window.endMs) return null;
  return rangeOf({ startMs: Math.round(endMs - length), endMs: Math.round(endMs) });
}

export const useDashboards = create<DashboardsState>()((set) => ({
  openId: null,
  filter: '',
  history: { current: START_RANGE, past: [] },
  rangeChosen: false,
  compare: false,
  places: {},
  order: [],
  focused: null,
  full: null,
  numbers: new Set(),
  fetching: new Set(),
  open: (openId) => set({ openId, focused: null, full: null, numbers: new Set(), order: [] }),
  search: (filter) => set({ filter }),
  setRange: (range) => set((state) => ({ history: goTo(state.history, range), rangeChosen: true })),
  startWith: (range) =>
    set((state) => (state.rangeChosen ? state : { history: { current: range, past: [] } })),
  zoom: (from, to) =>
    set((state) => ({ history: zoomTo(state.history, from, to), rangeChosen: true })),
  back: () => set((state) => ({ history: goBack(state.history) })),
  shift: (by) =>
    set((state) => {
      const next = shifted(state.history.current, by, usePageClock.getState().nowMs);
      return next === null ? state : { history: goTo(state.history, next), rangeChosen: true };
    }),
  setCompare: (compare) => set({ compare }),
  setPlace: (id, place) => set((state) => ({ places: { ...state.places, [id]: place } })),
  setOrder: (order) => set({ order }),
  focus: (focused) => set({ focused }),
  showFull: (full) => set({ full }),
  toggleNumbers: (id) =>
    set((state) => {
      const numbers = new Set(state.numbers);
      if (!numbers.delete(id)) numbers.add(id);
      return { numbers };
    }),
  setFetching: (id, busy) =>
    set((state) => {
      const fetching = new Set(state.fetching);
      if (busy) fetching.add(id);
      else fetching.delete(id);
      return { fetching };
    }),
}));
