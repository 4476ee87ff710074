/** How the list is looked at: the filter and what is marked. Lives outside the list, so that it survives a visit elsewhere. */
import { create } from 'zustand';
import { defaultFilter } from '../alarms/filter';
import type { AlarmFilter } from '../alarms/filter';

interface ListState {
  filter: AlarmFilter;
  /** The saved view in use, until the filter is changed. */
  viewId: string | null;
  marked: ReadonlySet<string>;
  /** Where a range of marks begins. */
  anchor: string | null;
  narrow(patch: Partial<AlarmFilter>): void;
  useView(viewId: string, filter: AlarmFilter): void;
  mark(keys: Iterable<string>, anchor: string | null): void;
  toggleMark(key: string): void;
  clearMarks(): void;
}

export const useList = create<ListState>()((set) => ({
  filter: defaultFilter,
  viewId: null,
  marked: new Set(),
  anchor: null,
  narrow: (patch) => set((state) => ({ filter: { ...state.filter, ...patch }, viewId: null })),
  useView: (viewId, filter) => set({ viewId, filter, marked: new Set(), anchor: null }),
  mark: (keys, anchor) => set({ marked: new Set(keys), anchor }),
  toggleMark: (key) =>
    set((state) => {
      const marked = new Set(state.marked);
      if (!marked.delete(key)) marked.add(key);
      return { marked, anchor: key };
    }),
  clearMarks: () => set({ marked: new Set(), anchor: null }),
}));
