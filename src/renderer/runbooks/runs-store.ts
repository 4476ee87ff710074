/** Runs of now and of the past: pushed while they go, asked for when they are over. */
import { create } from 'zustand';
import type { Failure } from '../../shared/failure';
import type { RunState } from '../../shared/runbooks/run';
import { ask, listen, toFailure } from '../bridge';
import { isLive } from './run-words';

interface Runs {
  byId: ReadonlyMap<string, RunState>;
  /** Those that came with what their steps gave; lists leave that out. */
  whole: ReadonlySet<string>;
  /** The list of the past: asked for when somebody looks. */
  past: 'idle' | 'loading' | 'ready' | 'failed';
  failure: Failure | null;
  /** A push, or the answer to what a person did: which of them comes first is not known, and the newer one stays. */
  take(run: RunState): void;
  /** An answer: what was pushed meanwhile is newer and stays. */
  fill(runs: readonly RunState[], whole: boolean): void;
}

export const useRuns = create<Runs>()((set) => ({
  byId: new Map(),
  whole: new Set(),
  past: 'idle',
  failure: null,
  take: (run) =>
    set((state) => {
      const { runId } = run;
      const known = state.byId.get(runId);
      const isWhole = state.whole.has(runId);
      if (isWhole && known !== undefined && known.revision > run.revision) return state;
      return {
        byId: new Map(state.byId).set(runId, run),
        whole: isWhole ? state.whole : new Set(state.whole).add(runId),
      };
    }),
  fill: (runs, whole) =>
    set((state) => {
      const fresh = runs.filter(({ runId }) => !state.whole.has(runId));
      const byId = new Map(state.byId);
      for (const run of fresh) byId.set(run.runId, run);
      return {
        byId,
        whole: whole ? new Set([...state.whole, ...fresh.map(({ runId }) => runId)]) : state.whole,
      };
    }),
}));

/** A person began it and the console ended meanwhile. One that began by itself only looked: nobody has to see to it. */
export const isCutOff = ({ status, automatic }: Pick<RunState, 'status' | 'automatic'>): boolean =>
  status === 'interrupted' && !automatic;

/** Those that wait for a person: they ask, or the end of the console cut them off. */
export const useWaiting = (): number =>
  useRuns(
    ({ byId }) =>
      [...byId.values()].filter((run) => run.status === 'asking' || isCutOff(run)).length,
  );

/** The list of the past is not needed for the first screen (ms). */
const LOOK_BACK_AFTER_MS = 4_000;

/** Hears what runs, and soon after the start what an earlier console left unfinished. Returns what ends it. */
export function hearRuns(): () => void {
  const timer = setTimeout(() => void loadRuns(), LOOK_BACK_AFTER_MS);
  const end = listen('runbooks.running', (run) => useRuns.getState().take(run));
  return () => {
    clearTimeout(timer);
    end();
  };
}

export async function loadRuns(): Promise<void> {
  useRuns.setState({ past: 'loading' });
  try {
    useRuns.getState().fill(await ask('runbooks.runs', undefined), false);
    useRuns.setState({ past: 'ready', failure: null });
  } catch (error) {
    useRuns.setState({ past: 'failed', failure: toFailure(error, 'runbooks.runs') });
  }
}

/** A run with everything its steps gave. Throws a FailureError when it is not there. */
export async function loadRun(runId: string): Promise<void> {
  if (useRuns.getState().whole.has(runId)) return;
  useRuns.getState().fill([await ask('runbooks.run', runId)], true);
}

/** What waits for a person first, then what runs, then the past; each newest first. */
export function inOrder(runs: Iterable<RunState>): RunState[] {
  const rank = (run: RunState): number =>
    run.status === 'interrupted' || run.status === 'asking' ? 0 : isLive(run) ? 1 : 2;
  return [...runs].toSorted((a, b) => rank(a) - rank(b) || b.startedAt - a.startedAt);
}
