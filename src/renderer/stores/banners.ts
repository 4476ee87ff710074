/** Statements across the top of the window. */
import { create } from 'zustand';
import type { Banner } from '../../shared/ipc';

interface Banners {
  list: Banner[];
  apply(list: Banner[]): void;
}

export const useBanners = create<Banners>()((set) => ({
  list: [],
  apply: (list) => set({ list }),
}));
