import { eachRow } from './fields';
import type { Turn } from './turn';
import type { View } from './view';

/** How many of `matches`, a part of the view, lie in each stretch of its length. */
export async function marksOf(
  view: View,
  matches: View,
  buckets: number,
  turn: Turn,
): Promise<{ counts: Uint32Array; total: number }> {
  const counts = new Uint32Array(buckets);
  const all = view.rows().slice();
  const some = matches.rows();
  let total = 0;
  // Both are in the order of time: one walk over both.
  await eachRow(view.dataset, all, turn, (row, i) => {
    if (some[total] !== row) return;
    const place = view.newestFirst ? all.length - 1 - i : i;
    const bucket = Math.floor((place * buckets) / all.length);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    total += 1;
  });
  return { counts, total };
}

/** Place in the view of the nearest match at or after `from` (or at or before it); -1 when there is none. */
export function nextMatch(view: View, matches: View, from: number, forward: boolean): number {
  let low = 0;
  let high = matches.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const place = view.placeOfRow(matches.rowAt(middle));
    if (forward ? place < from : place <= from) low = middle + 1;
    else high = middle;
  }
  const at = forward ? low : low - 1;
  return at >= 0 && at < matches.count ? view.placeOfRow(matches.rowAt(at)) : -1;
}
