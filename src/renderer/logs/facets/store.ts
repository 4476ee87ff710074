/** Which fields are open at the side, for all searches of the window. */
import { create } from 'zustand';

interface FacetState {
  /** What was opened or closed by hand, by path. */
  chosen: Readonly<Record<string, boolean>>;
  search: string;
  setOpen(path: string, open: boolean): void;
  setSearch(search: string): void;
}

export const useFacetState = create<FacetState>()((set) => ({
  chosen: {},
  search: '',
  setOpen: (path, open) => set(({ chosen }) => ({ chosen: { ...chosen, [path]: open } })),
  setSearch: (search) => set({ search }),
}));
