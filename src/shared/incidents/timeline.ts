import { bookLimits } from './incident-book';
import type { TimelineEntry } from './incident';

/** The same change may be dated a little differently by a poll and by CloudWatch's history. */
const SAME_CHANGE_MS = 2_000;

/** Adds a line in order of time, keeping the first line and the newest ones within the limit. */
export function withLine(timeline: TimelineEntry[], line: TimelineEntry): TimelineEntry[] {
  const next = [...timeline];
  let index = next.length;
  while (index > 0 && (next[index - 1]?.at ?? 0) > line.at) index -= 1;
  next.splice(index, 0, line);
  if (next.length > bookLimits.timeline) next.splice(1, next.length - bookLimits.timeline);
  return next;
}

/**
 * CloudWatch's history and the incidents' timelines as one, oldest first. A change that both know is shown
 * once: by id, or as the same state within two seconds; the console's own line wins, because it names its source.
 */
export function mergeTimelines(own: TimelineEntry[], history: TimelineEntry[]): TimelineEntry[] {
  const merged = new Map<string, TimelineEntry>();
  for (const entry of own) merged.set(entry.id, entry);
  const changes = own.filter((entry) => entry.kind === 'transition');
  for (const entry of history) {
    if (merged.has(entry.id)) continue;
    if (entry.kind === 'transition' && changes.some((known) => isSameChange(known, entry)))
      continue;
    merged.set(entry.id, entry);
  }
  return [...merged.values()].sort((a, b) => a.at - b.at);
}

const isSameChange = (a: TimelineEntry, b: TimelineEntry): boolean =>
  a.state === b.state && Math.abs(a.at - b.at) <= SAME_CHANGE_MS;
