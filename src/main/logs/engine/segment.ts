import { DATA, Kernel } from './kernel';

const PAGE = 65_536;
/** Behind the bytes, so that a load of sixteen at a needle's end stays inside. */
const PAD = 8_192;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Messages end to end in one memory, and their ends from the top down; full when both meet. Rows count from 0 within
 * the segment.
 */
export class Segment {
  readonly kernel: Kernel;
  readonly top: number;
  rows = 0;
  private used = DATA;

  /** @param capacity bytes of messages and row ends. */
  constructor(readonly capacity: number) {
    const pages = Math.ceil((DATA + capacity + PAD) / PAGE);
    this.kernel = new Kernel(pages);
    this.top = pages * PAGE - 8;
    this.setEnd(0, DATA);
  }

  /** Bytes of its messages. */
  get bytes(): number {
    return this.used - DATA;
  }

  hasRoom(rows: number, bytes: number): boolean {
    return this.used + bytes + PAD <= this.top - 4 * (this.rows + rows);
  }

  start(row: number): number {
    return this.kernel.words[(this.top >> 2) - row] ?? this.used;
  }

  /** Length of a message in bytes. */
  length(row: number): number {
    return this.start(row + 1) - this.start(row);
  }

  /** Its bytes as they came; valid until the next eviction. */
  message(row: number): Uint8Array {
    return this.kernel.bytes.subarray(this.start(row), this.start(row + 1));
  }

  text(row: number, maxBytes = Infinity): string {
    const from = this.start(row);
    return this.decode(from, Math.min(this.start(row + 1), from + maxBytes));
  }

  /** What is no UTF-8 is read as U+FFFD; NUL and other control bytes stay. */
  decode(from: number, to: number): string {
    return decoder.decode(this.kernel.bytes.subarray(from, to));
  }

  /** Takes one run of messages; their ends are relative to `base`. The caller has asked `hasRoom`. */
  take(messages: Uint8Array, ends: Uint32Array, base: number): void {
    this.kernel.bytes.set(messages, this.used);
    const shift = this.used - base;
    const word = this.top >> 2;
    for (let i = 0; i < ends.length; i += 1) {
      this.rows += 1;
      this.kernel.words[word - this.rows] = (ends[i] ?? 0) + shift;
    }
    this.used += messages.length;
  }

  /** Leaves only the rows that `keep` says, in their order. */
  compact(keep: (row: number) => boolean): void {
    let at = DATA;
    let kept = 0;
    let to = DATA;
    for (let row = 0; row < this.rows; row += 1) {
      // Read before written over: an end is the next one's start.
      const from = to;
      to = this.start(row + 1);
      if (!keep(row)) continue;
      this.kernel.bytes.copyWithin(at, from, to);
      at += to - from;
      kept += 1;
      this.setEnd(kept, at);
    }
    this.rows = kept;
    this.used = at;
  }

  private setEnd(row: number, at: number): void {
    this.kernel.words[(this.top >> 2) - row] = at;
  }
}
