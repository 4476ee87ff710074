import { decodeBatch, type LogBatch } from '../../../shared/logs/frame';
import type { LogSource } from '../../../shared/logs/log-event';
import { Columns } from './columns';
import { IdSet } from './id-set';
import { Segment } from './segment';
import { TimeOrder } from './time-order';

const MAX_SEGMENT = 64 * 2 ** 20;
const MIN_SEGMENT = 2 ** 20;
/** Twice what CloudWatch allows a message. */
const MAX_MESSAGE = 2 * 2 ** 20;
/** Bytes an event takes beside its message: columns, row end, place in time, place among the ids. */
const PER_ROW = Columns.perRow + 4 + 4 + 6;

export interface Appended {
  added: number;
  duplicates: number;
  evicted: number;
  /** Messages longer than the engine keeps. */
  cut: number;
}

/** A segment and the row its first message is. */
export interface Placed {
  segment: Segment;
  firstRow: number;
}

/** The events of one search or tail: every message once, and columns beside it. */
export class Dataset {
  readonly columns = new Columns();
  readonly sources: LogSource[] = [];
  segments: Placed[] = [];
  /** Grows when rows were moved: what was counted in rows is void then. */
  generation = 0;
  readonly totals: Appended = { added: 0, duplicates: 0, evicted: 0, cut: 0 };
  /** Times between which events were dropped (ms UTC); null while none was. */
  dropped: { fromMs: number; toMs: number } | null = null;
  private readonly ids = new IdSet(this.columns);
  private readonly order = new TimeOrder();
  private readonly sourceIndex = new Map<string, number>();

  /** @param capBytes of messages and what is kept beside them. */
  constructor(readonly capBytes: number) {}

  get rows(): number {
    return this.columns.rows;
  }

  get messageBytes(): number {
    return this.segments.reduce((sum, { segment }) => sum + segment.bytes, 0);
  }

  /** What counts against the cap. */
  get bytes(): number {
    return this.messageBytes + this.rows * PER_ROW;
  }

  /** @throws FrameError when the frame is broken; nothing of it is taken then. */
  append(frame: Uint8Array): Appended {
    const batch = decodeBatch(frame);
    const sources = batch.sources.map((source) => this.sourceRef(source));
    const done: Appended = { added: 0, duplicates: 0, evicted: 0, cut: 0 };
    const { columns, ids, longest } = this;
    columns.reserve(batch.count);
    let row = columns.rows;
    let run = 0;
    for (let i = 0; i < batch.count; i += 1) {
      const high = batch.idHashes[i * 2] ?? 0;
      const low = batch.idHashes[i * 2 + 1] ?? 0;
      const isNew = ids.add(high, low, row);
      if (isNew) {
        columns.setId(row, high, low);
        row += 1;
        if (messageLength(batch, i) <= longest) continue;
      }
      this.store(batch, run, i, sources);
      if (isNew) this.storeCut(batch, i, sources);
      done[isNew ? 'cut' : 'duplicates'] += 1;
      run = i + 1;
    }
    this.store(batch, run, batch.count, sources);
    done.added = batch.count - done.duplicates;
    if (this.bytes > this.capBytes) done.evicted = this.evict();
    this.totals.added += done.added;
    this.totals.duplicates += done.duplicates;
    this.totals.evicted += done.evicted;
    this.totals.cut += done.cut;
    return done;
  }

  /** All rows, oldest first; equal times in order of arrival. Valid until the next append. */
  byTime(): Uint32Array {
    return this.order.rows(this.rows, this.columns.times);
  }

  /** Where a row's message is. */
  find(row: number): { segment: Segment; local: number } {
    const placed = this.segments[this.segmentIndex(row)];
    if (!placed || row < 0 || row >= this.rows) throw new RangeError(`There is no row ${row}.`);
    return { segment: placed.segment, local: row - placed.firstRow };
  }

