/** How wide the detail is, while the window is open. */
import { create } from 'zustand';

export const NARROWEST = 300;
export const WIDEST = 1_400;
const USUAL = 416;

interface Width {
  px: number;
  set(px: number): void;
  reset(): void;
}

export const useDetailWidth = create<Width>()((set) => ({
  px: USUAL,
  set: (px) => set({ px: Math.round(Math.max(NARROWEST, Math.min(WIDEST, px))) }),
  reset: () => set({ px: USUAL }),
}));
