import type { Clock } from '../../shared/clock';

/**
 * Runs a task again and again: never two at once, each run says how long to wait for the next (ms).
 * The task must not reject; it turns failures into its next delay.
 */
export class Repeater {
  private cancelTimer: (() => void) | null = null;
  private run: { abort: AbortController; done: Promise<void> } | null = null;
  private again = false;
  private active = false;

  constructor(
    private readonly clock: Clock,
    private readonly task: (signal: AbortSignal) => Promise<number>,
  ) {}

  /** Starts, or runs at once: after the run in flight, if there is one. Resolves when that run has ended. */
  async kick(): Promise<void> {
    this.active = true;
    this.clearTimer();
    if (this.run !== null) {
      this.again = true;
      await this.run.done;
      // The run that was asked for starts in the same turn the former one ends.
      await this.run?.done;
      return;
    }
    await this.begin();
  }

  /** Gives up the run in flight (its connections are dead after sleep) and runs anew. */
  async restart(): Promise<void> {
    await this.pause();
    await this.kick();
  }

  /** Stops until the next kick; resolves when nothing runs any more. */
  async pause(): Promise<void> {
    this.active = false;
    this.again = false;
    this.clearTimer();
    this.run?.abort.abort();
    await this.run?.done;
  }

  private begin(): Promise<void> {
    const abort = new AbortController();
    const done = this.task(abort.signal).then((delayMs) => {
      this.run = null;
      if (!this.active) return;
      if (this.again) {
        this.again = false;
        void this.begin();
        return;
      }
      this.cancelTimer = this.clock.after(delayMs, () => {
        this.cancelTimer = null;
        void this.begin();
      });
    });
    this.run = { abort, done };
    return done;
  }

  private clearTimer(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }
}
