/** Why something did not work, in terms a person can act on. Never carries a credential or a stack trace. */
export const failureKinds = [
  'credentials-expired',
  'credentials-missing',
  'denied',
  'throttled',
  'offline',
  'not-found',
  'invalid',
  'timed-out',
  'clock-wrong',
  'cancelled',
  /** A change on a read-only connection. */
  'read-only',
  /** The user's own cost cap is reached. */
  'paused',
  'unknown',
] as const;

export type FailureKind = (typeof failureKinds)[number];

export interface Failure {
  kind: FailureKind;
  /** The connection it happened on, if one was involved. */
  connectionId: string | null;
  /** The operation as AWS names it (`DescribeAlarms`) or as the console does (`settings.update`). */
  operation: string;
  /** One sentence for people: what went wrong. */
  message: string;
  /** One sentence for people: what to do next. */
  advice: string;
}

/** A failure on its way up: what reaches the window is its `failure`, never the error. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = new.target.name;
  }
}
