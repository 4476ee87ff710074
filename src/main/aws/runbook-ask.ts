/** How the calls of runbooks go through the caller: reads as any other, changes once. */
import type { Failure } from '../../shared/failure';
import { AwsFailure } from './aws-api';
import type { Caller } from './caller';
import { readError } from './error-facts';
import type { OperationName } from './operations';
import type { Clients } from './sdk-clients';

export type Sdk = typeof import('./sdk-clients');

type Send<T> = (clients: Clients, options: { abortSignal: AbortSignal }, sdk: Sdk) => Promise<T>;

export type AskAws = <T extends object>(
  operation: OperationName,
  signal: AbortSignal,
  send: Send<T>,
  /** Added to the call's limit (ms). */
  extraMs?: number,
) => Promise<T>;

export const askingOf =
  (caller: Caller): AskAws =>
  (operation, signal, send, extraMs = 0) =>
    caller.call({
      operation,
      signal,
      extraMs,
      send: (sdk, clients, options) => send(clients, options, sdk),
    });

/** Of calls that must not be made twice: where no answer came, the failure says that nobody knows. */
export const changingOf =
  (caller: Caller): AskAws =>
  async (operation, signal, send, extraMs = 0) => {
    let inDoubt = false;
    try {
      return await caller.call({
        operation,
        signal,
        extraMs,
        once: true,
        async send(sdk, clients, options) {
          inDoubt = true;
          try {
            return await send(clients, options, sdk);
          } catch (error) {
            inDoubt = !neverDone(error);
            throw error;
          }
        },
      });
    } catch (error) {
      if (!inDoubt || !(error instanceof AwsFailure)) throw error;
      throw new AwsFailure(doubtful(error.failure));
    }
  };

/** AWS turned it down, or it never left. */
function neverDone(error: unknown): boolean {
  const { codes, status, fromCredentials } = readError(error);
  if (fromCredentials) return true;
  if (status !== null) return status >= 400 && status < 500;
  return ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED'].some((code) => codes.has(code));
}

const doubtful = (failure: Failure): Failure => ({
  ...failure,
  message: `${failure.message} Whether it was done is not known.`,
  advice: 'Look at the resource before you try again.',
});
