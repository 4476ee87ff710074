/** Runs and steps in words. */
import { assertNever } from '../../shared/assert-never';
import type { RunState, StepRun, StepStatus } from '../../shared/runbooks/run';
import type { StepClass } from '../../shared/runbooks/step';
import { formatFull } from '../ui/time';

export const classWords: Readonly<Record<StepClass, string>> = {
  reads: 'reads',
  changes: 'changes',
  destroys: 'destroys',
};

/** For the title of a class: what it may do to the world. */
export const classMeanings: Readonly<Record<StepClass, string>> = {
  reads: 'Looks and changes nothing',
  changes: 'Changes something; asks before it runs',
  destroys: 'Ends or deletes something; asks for its name before it runs',
};

export const stepWords: Readonly<Record<StepStatus, string>> = {
  waiting: 'waits',
  running: 'running',
  asking: 'asks you',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
  cancelled: 'cancelled',
  unknown: 'unknown',
};

/** In a run that stands or is over nothing waits to be done. */
export const stepWord = (
  { status }: Pick<StepRun, 'status'>,
  run: Pick<RunState, 'status'>,
): string => (status === 'waiting' && !isLive(run) ? 'not run' : stepWords[status]);

export function runWord({ status, pausing }: Pick<RunState, 'status' | 'pausing'>): string {
  switch (status) {
    case 'running':
      return pausing ? 'pausing after this step' : 'running';
    case 'paused':
      return 'paused';
    case 'asking':
      return 'asks you';
    case 'done':
      return 'done';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    case 'interrupted':
      return 'interrupted';
    default:
      return assertNever(status);
  }
}

export const isLive = ({ status }: Pick<RunState, 'status'>): boolean =>
  status === 'running' || status === 'paused' || status === 'asking';

/** A length (ms) that ticks: `3 s`, `1 min 04 s`, `2 h 05 min`. */
export function elapsedText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** A step by its name; one of a list by its place in it, too. */
export function stepName({ id, name }: Pick<StepRun, 'id' | 'name'>): string {
  const place = /\[(\d+)\]$/.exec(id)?.[1];
  return place === undefined ? name : `${name} · ${Number(place) + 1}`;
}

/** How long a step took, or takes so far (ms); null before it began, and where nobody knows when it ended. */
export function stepElapsed(step: StepRun, now: number): number | null {
  if (step.startedAt === null) return null;
  if (step.endedAt !== null) return step.endedAt - step.startedAt;
  return step.status === 'running' || step.status === 'asking' ? now - step.startedAt : null;
}

/** How long something took: what is less than a second is not nothing. */
export const tookText = (ms: number): string => (ms < 1_000 ? 'under 1 s' : elapsedText(ms));

/** `3 of 7 steps`, of those that are behind it. */
export function stepsBehind({ steps }: Pick<RunState, 'steps'>): string {
  const behind = steps.filter(({ status }) => status === 'done' || status === 'skipped').length;
  return `${behind} of ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
}

const list = (steps: readonly StepRun[]): string =>
  steps.map((step) => `“${stepName(step)}”`).join(', ');

const STAMP = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** The moments that a text names, on the clock that the person reads. */
export const withTimes = (text: string, zone: 'local' | 'utc'): string =>
  text.replaceAll(STAMP, (stamp) => {
    const at = Date.parse(stamp);
    return Number.isNaN(at) ? stamp : formatFull(at, zone);
  });

/** What its key alone tells: an alarm that is not in the list still has its name. */
export const alarmNameOf = (alarmKey: string): string | null =>
  /:alarm:(.+)$/.exec(alarmKey)?.[1] ?? null;

/** Those that have every word in their name, alarm, person or status; in the order they came. */
export function runsFound(
  runs: readonly RunState[],
  filter: string,
  alarmName: (alarmKey: string) => string,
): readonly RunState[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return runs;
  return runs.filter((run) => {
    const { name, by, automatic, alarmKey } = run;
    const alarm = alarmKey === null ? '' : alarmName(alarmKey);
    const text = [name, alarm, automatic ? 'by itself' : by, runWord(run)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What is known of a run that the end of the console cut off: one sentence each. */
export function knownOf({ steps }: Pick<RunState, 'steps'>): string[] {
  const of = (...wanted: StepStatus[]): StepRun[] =>
    steps.filter(({ status }) => wanted.includes(status));
  const done = of('done');
  const open = of('unknown', 'running', 'asking');
  const failed = of('failed');
  const waiting = of('waiting');
  return [
    'Nightdesk ended while this ran. Nothing goes on by itself.',
    ...(done.length > 0 ? [`Done, on record: ${list(done)}.`] : ['No step is on record as done.']),
    ...(open.length > 0
      ? [`Not known: ${list(open)} had begun. Look at what it acts on before it is tried again.`]
      : []),
    ...(failed.length > 0 ? [`Failed: ${list(failed)}.`] : []),
    ...(waiting.length > 0 ? [`Never begun: ${list(waiting)}.`] : []),
  ];
}

/** Main's note on a step that had nothing more to say. */
const SIMPLY_CANCELLED = 'Cancelled.';

/** What cancelling left as it is, in the steps' own words. */
export const notStopped = ({ steps }: Pick<RunState, 'steps'>): StepRun[] =>
  steps.filter(
    ({ status, note }) =>
      status === 'cancelled' && note !== null && note !== '' && note !== SIMPLY_CANCELLED,
  );

/** What a cancelled run did all the same: one sentence each. */
export function leftByCancelling(run: Pick<RunState, 'steps' | 'class'>): string[] {
  const { steps } = run;
  const changed = steps.filter(({ status, class: of }) => status === 'done' && of !== 'reads');
  const waiting = steps.filter(({ status }) => status === 'waiting');
  return [
    ...(changed.length > 0
      ? [`Done before it was cancelled, and left so: ${list(changed)}.`]
      : run.class === 'reads'
        ? []
        : ['No step that changes anything was done before it was cancelled.']),
    ...(waiting.length > 0 ? [`Never begun: ${list(waiting)}.`] : []),
  ];
}
