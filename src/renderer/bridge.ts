/** The only door to main: typed from the contract, one way to ask and one way to listen. */
import type { Failure } from '../shared/failure';
import type {
  PushName,
  Pushes,
  Reply,
  RequestArgs,
  RequestName,
  RequestResult,
} from '../shared/ipc';

/** What the preload puts on `window.nightdesk`. */
export interface Bridge {
  request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Reply<N>>;
  /** Opens a file that was dropped on the window. */
  openDropped(file: File): Promise<Reply<'dashboards.addDropped'>>;
  /** Returns what ends the subscription. */
  on<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void;
}

/** A `Failure` as an Error, so that async code and react-query can carry it. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = 'FailureError';
  }
}

/** Names anything thrown in the terms of a Failure; unexpected errors become kind `unknown`. */
export function toFailure(error: unknown, operation: string): Failure {
  if (error instanceof FailureError) return error.failure;
  return {
    kind: 'unknown',
    connectionId: null,
    operation,
    message: error instanceof Error ? error.message : String(error),
    advice: 'Try again; if it stays, reload the window.',
  };
}

function isBridge(value: unknown): value is Bridge {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'request') === 'function' &&
    typeof Reflect.get(value, 'on') === 'function'
  );
}

function bridge(): Bridge {
  const found: unknown = Reflect.get(window, 'nightdesk');
  if (isBridge(found)) return found;
  throw new FailureError({
    kind: 'unknown',
    connectionId: null,
    operation: 'bridge',
    message: 'The window has no connection to the rest of Nightdesk.',
    advice: 'Close Nightdesk and start it again.',
  });
}

/** Asks main and answers its value; throws a FailureError when main answers with a failure. */
export async function ask<N extends RequestName>(
  name: N,
  args: RequestArgs<N>,
): Promise<RequestResult<N>> {
  const reply = await bridge().request(name, args);
  if (reply.ok) return reply.value;
  throw new FailureError(reply.failure);
}

/** Opens a file that was dropped on the window; throws a FailureError when main answers with a failure. */
export async function openDropped(file: File): Promise<RequestResult<'dashboards.addDropped'>> {
  const reply = await bridge().openDropped(file);
  if (reply.ok) return reply.value;
  throw new FailureError(reply.failure);
}

/** Hears one push until the returned function is called. */
export function listen<N extends PushName>(
  name: N,
  listener: (payload: Pushes[N]) => void,
): () => void {
  return bridge().on(name, listener);
}

let minted = 0;
/** A fresh id for a request that can be cancelled. */
export function mintRequestId(): string {
  minted += 1;
  return `w-${minted}-${crypto.randomUUID()}`;
}

/**
 * Asks with a fresh requestId and tells main to stop when `signal` aborts (react-query's queryFn signal).
 */
export async function askCancellable<N extends RequestName>(
  name: N,
  withId: (requestId: string) => RequestArgs<N>,
  signal: AbortSignal,
): Promise<RequestResult<N>> {
  const requestId = mintRequestId();
  const cancel = (): void => {
    // The answer no longer matters, and neither does whether main could still stop it.
    ask('app.cancel', requestId).catch((error: unknown) => console.warn('cancel failed', error));
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await ask(name, withId(requestId));
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
