/**
 * The one table from SDK errors to Failures.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html
 */
import type { Failure, FailureKind } from '../../shared/failure';
import { AwsFailure } from './aws-api';
import { readError } from './error-facts';
import type { ErrorFacts } from './error-facts';
import { failureWords } from './failure-words';
import { awsOperations } from './operations';
import { scrub } from './scrub';

/** What is known around the error; all of it may appear in the sentences, so none of it is secret but `secrets`. */
export interface FailureContext {
  connectionId: string | null;
  connectionLabel: string;
  operation: string;
  region: string | null;
  /** Server minus local time (ms), null when never measured. */
  skewMs: number | null;
  /** Null when the default credential chain is in use. */
  profile: string | null;
  /** The credentials in use: removed from every text. */
  secrets: readonly string[];
}

/** The operation a failure names when getting credentials failed, before any call. */
export const CREDENTIALS_OPERATION = 'credentials';

/** AWS accepts signatures up to 5 minutes off. */
const SIGNATURE_WINDOW_MS = 4 * 60_000;

const expiredCodes = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'TokenRefreshRequired',
  'UnauthorizedException',
  'InvalidGrantException',
  'UnauthorizedSSOTokenError',
]);
const rejectedKeyCodes = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'IncompleteSignature',
]);
const clockCodes = new Set(['RequestTimeTooSkewed', 'RequestInTheFuture', 'RequestExpired']);
const deniedCodes = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'NotAuthorized',
  'OptInRequired',
  'KMS.AccessDeniedException',
]);
const throttleCodes = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'SlowDown',
  'PriorRequestNotComplete',
  'BandwidthLimitExceeded',
  'OverLimit',
  // Too many queries or live tails of the account at once.
  'LimitExceededException',
]);
const timeoutCodes = new Set([
  'TimeoutError',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'RequestTimeout',
  'RequestTimeoutException',
]);
const offlineCodes = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EPROTO',
  'HPE_INVALID_CONSTANT',
]);
const notFoundCodes = new Set([
  'ResourceNotFound',
  'ResourceNotFoundException',
  'DashboardNotFoundError',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'NoSuchEntity',
]);
const unreadableNames = new Set(['SyntaxError', 'TypeError', 'RangeError', 'OversizedAnswer']);

/** Turns anything thrown into a Failure; an AwsFailure's own is handed on unchanged. */
export function toFailure(error: unknown, context: FailureContext): Failure {
  if (error instanceof AwsFailure) return error.failure;
  const facts = readError(error);
  const kind = classify(facts, context.skewMs);
  const action = deniedAction(facts, context.operation);
  const words = failureWords(kind, facts, { ...context, action });
  return {
    kind,
    connectionId: context.connectionId,
    operation: context.operation,
    message: scrub(words.message, context.secrets),
    advice: scrub(words.advice, context.secrets),
  };
}

/** True for faults that a second try a moment later often does not meet: a reset socket or a 5xx. */
export function isTransient(error: unknown): boolean {
  const { codes, status } = readError(error);
  const reset = ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'EAI_AGAIN'].some((code) =>
    codes.has(code),
  );
  return reset || (status !== null && status >= 500);
}

/** True when AWS answered that the input is wrong; false for answers that could not be read. */
export function isRefusedInput(error: unknown): boolean {
  return readError(error).status === 400;
}

function classify(facts: ErrorFacts, skewMs: number | null): FailureKind {
  const has = (known: ReadonlySet<string>): boolean => [...facts.codes].some((c) => known.has(c));
  if (facts.codes.has('AbortError')) return 'cancelled';
  if (has(offlineCodes) || facts.certificate) return 'offline';
  if (has(unreadableNames)) return 'invalid';
  if (has(clockCodes) || isClockSignature(facts, skewMs)) return 'clock-wrong';
  if (has(expiredCodes)) return 'credentials-expired';
  if (has(throttleCodes) || facts.status === 429) return 'throttled';
  if (has(timeoutCodes)) return 'timed-out';
  if (facts.fromCredentials)
    return isExpiryText(facts.text) ? 'credentials-expired' : 'credentials-missing';
  if (has(rejectedKeyCodes)) return 'credentials-missing';
  if (has(deniedCodes)) return 'denied';
  if (has(notFoundCodes)) return 'not-found';
  if (
    [...facts.codes].some((code) =>
      /^(Invalid|Missing|Validation|Malformed|Unsupported)/.test(code),
    )
  )
    return 'invalid';
  if (facts.status === 401 || facts.status === 403) return 'denied';
  if (facts.status === 404) return 'not-found';
  return 'unknown';
}

function isClockSignature(facts: ErrorFacts, skewMs: number | null): boolean {
  const aboutSignature = [
    'InvalidSignatureException',
    'SignatureDoesNotMatch',
    'AccessDenied',
  ].some((code) => facts.codes.has(code));
  if (!aboutSignature) return false;
  if (/signature (not yet current|expired)|signature expired|not yet current/i.test(facts.text))
    return true;
  const signatureOnly = !facts.codes.has('AccessDenied');
  return signatureOnly && skewMs !== null && Math.abs(skewMs) > SIGNATURE_WINDOW_MS;
}

function isExpiryText(text: string): boolean {
  return /expired|sso login|aws login|sso session|token .*(invalid|not found)|refresh/i.test(text);
}

/** The IAM action AWS names in its refusal, or the one the operation is known to need. */
function deniedAction(facts: ErrorFacts, operation: string): string {
  const named = /not authorized to perform:?\s+([a-z0-9-]+:[A-Za-z*]+)/i.exec(facts.text)?.[1];
  if (named !== undefined) return named;
  if (operation === CREDENTIALS_OPERATION) return awsOperations.AssumeRole.iamAction;
  const known = Object.entries(awsOperations).find(([name]) => name === operation)?.[1].iamAction;
  return known ?? operation;
}
