/** Consecutive periods. */
export interface Grid {
  /** Start of the first, ms. */
  startMs: number;
  periodMs: number;
  length: number;
}

/** What is asked for. `aligned`: periods lie on multiples of themselves, as GetMetricData has them; otherwise they end
 * with the window, as an alarm's do. */
export interface Window {
  startMs: number;
  /** Exclusive. */
  endMs: number;
  aligned: boolean;
}

/**
 * The window's periods of one length. Of an aligned window only what is still kept and has begun: however long
 * the question, the answer is bounded.
 */
export function gridOf(window: Window, periodMs: number, now: number): Grid {
  if (window.aligned) {
    const asked = Math.floor(window.startMs / periodMs) * periodMs;
    const startMs = Math.max(asked, Math.ceil(keptFrom(periodMs, now) / periodMs) * periodMs);
    const endMs = Math.min(window.endMs, now + 1);
    return { startMs, periodMs, length: Math.max(0, Math.ceil((endMs - startMs) / periodMs)) };
  }
  const length = Math.max(0, Math.round((window.endMs - window.startMs) / periodMs));
  return { startMs: window.endMs - length * periodMs, periodMs, length };
}

export const startOf = (on: Grid, index: number): number => on.startMs + index * on.periodMs;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The oldest moment a period of this length is kept for at `now`. CloudWatch keeps seconds for 3 hours, minutes
 * for 15 days, five minutes for 63 and hours for 455.
 */
function keptFrom(periodMs: number, now: number): number {
  if (periodMs < 60_000) return now - 3 * HOUR;
  if (periodMs % 300_000 !== 0) return now - 15 * DAY;
  if (periodMs % HOUR !== 0) return now - 63 * DAY;
  return now - 455 * DAY;
}
