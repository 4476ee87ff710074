/** The runs of log widgets of this window, wired to main. */
import { create } from 'zustand';
import { ask, listen, toFailure } from '../bridge';
import { showFailure } from '../stores/toasts';
import { LogRuns } from './log-widget-runs';
import type { LogRun } from './log-widget-runs';

export const useLogRuns = create<{ runs: ReadonlyMap<string, LogRun> }>()(() => ({
  runs: new Map(),
}));

let made: LogRuns | null = null;

/** One for the window; it hears of its queries from its first use on. */
export function logRuns(): LogRuns {
  if (made !== null) return made;
  const runs = new LogRuns({
    query: (query) => ask('logs.query', query),
    rows: (queryId, from, count) => ask('logs.queryRows', { queryId, from, count }),
    stop: (queryId) => {
      ask('logs.stop', queryId).catch((error: unknown) => showFailure(error, 'logs.stop'));
    },
    close: (queryId) => {
      ask('logs.close', queryId).catch((error: unknown) => showFailure(error, 'logs.close'));
    },
    toFailure,
    now: Date.now,
    changed: (changed) => useLogRuns.setState({ runs: changed }),
  });
  listen('logs.querying', (state) => runs.told(state));
  made = runs;
  return runs;
}
