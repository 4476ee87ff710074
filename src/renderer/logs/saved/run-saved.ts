/** Runs a saved search: sets groups, time, pattern and filter, then searches or queries. */
import { assertNever } from '../../../shared/assert-never';
import { elasticSourceId } from '../../../shared/logs/elastic';
import { groupsFor } from '../../../shared/logs/saved-search';
import type { SavedSearch } from '../../../shared/logs/saved-search';
import { fillSearch } from '../../../shared/logs/saved-search-fill';
import type { FilledSearch, ParameterValues } from '../../../shared/logs/saved-search-fill';
import { useNavigation } from '../../stores/navigation';
import { saveSettings, useSettings } from '../../stores/settings';
import { showFailure, showToast } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { useGroups } from '../groups';
import { runQuery } from '../insights/run';
import { useInsights } from '../insights/store';
import { startSearch } from '../search/search-run';
import { useLogs } from '../store';
import { openSavedDialog } from './saved-list';

/** Runs it at once, or asks for its parameters first. */
export function pickSaved(search: SavedSearch): void {
  useNavigation.getState().show('logs');
  if (search.parameters.length === 0) {
    runSaved(search, {});
    return;
  }
  useLogs.getState().showTab('search');
  openSavedDialog({ kind: 'values', search });
}

/** Says what is wrong with the values; null when it runs. */
export function runSaved(search: SavedSearch, values: ParameterValues): string | null {
  const filled = fillSearch(search, values);
  if (!filled.ok) return filled.message;
  openSavedDialog(null);
  void startOnceKnown(search, filled.filled);
  return null;
}

async function startOnceKnown(search: SavedSearch, filled: FilledSearch): Promise<void> {
  await groupsKnown();
  if (!chooseGroups(search)) return;
  const { setRange } = useLogs.getState();
  if (search.range !== null) setRange(search.range);
  // The search itself changes these settings too: one after the other.
  await showColumns(search.columns);
  start(filled, search.newestFirst);
}

/** Lists of groups that take longer than this (ms) are not waited for. */
const LIST_WAIT_MS = 10_000;

/** Resolves when every connection's groups were listed, at the latest after a while. */
function groupsKnown(): Promise<void> {
  const known = (): boolean => {
    const { told, sources } = useGroups.getState();
    return told && sources.length > 0 && sources.every(({ phase }) => phase !== 'loading');
  };
  if (known()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      forget();
      clearTimeout(timer);
      resolve();
    };
    const forget = useGroups.subscribe(() => {
      if (known()) done();
    });
    const timer = setTimeout(done, LIST_WAIT_MS);
  });
}

function start(filled: FilledSearch, newestFirst: boolean): void {
  const { showTab, setPattern, setNewestFirst, chosen } = useLogs.getState();
  switch (filled.kind) {
    case 'filter': {
      const elastic = chosen.every((group) => elasticSourceId(group.connectionId) !== null);
      setPattern(elastic ? (filled.queryString ?? filled.pattern) : filled.pattern);
      setNewestFirst(newestFirst);
      showTab('search');
      void startSearch({ filterText: filled.filterText });
      return;
    }
    case 'insights':
      useInsights.setState({ text: filled.query, language: filled.language });
      showTab('insights');
      void runQuery();
      return;
    default:
      assertNever(filled);
  }
}

/** False where there is nothing to search in: then nothing is searched, and said. */
function chooseGroups({ groups, name }: SavedSearch): boolean {
  const { choose, chosen } = useLogs.getState();
  const { refs, unmatched } = groupsFor(groups, useGroups.getState().groups);
  if (refs.length > 0) choose(refs);
  if (refs.length === 0 && (groups.length > 0 || chosen.length === 0)) {
    showToast({
      level: 'error',
      text: `${safeText(name)} was not run: none of its log groups is known here.`,
      detail:
        groups.length === 0
          ? 'It says no groups: choose some, then run it again.'
          : `It looks in ${safeText(unmatched.join(', '))}. Edit it to look elsewhere, or connect the account they are in.`,
      action: null,
    });
    useLogs.getState().showTab('search');
    return false;
  }
  if (unmatched.length > 0) {
    showToast({
      level: 'done',
      text: `No log group here is called ${safeText(unmatched.join(', '))}.`,
      detail: `${safeText(name)} looks in the others.`,
      action: null,
    });
  }
  return true;
}

async function showColumns(columns: readonly string[]): Promise<void> {
  const logs = useSettings.getState().settings?.logs;
  if (logs === undefined || columns.length === 0) return;
  try {
    await saveSettings({ logs: { ...logs, columns: [...columns] } });
  } catch (error) {
    showFailure(error, 'settings.update');
  }
}
