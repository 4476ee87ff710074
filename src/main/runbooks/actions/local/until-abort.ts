/** Work that is given up as soon as a step is told to stop. */
import { FailureError } from '../../../../shared/failure';
import { invalid } from '../../action-values';

export const cancelled = (words = 'Cancelled.'): FailureError =>
  new FailureError({
    ...invalid(words),
    kind: 'cancelled',
    advice: 'Run it again when it is wanted.',
  });

/** @throws FailureError `cancelled` on the signal; the work's own result is not waited for any more */
export function untilAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(cancelled());
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
