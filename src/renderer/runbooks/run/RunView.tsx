/** One run as it goes on, or as it went. */
import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { RunState } from '../../../shared/runbooks/run';
import { copyText } from '../../alarms/actions';
import { ask, toFailure } from '../../bridge';
import { useAlarmRow } from '../../stores/alarms';
import { useConnections } from '../../stores/connections';
import { useNavigation } from '../../stores/navigation';
import { useTimeZone } from '../../stores/settings';
import { showFailure, showToast } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { formatFull, useNow } from '../../ui/time';
import { act } from '../actions';
import { inputsOfRun } from '../input-values';
import { useEntry } from '../listing-store';
import { ClassTag } from '../page/ClassTag';
import pageClasses from '../page/page.module.css';
import {
  alarmNameOf,
  elapsedText,
  isLive,
  knownOf,
  leftByCancelling,
  notStopped,
  stepName,
  stepsBehind,
  tookText,
} from '../run-words';
import { loadRun, useRuns } from '../runs-store';
import { useRunbooks } from '../store';
import { useFocusHere } from '../use-focus-here';
import classes from './run.module.css';
import { stepAnchor, StepRunView } from './StepRunView';
import { RunStatusTag } from './StatusTag';

export function RunView({ runId }: { runId: string }) {
  const run = useRuns((state) => state.byId.get(runId));
  const whole = useQuery({
    queryKey: ['runbooks.run', runId],
    retry: false,
    queryFn: async () => {
      await loadRun(runId);
      return true;
    },
  });
  if (run === undefined) {
    return (
      <div className={pageClasses['empty']}>
        {whole.error === null ? (
          <p role="status">Reading what is on record…</p>
        ) : (
          <p role="alert">
            {safeText(toFailure(whole.error, 'runbooks.run').message)}{' '}
            {safeText(toFailure(whole.error, 'runbooks.run').advice)}
          </p>
        )}
      </div>
    );
  }
  return <One run={run} />;
}

function One({ run }: { run: RunState }) {
  const now = useNow(1_000);
  const live = isLive(run);
  const article = useRef<HTMLElement>(null);
  useFocusHere(article);
  return (
    <article ref={article} tabIndex={-1} className={classes['run']} aria-label={safeText(run.name)}>
      <div className={classes['top']}>
        <Title run={run} />
        <Tools run={run} live={live} />
      </div>
      <Facts run={run} now={now} />
      {run.status === 'interrupted' && (
        <div className={classes['notice']} role="alert">
          {knownOf(run).map((sentence) => (
            <p key={sentence}>{safeText(sentence)}</p>
          ))}
        </div>
      )}
      {run.status === 'failed' && <FailedAt run={run} />}
      {run.status === 'cancelled' && <Cancelled run={run} />}
      <ol className={classes['steps']}>
        {run.steps.map((step, at) => (
          <StepRunView key={step.id} run={run} step={step} number={at + 1} now={now} />
        ))}
      </ol>
    </article>
  );
}

/** What goes on although it was cancelled, what stays as it is now, and what was never done. */
function Cancelled({ run }: { run: RunState }) {
  return (
    <div className={classes['notice']} role="alert">
      {notStopped(run).map((step) => (
        <p key={step.id}>
          {safeText(stepName(step))}: {safeText(step.note ?? '')}
        </p>
      ))}
      {leftByCancelling(run).map((sentence) => (
        <p key={sentence}>{safeText(sentence)}</p>
      ))}
    </div>
  );
}

/** Long outputs of what went well may stand between the head and what did not. */
function FailedAt({ run }: { run: RunState }) {
  const step = run.steps.find(({ status }) => status === 'failed');
  if (step === undefined) return null;
  return (
    <p className={classes['failure']}>
      It failed at “{safeText(stepName(step))}”: {safeText(step.failure?.message ?? '')}{' '}
      <button
        type="button"
        className={classes['link']}
        onClick={() => document.getElementById(stepAnchor(step.id))?.scrollIntoView()}
      >
        Show the step
      </button>
    </p>
  );
}

/** How it stands, and what can be done about it, stay in view however far down its steps go. */
function Title({ run }: { run: RunState }) {
  return (
    <div className={pageClasses['head']}>
      <h2>
        {run.undoOf === null ? '' : 'Undo: '}
        {safeText(run.name)}
      </h2>
      <RunStatusTag run={run} />
      <ClassTag of={run.class} />
    </div>
  );
}

