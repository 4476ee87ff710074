/**
 * The one guarded door between page and main. Every request passes, in this order: a live window of
 * ours, its main frame, our origin; a name of the contract; plain data within limits; the schema.
 * Knows Electron only by the shapes below, so that it can be attacked in tests without one.
 */
import type { z } from 'zod';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import { PUSH_CHANNEL, REQUEST_CHANNEL, requests } from '../../shared/ipc';
import type {
  Handlers,
  Pushes,
  PushName,
  RequestArgs,
  RequestName,
  RequestResult,
} from '../../shared/ipc';
import { err, ok } from '../../shared/result';
import type { Result } from '../../shared/result';
import type { Log } from './log';
import { refusePayload } from './payload-guard';

export interface DoorFrame {
  readonly origin: string;
  /** Identifies a frame over its whole life, across navigations. */
  readonly frameTreeNodeId: number;
}

/** What the door needs of a page: Electron's `WebContents` is one. */
export interface DoorSender {
  readonly id: number;
  readonly mainFrame: DoorFrame;
  isDestroyed(): boolean;
  send(channel: string, payload: unknown): void;
}

export interface DoorEvent {
  readonly sender: DoorSender;
  readonly senderFrame: DoorFrame | null;
}

export interface DoorTransport {
  handle(
    channel: string,
    listener: (event: DoorEvent, ...args: unknown[]) => Promise<unknown>,
  ): void;
}

/** All of the contract but `app.cancel`, which the door answers itself. */
export type DoorHandlers = Omit<Handlers, 'app.cancel'>;

export interface DoorOptions {
  transport: DoorTransport;
  /** `nightdesk-app://app`, or the development server's. */
  trustedOrigin: string;
  log: Log;
  /** Called after a request has succeeded: a page that asked for the bootstrap listens to pushes. */
  onAnswered?: (name: RequestName) => void;
}

type Outcome = Result<unknown, Failure>;

/** The contract's schemas, so that the argument type follows the name. */
const schemas: { [N in RequestName]: { args: z.ZodType<RequestArgs<N>> } } = requests;

export class IpcDoor {
  private readonly windows = new Map<number, DoorSender>();
  /** Running cancellable calls by window and request id: one page cannot cancel another's. */
  private readonly running = new Map<string, { sender: DoorSender; abort: AbortController }>();
  private readonly aborts = new Map<number, Set<AbortController>>();
  private handlers: DoorHandlers | null = null;

  constructor(private readonly options: DoorOptions) {
    options.transport.handle(REQUEST_CHANNEL, (event, name, args) =>
      this.answer(event, name, args),
    );
  }

  registerHandlers(handlers: DoorHandlers): void {
    this.handlers = handlers;
  }

  /** Makes a window's page known. Call the returned function when it has gone: its calls are aborted. */
  admit(sender: DoorSender): () => void {
    const { id } = sender;
    this.windows.set(id, sender);
    return () => {
      this.windows.delete(id);
      this.abortAll(id);
    };
  }

  /** Aborts what a page has running: it navigated, crashed or closed, so nobody waits any more. */
  abortAll(senderId: number): void {
    for (const abort of this.aborts.get(senderId) ?? []) abort.abort();
    this.aborts.delete(senderId);
  }

  /** Tells every trusted window that still shows our page. */
  push<N extends PushName>(name: N, payload: Pushes[N]): void {
    for (const sender of this.windows.values()) {
      if (sender.isDestroyed()) continue;
      try {
        if (sender.mainFrame.origin !== this.options.trustedOrigin) continue;
        sender.send(`${PUSH_CHANNEL}:${name}`, payload);
      } catch (cause) {
        // A page that has just crashed has no frame; the next one asks for everything anew.
        this.options.log.info(`${name} found no page to tell: ${String(cause)}`);
      }
    }
  }

