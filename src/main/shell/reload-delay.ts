/** A page that dies at once after each reload is given this long to be left alone. */
const CALM_MS = 10_000;
const QUICK_RELOADS = 3;
const WINDOW_MS = 60_000;

/**
 * How long to wait before bringing a crashed page back (ms): at once the first times, then calmly.
 * @param crashes when it crashed before and now, ms, the newest last.
 */
export function reloadDelay(crashes: readonly number[]): number {
  const newest = crashes.at(-1) ?? 0;
  const recent = crashes.filter((at) => newest - at < WINDOW_MS).length;
  return recent <= QUICK_RELOADS ? 0 : CALM_MS;
}
