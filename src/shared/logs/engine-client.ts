import { z } from 'zod';
import {
  type EngineAnswers,
  type EngineArgs,
  type EngineFailure,
  type EngineOp,
  type EnginePort,
  fromEngineSchema,
  type ToEngine,
  type ViewState,
} from './engine-protocol';

export class EngineError extends Error {
  constructor(readonly failure: EngineFailure) {
    super(failure.message);
    this.name = new.target.name;
  }
}

const gone: EngineFailure = { kind: 'unknown', message: 'The log engine has ended.' };

interface Waiting {
  answer: (value: unknown) => void;
  fail: (error: Error) => void;
}

/** The engine as seen from the other end of a port. */
export class EngineClient {
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();
  private closed = false;
  private readonly viewListeners = new Set<(state: ViewState) => void>();

  constructor(private readonly port: EnginePort) {
    port.listen((message) => this.hear(message));
  }

  /** @throws EngineError; `cancelled` when a newer question or `signal` ended it. */
  ask<O extends EngineOp>(
    op: O,
    args: EngineArgs<O>,
    signal?: AbortSignal,
  ): Promise<EngineAnswers[O]> {
    if (this.closed) return Promise.reject(new EngineError(gone));
    const id = this.nextId;
    this.nextId += 1;
    // The other end is the console's own process: its answers' types are the contract's.
    const answerSchema = z.custom<EngineAnswers[O]>();
    return new Promise((resolve, reject) => {
      const cancel = (): void => this.send({ cancel: id });
      const done = (): void => {
        this.waiting.delete(id);
        signal?.removeEventListener('abort', cancel);
      };
      this.waiting.set(id, {
        answer: (value) => {
          done();
          resolve(answerSchema.parse(value));
        },
        fail: (error) => {
          done();
          reject(error);
        },
      });
      this.send({ id, op, args });
      if (signal?.aborted) cancel();
      else signal?.addEventListener('abort', cancel);
    });
  }

  /** What a view holds, while it is being filtered and when events are appended. */
  onView(listener: (state: ViewState) => void): () => void {
    this.viewListeners.add(listener);
    return () => this.viewListeners.delete(listener);
  }

  /** Ends what is waiting; for when the engine's process has gone. */
  close(): void {
    this.closed = true;
    this.port.close();
    for (const { fail } of [...this.waiting.values()]) fail(new EngineError(gone));
  }

  private send(message: ToEngine): void {
    this.port.post(message);
  }

  private hear(message: unknown): void {
    const parsed = fromEngineSchema.safeParse(message);
    if (!parsed.success) return;
    const { data } = parsed;
    if ('view' in data) {
      for (const listener of this.viewListeners) listener(data.view);
      return;
    }
    const waiting = this.waiting.get(data.id);
    if (data.ok) waiting?.answer(data.value);
    else waiting?.fail(new EngineError(data.failure));
  }
}
