/** Which slice of time is read next, and how long it is: shorter where much is logged. */
import type { TimeSlice } from './slice-reader';

const FIRST_SLICE_MS = 5 * 60_000;
/** A slice should come to about this. */
const SLICE_BYTES = 4 * 2 ** 20;

export interface SlicePlanInit {
  /** First and last millisecond of the range, both in it. */
  startMs: number;
  endMs: number;
  newestFirst: boolean;
  /** Where an earlier run ended. */
  atMs?: number;
  sliceMs?: number;
}

export class SlicePlan {
  /** Start of the next slice, or its end when newest comes first. */
  private at: number;
  private length: number;
  private readonly from: number;
  private readonly to: number;

  constructor(private readonly init: SlicePlanInit) {
    this.from = init.startMs;
    this.to = init.endMs + 1;
    this.at = init.atMs ?? this.start;
    this.length = init.sliceMs ?? FIRST_SLICE_MS;
  }

  /** Where reading begins. */
  get start(): number {
    return this.init.newestFirst ? this.to : this.from;
  }

  get sliceMs(): number {
    return this.length;
  }

  next(): TimeSlice | null {
    const { newestFirst } = this.init;
    if (newestFirst ? this.at <= this.from : this.at >= this.to) return null;
    const slice = newestFirst
      ? { fromMs: Math.max(this.from, this.at - this.length), toMs: this.at }
      : { fromMs: this.at, toMs: Math.min(this.to, this.at + this.length) };
    this.at = this.after(slice);
    return slice;
  }

  /** Where one goes on behind a slice. */
  after({ fromMs, toMs }: TimeSlice): number {
    return this.init.newestFirst ? fromMs : toMs;
  }

  /** This much was in it: the next ones are longer or shorter. */
  held({ fromMs, toMs }: TimeSlice, bytes: number): void {
    const length = toMs - fromMs;
    const fitting = bytes === 0 ? Infinity : (length * SLICE_BYTES) / bytes;
    this.length = Math.round(Math.max(1, length / 8, Math.min(fitting, length * 4)));
  }

  /** It was too much: from its beginning again, in smaller ones. */
  again({ fromMs, toMs }: TimeSlice): void {
    this.at = this.init.newestFirst ? toMs : fromMs;
    this.length = Math.max(1, Math.floor((toMs - fromMs) / 4));
  }

  /** How much of the range is behind, 0 to 1. */
  fraction(atMs: number): number {
    const all = Math.max(1, this.to - this.from);
    return Math.min(
      1,
      Math.max(0, (this.init.newestFirst ? this.to - atMs : atMs - this.from) / all),
    );
  }
}
