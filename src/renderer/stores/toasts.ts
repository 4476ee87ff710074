/** Short answers to what was just done, with a way back where there is one. */
import { create } from 'zustand';
import { toFailure } from '../bridge';

export interface Toast {
  id: number;
  level: 'done' | 'error';
  text: string;
  detail: string | null;
  action: { label: string; run: () => void } | null;
}

interface Toasts {
  list: Toast[];
  dismiss(id: number): void;
}

/** How long a toast stays, ms; errors stay longer because there is more to read. */
const STAYS_MS = { done: 6_000, error: 15_000 } as const;
const MOST_AT_ONCE = 4;
let lastId = 0;

export const useToasts = create<Toasts>()((set) => ({
  list: [],
  dismiss: (id) => set((state) => ({ list: state.list.filter((toast) => toast.id !== id) })),
}));

/** Shows a toast; returns its id. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  lastId += 1;
  const id = lastId;
  useToasts.setState((state) => ({ list: [...state.list, { ...toast, id }].slice(-MOST_AT_ONCE) }));
  setTimeout(() => useToasts.getState().dismiss(id), STAYS_MS[toast.level]);
  return id;
}

/** Says that something a person asked for did not work, and what to do next. */
export function showFailure(error: unknown, operation: string): void {
  const failure = toFailure(error, operation);
  showToast({ level: 'error', text: failure.message, detail: failure.advice, action: null });
}
