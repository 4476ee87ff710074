/** Which fields are open at the side and what the side shows, for all searches of the window. */
import { create } from 'zustand';

export type SideTab = 'fields' | 'patterns';

interface FacetState {
  /** What was opened or closed by hand, by path. */
  chosen: Readonly<Record<string, boolean>>;
  search: string;
  /** Null: the side is closed. */
  tab: SideTab | null;
  setOpen(path: string, open: boolean): void;
  setSearch(search: string): void;
  setTab(tab: SideTab | null): void;
}

export const useFacetState = create<FacetState>()((set) => ({
  chosen: {},
  search: '',
  tab: 'fields',
  setOpen: (path, open) => set(({ chosen }) => ({ chosen: { ...chosen, [path]: open } })),
  setSearch: (search) => set({ search }),
  setTab: (tab) => set({ tab }),
}));
