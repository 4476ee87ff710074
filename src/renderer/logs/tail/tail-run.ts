/** The live tail of this window: one at a time, going on while one looks elsewhere. */
import { create } from 'zustand';
import type { LogTail, TailState } from '../../../shared/logs/tail';
import { ask, listen, toFailure } from '../../bridge';
import { showFailure } from '../../stores/toasts';
import { createPane } from '../events/pane';
import type { Pane } from '../events/pane';
import { targetsOf, useLogs } from '../store';

export interface Tail {
  tail: LogTail;
  pane: Pane;
  state: TailState | null;
  failure: string | null;
  opened: number;
}

interface TailStore {
  current: Tail | null;
}

export const useTail = create<TailStore>()(() => ({ current: null }));

let hearing = false;

function hear(): void {
  if (hearing) return;
  hearing = true;
  listen('logs.tailing', (state) => change(state.tailId, { state }));
}

function change(tailId: string, to: Partial<Tail>): void {
  useTail.setState(({ current }) => ({
    current: current?.tail.tailId === tailId ? { ...current, ...to } : current,
  }));
}

export const isFollowing = (tail: Tail | null): boolean =>
  tail !== null && tail.failure === null && tail.state?.endedAt === null;

/** Follows the chosen groups; what was followed before is let go. */
export async function startTail(pattern: string, highlights: readonly string[]): Promise<void> {
  hear();
  const targets = targetsOf(useLogs.getState().chosen);
  if (targets.length === 0) return;
  closeTail();
  const tail: LogTail = { tailId: crypto.randomUUID(), targets, pattern: pattern.trim() };
  const pane = createPane(tail.tailId, false);
  pane.setState({ follow: true, highlights });
  useTail.setState({ current: { tail, pane, state: null, failure: null, opened: 0 } });
  try {
    const state = await ask('logs.tail', tail);
    change(tail.tailId, { state, opened: 1 });
  } catch (error) {
    const { message, advice } = toFailure(error, 'logs.tail');
    change(tail.tailId, { failure: `${message} ${advice}` });
  }
}

export function stopTail(): void {
  const { current } = useTail.getState();
  if (current === null) return;
  ask('logs.stop', current.tail.tailId).catch((error: unknown) => showFailure(error, 'logs.stop'));
}

function closeTail(): void {
  const { current } = useTail.getState();
  // One that could not be started is not there to be closed.
  if (current === null || current.state === null) return;
  ask('logs.close', current.tail.tailId).catch((error: unknown) =>
    showFailure(error, 'logs.close'),
  );
}
