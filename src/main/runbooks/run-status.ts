import type { RunState, StepRun } from '../../shared/runbooks/run';

/** It goes on, or waits for a person while it holds what it changes. */
export const isActive = ({ status }: Pick<RunState, 'status'>): boolean =>
  status === 'running' || status === 'paused' || status === 'asking';

export const isSettled = ({ status }: Pick<StepRun, 'status'>): boolean =>
  status === 'done' || status === 'skipped';

/** A person has to decide about it before anything behind it runs. */
export const isBlocking = ({ status }: Pick<StepRun, 'status'>): boolean =>
  status === 'failed' || status === 'unknown' || status === 'cancelled';

export const isUnderWay = ({ status }: Pick<StepRun, 'status'>): boolean =>
  status === 'running' || status === 'asking';
