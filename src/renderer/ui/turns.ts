/** One thing a frame: what is dear to do (making a chart) is spread, so that scrolling stays smooth. */

const waiting = new Set<() => void>();
let running = false;

function next(): void {
  const [first] = waiting;
  if (first === undefined) {
    running = false;
    return;
  }
  waiting.delete(first);
  first();
  requestAnimationFrame(next);
}

/** Calls back in a frame of its own, in the order asked; the returned function takes the wish back. */
export function inTurn(callback: () => void): () => void {
  waiting.add(callback);
  if (!running) {
    running = true;
    requestAnimationFrame(next);
  }
  return () => waiting.delete(callback);
}
