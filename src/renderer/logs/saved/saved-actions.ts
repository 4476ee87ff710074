/** Saving and deleting, with the way back. */
import { draftOf } from '../../../shared/logs/saved-search';
import type { SavedSearch, SaveSearch, SearchDraft } from '../../../shared/logs/saved-search';
import { ask } from '../../bridge';
import { showFailure, showToast } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { useSearch } from '../search/search-run';
import { useLogs } from '../store';

/** Deletes it; the toast brings it back as it was. */
export async function deleteSaved(search: SavedSearch): Promise<void> {
  if (search.source === 'starter') return;
  const back: SaveSearch = { id: search.id, source: search.source, search: draftOf(search) };
  try {
    await ask('logs.deleteSearch', search.id);
  } catch (error) {
    showFailure(error, 'logs.deleteSearch');
    return;
  }
  showToast({
    level: 'done',
    text: `Deleted ${safeText(search.name)}`,
    detail: null,
    action: {
      label: 'Undo',
      run: () =>
        void ask('logs.saveSearch', back).catch((error: unknown) =>
          showFailure(error, 'logs.saveSearch'),
        ),
    },
  });
}

/** What is searched for now, to be named. */
export function currentDraft(columns: readonly string[]): SearchDraft {
  const { chosen, range, pattern, newestFirst } = useLogs.getState();
  const { run } = useSearch.getState();
  const [first] = chosen;
  const one = first !== undefined && chosen.every((g) => g.connectionId === first.connectionId);
  const names = [...new Set(chosen.map(({ name }) => name))].slice(0, 50);
  return {
    kind: 'filter',
    name: '',
    description: '',
    parameters: [],
    range: range.current,
    groups: names.map((glob) => ({ glob, connectionId: one ? first.connectionId : null })),
    newestFirst,
    columns: [...columns],
    pattern: pattern.trim(),
    filterText: run?.pane.getState().filterText ?? '',
    queryString: null,
  };
}
