/** How a run or a step stands: an icon, a word and a colour. */
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleDashed,
  IconHandStop,
  IconHelp,
  IconLoader2,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconX,
} from '@tabler/icons-react';
import type { RunState, StepRun, StepStatus } from '../../../shared/runbooks/run';
import { runWord, stepWord } from '../run-words';
import classes from './run.module.css';

type Status = StepStatus | RunState['status'];
type Tone = 'ok' | 'bad' | 'ask' | 'live' | 'idle';

const looks: Readonly<Record<Status, { icon: typeof IconCheck; tone: Tone }>> = {
  waiting: { icon: IconCircleDashed, tone: 'idle' },
  running: { icon: IconLoader2, tone: 'live' },
  asking: { icon: IconHelp, tone: 'ask' },
  paused: { icon: IconPlayerPause, tone: 'ask' },
  done: { icon: IconCheck, tone: 'ok' },
  failed: { icon: IconX, tone: 'bad' },
  skipped: { icon: IconPlayerSkipForward, tone: 'idle' },
  cancelled: { icon: IconHandStop, tone: 'idle' },
  unknown: { icon: IconAlertTriangle, tone: 'ask' },
  interrupted: { icon: IconAlertTriangle, tone: 'ask' },
};

function Tag({ status, word }: { status: Status; word: string }) {
  const { icon: Icon, tone } = looks[status];
  return (
    <span className={classes['status']} data-tone={tone}>
      <Icon size={14} aria-hidden className={status === 'running' ? classes['spin'] : undefined} />
      {word}
    </span>
  );
}

interface StepProps {
  step: Pick<StepRun, 'status'>;
  run: Pick<RunState, 'status'>;
}

export const StepStatusTag = ({ step, run }: StepProps) => (
  <Tag status={step.status} word={stepWord(step, run)} />
);

export const RunStatusTag = ({ run }: { run: Pick<RunState, 'status' | 'pausing'> }) => (
  <Tag status={run.status} word={runWord(run)} />
);
