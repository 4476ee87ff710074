/** A run's steps as they stood when the console ended, laid over the same steps prepared anew. */
import { FailureError } from '../../shared/failure';
import type { RunState, StepRun } from '../../shared/runbooks/run';
import { invalid } from './action-values';
import { isSettled } from './run-status';
import { freshStep } from './run-state';
import { elementOf } from './run-values';
import type { RunItem, RunValues } from './run-values';

interface Lists {
  list: (item: RunItem) => Promise<unknown[]>;
}

/** Rejects with FailureError where the steps are not the same any more. */
export async function takenUp(
  prepared: readonly RunItem[],
  before: RunState,
  { list }: Lists,
  values: RunValues,
): Promise<{ items: RunItem[]; runs: StepRun[] }> {
  const items: RunItem[] = [];
  const runs: StepRun[] = [];
  const take = (item: RunItem, run: StepRun): void => {
    items.push(item);
    runs.push(run);
    if (isSettled(run) || run.status === 'failed') values.took(item, run.output, run.status);
  };
  for (const item of prepared) {
    const same = before.steps.find(({ id }) => id === item.id);
    const elements = before.steps.filter(({ id }) => elementOf(id)?.id === item.id);
    if (same !== undefined) take(item, same);
    else if (elements.length === 0) throw others();
    else {
      // What the steps before gave is known by now: the list is the same.
      const all = await list(item);
      all.forEach((value, index) => {
        const id = `${item.id}[${index}]`;
        const run = elements.find((one) => one.id === id) ?? { ...freshStep(item.step), id };
        take({ ...item, id, item: { value, index } }, run);
      });
    }
  }
  const taken = new Set(runs.map(({ id }) => id));
  if (before.steps.some(({ id }) => !taken.has(id))) throw others();
  return { items, runs };
}

const others = (): FailureError =>
  new FailureError(
    invalid('Its steps are not those of the file any more: start the runbook anew.'),
  );
