/** Everything that was run, newest first. */
import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { RunState } from '../../../shared/runbooks/run';
import { useAlarms } from '../../stores/alarms';
import { useTimeZone } from '../../stores/settings';
import { safeText } from '../../ui/safe-text';
import { formatWhen, useNow } from '../../ui/time';
import { loadRuns, useRuns } from '../runs-store';
import { useRunbooks } from '../store';
import classes from './run.module.css';
import { RunStatusTag } from './StatusTag';
import { alarmNameOf } from '../run-words';
import { useFocusBack } from '../use-focus-back';

/** Older ones are in the journal. */
const MOST = 200;

export function PastRuns({ runs }: { runs: readonly RunState[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={classes['chip']}
        onClick={() => {
          setOpen(true);
          void loadRuns();
        }}
      >
        <span>All runs</span>
      </button>
      {open && (
        <Modal
          opened
          onClose={() => setOpen(false)}
          size="xl"
          title="All runs"
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <List runs={runs.slice(0, MOST)} onShown={() => setOpen(false)} />
        </Modal>
      )}
    </>
  );
}

function List({ runs, onShown }: { runs: readonly RunState[]; onShown(): void }) {
  const { past, failure } = useRuns();
  const zone = useTimeZone();
  const now = useNow();
  const rows = useAlarms((state) => state.index.rows);
  useFocusBack();
  return (
    <>
      {failure !== null && (
        <p role="alert">
          {safeText(failure.message)} {safeText(failure.advice)}
        </p>
      )}
      {past === 'loading' && runs.length === 0 && <p role="status">Reading the journal…</p>}
      {past === 'ready' && runs.length === 0 && <p>Nothing has been run yet.</p>}
      <table className={classes['past']}>
        <tbody>
          {runs.map((run) => (
            <tr key={run.runId}>
              <td>{formatWhen(run.startedAt, now, zone)}</td>
              <td>
                <button
                  type="button"
                  className={classes['link']}
                  onClick={() => {
                    useRunbooks.getState().showRun(run.runId);
                    onShown();
                  }}
                >
                  {run.undoOf === null ? '' : 'Undo: '}
                  {safeText(run.name)}
                </button>
              </td>
              <td>
                {run.alarmKey === null
                  ? ''
                  : safeText(
                      rows.get(run.alarmKey)?.name ?? alarmNameOf(run.alarmKey) ?? 'an alarm',
                    )}
              </td>
              <td className={classes['who']}>{run.automatic ? 'by itself' : safeText(run.by)}</td>
              <td>
                <RunStatusTag run={run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
