/** The live tail of this window: one at a time, going on while one looks elsewhere. */
import { create } from 'zustand';
import type { LogTail, TailState } from '../../../shared/logs/tail';
import type { LogGroupRef } from '../../../shared/logs/settings';
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
  /** As typed for the next tail. */
  pattern: string;
  /** Words to mark, as typed: with commas between. */
  marked: string;
}

export const useTail = create<TailStore>()(() => ({ current: null, pattern: '', marked: '' }));

/** What one live tail takes (AWS), and what one of ours follows at a time. */
const GROUPS_OF_PLACE = 10;
const PLACES = 5;

/** Why these groups cannot be followed together; null when they can. */
export function tooMany(chosen: readonly LogGroupRef[]): string | null {
  const byPlace = new Map<string, LogGroupRef[]>();
  for (const group of chosen) {
    const key = `${group.connectionId}|${group.region}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), group]);
  }
  const full = [...byPlace.values()].find(({ length }) => length > GROUPS_OF_PLACE);
  if (full !== undefined) {
    return `Live tail follows at most ${GROUPS_OF_PLACE} groups of one account and region; ${full.length} of ${full[0]?.region ?? ''} are chosen.`;
  }
  return byPlace.size > PLACES
    ? `At most ${PLACES} accounts and regions are followed at a time; groups of ${byPlace.size} are chosen.`
    : null;
}

const wordsIn = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Marks words in the lines that are followed and in those of the next tail. */
export function markWords(marked: string): void {
  useTail.setState({ marked });
  useTail.getState().current?.pane.getState().setHighlights(wordsIn(marked));
}

let hearing = false;

function hear(): void {
  if (hearing) return;
  hearing = true;
  listen('logs.tailing', (state) => {
    change(state.tailId, { state });
    const { current } = useTail.getState();
    if (state.endedAt !== null && current?.tail.tailId === state.tailId) showHeld(current.pane);
  });
}

function change(tailId: string, to: Partial<Tail>): void {
  useTail.setState(({ current }) => ({
    current: current?.tail.tailId === tailId ? { ...current, ...to } : current,
  }));
}

/** What was held back while paused is shown when the tail ends, below what is looked at. */
export function showHeld(pane: Pane): void {
  const { paused, resume, setFollow } = pane.getState();
  if (paused === null) return;
  setFollow(false);
  resume();
}

/** True from the moment it was asked for. */
export const isFollowing = (tail: Tail | null): boolean =>
  tail !== null && tail.failure === null && (tail.state === null || tail.state.endedAt === null);

/** Follows the chosen groups; what was followed before is let go. */
export async function startTail(): Promise<void> {
  hear();
  const { current, pattern, marked } = useTail.getState();
  const { chosen } = useLogs.getState();
  if (chosen.length === 0 || tooMany(chosen) !== null) return;
  if (current !== null) closeTail(current);
  const targets = targetsOf(chosen);
  const tail: LogTail = { tailId: crypto.randomUUID(), targets, pattern: pattern.trim() };
  const pane = createPane(tail.tailId, false);
  pane.setState({ follow: true, highlights: wordsIn(marked) });
  const asked: Tail = { tail, pane, state: null, failure: null, opened: 0 };
  useTail.setState({ current: asked });
  try {
    const state = await ask('logs.tail', tail);
    // Another was asked for meanwhile.
    if (!isCurrent(tail)) return closeTail({ ...asked, state });
    change(tail.tailId, { state, opened: 1 });
  } catch (error) {
    const { message, advice } = toFailure(error, 'logs.tail');
    change(tail.tailId, { failure: `${message} ${advice}` });
  }
}

const isCurrent = ({ tailId }: LogTail): boolean =>
  useTail.getState().current?.tail.tailId === tailId;

export function stopTail(): void {
  const { current } = useTail.getState();
  if (current === null) return;
  ask('logs.stop', current.tail.tailId).catch((error: unknown) => showFailure(error, 'logs.stop'));
}

/** Lets go of a tail and its events; one that is still being started closes itself when it is there. */
function closeTail({ tail, state }: Tail): void {
  if (state === null) return;
  ask('logs.close', tail.tailId).catch((error: unknown) => showFailure(error, 'logs.close'));
}
