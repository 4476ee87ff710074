/** What opening a saved query sets. */
import type { SavedQuery } from '../../../shared/logs/insights';
import type { LogGroup } from '../../../shared/logs/groups';
import type { LogGroupRef } from '../../../shared/logs/settings';
import { showToast } from '../../stores/toasts';
import { useGroups } from '../groups';
import { isSameGroup, useLogs } from '../store';
import { useInsights } from './store';

/** Key of the list in the query cache. */
export const savedKey = ['logs.savedQueries'];

/**
 * The groups a saved query is meant for: its account's where it is of one, else those of these names anywhere.
 * Names that are known nowhere are left out and counted.
 */
export function groupsOf(
  saved: Pick<SavedQuery, 'connectionId' | 'region' | 'groups'>,
  known: readonly LogGroup[],
): { refs: LogGroupRef[]; missing: number } {
  const refs: LogGroupRef[] = [];
  let missing = 0;
  for (const name of saved.groups) {
    const found = known.filter(
      (group) =>
        group.name === name &&
        (saved.connectionId === null || group.connectionId === saved.connectionId) &&
        (saved.region === null || group.region === saved.region),
    );
    if (found.length === 0) missing += 1;
    for (const { connectionId, region } of found) {
      const ref = { connectionId, region, name };
      if (!refs.some((one) => isSameGroup(one, ref))) refs.push(ref);
    }
  }
  return { refs, missing };
}

/** Writes the query, and chooses its groups and time where it says any; it is not run. */
export function openSaved(saved: SavedQuery): void {
  useInsights.setState({ text: saved.query, language: saved.language });
  const { refs, missing } = groupsOf(saved, useGroups.getState().groups);
  const { choose, setRange } = useLogs.getState();
  if (refs.length > 0) choose(refs);
  if (saved.rangeMs !== undefined) {
    setRange({ start: `-PT${Math.round(saved.rangeMs / 1_000)}S`, end: null });
  }
  if (missing === 0) return;
  showToast({
    level: 'error',
    text: `${missing} of its ${saved.groups.length} log groups ${missing === 1 ? 'is' : 'are'} not known here.`,
    detail:
      refs.length > 0
        ? 'The others were chosen.'
        : 'The groups chosen before were left as they are.',
    action: null,
  });
}
