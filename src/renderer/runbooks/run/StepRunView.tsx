/** One step of a run: how it stands, what it asked for, what it gave, and what a person can do about it. */
import { Button, Popover, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { RunState, StepRun } from '../../../shared/runbooks/run';
import { Markdown } from '../../dashboards/Markdown';
import { useTimeZone } from '../../stores/settings';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { act } from '../actions';
import { useEntry } from '../listing-store';
import { ClassTag } from '../page/ClassTag';
import { elapsedText, stepElapsed, stepName, tookText, withTimes } from '../run-words';
import { noteOf } from './output-model';
import { OutputView } from './OutputView';
import { QuestionForm } from './QuestionForm';
import classes from './run.module.css';
import { StepStatusTag } from './StatusTag';

interface Props {
  run: RunState;
  step: StepRun;
  number: number;
  now: number;
}

/** Where a step stands on the page. */
export const stepAnchor = (id: string): string => `step-${id}`;

/** Shorter steps move nothing (ms). */
const LONG_STEP_MS = 1_200;

export function StepRunView({ run, step, number, now }: Props) {
  const elapsed = stepElapsed(step, now);
  const zone = useTimeZone();
  const { runId } = run;
  const line = useRef<HTMLLIElement>(null);
  const active = step.status === 'running' || step.status === 'asking';
  // The step that goes on is before the eyes, unless the person has gone elsewhere on purpose.
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(
      () => line.current?.scrollIntoView({ block: 'nearest' }),
      step.status === 'asking' ? 0 : LONG_STEP_MS,
    );
    return () => clearTimeout(timer);
  }, [active, step.status]);
  return (
    <li ref={line} id={stepAnchor(step.id)} className={classes['step']} data-status={step.status}>
      <span className={classes['number']} aria-hidden>
        {number}
      </span>
      <div>
        <div className={classes['stepHead']}>
          <strong>{safeText(stepName(step))}</strong>
          <StepStatusTag step={step} run={run} />
          {elapsed !== null && (
            <span className={classes['time']}>
              {step.endedAt === null ? elapsedText(elapsed) : tookText(elapsed)}
            </span>
          )}
          {step.attempt > 1 && <span className={classes['time']}>try {step.attempt}</span>}
        </div>
        {step.progress !== null && active && (
          <p className={classes['progress']} role="status">
            {safeText(withTimes(step.progress, zone))}
          </p>
        )}
        {step.note !== null && step.note !== '' && (
          <p className={classes['progress']}>{safeMultiline(withTimes(step.note, zone))}</p>
        )}
        {step.failure !== null && (
          <p className={classes['failure']} role="alert">
            {safeText(step.failure.message)} {safeText(step.failure.advice)}
          </p>
        )}
        {step.status === 'asking' && step.question !== null && (
          <QuestionForm runId={runId} stepId={step.id} question={step.question} />
        )}
        <Gave run={run} step={step} />
        <Requested step={step} />
      </div>
      <div className={classes['side']}>
        <StepActions run={run} step={step} />
        <ClassTag of={step.class} />
      </div>
    </li>
  );
}

/** A note that is the file's own words reads as it was written; what holds values is shown as the text it is. */
function Gave({ run, step }: { run: RunState; step: StepRun }) {
  const runbook = useEntry(run.runbookId)?.runbook;
  if (step.output === null) return null;
  const words = runbook == null ? null : noteOf(runbook, step);
  if (words === null) return <OutputView output={step.output} name={stepName(step)} />;
  return (
    <div className={`${classes['output']} ${classes['words']}`}>
      <Markdown text={words} />
    </div>
  );
}

function Requested({ step }: { step: StepRun }) {
  const [open, setOpen] = useState(false);
  if (step.requestJson === null) return null;
  return (
    <>
      <button
        type="button"
        className={classes['link']}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? 'Hide what was asked for' : 'What was asked for'}
      </button>
      {open && (
        <OutputView
          output={{ kind: 'json', json: step.requestJson }}
          name={`${stepName(step)}, what was asked for`}
        />
      )}
    </>
  );
}

/** A failed step, or one nobody knows the end of, holds the run until a person decides. */
function StepActions({ run, step }: { run: RunState; step: StepRun }) {
  const held =
    (step.status === 'failed' || step.status === 'unknown') &&
    (run.status === 'failed' || run.status === 'interrupted' || run.status === 'paused');
  const skippable =
    held || (step.status === 'waiting' && (run.status === 'paused' || run.status === 'running'));
  const { runId } = run;
  return (
    <>
      {held && <RetryButton runId={runId} step={step} />}
      {skippable && <SkipButton runId={runId} step={step} />}
    </>
  );
}

/** What may have happened already is not done once more at one click. */
function RetryButton({ runId, step }: { runId: string; step: StepRun }) {
  const [open, setOpen] = useState(false);
  const retry = async (): Promise<void> => {
    setOpen(false);
    await act({ action: 'retry', runId, stepId: step.id });
  };
  const doubtful = step.status === 'unknown' && step.class !== 'reads';
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      withArrow
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            if (doubtful) setOpen(!open);
            else void retry();
          }}
        >
          Retry from here
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw={320}>
        <p className={classes['confirm']}>
          “{safeText(stepName(step))}” had begun, and how it ended is not known. It would be done
          once more. Have you looked at what it acts on?
        </p>
        <Button size="xs" onClick={() => void retry()}>
          Do it once more
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function SkipButton({ runId, step }: { runId: string; step: StepRun }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const skip = async (): Promise<void> => {
    if (await act({ action: 'skip', runId, stepId: step.id, reason: reason.trim() })) {
      setOpen(false);
    }
  };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      withArrow
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={`Skip ${safeText(stepName(step))}`}
          onClick={() => setOpen(!open)}
        >
          Skip
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Textarea
          label={`Why “${safeText(stepName(step))}” is skipped`}
          size="xs"
          autosize
          minRows={2}
          w={280}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button size="xs" mt="xs" disabled={reason.trim() === ''} onClick={() => void skip()}>
          Skip the step
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
