/** All events of one slice of time over all groups, in order: asked for side by side, held until they are whole. */
import { setMaxListeners } from 'node:events';
import { FailureError } from '../../../shared/failure';
import type { LogSearch } from '../../../shared/logs/search';
import type { ExportRow } from '../../../shared/logs/export-text';
import { GroupWalk } from '../search/group-walk';
import type { SearchApi } from '../search/group-walk';
import type { FoundEvent } from '../search/page-frames';
import { Turns } from '../search/turns';
import type { GroupPlace, OtherWalk, Walk, WalkParts } from '../search/walk';

export interface SliceReaderParts {
  search: LogSearch;
  apiOf: (connectionId: string, region: string) => SearchApi;
  /** Walks groups of sources other than CloudWatch. */
  otherWalk: OtherWalk | undefined;
  /** A slice above this is given up, to be read in smaller ones. */
  maxBytes: number;
  throttled: (times: number) => void;
  /** This group cannot be read and is left out from now on. */
  leaveOut: (place: GroupPlace, error: FailureError) => void;
  isLeftOut: (place: GroupPlace) => boolean;
}

/** Half open, ms UTC. */
export interface TimeSlice {
  fromMs: number;
  toMs: number;
}

export interface SliceRows {
  rows: ExportRow[];
  bytes: number;
}

interface Placed {
  place: number;
  event: FoundEvent;
}

/** What an event costs in memory beside its message, about. */
const EVENT_BYTES = 200;
const PAGE_EVENTS = 10_000;
/** Pages asked for side by side in one region of a connection. */
const PAGES_AT_ONCE = 6;

export class SliceReader {
  private readonly places: GroupPlace[];
  private readonly turns = new Map<string, Turns>();

  constructor(private readonly parts: SliceReaderParts) {
    this.places = placesOf(parts.search);
  }

  /** 'too-much' for a slice that should be read in smaller ones. Rejects with FailureError. */
  async read(slice: TimeSlice, signal: AbortSignal): Promise<SliceRows | 'too-much'> {
    const room = new Room(slice.toMs - slice.fromMs > 1 ? this.parts.maxBytes : Infinity);
    const stop = new AbortController();
    setMaxListeners(0, stop.signal);
    const forward = (): void => stop.abort(signal.reason);
    signal.addEventListener('abort', forward, { once: true });
    if (signal.aborted) forward();
    const found: Placed[] = [];
    const walks = this.places.map(async (place, index) => {
      try {
        for await (const event of this.eventsIn(place, slice, room, stop.signal)) {
          found.push({ place: index, event });
        }
      } catch (error) {
        // The others' answers are of no use any more.
        stop.abort(new DOMException('', 'AbortError'));
        throw error;
      }
    });
    const ended = await Promise.allSettled(walks);
    signal.removeEventListener('abort', forward);
    if (room.over) return 'too-much';
    // The first that failed is the cause; those after it were cancelled.
    const causes = ended.flatMap((end): unknown[] =>
      end.status === 'rejected' ? [end.reason] : [],
    );
    const cause = causes.find((error) => !isCancelled(error)) ?? causes[0];
    if (cause !== undefined) throw cause;
    found.sort(this.parts.search.newestFirst ? (a, b) => inOrder(b, a) : inOrder);
    return { rows: found.map((one) => this.rowOf(one)), bytes: room.used };
  }

  private async *eventsIn(
    place: GroupPlace,
    slice: TimeSlice,
    room: Room,
    signal: AbortSignal,
  ): AsyncGenerator<FoundEvent, void, undefined> {
    if (this.parts.isLeftOut(place)) return;
    const walk = this.walkOf(place, slice);
    const seen = new Set<string>();
    try {
      while (!walk.ended) {
        for (const event of await this.page(walk, signal)) {
          const inside = event.timestamp >= slice.fromMs && event.timestamp < slice.toMs;
          if (!inside || seen.has(event.id)) continue;
          if (event.id !== '') seen.add(event.id);
          room.take(Buffer.byteLength(event.message) + EVENT_BYTES);
          yield event;
        }
      }
    } catch (error) {
      if (!(error instanceof FailureError) || !isGone(error)) throw error;
      this.parts.leaveOut(place, error);
    } finally {
      walk.close?.();
    }
    const { failure } = walk.progress;
    if (failure !== null) throw new FailureError(failure);
  }

  private async page(walk: Walk, signal: AbortSignal): Promise<readonly FoundEvent[]> {
    const giveBack = await this.turnsOf(walk.progress).take();
    try {
      signal.throwIfAborted();
      const page = await walk.next(PAGE_EVENTS, signal);
      page.take();
      return page.events;
    } finally {
      giveBack();
    }
  }

  private walkOf(place: GroupPlace, slice: TimeSlice): Walk {
    const { search, apiOf, otherWalk, throttled } = this.parts;
    const { pattern } = search;
    let counted = 0;
    const walk: WalkParts = {
      place,
      // The end is included by CloudWatch; what is on it belongs to the next slice and is left to it.
      search: { startMs: slice.fromMs, endMs: slice.toMs, pattern, newestFirst: false },
      changed: () => {
        const { throttles } = made.progress;
        throttled(throttles - counted);
        counted = throttles;
      },
    };
    const api = (): SearchApi => apiOf(place.connectionId, place.region);
    const made = otherWalk?.(walk) ?? new GroupWalk({ ...walk, api });
    return made;
  }

  private turnsOf({ connectionId, region }: GroupPlace): Turns {
    const key = `${connectionId}|${region}`;
    const turns = this.turns.get(key) ?? new Turns(PAGES_AT_ONCE);
    this.turns.set(key, turns);
    return turns;
  }

  private rowOf({ place, event }: Placed): ExportRow {
    const { connectionId = '', region = '', group = '' } = this.places[place] ?? {};
    const { stream, timestamp, ingestion, message } = event;
    return { connectionId, region, group, stream, timestamp, ingestion, message };
  }
}

/** Counts what a slice holds; throws when it is too much. */
class Room {
  used = 0;
  over = false;

  constructor(private readonly max: number) {}

  take(bytes: number): void {
    this.used += bytes;
    if (this.used <= this.max) return;
    this.over = true;
    throw new Error('More than one slice should hold.');
  }
}

export const placesOf = (search: Pick<LogSearch, 'targets'>): GroupPlace[] => {
  const places = new Map<string, GroupPlace>();
  for (const { connectionId, region, groups } of search.targets) {
    for (const group of groups) {
      places.set(JSON.stringify([connectionId, region, group]), { connectionId, region, group });
    }
  }
  return [...places.values()];
};

/** The same however the time was sliced, so that an export that was resumed is the same file. */
function inOrder(a: Placed, b: Placed): number {
  return (
    a.event.timestamp - b.event.timestamp ||
    a.place - b.place ||
    compare(a.event.id, b.event.id) ||
    compare(a.event.stream, b.event.stream) ||
    compare(a.event.message, b.event.message)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Asking again would say the same: the group was deleted, or may not be read. */
const isGone = ({ failure }: FailureError): boolean =>
  failure.kind === 'not-found' || failure.kind === 'denied';

const isCancelled = (error: unknown): boolean =>
  error instanceof FailureError
    ? error.failure.kind === 'cancelled'
    : error instanceof DOMException && error.name === 'AbortError';
