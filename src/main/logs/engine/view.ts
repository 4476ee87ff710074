import type { Filter } from '../../../shared/logs/filter/filter';
import { narrows, sameFilter } from '../../../shared/logs/filter/narrows';
import { countBits, eachBit } from './bits';
import { grown } from './columns';
import type { Dataset } from './dataset';
import { narrowByHits } from './narrow-scan';
import { emptySet, type RowSet, scan } from './scan';
import { sliceTest } from './slice-test';
import { mergeFromBehind, sortByTime } from './time-order';
import type { Turn } from './turn';

/** Filters whose rows are remembered, so that typing on, deleting and going back cost little. */
const REMEMBERED = 8;
/** Those of which it is also known where in the row the text was: twelve bytes a row that it leaves. */
const WITH_HITS = 1;
/** Time after which the first rows are shown, and between later tidings, ms. */
const FIRST_MS = 20;
const NEXT_MS = 100;

/** What one grid shows of a dataset: the rows that pass a filter, in the order of time. */
export class View {
  filter: Filter = { kind: 'all' };
  newestFirst = true;
  complete = false;
  private hits: Uint32Array = new Uint32Array(0);
  private length = 0;
  private generation = -1;
  private seen = 0;
  private readonly remembered: RowSet[] = [];

  constructor(readonly dataset: Dataset) {}

  get count(): number {
    return this.length;
  }

  /** Rows were dropped since it was made: its rows are others' now, until it has followed. */
  get isStale(): boolean {
    return this.generation !== this.dataset.generation;
  }

  /** Row of the dataset at a place of the view; places count from its top. */
  rowAt(place: number): number {
    const at = this.newestFirst ? this.length - 1 - place : place;
    return at >= 0 && at < this.length ? (this.hits[at] ?? -1) : -1;
  }

