/** Everything that was run, newest first. */
import { Modal, TextInput } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { RunState } from '../../../shared/runbooks/run';
import { useAlarms } from '../../stores/alarms';
import { useTimeZone } from '../../stores/settings';
import { safeText } from '../../ui/safe-text';
import { formatWhen, useNow } from '../../ui/time';
import { loadRuns, useRuns } from '../runs-store';
import { useRunbooks } from '../store';
import classes from './run.module.css';
import { RunStatusTag } from './StatusTag';
import { alarmNameOf, runsFound } from '../run-words';
import { useFocusBack } from '../use-focus-back';

/** Rows drawn; the filter reaches the others. */
const MOST = 200;

/** So many are found by the eye. */
const FEW = 12;

interface Props {
  runs: readonly RunState[];
  /** How many that go on or wait are in the list alone. */
  more: number;
}

export function PastRuns({ runs, more }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={`${classes['chip']} ${classes['all']}`}
        onClick={() => {
          setOpen(true);
          void loadRuns();
        }}
      >
        <span>All runs{more > 0 && `, ${more} more going on`}</span>
      </button>
      {open && (
        <Modal
          opened
          onClose={() => setOpen(false)}
          size="xl"
          title="All runs"
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <List runs={runs} onShown={() => setOpen(false)} />
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
  const [wanted, setWanted] = useState('');
  const nameOf = useCallback(
    (key: string) => rows.get(key)?.name ?? alarmNameOf(key) ?? 'an alarm',
    [rows],
  );
  const kept = useMemo(() => runsFound(runs, wanted, nameOf), [runs, wanted, nameOf]);
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
      {runs.length > FEW && (
        <TextInput
          size="xs"
          type="search"
          mb="xs"
          aria-label="Filter runs"
          placeholder="Filter by runbook, alarm, person or how it ended"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {runs.length > 0 && kept.length === 0 && <p>No run has that.</p>}
      <table className={classes['past']}>
        <tbody>
          {kept.slice(0, MOST).map((run) => (
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
              <td>{run.alarmKey === null ? '' : safeText(nameOf(run.alarmKey))}</td>
              <td className={classes['who']}>{run.automatic ? 'by itself' : safeText(run.by)}</td>
              <td>
                <RunStatusTag run={run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {kept.length > MOST && (
        <p className={classes['facts']}>
          The first {MOST} of {kept.length}. Filter for others.
        </p>
      )}
    </>
  );
}
