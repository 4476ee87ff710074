/** Live tails: CloudWatch's StartLiveTail, several connections at once. */
import type { Clock } from '../../../shared/clock';
import { FailureError } from '../../../shared/failure';
import type { LogTail, TailState } from '../../../shared/logs/tail';
import type { EventSink, LogTails } from '../log-seams';
import type { KnownGroups } from '../known-groups';
import { TailRun } from './tail-run';
import type { TailApi } from './tail-target';

export interface LiveTailsParts {
  apiOf: (connectionId: string, region: string) => TailApi;
  known: KnownGroups;
  sink: EventSink;
  clock: Clock;
}

/** Groups one session takes. */
const MAX_GROUPS = 10;

export class LiveTails implements LogTails {
  private readonly runs = new Map<string, TailRun>();
  private readonly listeners = new Set<(state: TailState) => void>();

  constructor(private readonly parts: LiveTailsParts) {}

  /** Rejects with FailureError `invalid` for what CloudWatch would never take, or when the engine is not there. */
  async start(tail: LogTail): Promise<TailState> {
    this.check(tail);
    const run = new TailRun({
      ...this.parts,
      tail,
      tell: (state) => {
        for (const listener of this.listeners) listener(state);
      },
    });
    this.runs.set(tail.tailId, run);
    try {
      await run.start();
    } catch (error) {
      this.runs.delete(tail.tailId);
      throw error;
    }
    return run.state();
  }

  onState(listener: (state: TailState) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async stop(tailId: string): Promise<boolean> {
    const run = this.runs.get(tailId);
    run?.stop();
    return run !== undefined;
  }

  async close(tailId: string): Promise<boolean> {
    if (!(await this.stop(tailId))) return false;
    this.runs.delete(tailId);
    await this.parts.sink.close(tailId);
    return true;
  }

  stopAll(): void {
    for (const run of this.runs.values()) run.stop();
  }

  private check({ tailId, targets }: LogTail): void {
    if (this.runs.has(tailId)) throw refused('These logs are followed already.', 'Stop it first.');
    const full = targets.find(({ groups }) => groups.length > MAX_GROUPS);
    if (full === undefined) return;
    throw refused(
      `Live tail follows at most ${MAX_GROUPS} log groups of one region; ${full.groups.length} of ${full.region} were chosen.`,
      'Choose fewer groups, or search them.',
      full.connectionId,
    );
  }
}

const refused = (
  message: string,
  advice: string,
  connectionId: string | null = null,
): FailureError =>
  new FailureError({ kind: 'invalid', connectionId, operation: 'StartLiveTail', message, advice });
