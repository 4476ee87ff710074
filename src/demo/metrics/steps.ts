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

/** Gives way to the event loop so often that nobody waits long. Throws what the work throws. */
export async function runYielding<T>(steps: Steps<T>): Promise<T> {
  let turnStarted = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - turnStarted < TURN_MS) continue;
    await new Promise<void>((resolve) => void setImmediate(resolve));
    turnStarted = performance.now();
  }
}
