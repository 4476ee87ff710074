import { z } from 'zod';
import { hashText } from '../../random';
import { type LogEvent, MINUTE, type Position } from '../../logs/event';
import type { LogGroup } from '../../logs/log-group';
import { Breather, minutesOf } from '../../logs/scan';
import { decodeToken, encodeToken } from '../paging';
import type { Operation } from '../operation';
import { invalidParameter, invalidToken, noSuchStream } from './errors';
import { groupFields, groupOf, parseLogsInput, patternOf } from './input';

const filterInput = z.object({
  ...groupFields,
  logStreamNames: z.array(z.string()).min(1).max(100).optional(),
  logStreamNamePrefix: z.string().min(1).optional(),
  startTime: z.number().int().min(0).optional(),
  endTime: z.number().int().min(0).optional(),
  filterPattern: z.string().optional(),
  nextToken: z.string().min(1).optional(),
  limit: z.number().int().min(1).max(10_000).optional(),
  startFromHead: z.boolean().optional(),
  interleaved: z.boolean().optional(),
});

/** A page looks at no more than this, found or not: what is rare comes with empty pages between. */
const SCAN_EVENTS = 50_000;
const SCAN_MINUTES = 1440;
const PAGE_BYTES = 1_048_576;
/** What AWS counts for an event beside its message. */
export const EVENT_OVERHEAD = 26;
const BACKWARDS_SINCE = Date.UTC(2024, 0, 1);

interface Place extends Position {
  backwards: boolean;
  /** End of the window, fixed by the first page. */
  to: number;
}
const placeSchema = z.tuple([z.number(), z.number(), z.boolean(), z.number()]);

/** All streams of a group together, by time, in the direction the first request names. */
export const filterLogEvents: Operation = async ({ world, region, signal }, body) => {
  const input = parseLogsInput(filterInput, body);
  const group = groupOf(region, input);
  if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
    throw invalidParameter(
      'logStreamNamePrefix and logStreamNames are mutually exclusive parameters.',
    );
  }
  const from = input.startTime ?? 0;
  if (input.endTime !== undefined && input.endTime < from) {
    throw invalidParameter('startTime must be less than or equal to endTime.');
  }
  if (input.startFromHead === false && from < BACKWARDS_SINCE) {
    throw invalidParameter(
      'startFromHead can be false only if startTime is on or after 1704067200000.',
    );
  }
  const pattern = patternOf(input.filterPattern);
  const wanted = streamTest(group, input.logStreamNames, input.logStreamNamePrefix, world.now());
  const question = [
    group.name,
    from,
    input.endTime,
    input.filterPattern,
    input.logStreamNames,
    input.logStreamNamePrefix,
  ];
  const place = input.nextToken === undefined ? null : readPlace(question, input.nextToken);
  const backwards = place?.backwards ?? input.startFromHead === false;
  const to = place?.to ?? input.endTime ?? world.now();
  const page = new Page(input.limit ?? 10_000, group.arn);
  const breather = new Breather();
  const minutes = minutesOf(group, { from, to }, { now: world.now, backwards, after: place });
  for await (const { minute, events } of minutes) {
    if (signal.aborted) break;
    for (const [index, event] of events.entries()) {
      if (page.full) break;
      if (index % 512 === 511) await breather.turn();
      page.look(event, wanted(event.stream) && pattern.matches(event.message));
    }
    page.minuteDone(minute, backwards);
    if (page.full) break;
  }
  const { last } = page;
  return {
    events: page.events,
    searchedLogStreams: [],
    ...(page.full && last !== null
      ? {
          nextToken: encodeToken(
            question,
            JSON.stringify([last.timestamp, last.key, backwards, to]),
          ),
        }
      : {}),
  };
};

/** Collects until it has enough or has looked at enough. */
class Page {
  readonly events: Record<string, unknown>[] = [];
  /** Where the next page goes on. */
  last: Position | null = null;
  full = false;
  private scanned = 0;
  private minutes = 0;
  private bytes = 0;

  constructor(
    private readonly limit: number,
    private readonly groupArn: string,
  ) {}

  look(event: LogEvent, found: boolean): void {
    if (found) {
      const size = event.message.length + EVENT_OVERHEAD;
      if (this.events.length > 0 && this.bytes + size > PAGE_BYTES) {
        this.full = true;
        return;
      }
      this.bytes += size;
      this.events.push({
        logStreamName: event.stream,
        timestamp: event.timestamp,
        message: event.message,
        ingestionTime: event.ingestionTime,
        eventId: eventIdOf(this.groupArn, event),
      });
    }
    this.last = { timestamp: event.timestamp, key: event.key };
    this.scanned += 1;
    if (this.events.length >= this.limit || this.scanned >= SCAN_EVENTS) this.full = true;
  }

  minuteDone(minute: number, backwards: boolean): void {
    if (this.full) return;
    // Behind the whole minute, so that an empty one counts as searched.
    this.last = backwards
      ? { timestamp: minute, key: -1 }
      : { timestamp: minute + MINUTE - 1, key: Number.MAX_SAFE_INTEGER };
    this.minutes += 1;
    if (this.minutes >= SCAN_MINUTES) this.full = true;
  }
}

function readPlace(question: unknown, token: string): Place {
  const parsed = placeSchema.safeParse(JSON.parse(decodeToken(question, token, invalidToken)));
  if (!parsed.success) throw invalidToken();
  const [timestamp, key, backwards, to] = parsed.data;
  return { timestamp, key, backwards, to };
}

function streamTest(
  group: LogGroup,
  names: readonly string[] | undefined,
  prefix: string | undefined,
  now: number,
): (stream: string) => boolean {
  if (names !== undefined) {
    const known = new Set(group.streams(now).map((stream) => stream.name));
    if (names.some((name) => !known.has(name))) throw noSuchStream();
    const wanted = new Set(names);
    return (stream) => wanted.has(stream);
  }
  return prefix === undefined ? () => true : (stream) => stream.startsWith(prefix);
}

/** 56 digits that grow with time, as AWS's do. */
export function eventIdOf(groupArn: string, event: LogEvent): string {
  const where = hashText(event.stream, hashText(groupArn, 1));
  return `3${String(event.timestamp).padStart(14, '0')}${String(event.key).padStart(20, '0')}${String(where).padStart(21, '0')}`;
}