  private async answer(event: DoorEvent, name: unknown, args: unknown): Promise<Outcome> {
    try {
      const refusal = this.refuseSender(event);
      if (refusal !== null) {
        this.options.log.warn(`Refused a request: ${refusal}.`);
        return refused('ipc', 'denied', 'This page may not ask that.');
      }
      if (!isRequestName(name)) return refused('ipc', 'invalid', 'There is no such request.');
      const objection = refusePayload(args);
      if (objection !== null) {
        this.options.log.warn(`Refused arguments of ${name}: ${objection}.`);
        return refused(name, 'invalid', 'The request was not understood.');
      }
      return await this.dispatch(event.sender, name, args);
    } catch (cause) {
      this.options.log.error('A request failed unexpectedly', cause);
      return refused('ipc', 'unknown', 'Something unexpected went wrong inside Nightdesk.');
    }
  }

  private refuseSender({ sender, senderFrame }: DoorEvent): string | null {
    if (this.windows.get(sender.id) !== sender) return 'not a window of ours';
    if (sender.isDestroyed()) return 'its window has gone';
    if (senderFrame === null) return 'its frame has gone';
    if (senderFrame.frameTreeNodeId !== sender.mainFrame.frameTreeNodeId)
      return 'not the main frame';
    if (senderFrame.origin !== this.options.trustedOrigin) return 'a foreign origin';
    return null;
  }

  private async dispatch<N extends RequestName>(
    sender: DoorSender,
    name: N,
    raw: unknown,
  ): Promise<Outcome> {
    const parsed = schemas[name].args.safeParse(raw);
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
      this.options.log.warn(`Invalid arguments of ${name}${where && ` at ${where}`}.`);
      return refused(name, 'invalid', 'The request was not understood.');
    }
    if (name === 'app.cancel') return ok(this.cancel(sender, parsed.data));
    return this.run(sender, name, parsed.data);
  }

  private cancel(sender: DoorSender, requestId: unknown): null {
    this.running.get(`${sender.id}:${String(requestId)}`)?.abort.abort();
    return null;
  }

  private async run<N extends RequestName>(
    sender: DoorSender,
    name: N,
    args: RequestArgs<N>,
  ): Promise<Outcome> {
    const handler = this.handlerFor(name);
    if (handler === null) return refused(name, 'unknown', 'Nightdesk is still starting.');
    const abort = new AbortController();
    const forget = this.remember(sender, requestIdOf(args), abort);
    try {
      const value = await handler(args, abort.signal);
      this.options.onAnswered?.(name);
      return ok(value);
    } catch (cause) {
      return err(this.toFailure(name, cause, abort.signal));
    } finally {
      forget();
    }
  }

  private handlerFor<N extends RequestName>(name: N): Handler<N> | null {
    const handlers: Partial<Handlers> | null = this.handlers;
    return handlers?.[name] ?? null;
  }

  private remember(sender: DoorSender, id: string | null, abort: AbortController): () => void {
    const key = id === null ? null : `${sender.id}:${id}`;
    if (key !== null) this.running.set(key, { sender, abort });
    const ofWindow = this.aborts.get(sender.id) ?? new Set();
    this.aborts.set(sender.id, ofWindow.add(abort));
    return () => {
      ofWindow.delete(abort);
      if (key !== null && this.running.get(key)?.abort === abort) this.running.delete(key);
    };
  }

  private toFailure(name: RequestName, cause: unknown, signal: AbortSignal): Failure {
    if (cause instanceof FailureError) return cause.failure;
    if (signal.aborted) return failureOf(name, 'cancelled', 'The request was cancelled.');
    this.options.log.error(`${name} failed unexpectedly`, cause);
    return failureOf(name, 'unknown', 'Something unexpected went wrong inside Nightdesk.');
  }
}

type Handler<N extends RequestName> = (
  args: RequestArgs<N>,
  signal: AbortSignal,
) => Promise<RequestResult<N>> | RequestResult<N>;

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name);
}

function requestIdOf(args: unknown): string | null {
  if (typeof args !== 'object' || args === null || !('requestId' in args)) return null;
  return typeof args.requestId === 'string' ? args.requestId : null;
}

function failureOf(operation: string, kind: Failure['kind'], message: string): Failure {
  const advice =
    kind === 'unknown' ? 'Try again; the log says more.' : 'Reload the window and try again.';
  return { kind, connectionId: null, operation, message, advice };
}

function refused(operation: string, kind: Failure['kind'], message: string): Outcome {
  return err(failureOf(operation, kind, message));
}
