/** The one dialog that may be open over the window. */
import { create } from 'zustand';
import type { SavedView } from '../../shared/settings/settings';

export type Dialog =
  | { kind: 'snooze'; alarmKeys: string[] }
  | { kind: 'note'; alarmKey: string }
  /** Null saves the filter as a new view; a view is renamed. */
  | { kind: 'save-view'; view: SavedView | null }
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
