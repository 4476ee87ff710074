/** Runs that go on, ask or were cut off, and a way to those that are over. */
import { useEffect, useMemo } from 'react';
import type { RunState } from '../../../shared/runbooks/run';
import { safeText } from '../../ui/safe-text';
import { useNow } from '../../ui/time';
import { elapsedText, isLive } from '../run-words';
import { inOrder, isCutOff, loadRuns, useRuns } from '../runs-store';
import { useRunbooks } from '../store';
import { PastRuns } from './PastRuns';
import classes from './run.module.css';
import { RunStatusTag } from './StatusTag';

function Chip({ run, now }: { run: RunState; now: number }) {
  const current = useRunbooks((state) => state.runId === run.runId);
  return (
    <button
      type="button"
      className={classes['chip']}
      aria-current={current ? 'true' : undefined}
      onClick={() => useRunbooks.getState().showRun(run.runId)}
    >
      <span>{safeText(run.name)}</span>
      <RunStatusTag run={run} />
      {run.status !== 'interrupted' && <small>{elapsedText(now - run.startedAt)}</small>}
    </button>
  );
}

/** Others are in the list of all runs: the strip stays one line, and nothing in it has to be scrolled to. */
const MOST_CHIPS = 3;

export function RunStrip() {
  const byId = useRuns((state) => state.byId);
  const past = useRuns((state) => state.past);
  const now = useNow(1_000);
  useEffect(() => {
    if (useRuns.getState().past === 'idle') void loadRuns();
  }, []);
  const runs = useMemo(() => inOrder(byId.values()), [byId]);
  const open = runs.filter((run) => isLive(run) || isCutOff(run));
  return (
    <div className={classes['strip']} aria-label="Runs" role="group">
      <PastRuns runs={runs} more={Math.max(0, open.length - MOST_CHIPS)} />
      <div className={classes['open']}>
        {open.slice(0, MOST_CHIPS).map((run) => (
          <Chip key={run.runId} run={run} now={now} />
        ))}
        {open.length === 0 && past === 'ready' && (
          <span className={classes['none']}>Nothing runs now.</span>
        )}
      </div>
    </div>
  );
}
