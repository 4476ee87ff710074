/** From a row to the lines written around it. */
import type { InsightsQuery } from '../../../shared/logs/insights';
import { noteExcerpt } from '../../../shared/logs/notes';
import type { LogGroupRef } from '../../../shared/logs/settings';
import { AROUND_MS, searchAround } from '../detail/wanted-line';
import type { WantedLine } from '../detail/wanted-line';
import { startSearch } from '../search/search-run';
import { useLogs } from '../store';
import { timeOf } from './result-rows';
import type { ResultRow } from './result-rows';

export interface Around {
  groups: LogGroupRef[];
  startMs: number;
  endMs: number;
  /** The line itself, where the row says enough to find it again. */
  line: WantedLine | null;
}

/** Null for a row without a time of its own: one of `stats`. */
export function aroundOf(
  columns: readonly string[],
  row: ResultRow,
  { targets }: Pick<InsightsQuery, 'targets'>,
): Around | null {
  const valueOf = (name: string): string | null => row.values[columns.indexOf(name)] ?? null;
  const at = timeOf(valueOf('@timestamp'));
  const target = targets[row.target];
  if (at === null || target === undefined) return null;
  // `@log` says the account's number before the group's name.
  const group = valueOf('@log')?.replace(/^\d+:/, '');
  const named = target.groups.filter((name) => group === undefined || name === group);
  const names = named.length > 0 ? named : target.groups;
  const [only] = names;
  const stream = valueOf('@logStream');
  const message = valueOf('@message');
  const place = { connectionId: target.connectionId, region: target.region };
  return {
    groups: names.map((name) => ({ ...place, name })),
    startMs: at - AROUND_MS,
    endMs: at + AROUND_MS,
    line:
      names.length === 1 && only !== undefined && stream !== null && message !== null
        ? { ...place, group: only, stream, timestamp: at, excerpt: noteExcerpt(message) }
        : null,
  };
}

/** Searches for the lines around it, without a pattern, and shows them; the line itself is selected if it is known. */
export function showAround({ line, ...around }: Around): void {
  if (line !== null) {
    searchAround(line);
    return;
  }
  useLogs.getState().showTab('search');
  void startSearch({ ...around, pattern: '' });
}
