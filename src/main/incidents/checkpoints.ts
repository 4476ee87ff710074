import type { IncidentBook } from '../../shared/incidents/incident-book';
import type { JournalEvent } from '../../shared/incidents/journal-events';
import { checkpointKey } from '../../shared/incidents/reduce-incidents';

/** At most one entry a region in this time: the journal holds what happened, not that nothing did. */
export const CHECKPOINT_EVERY_MS = 10 * 60_000;

type Checkpoint = Extract<JournalEvent, { type: 'history-checkpoint' }>;

/**
 * How far alarm history has been read, per connection and region. The newest is kept in memory and written now
 * and then: after a crash a few minutes of history are read again, and what is known by its id is no news.
 */
export class Checkpoints {
  private readonly unwritten = new Map<string, Checkpoint>();

  constructor(
    private readonly book: Pick<IncidentBook, 'checkpoints'>,
    private readonly record: (events: JournalEvent[]) => Promise<void>,
  ) {}

  /** In ms, or null where history has never been read. */
  get(connectionId: string, region: string): number | null {
    const key = checkpointKey(connectionId, region);
    return this.unwritten.get(key)?.at ?? this.book.checkpoints.get(key) ?? null;
  }

  /** Resolves once the checkpoint is kept; rejects never. */
  async set(connectionId: string, region: string, at: number): Promise<void> {
    const key = checkpointKey(connectionId, region);
    const written = this.book.checkpoints.get(key);
    if (written === at) return;
    const event: Checkpoint = { type: 'history-checkpoint', connectionId, region, at };
    this.unwritten.set(key, event);
    // A clock set back counts as time passed.
    if (written !== undefined && Math.abs(at - written) < CHECKPOINT_EVERY_MS) return;
    await this.write([[key, event]]);
  }

  /** Writes what is newer than the journal: the next start reads no more history than it has to. */
  flush(): Promise<void> {
    return this.write([...this.unwritten]);
  }

  private async write(checkpoints: [string, Checkpoint][]): Promise<void> {
    await this.record(checkpoints.map(([, event]) => event));
    for (const [key, event] of checkpoints) {
      if (this.unwritten.get(key) === event) this.unwritten.delete(key);
    }
  }
}
