/** What can go wrong with a query, in sentences. */
import { assertNever } from '../../../shared/assert-never';
import { FailureError } from '../../../shared/failure';
import type { Failure } from '../../../shared/failure';
import type { InsightsTarget } from '../../../shared/logs/insights';
import type { MalformedQuery } from '../../aws/log-query-api';

const OPERATION = 'StartQuery';

export function toFailureOf(error: unknown, connectionId: string): Failure {
  if (error instanceof FailureError) return error.failure;
  return {
    kind: 'unknown',
    connectionId,
    operation: OPERATION,
    message: `The query could not be run: ${error instanceof Error ? error.message : String(error)}.`,
    advice: 'Try again; if it stays, test the connection in the settings.',
  };
}

/** @param text the query, to say line and character of the mistake. */
export function malformedFailure(
  connectionId: string,
  text: string,
  { message, start }: MalformedQuery,
): Failure {
  // Behind the words AWS puts its service, status and request id in brackets.
  const words = message.replace(/\s*\(Service: [^)]*\)\s*$/, '').replace(/[.\s]+$/, '');
  return {
    kind: 'invalid',
    connectionId,
    operation: OPERATION,
    message: `CloudWatch cannot read the query${start === null ? '' : at(text, start)}: ${words}.`,
    advice: 'Correct the query; nothing was read and nothing is charged.',
  };
}

export function mistakeOf({ start, end }: MalformedQuery): InsightsTarget['mistake'] {
  return start === null ? null : { start, end: Math.max(start, end ?? start) };
}

function at(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return ` at line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Null for a query that runs, is complete or was stopped. */
export function endedBadly(connectionId: string, status: InsightsTarget['status']): Failure | null {
  switch (status) {
    case 'failed':
      return {
        kind: 'unknown',
        connectionId,
        operation: OPERATION,
        message: 'CloudWatch could not carry the query out.',
        advice: 'Try again, or ask for a shorter time or fewer groups.',
      };
    case 'timeout':
      return {
        kind: 'timed-out',
        connectionId,
        operation: OPERATION,
        message: 'CloudWatch ended the query because it took longer than 60 minutes.',
        advice: 'Ask for a shorter time or fewer groups; what was found so far is shown.',
      };
    case 'waiting':
    case 'scheduled':
    case 'running':
    case 'complete':
    case 'cancelled':
    case 'unknown':
      return null;
    default:
      return assertNever(status);
  }
}

export const lostSight = (connectionId: string): Failure => ({
  kind: 'unknown',
  connectionId,
  operation: 'GetQueryResults',
  message: 'CloudWatch does not say how far the query is.',
  advice: 'Run it again.',
});
