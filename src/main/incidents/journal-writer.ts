import type { Clock } from '../../shared/clock';
import type { JournalEvent } from '../../shared/incidents/journal-events';
import type { BookEntry } from '../../shared/incidents/reduce-incidents';
import type { Journal } from '../seams';

/** What could not be written yet; the oldest are given up beyond this. */
const MAX_BACKLOG = 10_000;

/**
 * Writes to the journal on behalf of the incident service. What the console itself saw or did is kept in
 * memory while the disk refuses it, and written with the next success: a full disk must not keep an alarm
 * from being told. What a person did is only true once it is on disk.
 */
export class JournalWriter {
  private backlog: JournalEvent[] = [];
  private nextUnwritten = -1;

  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /** For what people do: rejects unless it is on disk. */
  async must(event: JournalEvent): Promise<BookEntry[]> {
    const backlog = this.takeBacklog();
    try {
      const entries = await this.journal.append([...backlog, event]);
      return entries.slice(backlog.length);
    } catch (error) {
      this.keep(backlog);
      throw error;
    }
  }

  /** For what the console saw or did: always gives entries to go on with, on disk if at all possible. */
  async best(events: JournalEvent[]): Promise<BookEntry[]> {
    const backlog = this.takeBacklog();
    try {
      const entries = await this.journal.append([...backlog, ...events]);
      return entries.slice(backlog.length);
    } catch {
      // The journal itself names the problem to the window; here the events only have to survive it.
      this.keep([...backlog, ...events]);
      const at = this.clock.now();
      return events.map((event) => ({ seq: this.nextUnwritten--, at, event }));
    }
  }

  private takeBacklog(): JournalEvent[] {
    const taken = this.backlog;
    this.backlog = [];
    return taken;
  }

  private keep(events: JournalEvent[]): void {
    this.backlog = [...events, ...this.backlog].slice(-MAX_BACKLOG);
  }
}
