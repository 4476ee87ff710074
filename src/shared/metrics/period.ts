const HOUR_S = 3600;
const DAY_S = 86_400;
/** More points than a graph has pixels say nothing more. */
const MAX_POINTS = 1_000;

/** Shortest period (s) kept of data so old (s): CloudWatch keeps 1 s points 3 h, 1 min 15 d, 5 min 63 d, 1 h 455 d. */
export function shortestKept(ageSeconds: number): number {
  if (ageSeconds > 63 * DAY_S) return HOUR_S;
  if (ageSeconds > 15 * DAY_S) return 300;
  return ageSeconds > 3 * HOUR_S ? 60 : 1;
}

/**
 * The period (s) to ask a window in: a multiple of the alarm's own, so that its datapoints are seen as
 * it saw them, long enough for what CloudWatch still keeps and for at most `maxPoints` points.
 */
export function pickPeriod(
  ownSeconds: number,
  startMs: number,
  endMs: number,
  nowMs: number,
  maxPoints: number = MAX_POINTS,
): number {
  const windowSeconds = Math.max(1, (endMs - startMs) / 1000);
  const least = Math.max(
    ownSeconds,
    shortestKept((nowMs - startMs) / 1000),
    windowSeconds / maxPoints,
  );
  const multiple = Math.ceil(least / ownSeconds) * ownSeconds;
  // From a minute on CloudWatch takes whole minutes only, and older data in its kept steps.
  const step = Math.max(shortestKept((nowMs - startMs) / 1000), multiple >= 60 ? 60 : 1);
  return Math.ceil(multiple / step) * step;
}
