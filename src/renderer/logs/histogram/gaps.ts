/** Times that have not been read: there, no events means nothing. */
import type { TimeWindow } from '../../../shared/dashboards/time-range';
import type { GroupProgress } from '../../../shared/logs/search';

export interface Gap extends TimeWindow {
  /** Groups that were not read in it. */
  groups: string[];
  of: number;
  /** Was read, and let go again for want of room. */
  isDropped?: true;
}

/** Between the first and the last event that was dropped there may be lines no more, not none. */
export const droppedGap = (dropped: { fromMs: number; toMs: number } | null): Gap[] =>
  dropped === null
    ? []
    : [{ startMs: dropped.fromMs, endMs: dropped.toMs + 1, groups: [], of: 0, isDropped: true }];

type Read = Pick<GroupProgress, 'group' | 'phase' | 'coveredFromMs' | 'coveredToMs'>;

/** Stretches within the window in which at least one group is still unread, ascending. */
export function gapsOf(groups: readonly Read[], window: TimeWindow): Gap[] {
  const unread = groups.flatMap((one) =>
    unreadOf(one, window).map((gap) => ({ ...gap, group: one.group })),
  );
  const edges = [...new Set(unread.flatMap(({ startMs, endMs }) => [startMs, endMs]))].toSorted(
    (a, b) => a - b,
  );
  const gaps: Gap[] = [];
  for (const [i, startMs] of edges.entries()) {
    const endMs = edges[i + 1];
    if (endMs === undefined) break;
    const missing = unread
      .filter((gap) => gap.startMs <= startMs && gap.endMs >= endMs)
      .map(({ group }) => group);
    if (missing.length > 0) gaps.push({ startMs, endMs, groups: missing, of: groups.length });
  }
  return gaps;
}

function unreadOf({ phase, coveredFromMs, coveredToMs }: Read, window: TimeWindow): TimeWindow[] {
  if (phase === 'done') return [];
  if (coveredFromMs === null || coveredToMs === null) return [window];
  const { startMs, endMs } = window;
  return [
    { startMs, endMs: Math.min(endMs, coveredFromMs) },
    { startMs: Math.max(startMs, coveredToMs), endMs },
  ].filter((gap) => gap.endMs > gap.startMs);
}

/** What is unread between two moments, in words; null when everything was read. */
export function gapWords(gaps: readonly Gap[], { startMs, endMs }: TimeWindow): string | null {
  const near = gaps.filter((gap) => gap.startMs < endMs && gap.endMs > startMs);
  const touched = near.filter(({ isDropped }) => isDropped !== true);
  if (touched.length < near.length) return 'dropped to stay under the cap';
  const worst = touched.reduce<Gap | null>(
    (most, gap) => (most === null || gap.groups.length > most.groups.length ? gap : most),
    null,
  );
  if (worst === null) return null;
  if (worst.groups.length < worst.of)
    return `not read in ${worst.groups.length} of ${worst.of} groups`;
  const whole = touched.reduce((sum, gap) => sum + overlap(gap, { startMs, endMs }), 0);
  return whole >= endMs - startMs ? 'not read yet' : 'not read whole';
}

const overlap = (a: TimeWindow, b: TimeWindow): number =>
  Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));
