import { hex32 } from './fast-text';
import { compareEvents, DAY, type LogEvent, MINUTE } from './event';
import { mix } from '../random';

export interface StreamInfo {
  name: string;
  /** First and end of its time of writing, ms. */
  from: number;
  to: number;
}

/** Where a group's records come from: a pure function of time, so that any window can be asked again. */
export interface LogSource {
  /** Records of the minute that starts at `minute`, by time. `now` decides which incidents have shown yet. */
  minute(minute: number, now: number): LogEvent[];
  /** Streams that were written to between two moments. */
  streams(from: number, to: number): StreamInfo[];
  /** About what it writes. */
  bytesPerDay: number;
}

/** Collects a minute's records; they may be added in any order. */
export class Batch {
  private readonly events: LogEvent[] = [];

  constructor(readonly minute: number) {}

  /** `offset`: ms within the minute. */
  add(offset: number, stream: string, key: number, message: string): void {
    // Nobody keeps empty records. Reading a letter also makes the engine lay the pieces of the text out as one:
    // in pieces, a busy minute takes three times as long to collect.
    if (Number.isNaN(message.charCodeAt(0))) return;
    const timestamp = this.minute + offset;
    this.events.push({
      timestamp,
      ingestionTime: timestamp + 140 + (Math.imul(key, 37) & 511),
      message,
      stream,
      key,
    });
  }

  sorted(): LogEvent[] {
    return this.events.sort(compareEvents);
  }
}

/** Names of streams that change every day at midnight UTC, as tasks do when a service is released daily. */
export class DailyStreams {
  private day = -1;
  private names: string[] = [];

  constructor(
    private readonly nameOf: (day: number, index: number) => string,
    private readonly perDay: number,
  ) {}

  /** The streams of the day `minute` lies in. */
  at(minute: number): readonly string[] {
    const day = Math.floor(minute / DAY);
    if (day !== this.day) {
      this.day = day;
      this.names = this.namesOf(day);
    }
    return this.names;
  }

  between(from: number, to: number): StreamInfo[] {
    const found: StreamInfo[] = [];
    for (let day = Math.floor(from / DAY); day * DAY <= to; day += 1) {
      for (const name of this.namesOf(day)) {
        const start = Math.max(from, day * DAY);
        found.push({ name, from: start, to: Math.min(to, (day + 1) * DAY - 1) });
      }
    }
    return found;
  }

  private namesOf(day: number): string[] {
    return Array.from({ length: this.perDay }, (_, index) => this.nameOf(day, index));
  }
}

/** `<prefix><container>/<task id>`, as the awslogs driver of ECS names streams. */
export const taskStream =
  (prefix: string, seed: number) =>
  (day: number, index: number): string =>
    `${prefix}/${hex32(mix(seed ^ (day * 64 + index)))}`;

/** `2026/11/22/[$LATEST]<id>`, as Lambda names them. */
export const lambdaStream =
  (seed: number) =>
  (day: number, index: number): string =>
    `${new Date(day * DAY).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${hex32(mix(seed ^ (day * 64 + index)))}`;

/** How many of something that happens `rate` times a minute happen in this one; the fraction is drawn by `hash`. */
export const countOf = (rate: number, hash: number): number =>
  Math.floor(rate) + (hash / 4294967296 < rate - Math.floor(rate) ? 1 : 0);

/** −1 at night to +1 in the afternoon, as the demo's metrics have it. */
export const dayShape = (at: number): number => Math.sin(((at % DAY) / DAY) * 2 * Math.PI - 2.6);

export const minuteOf = (at: number): number => Math.floor(at / MINUTE) * MINUTE;
