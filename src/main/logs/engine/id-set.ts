import type { Columns } from './columns';

/** Which ids are there already: open addressing over row numbers, the hashes themselves are in the columns. */
export class IdSet {
  private slots = new Uint32Array(1_024);
  private used = 0;

  constructor(private readonly columns: Columns) {}

  /** True when it is new, and then belongs to `row`. */
  add(high: number, low: number, row: number): boolean {
    if (high === 0 && low === 0) return true;
    if (this.used * 4 >= this.slots.length * 3) this.rebuild(row, this.slots.length * 4);
    const at = this.place(high, low);
    if (this.slots[at] !== 0) return false;
    this.slots[at] = row + 1;
    this.used += 1;
    return true;
  }

  /** Of the first `rows` rows, anew: after they have moved, or for more room. */
  rebuild(rows: number, length = 1_024): void {
    let size = length;
    while (rows * 4 >= size * 3) size *= 2;
    this.slots = new Uint32Array(size);
    this.used = 0;
    const { idHigh, idLow } = this.columns;
    for (let row = 0; row < rows; row += 1) {
      const high = idHigh[row] ?? 0;
      const low = idLow[row] ?? 0;
      if (high === 0 && low === 0) continue;
      this.slots[this.place(high, low)] = row + 1;
      this.used += 1;
    }
  }

  private place(high: number, low: number): number {
    const mask = this.slots.length - 1;
    const { idHigh, idLow } = this.columns;
    let at = (high ^ (low << 7)) & mask;
    while (true) {
      const row = (this.slots[at] ?? 0) - 1;
      if (row === -1 || (idHigh[row] === high >>> 0 && idLow[row] === low >>> 0)) return at;
      at = (at + 1) & mask;
    }
  }
}
