/** The saved searches as main has them, heard from the first use on. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { SavedSearch, SearchDraft } from '../../../shared/logs/saved-search';
import { ask, listen, toFailure } from '../../bridge';

/** Which of the dialogs is open. */
export type SavedDialog =
  | { kind: 'list' }
  | { kind: 'edit'; id: string | null; source: 'own' | 'imported'; draft: SearchDraft }
  | { kind: 'values'; search: SavedSearch }
  | { kind: 'import' };

interface SavedState {
  /** Null before main answered. */
  list: readonly SavedSearch[] | null;
  failure: string | null;
  dialog: SavedDialog | null;
}

export const useSaved = create<SavedState>()(() => ({ list: null, failure: null, dialog: null }));

export const openSavedDialog = (dialog: SavedDialog | null): void => useSaved.setState({ dialog });

let hearing = false;

async function load(): Promise<void> {
  try {
    useSaved.setState({ list: await ask('logs.savedSearches', undefined), failure: null });
  } catch (error) {
    useSaved.setState({ failure: toFailure(error, 'logs.savedSearches').message });
  }
}

/** Asks for them on the first use, and again after a failure; hears every change. */
export function useSavedKept(): void {
  useEffect(() => {
    if (!hearing)
      listen('logs.savedSearches', (list) => useSaved.setState({ list, failure: null }));
    hearing = true;
    if (useSaved.getState().list === null) void load();
  }, []);
}
