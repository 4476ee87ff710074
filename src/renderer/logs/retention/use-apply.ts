/** Runs changes and holds how far they are: what a group's outcome is, and whether it can be stopped. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RetentionChange, RetentionOutcome } from '../../../shared/logs/retention';
import { ask, toFailure } from '../../bridge';
import { applyChanges } from './changes';
import { changeKey } from './change-key';

export interface Applying {
  /** Idle: nothing was begun. */
  phase: 'idle' | 'running' | 'ended';
  /** What was begun with. */
  changes: readonly RetentionChange[];
  /** By the group's key. */
  outcomes: ReadonlyMap<string, RetentionOutcome>;
  /** A person stopped it: what has no outcome was left as it was. */
  stopped: boolean;
}

const idle: Applying = { phase: 'idle', changes: [], outcomes: new Map(), stopped: false };

export function useApply(): {
  applying: Applying;
  start(changes: readonly RetentionChange[]): void;
  stop(): void;
} {
  const [applying, setApplying] = useState(idle);
  const control = useRef<AbortController | null>(null);
  // Closed half-way, nothing further is begun.
  useEffect(() => () => control.current?.abort(), []);
  const start = useCallback((changes: readonly RetentionChange[]): void => {
    const own = new AbortController();
    control.current = own;
    setApplying({ phase: 'running', changes, outcomes: new Map(), stopped: false });
    void applyChanges(changes, {
      set: (batch) => ask('logs.setRetention', { commandId: crypto.randomUUID(), changes: batch }),
      toFailure: (error) => toFailure(error, 'logs.setRetention'),
      told: (told) =>
        setApplying((state) => ({
          ...state,
          outcomes: new Map([
            ...state.outcomes,
            ...told.map((outcome): [string, RetentionOutcome] => [changeKey(outcome), outcome]),
          ]),
        })),
      signal: own.signal,
    }).then(() => setApplying((state) => ({ ...state, phase: 'ended' })));
  }, []);
  const stop = useCallback((): void => {
    control.current?.abort();
    setApplying((state) => ({ ...state, stopped: true }));
  }, []);
  return { applying, start, stop };
}
