import type { Clock } from '../../shared/clock';
import type { AlarmUpdate } from '../seams';
import type { SightedPage } from './region-reader';
import type { RegionReader } from './region-reader';
import { Changes } from './region-book';
import type { RegionBook, ToldChange } from './region-book';
import type { TagKeeper } from './tag-keeper';

/** History may show an item some seconds late, so each catch-up reads a little of the past again. */
const HISTORY_OVERLAP_MS = 2 * 60_000;
/** CloudWatch keeps 30 days. */
const HISTORY_KEPT_MS = 30 * 86_400_000;

/** How far alarm history has been read, per region; kept in the journal. */
export interface Checkpoint {
  /** Server time, ms; null before the first. */
  get(): number | null;
  set(at: number): void | Promise<void>;
}

export interface RoundParts {
  clock: Clock;
  reader: RegionReader;
  book: RegionBook;
  tags: TagKeeper;
  checkpoint: Checkpoint;
  /** Resolves when everybody has dealt with the update (journalled it). */
  emit(update: AlarmUpdate): Promise<void>;
  needsTags(): boolean;
  /** Server time minus local time, ms. */
  skewMs(): number;
}

/** What one connection's region is asked, round by round, and what comes of the answers. */
export class RegionRounds {
  /** True when something was seen that only history explains. */
  gap = false;

  constructor(private readonly parts: RoundParts) {}

  /** What fires now, then by name what does no longer. */
  async poll(signal: AbortSignal): Promise<void> {
    const { reader } = this.parts;
    const firingBefore = this.firingKeys();
    const seen = new Set<string>();
    for await (const page of reader.firing(signal)) {
      for (const { alarm } of page.sightings) seen.add(alarm.key);
      await this.take(page, 'poll', signal);
    }
    await this.lookAgain(
      firingBefore.filter((key) => !seen.has(key)),
      signal,
    );
  }

  /** Every alarm; what no answer holds any more is asked for by name, then forgotten. */
  async sweep(signal: AbortSignal): Promise<void> {
    const { reader, book } = this.parts;
    const before = [...book.keys()];
    const seen = new Set<string>();
    for await (const page of reader.all(signal)) {
      for (const { alarm } of page.sightings) seen.add(alarm.key);
      await this.take(page, 'sweep', signal);
    }
    await this.lookAgain(
      before.filter((key) => !seen.has(key)),
      signal,
    );
    const changes = new Changes();
    for (const key of book.unseenKeys()) book.remove(key, changes);
    await this.tell(changes, this.parts.clock.now());
  }

  /** State changes since the last checkpoint: finds what went by between two looks. */
  async catchUp(signal: AbortSignal): Promise<void> {
    const { clock, reader, book, checkpoint } = this.parts;
    this.gap = false;
    const startedAt = clock.now() + this.parts.skewMs();
    const readUntil = checkpoint.get();
    if (readUntil !== null) {
      const start = Math.max(readUntil - HISTORY_OVERLAP_MS, startedAt - HISTORY_KEPT_MS);
      const items = await reader.stateChanges(start, signal);
      const receivedAt = clock.now();
      await this.meet(
        items.filter(({ to }) => to === 'ALARM').map(({ alarmName }) => alarmName),
        signal,
      );
      const changes = new Changes();
      for (const { alarmName, from, to, at, reason, reasonData } of items) {
        const alarm = book.byName(alarmName);
        if (alarm === undefined || to === null) continue;
        const change: ToldChange = { from, to, at, reason, reasonData, source: 'history' };
        book.apply(alarm.key, change, receivedAt, changes);
      }
      await this.tell(changes, receivedAt);
    }
    await checkpoint.set(Math.max(startedAt, readUntil ?? 0));
  }

  /** A pushed change. Rejects when the alarm is new and cannot be asked for; the queue then gives it again. */
  async pushed(name: string, change: ToldChange, signal: AbortSignal): Promise<void> {
    const receivedAt = this.parts.clock.now();
    await this.meet([name], signal);
    const alarm = this.parts.book.byName(name);
    if (alarm === undefined) return;
    if (this.parts.needsTags()) {
      const sighting = { alarm: { ...alarm, state: change.to }, dated: true };
      await this.parts.tags.beforeTelling([sighting], signal);
    }
    const changes = new Changes();
    this.parts.book.apply(alarm.key, change, receivedAt, changes);
    await this.tell(changes, receivedAt);
  }

  async fillTags(signal: AbortSignal): Promise<void> {
    await this.tell(await this.parts.tags.pass(signal), this.parts.clock.now());
  }

  /** Alarms history or the queue speaks of before any sweep has shown them. */
  private async meet(names: string[], signal: AbortSignal): Promise<void> {
    const unknown = [...new Set(names)].filter(
      (name) => this.parts.book.byName(name) === undefined,
    );
    for await (const page of this.parts.reader.named(unknown, signal)) {
      await this.take(page, 'poll', signal);
    }
  }

  /** Asks for these by name and forgets those that do not exist any more. */
  private async lookAgain(keys: string[], signal: AbortSignal): Promise<void> {
    const names = keys.flatMap((key) => this.parts.book.get(key)?.name ?? []);
    if (names.length === 0) return;
    const seen = new Set<string>();
    for await (const page of this.parts.reader.named(names, signal)) {
      for (const { alarm } of page.sightings) seen.add(alarm.key);
      await this.take(page, 'poll', signal);
    }
    const changes = new Changes();
    for (const key of keys) {
      if (!seen.has(key)) this.parts.book.remove(key, changes);
    }
    await this.tell(changes, this.parts.clock.now());
  }

  private async take(
    { sightings, receivedAt }: SightedPage,
    source: 'poll' | 'sweep',
    signal: AbortSignal,
  ): Promise<void> {
    if (this.parts.needsTags()) await this.parts.tags.beforeTelling(sightings, signal);
    const changes = new Changes();
    for (const sighting of sightings) {
      this.parts.book.observe(sighting, source, receivedAt, changes);
    }
    await this.tell(changes, receivedAt);
  }

  private async tell(changes: Changes, receivedAt: number): Promise<void> {
    if (changes.gap) this.gap = true;
    if (changes.empty) return;
    await this.parts.emit({
      upserted: [...changes.upserted.values()],
      removedKeys: [...changes.removed],
      transitions: changes.transitions,
      receivedAt,
    });
  }

  private firingKeys(): string[] {
    const { book } = this.parts;
    return [...book.keys()].filter((key) => book.get(key)?.state === 'ALARM');
  }
}
