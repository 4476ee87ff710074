import { countBits, cut, paste } from './bits';
import type { Dataset } from './dataset';
import type { Needle } from './kernel';
import { keepHits, makeRoom, type RowSet } from './scan';
import { sliceTest } from './slice-test';
import type { Turn } from './turn';

const beginsWith = (whole: Needle, part: Needle): boolean =>
  part.low.every((byte, i) => whole.low[i] === byte && whole.up[i] === part.up[i]);

/**
 * Fills `set` from where the beginning of its text was found: typing on looks at some bytes a row. False, with nothing
 * done, when it is not that simple.
 * @param base has seen all rows. @throws CancelledError
 */
export async function narrowByHits(
  dataset: Dataset,
  base: RowSet,
  set: RowSet,
  turn: Turn,
): Promise<boolean> {
  if (!base.hits || base.filter.kind !== 'text' || set.filter.kind !== 'text') return false;
  const { needle } = sliceTest(set.filter);
  const { needle: part } = sliceTest(base.filter);
  if (!needle || !part || !beginsWith(needle, part)) return false;
  const { length } = part.low;
  if (needle.low.length - length > base.tail) return false;
  const { generation } = dataset;
  const seen = base.scanned;
  makeRoom(set, seen);
  set.tail = base.tail - (needle.low.length - length);
  for (const { row, count, hits: known } of base.hits) {
    const placed = dataset.segments[dataset.segmentIndex(row)];
    if (!placed) throw new RangeError(`There is no row ${row}.`);
    const { segment, firstRow } = placed;
    const slice = { dataset, segment, firstRow, from: row - firstRow, count };
    const within = cut(base.words, row, count);
    const found = new Uint32Array(within.length);
    segment.kernel.narrow(segment.top, slice.from, count, within, found, needle, { length, known });
    const hits = countBits(found);
    set.count += hits;
    paste(set.words, row, found);
    keepHits(set, slice, row, hits);
    if (!turn.due) continue;
    await turn.yield();
    if (dataset.generation !== generation) return true;
  }
  set.scanned = seen;
  return true;
}
