import type { Clock } from '../../src/shared/clock';

interface Timer {
  at: number;
  task: () => void;
}

/** A clock that stands still until told; timers run in order, with pending promises settled between them. */
export class TestClock implements Clock {
  private timers: Timer[] = [];
  constructor(private time = Date.UTC(2026, 0, 15, 3, 0)) {}

  now(): number {
    return this.time;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { at: this.time + Math.max(0, delayMs), task };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Time passes without a timer firing, as when the machine sleeps. */
  jump(ms: number): void {
    this.time += ms;
  }

  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.timers = this.timers.filter((other) => other !== next);
      this.time = Math.max(this.time, next.at);
      next.task();
      await settle();
    }
    this.time = end;
  }
}

/** Lets promise chains run to their end. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
