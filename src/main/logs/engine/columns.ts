type Column = Float64Array | Uint32Array | Int32Array | Uint8Array;

/** Room grows by an eighth, so that little is kept in reserve. */
export function grown<T extends Column>(
  column: T,
  used: number,
  needed: number,
  make: (n: number) => T,
): T {
  if (needed <= column.length) return column;
  const next = make(Math.max(1_024, needed, Math.ceil(needed * 1.125)));
  next.set(column.subarray(0, used));
  return next;
}

/** Later than 24 days or earlier: said as that. */
const MAX_DELAY = 2_147_483_647;

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

  /** The caller has reserved room. */
  push(time: number, ingestion: number, source: number, high: number, low: number): void {
    const row = this.rows;
    this.times[row] = time;
    const delay = ingestion - time;
    this.delays[row] = Number.isFinite(delay)
      ? Math.max(-MAX_DELAY, Math.min(MAX_DELAY, delay))
      : 0;
    this.sources[row] = source;
    this.seqs[row] = this.nextSeq;
    this.idHigh[row] = high;
    this.idLow[row] = low;
    this.nextSeq += 1;
    this.rows = row + 1;
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
