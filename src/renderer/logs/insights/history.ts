/** Queries that were run, kept over restarts with the settings; and what opening one of them sets. */
import type { InsightsQuery } from '../../../shared/logs/insights';
import type { LogGroupRef, LogSettings, QueryHistoryEntry } from '../../../shared/logs/settings';
import { saveSettings, useSettings } from '../../stores/settings';
import { showFailure } from '../../stores/toasts';
import { isSameGroup, useLogs } from '../store';
import { useInsights } from './store';

const MOST_QUERIES = 50;
const MOST_GROUPS = 50;
const MOST_RECENT = 30;
/** Characters of all kept queries: the settings are written whole each time. */
const MOST_CHARACTERS = 100_000;

/** The history with one more run in front; the same question takes the older one's place. */
export function withQuery(
  history: readonly QueryHistoryEntry[],
  entry: QueryHistoryEntry,
): QueryHistoryEntry[] {
  const others = history.filter(
    ({ query, language }) => query !== entry.query || language !== entry.language,
  );
  let characters = 0;
  return [entry, ...others].slice(0, MOST_QUERIES).filter(({ query }, place) => {
    characters += query.length;
    return place === 0 || characters <= MOST_CHARACTERS;
  });
}

/** A query that is run now, over the groups and the time chosen. */
export function entryOf({ query, language }: InsightsQuery): QueryHistoryEntry {
  const { chosen, range } = useLogs.getState();
  return {
    query,
    language,
    ranAt: Date.now(),
    start: range.current.start,
    end: range.current.end,
    groups: chosen.length > MOST_GROUPS ? [] : [...chosen],
  };
}

/** Keeps a query that was run, and its groups as the last ones used. */
export function rememberQuery(entry: QueryHistoryEntry): void {
  const logs = useSettings.getState().settings?.logs;
  if (logs === undefined) return;
  const recent = recentWith(logs, entry.groups);
  keep({ ...logs, history: withQuery(logs.history, entry), recent });
}

function recentWith({ recent }: LogSettings, groups: readonly LogGroupRef[]): LogGroupRef[] {
  const others = recent.filter((one) => !groups.some((group) => isSameGroup(one, group)));
  return [...groups, ...others].slice(0, MOST_RECENT);
}

export function forgetHistory(): void {
  const logs = useSettings.getState().settings?.logs;
  if (logs !== undefined) keep({ ...logs, history: [] });
}

function keep(logs: LogSettings): void {
  saveSettings({ logs }).catch((error: unknown) => showFailure(error, 'settings.update'));
}

/** Writes the query anew, with its groups and its time; it is not run. */
export function openHistory({ query, language, start, end, groups }: QueryHistoryEntry): void {
  useInsights.setState({ text: query, language });
  const { choose, setRange } = useLogs.getState();
  if (groups.length > 0) choose(groups);
  setRange({ start, end });
}
