/** From a row to the lines written around it. */
import type { InsightsQuery } from '../../../shared/logs/insights';
import type { LogGroupRef } from '../../../shared/logs/settings';
import { startSearch } from '../search/search-run';
import { useLogs } from '../store';
import { timeOf } from './result-rows';
import type { ResultRow } from './result-rows';

/** Looked at before and after the row (ms). */
const AROUND_MS = 60_000;

export interface Around {
  groups: LogGroupRef[];
  startMs: number;
  endMs: number;
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
  const names = target.groups.filter((name) => group === undefined || name === group);
  const { connectionId, region } = target;
  return {
    groups: (names.length > 0 ? names : target.groups).map((name) => ({
      connectionId,
      region,
      name,
    })),
    startMs: at - AROUND_MS,
    endMs: at + AROUND_MS,
  };
}

/** Searches for the lines around it, without a pattern, and shows them. */
export function showAround(around: Around): void {
  useLogs.getState().showTab('search');
  void startSearch({ ...around, pattern: '' });
}
