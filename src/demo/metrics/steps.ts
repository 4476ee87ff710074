/** Work that can stand still between two steps, so that a long answer never holds up the process that computes it. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Longest stretch of work in one turn of the event loop, ms. */
const TURN_MS = 6;

/** Does all of it at once. */
export function runNow<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Does several pieces of work, giving way to the event loop so often that nobody waits long. */
export class Pace {
  private turnBegan = performance.now();

  /** Throws what the work throws. */
  async run<T>(steps: Steps<T>): Promise<T> {
    for (;;) {
      if (performance.now() - this.turnBegan >= TURN_MS) await this.giveWay();
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  }

  private async giveWay(): Promise<void> {
    await new Promise<void>((resolve) => void setImmediate(resolve));
    this.turnBegan = performance.now();
  }
}
