/** The one dialog that may be open over the window. */
import { create } from 'zustand';

export type Dialog =
  | { kind: 'snooze'; alarmKeys: string[] }
  | { kind: 'note'; alarmKey: string }
  | { kind: 'save-view' }
  | { kind: 'help' };

interface Dialogs {
  open: Dialog | null;
  show(dialog: Dialog): void;
  close(): void;
}

export const useDialogs = create<Dialogs>()((set) => ({
  open: null,
  show: (open) => set({ open }),
  close: () => set({ open: null }),
}));
