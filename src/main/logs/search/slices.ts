/** In which pieces a window of time is searched. Half open: from `fromMs` to just before `toMs`, ms UTC. */
export interface Slice {
  fromMs: number;
  toMs: number;
  /** CloudWatch reads it from its end. */
  backwards: boolean;
}

/** CloudWatch searches backwards only from windows that begin at or after this. */
export const BACKWARDS_SINCE_MS = Date.UTC(2024, 0, 1);
const FIRST_SLICE_MS = 60 * 60_000;
const LAST_SLICE_MS = 30 * 24 * 60 * 60_000;

/**
 * Newest first in one go where CloudWatch can; before that, in slices that grow backwards, for within each it
 * answers oldest first.
 */
export function* slicesOf(
  fromMs: number,
  toMs: number,
  newestFirst: boolean,
): Generator<Slice, void, undefined> {
  if (!newestFirst) {
    yield { fromMs, toMs, backwards: false };
    return;
  }
  let end = toMs;
  if (end > BACKWARDS_SINCE_MS) {
    const start = Math.max(fromMs, BACKWARDS_SINCE_MS);
    yield { fromMs: start, toMs: end, backwards: true };
    end = start;
  }
  for (let length = FIRST_SLICE_MS; end > fromMs; length = Math.min(length * 2, LAST_SLICE_MS)) {
    const start = Math.max(fromMs, end - length);
    yield { fromMs: start, toMs: end, backwards: false };
    end = start;
  }
}
