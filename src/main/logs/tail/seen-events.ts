/**
 * What has been handed on of late. Live tail's events carry no id and a search's do, so an event that comes both
 * ways, live and while a gap is filled, is known again by where, when and what it says; as often as it was said,
 * it is handed on.
 */
import { createHash } from 'node:crypto';

export interface TailEvent {
  group: string;
  stream: string;
  /** ms UTC. */
  timestamp: number;
  ingestion: number;
  /** Empty for what came live. */
  id: string;
  message: string;
}

/** Longer than anything arrives late in the way of live tail (ms). */
const REMEMBER_MS = 3 * 60_000;

interface Seen {
  at: number;
  live: number;
  searched: number;
}

export class SeenEvents {
  private readonly byKey = new Map<string, Seen>();
  private readonly ids = new Map<string, number>();
  private prunedAt = 0;

  /** Those of the events that were not handed on before. */
  fresh(events: readonly TailEvent[], nowMs: number): TailEvent[] {
    this.prune(nowMs);
    return events.filter((event) => this.isFresh(event, nowMs));
  }

  private isFresh(event: TailEvent, nowMs: number): boolean {
    if (event.id !== '') {
      if (this.ids.has(event.id)) return false;
      this.ids.set(event.id, nowMs);
    }
    const key = keyOf(event);
    const seen = this.byKey.get(key) ?? { at: nowMs, live: 0, searched: 0 };
    seen.at = nowMs;
    this.byKey.set(key, seen);
    if (event.id === '') {
      seen.live += 1;
      return seen.live > seen.searched;
    }
    seen.searched += 1;
    return seen.searched > seen.live;
  }

  private prune(nowMs: number): void {
    if (nowMs - this.prunedAt < 10_000) return;
    this.prunedAt = nowMs;
    for (const [key, { at }] of this.byKey) if (nowMs - at > REMEMBER_MS) this.byKey.delete(key);
    for (const [id, at] of this.ids) if (nowMs - at > REMEMBER_MS) this.ids.delete(id);
  }
}

const keyOf = ({ group, stream, timestamp, message }: TailEvent): string =>
  createHash('sha1').update(`${group}\0${stream}\0${timestamp}\0${message}`).digest('base64');
