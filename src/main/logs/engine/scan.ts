import type { Filter } from '../../../shared/logs/filter/filter';
import { allOf, countBits, cut, paste, wordsFor } from './bits';
import type { Dataset } from './dataset';
import { type Hits, SLICE_ROWS, TAIL } from './kernel';
import type { Slice, SliceTest } from './slice';
import { sliceTest } from './slice-test';
import { TURN_MS, type Turn } from './turn';

/** Bytes a slice has at most: some ms for the kernel. */
const SLICE_BYTES = 8 * 2 ** 20;

/** Rows of a dataset that passed a filter, as far as it was looked at. */
export interface RowSet {
  filter: Filter;
  generation: number;
  /** Rows `[0, scanned)` were looked at. */
  scanned: number;
  count: number;
  words: Uint32Array;
  /** Of a text: where in its row it was found first, slice by slice; null when not kept. */
  hits: SliceHits[] | null;
  /** Bytes of the hits' tails that are good. */
  tail: number;
}

/** First hits of the rows of a set within `[row, row + count)`, as addresses in the segment's memory. */
export interface SliceHits {
  row: number;
  count: number;
  hits: Hits;
}

export const emptySet = (dataset: Dataset, filter: Filter): RowSet => ({
  filter,
  generation: dataset.generation,
  scanned: 0,
  count: 0,
  words: new Uint32Array(wordsFor(dataset.rows)),
  hits: [],
  tail: TAIL,
});

export interface ScanOptions {
  /** Only rows of this set can pass; it must have seen all rows. */
  within: RowSet | null;
  /** From the last row to the first: what is newest is found first. */
  backwards: boolean;
  /** Called between slices. */
  onProgress: ((set: RowSet) => void) | null;
}

/**
 * Looks at the rows that `set` has not seen. Slices are as large as fits into a turn, so that a newer question is
 * heard within some ms; what was found so far stays in `set` even when it throws.
 * @throws CancelledError, RegexError
 */
export async function scan(
  dataset: Dataset,
  set: RowSet,
  turn: Turn,
  options: ScanOptions,
): Promise<void> {
  const test = sliceTest(set.filter);
  const { rows, generation } = dataset;
  const done = set.scanned;
  makeRoom(set, rows);
  if (!test.needle) set.hits = null;
  let size = test.cost === 0 ? SLICE_ROWS : 1_024;
  let left = { from: done, to: rows };
  while (left.from < left.to) {
    const started = performance.now();
    const slice = nextSlice(dataset, left, size, options.backwards);
    const row = slice.firstRow + slice.from;
    runSlice(slice, row, test, set, options.within);
    left = options.backwards ? { ...left, to: row } : { ...left, from: row + slice.count };
    if (!options.backwards) set.scanned = left.from;
    size = nextSize(size, slice.count, performance.now() - started);
    if (!turn.due) continue;
    options.onProgress?.(set);
    await turn.yield();
    // Rows moved meanwhile: what was found is void, and the caller begins anew.
    if (dataset.generation !== generation) return;
  }
  set.scanned = rows;
}

function runSlice(
  slice: Slice,
  row: number,
  test: SliceTest,
  set: RowSet,
  within: RowSet | null,
): void {
  const asked = within === null ? allOf(slice.count) : cut(within.words, row, slice.count);
  const found = test.run(slice, asked);
  const count = countBits(found);
  set.count += count;
  paste(set.words, row, found);
  if (test.needle) keepHits(set, slice, row, count);
}

export function makeRoom(set: RowSet, rows: number): void {
  if (set.words.length >= wordsFor(rows)) return;
  const words = new Uint32Array(wordsFor(Math.ceil(rows * 1.125)));
  words.set(set.words);
  set.words = words;
}

/** What the kernel has just found. */
export function keepHits(set: RowSet, slice: Slice, row: number, count: number): void {
  if (!set.hits || count === 0) return;
  set.hits.push({ row, count: slice.count, hits: slice.segment.kernel.hits(count) });
}

/** At the border of a segment a slice ends. */
function nextSlice(
  dataset: Dataset,
  { from, to }: { from: number; to: number },
  size: number,
  backwards: boolean,
): Slice {
  const at = backwards ? to - 1 : from;
  const placed = dataset.segments[dataset.segmentIndex(at)];
  if (!placed) throw new RangeError(`There is no row ${at}.`);
  const { segment, firstRow } = placed;
  const low = Math.max(from, firstRow, backwards ? to - size : 0) - firstRow;
  const high = Math.min(to, firstRow + segment.rows, backwards ? to : from + size) - firstRow;
  const base = { dataset, segment, firstRow };
  if (segment.start(high) - segment.start(low) <= SLICE_BYTES) {
    return { ...base, from: low, count: high - low };
  }
  // As many as fit, one at least.
  const span = (n: number): number =>
    backwards
      ? segment.start(high) - segment.start(high - n)
      : segment.start(low + n) - segment.start(low);
  let fits = 1;
  let over = high - low;
  while (fits + 1 < over) {
    const middle = (fits + over) >>> 1;
    if (span(middle) <= SLICE_BYTES) fits = middle;
    else over = middle;
  }
  return { ...base, from: backwards ? high - fits : low, count: fits };
}

function nextSize(size: number, count: number, tookMs: number): number {
  if (tookMs > TURN_MS) return Math.max(1, count >>> 1);
  return tookMs < TURN_MS / 4 && count === size ? Math.min(SLICE_ROWS, size * 2) : size;
}
