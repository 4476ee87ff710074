/** Asks the engine about a view, and again as the view changes: never two questions at once, and never too often. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { EngineError } from '../../../shared/logs/engine-client';
import { usePane, usePaneStore } from '../events/pane';

export interface Following<T> {
  ask(signal: AbortSignal): Promise<T>;
  /** Least time from an answer to the next question, ms; after a slow answer more, so that the engine can breathe. */
  gapMs: number;
  onAnswer(answer: T): void;
  /** Null: what was wrong is no longer, or is nothing to speak of. */
  onFailure(message: string | null): void;
}

export interface Follower {
  /** The view has changed. */
  changed(): void;
  stop(): void;
}

/** What is asked takes at most this share of the time. */
const REST = 2;

export function followView<T>({ ask, gapMs, onAnswer, onFailure }: Following<T>): Follower {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running = false;
  let dirty = false;
  let notBefore = 0;
  const run = async (): Promise<void> => {
    timer = null;
    running = true;
    dirty = false;
    const began = performance.now();
    try {
      const answer = await ask(abort.signal);
      if (!abort.signal.aborted) onAnswer(answer);
    } catch (error) {
      if (!abort.signal.aborted) failed(error);
    }
    running = false;
    const now = performance.now();
    notBefore = now + Math.max(gapMs, (now - began) * REST);
    if (dirty) plan();
  };
  const failed = (error: unknown): void => {
    const kind = error instanceof EngineError ? error.failure.kind : 'unknown';
    // Rows were dropped while it counted: once more. A view that is not there yet will say when it is.
    if (kind === 'cancelled') dirty = true;
    else if (kind === 'not-found') onFailure(null);
    else onFailure(error instanceof Error ? error.message : String(error));
  };
  const plan = (): void => {
    if (abort.signal.aborted) return;
    dirty = true;
    if (timer !== null || running) return;
    timer = setTimeout(() => void run(), Math.max(0, notBefore - performance.now()));
  };
  return {
    changed: plan,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      abort.abort();
    },
  };
}

export interface ViewAnswer<T> {
  /** The last one, perhaps of the question before; null before the first. */
  answer: T | null;
  failure: string | null;
  /** Of the very question that is asked now. */
  current: boolean;
}

/**
 * The engine's answer about the pane's view.
 * @param question names what is asked: another name asks at once
 * @param ask null: nothing can be asked yet
 */
export function useViewAnswer<T>(
  question: string,
  ask: ((signal: AbortSignal) => Promise<T>) | null,
  gapMs: number,
): ViewAnswer<T> {
  const pane = usePaneStore();
  const looked = usePane((state) => state.state !== null);
  const [told, setTold] = useState<{ answer: T | null; failure: string | null; of: string }>({
    answer: null,
    failure: null,
    of: '',
  });
  const asks = looked && ask !== null;
  const latest = useRef(ask);
  useLayoutEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    if (!asks) return;
    const follower = followView<T>({
      ask: (signal) => latest.current?.(signal) ?? Promise.reject(new Error('Nothing to ask.')),
      gapMs,
      onAnswer: (answer) => setTold({ answer, failure: null, of: question }),
      onFailure: (failure) => setTold(({ answer, of }) => ({ answer, failure, of })),
    });
    follower.changed();
    const forget = pane.subscribe((now, before) => {
      if (now.state !== before.state) follower.changed();
    });
    return () => {
      forget();
      follower.stop();
    };
  }, [pane, question, asks, gapMs]);
  // Of lines that are gone nothing is told.
  return {
    answer: looked ? told.answer : null,
    failure: told.failure,
    current: told.of === question,
  };
}
