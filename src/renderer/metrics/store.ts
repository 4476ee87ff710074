/** The scratch chart and where its metrics are looked for; survives leaving the page. */
import { create } from 'zustand';
import type { DashboardRange, MetricWidget } from '../../shared/dashboards/dashboard';
import { goBack, goTo, zoomTo } from '../../shared/dashboards/time-range';
import type { RangeHistory } from '../../shared/dashboards/time-range';
import { usePageClock } from '../dashboards/page-clock';
import { shifted } from '../dashboards/store';
import { useConnections } from '../stores/connections';
import { useNavigation } from '../stores/navigation';
import { emptyScratch } from './scratch';
import type { At } from './scratch';

/** Where metrics come from. */
export interface Place {
  connectionId: string;
  region: string;
}

interface MetricsState {
  /** Null: the first connection and region. */
  place: Place | null;
  text: string;
  /** Null: all. */
  namespace: string | null;
  widget: MetricWidget;
  /** The last change was a letter of the title. */
  retitling: boolean;
  past: MetricWidget[];
  future: MetricWidget[];
  range: RangeHistory;
  /** Draws the week before beneath. */
  compare: boolean;
  setPlace(place: Place): void;
  search(text: string): void;
  chooseNamespace(namespace: string | null): void;
  /** Changes the chart; can be undone. The same widget is no change. */
  change(edit: (widget: MetricWidget) => MetricWidget): void;
  /** As change, but a run of them is one step. */
  retitle(title: string): void;
  undo(): void;
  redo(): void;
  setRange(range: DashboardRange): void;
  zoom(fromMs: number, toMs: number): void;
  back(): void;
  /** Half a window earlier or later, not beyond now. */
  shift(by: -1 | 1): void;
  setCompare(compare: boolean): void;
}

/** Steps that can be taken back. */
const MOST_STEPS = 200;
const START_RANGE: DashboardRange = { start: '-PT3H', end: null };

export const useMetrics = create<MetricsState>()((set) => ({
  place: null,
  text: '',
  namespace: null,
  widget: emptyScratch(),
  retitling: false,
  past: [],
  future: [],
  range: { current: START_RANGE, past: [] },
  compare: false,
  setPlace: (place) => set({ place, namespace: null }),
  search: (text) => set({ text }),
  chooseNamespace: (namespace) => set({ namespace }),
  change: (edit) =>
    set((state) => {
      const widget = edit(state.widget);
      if (widget === state.widget) return state;
      const past = [...state.past, state.widget].slice(-MOST_STEPS);
      return { widget, past, future: [], retitling: false };
    }),
  retitle: (title) =>
    set((state) => {
      const widget = { ...state.widget, title };
      // Typing on: the step back leads to the title before the first letter.
      if (state.retitling) return { widget };
      return { widget, past: [...state.past, state.widget], future: [], retitling: true };
    }),
  undo: () =>
    set((state) => {
      const widget = state.past.at(-1);
      if (widget === undefined) return state;
      const future = [state.widget, ...state.future];
      return { widget, past: state.past.slice(0, -1), future, retitling: false };
    }),
  redo: () =>
    set((state) => {
      const [widget, ...future] = state.future;
      if (widget === undefined) return state;
      return { widget, past: [...state.past, state.widget], future, retitling: false };
    }),
  setRange: (range) => set((state) => ({ range: goTo(state.range, range) })),
  zoom: (fromMs, toMs) => set((state) => ({ range: zoomTo(state.range, fromMs, toMs) })),
  back: () => set((state) => ({ range: goBack(state.range) })),
  shift: (by) =>
    set((state) => {
      const next = shifted(state.range.current, by, usePageClock.getState().nowMs);
      return next === null ? state : { range: goTo(state.range, next) };
    }),
  setCompare: (compare) => set({ compare }),
}));

/** The place in force: the one chosen, else the first of the first connection. Null: no connection. */
export function usePlace(): Place | null {
  const chosen = useMetrics((state) => state.place);
  const first = useConnections((state) => state.list[0]);
  if (chosen !== null) return chosen;
  const region = first?.connection.regions[0];
  return first === undefined || region === undefined
    ? null
    : { connectionId: first.connection.id, region };
}

/** A place as lines of the chart say it. */
export function atPlace({ connectionId, region }: Place): At {
  const status = useConnections.getState().byId.get(connectionId);
  return { region, accountId: status?.accountId ?? null };
}

/** Opens the page with a copy of a widget as the scratch chart; what was there can be had back by undo. */
export function openInMetrics(
  widget: MetricWidget,
  connectionId: string,
  region: string,
  range?: DashboardRange,
): void {
  const { change, setPlace, setRange } = useMetrics.getState();
  const place = { connectionId, region: widget.region ?? region };
  change(() => ({
    ...widget,
    // From now on it belongs there, whatever place is looked at next.
    region: place.region,
    accountId: widget.accountId ?? atPlace(place).accountId,
    id: 'scratch',
    x: 0,
    y: 0,
    width: 24,
    height: 8,
    problems: [],
  }));
  setPlace(place);
  if (range !== undefined) setRange(range);
  useNavigation.getState().show('metrics');
}
