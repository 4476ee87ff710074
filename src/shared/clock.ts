/** Time as a dependency, so that polling, escalation and the demo run on test time. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

/** setTimeout overflows above this (2^31 - 1 ms) and would fire at once, so longer waits are chained. */
const MAX_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (remainingMs: number): void => {
      timer =
        remainingMs > MAX_TIMER_MS
          ? setTimeout(() => arm(remainingMs - MAX_TIMER_MS), MAX_TIMER_MS)
          : setTimeout(task, Math.max(0, remainingMs));
    };
    arm(delayMs);
    return () => clearTimeout(timer);
  },
};
