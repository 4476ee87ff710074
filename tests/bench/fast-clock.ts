import { type Clock, systemClock } from '../../src/shared/clock';

/** A clock that passes `speed` times as fast, so that an hour of polling fits into a minute. */
export function fastClock(speed: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * speed,
    after: (delayMs, task) => systemClock.after(delayMs / speed, task),
  };
}
