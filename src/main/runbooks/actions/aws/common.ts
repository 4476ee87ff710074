/** What steps that call AWS share: words of failures, names, following what goes on, stopping it. */
import { createHash } from 'node:crypto';
import { FailureError } from '../../../../shared/failure';
import type { FailureKind } from '../../../../shared/failure';
import type { StepOutput } from '../../../../shared/runbooks/run';
import { lengthMs } from '../../../../shared/runbooks/step';
import type { RunbookReads } from '../../../aws/runbook-api';
import { wait } from '../../../aws/wait';
import { invalid } from '../../action-values';
import type { LookContext, StepContext } from '../../step-seams';

/** AWS is asked so often how it goes (ms). */
export const FOLLOW_MS = 3_000;
/** What a stop is given: less than the runner waits for it. */
const STOP_LIMIT_MS = 8_000;

export function failed(
  message: string,
  advice = 'See what the step gave, then decide.',
  kind: FailureKind = 'unknown',
): FailureError {
  return new FailureError({ ...invalid(message), kind, advice });
}

export const notFound = (what: string, { region }: Pick<RunbookReads, 'region'>): FailureError =>
  failed(
    `There is no ${what} in ${region}.`,
    'Check its name, and the step’s connection and region.',
    'not-found',
  );

/** AWS says it in many ways, not all of them by a code of their own. */
const isMissing = ({ kind, message }: FailureError['failure']): boolean =>
  kind === 'not-found' ||
  ((kind === 'invalid' || kind === 'unknown') && /\b(does not exist|not found)\b/i.test(message));

/** Says of what is not there what it is and where it was looked for; passes other failures on. */
export async function orMissing<T>(
  what: string,
  reads: Pick<RunbookReads, 'region'>,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof FailureError && isMissing(error.failure)) throw notFound(what, reads);
    throw error;
  }
}

export const refusedValue = (message: string): FailureError => new FailureError(invalid(message));

/** Every step here works in a connection and region. */
export function readsOf({ reads }: LookContext): RunbookReads {
  if (reads !== null) return reads;
  throw refusedValue('It is not known which connection and region to ask.');
}

/** The name at the end of an ARN; anything else as it is. */
export const shortName = (reference: string): string =>
  reference.startsWith('arn:') ? (reference.split(/[:/]/).at(-1) ?? reference) : reference;

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A name of letters, digits and dashes, the same for the same token. */
export const tokenName = (token: string): string => `nightdesk-${digest(token).slice(0, 40)}`;

/** A UUID, the same for the same token. */
export function tokenUuid(token: string): string {
  const hex = digest(token);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** As expressions and the table of a run see it: null where AWS says nothing. */
export const isoTime = (at: Date | undefined): string | null => at?.toISOString() ?? null;

/** `1 task`, `2 tasks`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** ms of `5m`; `field` is named where it is none. @throws FailureError */
export function lengthIn(text: string, field: string): number {
  const ms = /^\d{1,5}(ms|s|m|h)$/.test(text) ? lengthMs(text) : 0;
  if (ms > 0) return ms;
  throw refusedValue(`${field}: a length of time such as 30s, 5m or 24h is wanted.`);
}

/** A message as a text: itself, or JSON. */
export const messageText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

/** What AWS answered, without what the SDK adds. */
export function plain(answer: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answer).filter(([key]) => key !== '$metadata'));
}

export interface Seen {
  /** What goes on, in words. */
  words: string;
  /** The output once it has ended well. */
  done: StepOutput | null;
}

/** Troubles that following outlives. */
const isPassing = (error: unknown): boolean =>
  error instanceof FailureError &&
  ['throttled', 'offline', 'timed-out'].includes(error.failure.kind);

/**
 * Asks how it goes until it has ended. When the step is told to stop, `stop` does what can be done and says what could
 * not; a stop that fails is told.
 */
export async function follow(
  context: Pick<StepContext, 'clock' | 'signal' | 'tell'>,
  look: () => Promise<Seen>,
  stop: (signal: AbortSignal) => Promise<string>,
  /** ms between two looks. */
  paceMs: number = FOLLOW_MS,
): Promise<StepOutput> {
  const { clock, signal, tell } = context;
  for (;;) {
    try {
      signal.throwIfAborted();
      const { words, done } = await look();
      tell(words);
      if (done !== null) return done;
    } catch (error) {
      if (signal.aborted) throw await stopped(stop);
      if (!isPassing(error) || !(error instanceof FailureError)) throw error;
      tell(`${error.failure.message} Asked again in ${paceMs / 1_000} s.`);
    }
    try {
      await wait(clock, paceMs, signal);
    } catch {
      // Only the signal ends a wait early.
      throw await stopped(stop);
    }
  }
}

async function stopped(stop: (signal: AbortSignal) => Promise<string>): Promise<FailureError> {
  try {
    return failed(await stop(AbortSignal.timeout(STOP_LIMIT_MS)));
  } catch (error) {
    const why = error instanceof FailureError ? error.failure.message : String(error);
    return failed(
      `It could not be stopped and may go on: ${why}`,
      'Stop it in the AWS console if it must end.',
    );
  }
}

/** What a start is given, also when the step is told to stop: what has begun must be known, or nobody could stop it. */
const START_LIMIT_MS = 30_000;

/** Begins something that goes on by itself; not ended with the step. */
export const begin = <T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> =>
  call(AbortSignal.timeout(START_LIMIT_MS));

/** Says of a call that was given up what is known of it; passes other failures on. */
export async function unstoppable<T>(
  signal: AbortSignal,
  words: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (signal.aborted) throw failed(words);
    throw error;
  }
}
