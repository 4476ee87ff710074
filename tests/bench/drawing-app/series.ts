/** The bench's data: the same random walks on every run. */
export const SERIES = 500;
export const POINTS = 1440;
export const PERIOD_MS = 60_000;
export const START_MS = Date.UTC(2026, 0, 15);

/** `series` walks of `points` values between 0 and 100, one after the other. */
export function noise(series: number, points: number, seed = 7): Float64Array {
  const values = new Float64Array(series * points);
  let state = seed;
  const random = (): number => {
    // A linear congruential generator: equal everywhere, which is all it is for.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let index = 0; index < series; index += 1) {
    let level = 10 + random() * 80;
    for (let point = 0; point < points; point += 1) {
      level += (random() - 0.5) * 4;
      level = Math.min(100, Math.max(0, level));
      values[index * points + point] = level;
    }
  }
  return values;
}