  segmentIndex(row: number): number {
    let low = 0;
    let high = this.segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.segments[middle]?.firstRow ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  text(row: number, maxBytes?: number): string {
    const { segment, local } = this.find(row);
    return segment.text(local, maxBytes);
  }

  source(row: number): LogSource {
    const source = this.sources[this.columns.sources[row] ?? -1];
    if (!source) throw new RangeError(`There is no row ${row}.`);
    return source;
  }

  private get longest(): number {
    return Math.min(MAX_MESSAGE, this.segmentCapacity >> 1);
  }

  /** Small caps get small segments, so that evicting frees something. */
  private get segmentCapacity(): number {
    return Math.min(MAX_SEGMENT, Math.max(MIN_SEGMENT, Math.ceil(this.capBytes / 4)));
  }

  private sourceRef(source: LogSource): number {
    const key = JSON.stringify([source.connectionId, source.region, source.group, source.stream]);
    const known = this.sourceIndex.get(key);
    if (known !== undefined) return known;
    this.sources.push(source);
    this.sourceIndex.set(key, this.sources.length - 1);
    return this.sources.length - 1;
  }

  /** Events `from` to `to` of a batch, in as few copies as there are segments. */
  private store(batch: LogBatch, from: number, to: number, sources: readonly number[]): void {
    this.columns.take(batch, from, to, sources);
    let at = from;
    while (at < to) {
      const base = at === 0 ? 0 : (batch.messageEnds[at - 1] ?? 0);
      const bytesTo = (end: number): number => (batch.messageEnds[end - 1] ?? 0) - base;
      const segment = this.segmentFor(messageLength(batch, at));
      let low = at + 1;
      let high = to;
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if (segment.hasRoom(middle - at, bytesTo(middle))) low = middle;
        else high = middle - 1;
      }
      const messages = batch.messages.subarray(base, base + bytesTo(low));
      segment.take(messages, batch.messageEnds.subarray(at, low), base);
      at = low;
    }
  }

  private storeCut(batch: LogBatch, i: number, sources: readonly number[]): void {
    this.columns.take(batch, i, i + 1, sources);
    const from = i === 0 ? 0 : (batch.messageEnds[i - 1] ?? 0);
    const { longest } = this;
    const messages = batch.messages.subarray(from, from + longest);
    this.segmentFor(longest).take(messages, Uint32Array.of(longest), 0);
  }

  private segmentFor(bytes: number): Segment {
    const last = this.segments.at(-1);
    if (last?.segment.hasRoom(1, bytes)) return last.segment;
    const firstRow = last ? last.firstRow + last.segment.rows : 0;
    const segment = new Segment(this.segmentCapacity);
    this.segments.push({ segment, firstRow });
    return segment;
  }

  /** Drops the oldest until a tenth is free, so that it does not happen at every batch. */
  private evict(): number {
    const keepBytes = this.capBytes * 0.9;
    const dead = new Uint8Array(this.rows);
    let { bytes } = this;
    let evicted = 0;
    for (const row of this.byTime()) {
      if (bytes <= keepBytes) break;
      const { segment, local } = this.find(row);
      bytes -= segment.length(local) + PER_ROW;
      dead[row] = 1;
      evicted += 1;
      this.drop(this.columns.time(row));
    }
    for (const { segment, firstRow } of this.segments) {
      segment.compact((row) => dead[firstRow + row] === 0);
    }
    this.columns.compact((row) => dead[row] === 0);
    this.joinSegments();
    this.ids.rebuild(this.rows);
    this.order.clear();
    this.generation += 1;
    return evicted;
  }

  private drop(timeMs: number): void {
    const { fromMs, toMs } = this.dropped ?? { fromMs: timeMs, toMs: timeMs };
    this.dropped = { fromMs: Math.min(fromMs, timeMs), toMs: Math.max(toMs, timeMs) };
  }

  /** What fits into the one before moves there; empty ones go. */
  private joinSegments(): void {
    const joined: Placed[] = [];
    let firstRow = 0;
    for (const { segment } of this.segments) {
      const before = joined.at(-1)?.segment;
      if (before?.hasRoom(segment.rows, segment.bytes)) moveRows(segment, before);
      else if (segment.rows > 0) joined.push({ segment, firstRow });
      firstRow += segment.rows;
    }
    this.segments = joined;
  }
}

function messageLength(batch: LogBatch, i: number): number {
  return (batch.messageEnds[i] ?? 0) - (i === 0 ? 0 : (batch.messageEnds[i - 1] ?? 0));
}

function moveRows(from: Segment, to: Segment): void {
  const base = from.start(0);
  const ends = new Uint32Array(from.rows);
  for (let row = 0; row < from.rows; row += 1) ends[row] = from.start(row + 1);
  to.take(from.kernel.bytes.subarray(base, base + from.bytes), ends, base);
}
