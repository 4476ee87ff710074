/** Merges what CloudWatch recorded with what the console and people did. */
import type { TimelineEntry } from '../../shared/incidents/incident';

/** The same change of state told by two sources may differ this much in its time. */
const SAME_CHANGE_MS = 2_000;

function isTwin(a: TimelineEntry, b: TimelineEntry): boolean {
  if (a.id === b.id) return true;
  return (
    a.kind === 'transition' &&
    b.kind === 'transition' &&
    a.by === null &&
    b.by === null &&
    a.state !== null &&
    a.state === b.state &&
    Math.abs(a.at - b.at) <= SAME_CHANGE_MS
  );
}

/** Newest first; of two entries for one change the first source's stays (it knows how it was found). */
export function mergeTimelines(...sources: TimelineEntry[][]): TimelineEntry[] {
  const merged: TimelineEntry[] = [];
  const ids = new Set<string>();
  const transitions: TimelineEntry[] = [];
  for (const source of sources) {
    const fresh = source.filter(
      (entry) => !ids.has(entry.id) && !transitions.some((known) => isTwin(known, entry)),
    );
    for (const entry of fresh) {
      if (ids.has(entry.id)) continue;
      ids.add(entry.id);
      merged.push(entry);
      if (entry.kind === 'transition') transitions.push(entry);
    }
  }
  return merged
    .map((entry, order) => ({ entry, order }))
    .sort((a, b) => b.entry.at - a.entry.at || b.order - a.order)
    .map(({ entry }) => entry);
}
