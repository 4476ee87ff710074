import { compareEvents, type LogEvent, MINUTE, PUT_KEYS } from './event';
import type { LogSource, StreamInfo } from './source';

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';

export interface LogGroupOptions {
  name: string;
  accountId: string;
  region: string;
  createdAt: number;
  logGroupClass?: LogGroupClass;
  /** Days; null keeps events for ever. */
  retentionInDays?: number | null;
  kmsKeyId?: string;
  tags?: Record<string, string>;
  /** Where its records come from; null for a group that only has what was put. */
  source?: LogSource | null;
  /** Since when the source has records, ms. */
  since?: number;
}

/** A stream that was created or put to; those of the source exist besides. */
export interface PutStream {
  name: string;
  createdAt: number;
  first: number | null;
  last: number | null;
  lastIngestion: number | null;
  bytes: number;
}

export interface StreamView {
  name: string;
  createdAt: number;
  first: number | null;
  last: number | null;
  lastIngestion: number | null;
}

const DAY = 86_400_000;
const MADE_DAYS = 30;

/** One log group: records its source makes on demand, and records that were put. */
export class LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly logGroupClass: LogGroupClass;
  retentionInDays: number | null;
  readonly kmsKeyId: string | undefined;
  readonly tags: Map<string, string>;
  /** Without the `:*` that DescribeLogGroups puts behind it in `arn`. */
  readonly arn: string;
  readonly putStreams = new Map<string, PutStream>();
  private readonly source: LogSource | null;
  private readonly sourceSince: number;
  /** By time and key. */
  private put: LogEvent[] = [];
  private serial = 0;

  constructor(options: LogGroupOptions) {
    this.name = options.name;
    this.createdAt = options.createdAt;
    this.logGroupClass = options.logGroupClass ?? 'STANDARD';
    this.retentionInDays = options.retentionInDays ?? null;
    this.kmsKeyId = options.kmsKeyId;
    this.tags = new Map(Object.entries(options.tags ?? {}));
    this.arn = `arn:aws:logs:${options.region}:${options.accountId}:log-group:${options.name}`;
    this.source = options.source ?? null;
    this.sourceSince = options.since ?? options.createdAt;
  }

  /** The oldest moment that can have an event, given what retention has removed by `now`. */
  since(now: number): number {
    const first = this.put[0]?.timestamp ?? Infinity;
    const oldest = Math.min(first, this.source === null ? Infinity : this.sourceSince);
    const kept = this.retentionInDays === null ? -Infinity : now - this.retentionInDays * DAY;
    return Math.max(Math.min(oldest, now), kept);
  }

  /** Events of the minute that starts at `minute`, by time, as far as they have been ingested by `now`. */
  minute(minute: number, now: number): LogEvent[] {
    const made = this.madeIn(minute, now);
    const from = firstAtOrAfter(this.put, minute);
    if (this.put.length === 0 || from === this.put.length) return made;
    const to = firstAtOrAfter(this.put, minute + MINUTE);
    return from === to ? made : [...made, ...this.put.slice(from, to)].sort(compareEvents);
  }

  addStream(name: string, createdAt: number): PutStream {
    const stream: PutStream = {
      name,
      createdAt,
      first: null,
      last: null,
      lastIngestion: null,
      bytes: 0,
    };
    this.putStreams.set(name, stream);
    return stream;
  }

  /** Takes records that are in chronological order; `now` is when they arrive. */
  append(
    stream: PutStream,
    records: readonly { timestamp: number; message: string }[],
    now: number,
  ): void {
    for (const { timestamp, message } of records) {
      this.serial += 1;
      this.put.push({
        timestamp,
        ingestionTime: now,
        message,
        stream: stream.name,
        key: PUT_KEYS + this.serial,
      });
      stream.first = Math.min(stream.first ?? timestamp, timestamp);
      stream.last = Math.max(stream.last ?? timestamp, timestamp);
      stream.bytes += Buffer.byteLength(message) + 26;
    }
    if (records.length > 0) stream.lastIngestion = now;
    this.put.sort(compareEvents);
  }

  removeStream(name: string): void {
    this.putStreams.delete(name);
    this.put = this.put.filter((event) => event.stream !== name);
  }

  hasStream(name: string, now: number): boolean {
    return this.putStreams.has(name) || this.streams(now).some((stream) => stream.name === name);
  }

  /** Every stream there is at `now`, by name. */
  streams(now: number): StreamView[] {
    const found = new Map<string, StreamView>();
    const made: StreamInfo[] = this.source?.streams(this.since(now), now) ?? [];
    for (const { name, from, to } of made) {
      const last = Math.min(to, now);
      found.set(name, { name, createdAt: from, first: from, last, lastIngestion: last });
    }
    for (const stream of this.putStreams.values()) found.set(stream.name, { ...stream });
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  /** What is kept, in bytes. */
  storedBytes(now: number): number {
    const madeFor = now - this.since(now);
    const made = this.source === null ? 0 : (this.source.bytesPerDay * madeFor) / DAY;
    return Math.round(made) + [...this.putStreams.values()].reduce((sum, s) => sum + s.bytes, 0);
  }

  /** Put events that arrived after `since` and up to `now`. */
  putSince(since: number, now: number): LogEvent[] {
    return this.put.filter((event) => event.ingestionTime > since && event.ingestionTime <= now);
  }

  /** What the source has in the minute, without what was put. */
  madeIn(minute: number, now: number): LogEvent[] {
    if (this.source === null || minute > now || minute + MINUTE <= this.sourceSince) return [];
    const events = this.source.minute(minute, now);
    return minute + MINUTE + 2000 < now
      ? events
      : events.filter((event) => event.ingestionTime <= now);
  }
}

function firstAtOrAfter(events: readonly LogEvent[], at: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.timestamp ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Since when a stock group has records: a whole number of days before the start. */
export const stockSince = (startAt: number): number =>
  Math.floor(startAt / DAY) * DAY - MADE_DAYS * DAY;
