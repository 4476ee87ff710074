/** Runs a call under a time limit on top of the caller's signal. */

/** The call took longer than it may; recognised by the failure table. */
export class DeadlinePassed extends Error {
  constructor() {
    super('The call took too long.');
    this.name = 'TimeoutError';
  }
}

/**
 * Rejects with the signal's reason when it aborts and with `DeadlinePassed` after `limitMs` of wall time,
 * at once even if `run` ignores its signal. `AbortSignal.any` is avoided: with a long-lived signal it leaks on Node 20.
 */
export async function withDeadline<T>(
  limitMs: number,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const inner = new AbortController();
  const timer = setTimeout(() => inner.abort(new DeadlinePassed()), limitMs);
  const forward = (): void => inner.abort(signal.reason);
  signal.addEventListener('abort', forward, { once: true });
  try {
    return await abortable(inner.signal, run(inner.signal));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', forward);
  }
}

/** The promise, or the signal's reason if it aborts first. */
export function abortable<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
