/** What a tail does about what goes wrong. */
import { FailureError } from '../../../shared/failure';
import type { Failure } from '../../../shared/failure';

const OPERATION = 'StartLiveTail';

export function toTailFailure(error: unknown, connectionId: string): Failure {
  if (error instanceof FailureError) return error.failure;
  return {
    kind: 'unknown',
    connectionId,
    operation: OPERATION,
    message: `Following the logs broke off: ${error instanceof Error ? error.message : String(error)}.`,
    advice: 'Nightdesk tries again by itself.',
  };
}

export const brokenStream = (connectionId: string, why: string | undefined): FailureError =>
  new FailureError({
    kind: 'unknown',
    connectionId,
    operation: OPERATION,
    message: `CloudWatch ended the live tail: ${(why ?? 'no reason was given').replace(/[.\s]+$/, '')}.`,
    advice: 'Nothing to do: it is opened again and what came in between is searched for.',
  });

/** Asking again is of no use: the group is gone. */
export const isFinal = ({ kind }: Failure): boolean => kind === 'not-found' || kind === 'read-only';

/** For how long to search instead before live tail is tried again (ms); null: try it again at once. */
export function liveAgainAfterMs({ kind }: Failure): number | null {
  // Refused input: a group's class has no live tail. Searching says so if it is the pattern that is wrong.
  if (kind === 'denied' || kind === 'invalid') return Infinity;
  // All sessions of the account are taken.
  if (kind === 'throttled') return 60_000;
  return null;
}
