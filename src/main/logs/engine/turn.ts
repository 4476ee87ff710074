/** A task was overtaken by a newer one, or is no longer wanted. */
export class CancelledError extends Error {
  constructor() {
    super('Cancelled.');
    this.name = new.target.name;
  }
}

/** Longest stretch of work before the next message is heard, ms. */
export const TURN_MS = 6;

/** Lets messages in between pieces of work; a message may cancel it. */
export class Turn {
  private since = performance.now();
  private cancelled = false;

  cancel(): void {
    this.cancelled = true;
  }

  get isCancelled(): boolean {
    return this.cancelled;
  }

  /** Whether it is time to let others in. */
  get due(): boolean {
    return performance.now() - this.since >= TURN_MS;
  }

  /** @throws CancelledError */
  async yield(): Promise<void> {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    if (this.cancelled) throw new CancelledError();
    this.since = performance.now();
  }
}