  /** Place nearest to a time: the first at or after it, going down the view. */
  placeOfTime(timeMs: number): number {
    const { times } = this.dataset.columns;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const time = times[this.hits[middle] ?? 0] ?? 0;
      if (this.newestFirst ? time <= timeMs : time < timeMs) low = middle + 1;
      else high = middle;
    }
    const place = this.newestFirst ? this.length - low : low;
    return Math.min(place, Math.max(0, this.length - 1));
  }

  /** Place of a row, -1 when the filter leaves it out. */
  placeOfRow(row: number): number {
    const time = this.dataset.columns.time(row);
    const { times } = this.dataset.columns;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.hits[middle] ?? 0;
      const before = times[at] ?? 0;
      if (before < time || (before === time && at < row)) low = middle + 1;
      else high = middle;
    }
    if (this.hits[low] !== row || low >= this.length) return -1;
    return this.newestFirst ? this.length - 1 - low : low;
  }

  /** Its rows, oldest first; valid until the next change. */
  rows(): Uint32Array {
    return this.hits.subarray(0, this.length);
  }

  /**
   * Filters anew; `onPartial` is called when the first rows can be shown, and from time to time.
   * @throws CancelledError, RegexError
   */
  async look(
    filter: Filter,
    newestFirst: boolean,
    turn: Turn,
    onPartial: () => void,
  ): Promise<void> {
    this.filter = filter;
    this.newestFirst = newestFirst;
    this.complete = false;
    this.length = 0;
    this.seen = 0;
    await this.follow(turn, onPartial);
  }

  /** Takes in what was appended since. @throws CancelledError, RegexError */
  async follow(turn: Turn, onPartial: () => void): Promise<void> {
    const { dataset } = this;
    while (this.generation !== dataset.generation || this.seen < dataset.rows || !this.complete) {
      if (this.generation !== dataset.generation) this.restart();
      const set = this.setFor();
      const known = this.seen;
      await this.scanShowing(set, turn, known === 0 ? onPartial : null);
      if (set.generation !== dataset.generation) continue;
      this.take(set, known);
      this.remember(set);
      this.complete = true;
    }
  }

  private restart(): void {
    this.generation = this.dataset.generation;
    this.remembered.length = 0;
    this.length = 0;
    this.seen = 0;
  }

  private setFor(): RowSet {
    const known = this.remembered.find(({ filter }) => sameFilter(filter, this.filter));
    return known ?? emptySet(this.dataset, this.filter);
  }

  /** A remembered set of which this filter's is a part; the smallest, brought up to date. */
  private async base(set: RowSet, turn: Turn): Promise<RowSet | null> {
    const [smallest] = this.remembered
      .filter((one) => one !== set && one.filter.kind !== 'all' && narrows(one.filter, this.filter))
      .toSorted((a, b) => a.count - b.count);
    if (!smallest) return null;
    await scan(this.dataset, smallest, turn, { within: null, backwards: false, onProgress: null });
    return smallest;
  }

  private async scanShowing(set: RowSet, turn: Turn, onPartial: (() => void) | null) {
    if (set.filter.kind === 'all') return;
    const base = set.scanned === 0 ? await this.base(set, turn) : null;
    if (base && (await narrowByHits(this.dataset, base, set, turn))) return;
    // Of many rows, jumping from one to the next is no quicker than to look at all.
    const few = base !== null && base.count < this.dataset.rows / 16;
    const within = few || sliceTest(set.filter).cost > 0 ? base : null;
    let next = performance.now() + FIRST_MS;
    const onProgress = (partial: RowSet): void => {
      if (!onPartial || performance.now() < next || partial.count === 0) return;
      this.show(rowsOf(partial, 0, this.dataset.rows));
      onPartial();
      next = performance.now() + NEXT_MS;
    };
    await scan(this.dataset, set, turn, { within, backwards: this.backwards(set), onProgress });
  }

  /** Whether what the view shows first arrived last. */
  private backwards(set: RowSet): boolean {
    const { columns } = this.dataset;
    const rising = columns.time(0) <= columns.time(columns.rows - 1);
    return set.scanned === 0 && rising === this.newestFirst;
  }

  private show(rows: Uint32Array): void {
    this.hits = sortByTime(rows, this.dataset.columns.times);
    this.length = rows.length;
  }

  /** What the set holds from row `known` on. */
  private take(set: RowSet, known: number): void {
    const { dataset } = this;
    if (set.filter.kind === 'all') {
      set.count = dataset.rows;
      set.scanned = dataset.rows;
    }
    const isAll = set.filter.kind === 'all';
    const fresh = isAll ? rangeOf(known, dataset.rows) : rowsOf(set, known, set.scanned);
    this.seen = set.scanned;
    if (known === 0) return this.show(isAll ? dataset.byTime().slice() : fresh);
    const sorted = sortByTime(fresh, dataset.columns.times);
    const needed = this.length + sorted.length;
    this.hits = grown(this.hits, this.length, needed, (n) => new Uint32Array(n));
    mergeFromBehind(this.hits, this.length, sorted, dataset.columns.times);
    this.length = needed;
  }

  private remember(set: RowSet): void {
    const at = this.remembered.indexOf(set);
    if (at !== -1) this.remembered.splice(at, 1);
    this.remembered.unshift(set);
    this.remembered.length = Math.min(this.remembered.length, REMEMBERED);
    this.remembered.forEach((one, i) => {
      if (i >= WITH_HITS) one.hits = null;
    });
  }
}

function rangeOf(from: number, to: number): Uint32Array {
  const rows = new Uint32Array(to - from);
  for (let i = 0; i < rows.length; i += 1) rows[i] = from + i;
  return rows;
}

/** Rows of a set from `from` to `to`, in order of arrival. */
function rowsOf(set: RowSet, from: number, to: number): Uint32Array {
  const first = from >>> 5;
  const words = set.words.subarray(first, (to + 31) >>> 5);
  const rows = new Uint32Array(Math.min(countBits(words), to - from));
  let n = 0;
  eachBit(words, (i) => {
    const row = first * 32 + i;
    if (row < from || row >= to) return;
    rows[n] = row;
    n += 1;
  });
  return n === rows.length ? rows : rows.slice(0, n);
}