function Facts({ run, now }: { run: RunState; now: number }) {
  const zone = useTimeZone();
  const labels = useConnections((state) => state.labels);
  const { connectionId, region } = run;
  const took =
    (run.endedAt ?? (run.status === 'interrupted' ? run.startedAt : now)) - run.startedAt;
  const facts = [
    ...(connectionId === null
      ? []
      : [`${labels.get(connectionId) ?? connectionId}${region === null ? '' : ` ${region}`}`]),
    `started ${formatFull(run.startedAt, zone)}`,
    run.automatic ? 'by itself, because its alarm fired' : `by ${run.by}`,
    ...(run.secondPerson === null ? [] : [`approved with ${run.secondPerson}`]),
    stepsBehind(run),
    ...(run.status === 'interrupted'
      ? []
      : [run.endedAt === null ? elapsedText(took) : tookText(took)]),
  ];
  const inputs = Object.entries(run.inputs);
  return (
    <>
      <p className={classes['facts']}>{facts.map(safeText).join(' · ')}</p>
      {run.alarmKey !== null && <ForAlarm alarmKey={run.alarmKey} />}
      {inputs.length > 0 && (
        <p className={classes['facts']}>
          {inputs.map(([name, value]) => `${safeText(name)} = ${safeText(value)}`).join(' · ')}
        </p>
      )}
    </>
  );
}

/** The list fills some seconds after the start, and an alarm may be gone: its name is known all the same. */
function ForAlarm({ alarmKey }: { alarmKey: string }) {
  const alarm = useAlarmRow(alarmKey);
  return (
    <p className={classes['facts']}>
      For{' '}
      {alarm === undefined ? (
        `${safeText(alarmNameOf(alarmKey) ?? 'an alarm')}, which is not in the list of alarms now`
      ) : (
        <button
          type="button"
          className={classes['link']}
          onClick={() => useNavigation.getState().showAlarm(alarmKey)}
        >
          {safeText(alarm.name)}
        </button>
      )}
    </p>
  );
}

async function copyReport(runId: string): Promise<void> {
  try {
    await copyText(await ask('runbooks.report', { runId, format: 'markdown' }), 'the report');
  } catch (error) {
    showFailure(error, 'runbooks.report');
  }
}

async function saveReport(runId: string, format: 'markdown' | 'html'): Promise<void> {
  try {
    const path = await ask('runbooks.saveReport', { runId, format });
    if (path === null) return;
    showToast({ level: 'done', text: 'Report saved', detail: path, action: null });
  } catch (error) {
    showFailure(error, 'runbooks.saveReport');
  }
}

/** Of the buttons that take each other's place: the second click of two must not land on Cancel. */
const SAME_WIDTH = 180;

function Tools({ run, live }: { run: RunState; live: boolean }) {
  const { runId } = run;
  return (
    <div className={pageClasses['actions']}>
      {(run.status === 'running' || run.status === 'asking') && !run.pausing && (
        <Button
          size="xs"
          w={SAME_WIDTH}
          variant="default"
          onClick={() => void act({ action: 'pause', runId })}
        >
          Pause after this step
        </Button>
      )}
      {(run.status === 'paused' || run.pausing) && (
        <Button size="xs" w={SAME_WIDTH} onClick={() => void act({ action: 'resume', runId })}>
          Go on
        </Button>
      )}
      {run.status === 'interrupted' && (
        <Button size="xs" variant="default" onClick={() => void act({ action: 'resume', runId })}>
          Continue with what never began
        </Button>
      )}
      {(live || run.status === 'interrupted') && (
        <Button size="xs" variant="default" onClick={() => void act({ action: 'cancel', runId })}>
          Cancel
        </Button>
      )}
      {!live && <UndoButton run={run} />}
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <Button size="xs" variant="default">
            Report…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void copyReport(runId)}>Copy as Markdown</Menu.Item>
          <Menu.Item onClick={() => void saveReport(runId, 'markdown')}>
            Save as Markdown…
          </Menu.Item>
          <Menu.Item onClick={() => void saveReport(runId, 'html')}>Save as HTML…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        onClick={() => useRunbooks.getState().choose(run.runbookId)}
      >
        Show the runbook
      </Button>
    </div>
  );
}

/** Undoing is a run of its own, with a sheet of its own. */
function UndoButton({ run }: { run: RunState }) {
  const entry = useEntry(run.runbookId);
  if (!run.undoable || run.undoOf !== null || entry?.runbook == null) return null;
  const inputs = inputsOfRun(entry.runbook.inputs ?? [], run.inputs);
  const { runbookId, alarmKey, connectionId, region, runId } = run;
  return (
    <Button
      size="xs"
      variant="default"
      onClick={() =>
        useRunbooks.getState().look({
          name: run.name,
          request: { runbookId, alarmKey, connectionId, region, inputs, undoOf: runId },
          mode: 'run',
          plan: null,
        })
      }
    >
      Undo…
    </Button>
  );
}
