import type { LogBatch } from '../../../shared/logs/frame';

type Column = Float64Array | Uint32Array | Int32Array | Uint8Array;

/** Room grows fourfold: what is not used yet takes no memory, what is left behind does until it is collected. */
export function grown<T extends Column>(
  column: T,
  used: number,
  needed: number,
  make: (n: number) => T,
): T {
  if (needed <= column.length) return column;
  const next = make(Math.max(4_096, needed * 4));
  next.set(column.subarray(0, used));
  return next;
}

/** What is known of each event beside its message, by row (order of arrival). */
export class Columns {
  rows = 0;
  times = new Float64Array(0);
  /** Ingestion minus time, ms. */
  delays = new Int32Array(0);
  sources = new Uint32Array(0);
  /** Arrival number: stays the same when older rows are evicted; ascending. */
  seqs = new Uint32Array(0);
  idHigh = new Uint32Array(0);
  idLow = new Uint32Array(0);
  private nextSeq = 0;

  /** Bytes that one row takes here. */
  static readonly perRow = 32;

  reserve(more: number): void {
    const { rows } = this;
    const needed = rows + more;
    if (needed <= this.times.length) return;
    this.times = grown(this.times, rows, needed, (n) => new Float64Array(n));
    this.delays = grown(this.delays, rows, needed, (n) => new Int32Array(n));
    this.sources = grown(this.sources, rows, needed, (n) => new Uint32Array(n));
    this.seqs = grown(this.seqs, rows, needed, (n) => new Uint32Array(n));
    this.idHigh = grown(this.idHigh, rows, needed, (n) => new Uint32Array(n));
    this.idLow = grown(this.idLow, rows, needed, (n) => new Uint32Array(n));
  }

  /** Before the row is taken in; the caller has reserved room. */
  setId(row: number, high: number, low: number): void {
    this.idHigh[row] = high;
    this.idLow[row] = low;
  }

  /** Events `from` to `to` of a batch, whose ids are set. @param sources by the batch's indexes */
  take(batch: LogBatch, from: number, to: number, sources: readonly number[]): void {
    const { rows } = this;
    this.times.set(batch.timestamps.subarray(from, to), rows);
    this.delays.set(batch.delays.subarray(from, to), rows);
    for (let i = from; i < to; i += 1) {
      const row = rows + i - from;
      this.sources[row] = sources[batch.sourceIndexes[i] ?? 0] ?? 0;
      this.seqs[row] = this.nextSeq;
      this.nextSeq += 1;
    }
    this.rows = rows + to - from;
  }

  time(row: number): number {
    return this.times[row] ?? NaN;
  }

  ingestion(row: number): number {
    return this.time(row) + (this.delays[row] ?? 0);
  }

  /** Row of an arrival number, -1 when it was evicted or never was. */
  rowOf(seq: number): number {
    let low = 0;
    let high = this.rows;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.seqs[middle] ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low < this.rows && this.seqs[low] === seq ? low : -1;
  }

  compact(keep: (row: number) => boolean): void {
    let kept = 0;
    for (let row = 0; row < this.rows; row += 1) {
      if (!keep(row)) continue;
      this.times[kept] = this.times[row] ?? 0;
      this.delays[kept] = this.delays[row] ?? 0;
      this.sources[kept] = this.sources[row] ?? 0;
      this.seqs[kept] = this.seqs[row] ?? 0;
      this.idHigh[kept] = this.idHigh[row] ?? 0;
      this.idLow[kept] = this.idLow[row] ?? 0;
      kept += 1;
    }
    this.rows = kept;
  }
}
