/** What has to hold before a run that a crash cut off goes on, or one is undone: nothing is guessed. */
import type { PlanRequest } from '../../shared/runbooks/plan';
import type { RunState } from '../../shared/runbooks/run';
import { hashOf, sourcesSha256 } from './plan-of';
import type { Prepared } from './planner';
import { refused } from './refused';
import { isRelative } from './relative-steps';
import type { Remembered } from './restore';
import { isActive } from './run-status';
import { givenBy } from './run-values';
import { MASK } from './secrets';

/** What its plan was asked with. @throws FailureError where the journal does not hold enough of it */
export function requestAgain({ state, hasSecrets, cut }: Remembered): PlanRequest {
  if (hasSecrets) {
    throw refused('Its secret inputs are gone with the console that ran it.', 'Start it anew.');
  }
  if (cut) throw refused('A step gave more than the journal keeps.', 'Start the runbook anew.');
  const { runbookId, alarmKey, connectionId, region, inputs, undoOf } = state;
  return { runbookId, alarmKey, connectionId, region, inputs, undoOf };
}

/** Only as it was approved. @throws FailureError naming what is another now */
export function refuseChanged(prepared: Prepared, { state, sourceSha256 }: Remembered): void {
  if (sourcesSha256(prepared) !== sourceSha256) {
    throw refused('The runbook’s file has changed since it was approved.', 'Start it anew.');
  }
  const [problem] = prepared.problems;
  if (problem !== undefined) throw refused(problem, 'Mend it, or start the runbook anew.');
  if (hashOf(prepared) !== state.hash) {
    throw refused('What it would do has changed since it was approved.', 'Start it anew.');
  }
}

/** Where a target rests on what runs now, it is still the one on the sheet. @throws FailureError naming both */
export function refuseOtherTarget(now: Prepared, approved: Prepared): void {
  for (const [i, { name, step, effect }] of now.steps.entries()) {
    const before = approved.steps[i]?.effect ?? null;
    if (effect === before || !isRelative(step.do)) continue;
    throw refused(
      now.secrets.mask(
        `${name}: what it acts on has changed since it was approved: it was “${before ?? 'not known'}”, it would be “${effect ?? 'not known'}” now.`,
      ),
      'Look at the plan again.',
    );
  }
}

/** Its steps hold to what was approved then, whatever they would find to do now. */
export const asApproved = (prepared: Prepared, { effects }: Remembered): Prepared => ({
  ...prepared,
  steps: prepared.steps.map((step) => ({ ...step, effect: effects.get(step.id) ?? step.effect })),
});

/** @throws FailureError for a run that is going on, or of another runbook or place */
export function refuseUndo(request: PlanRequest, state: RunState): void {
  const places = (['runbookId', 'alarmKey', 'connectionId', 'region'] as const).filter(
    (field) => state[field] !== request[field],
  );
  if (places.length > 0 || state.undoOf !== null) {
    throw refused('This is not what that run can be undone with.', 'Undo it from the run itself.');
  }
  if (isActive(state)) throw refused('It is still running.', 'Cancel it first, then undo it.');
}

/** What the steps of a run of the past gave. @throws FailureError where the journal does not hold all of it */
export function rememberedGiven(
  state: RunState,
  before: Remembered | null,
): Record<string, unknown> {
  const given = givenBy(state);
  const masked = before?.hasSecrets === true && JSON.stringify(given).includes(MASK);
  if (before === null || before.cut || masked) {
    throw refused('What its steps gave is not known in full any more.', 'Undo it by hand.');
  }
  return given;
}
