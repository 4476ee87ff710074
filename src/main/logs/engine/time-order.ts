import { grown } from './columns';

/** Stable sort of rows by time: finds runs that are in order already, and merges them. */
export function sortByTime(rows: Uint32Array, times: Float64Array): Uint32Array {
  const borders = runsOf(rows, times);
  let from: Uint32Array = rows;
  // Mostly all is in order already, and no second list is needed.
  let to: Uint32Array = new Uint32Array(borders.length > 2 ? rows.length : 0);
  let runs = borders;
  while (runs.length > 2) {
    const next = [0];
    for (let i = 0; i + 1 < runs.length; i += 2) {
      const low = runs[i] ?? 0;
      const middle = runs[i + 1] ?? rows.length;
      const high = runs[i + 2] ?? middle;
      merge(from, to, low, middle, high, times);
      next.push(high);
    }
    [from, to] = [to, from];
    runs = next;
  }
  return from;
}

/** Starts of the runs and the length; strictly falling ones (newest first) are turned round, which keeps it stable. */
function runsOf(rows: Uint32Array, times: Float64Array): number[] {
  const borders = [0];
  const n = rows.length;
  const time = (i: number): number => times[rows[i] ?? 0] ?? 0;
  let at = 0;
  while (at < n) {
    let end = at + 1;
    if (end < n && time(end) < time(at)) {
      while (end < n && time(end) < time(end - 1)) end += 1;
      rows.subarray(at, end).reverse();
    }
    while (end < n && time(end) >= time(end - 1)) end += 1;
    borders.push(end);
    at = end;
  }
  return borders;
}

function merge(
  from: Uint32Array,
  to: Uint32Array,
  low: number,
  middle: number,
  high: number,
  times: Float64Array,
): void {
  let a = low;
  let b = middle;
  for (let k = low; k < high; k += 1) {
    const left = from[a] ?? 0;
    const right = from[b] ?? 0;
    if (a < middle && (b >= high || (times[left] ?? 0) <= (times[right] ?? 0))) {
      to[k] = left;
      a += 1;
    } else {
      to[k] = right;
      b += 1;
    }
  }
}

/** Rows by time, then arrival; rows are added as they arrive, and put in place when somebody asks. */
export class TimeOrder {
  private order = new Uint32Array(0);
  private placed = 0;

  get bytes(): number {
    return this.order.byteLength;
  }

  /** All rows, oldest first. Valid until the next call. */
  rows(count: number, times: Float64Array): Uint32Array {
    if (count > this.placed) this.place(count, times);
    return this.order.subarray(0, count);
  }

  clear(): void {
    this.order = new Uint32Array(0);
    this.placed = 0;
  }

  private place(count: number, times: Float64Array): void {
    const { placed } = this;
    const fresh = new Uint32Array(count - placed);
    for (let i = 0; i < fresh.length; i += 1) fresh[i] = placed + i;
    const sorted = sortByTime(fresh, times);
    this.order = grown(this.order, placed, count, (n) => new Uint32Array(n));
    mergeFromBehind(this.order, placed, sorted, times);
    this.placed = count;
  }
}

/** Merges `fresh` (later arrivals) into the first `length` of `into`, which has the room. */
export function mergeFromBehind(
  into: Uint32Array,
  length: number,
  fresh: Uint32Array,
  times: Float64Array,
): void {
  let a = length - 1;
  let b = fresh.length - 1;
  let k = length + fresh.length - 1;
  while (b >= 0) {
    const row = fresh[b] ?? 0;
    const old = into[a] ?? 0;
    if (a >= 0 && (times[old] ?? 0) > (times[row] ?? 0)) {
      into[k] = old;
      a -= 1;
    } else {
      into[k] = row;
      b -= 1;
    }
    k -= 1;
  }
}
