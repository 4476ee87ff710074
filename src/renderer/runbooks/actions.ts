/** Looking at what a runbook would do, starting it, and acting on what runs. */
import type { PlanRequest, RunPlan } from '../../shared/runbooks/plan';
import type { RunAction } from '../../shared/runbooks/run';
import type { RunbookEntry } from '../../shared/runbooks/listing';
import { ask, mintRequestId } from '../bridge';
import { useAlarms } from '../stores/alarms';
import { useConnections } from '../stores/connections';
import { useNavigation } from '../stores/navigation';
import { showFailure } from '../stores/toasts';
import { needsNothing } from './input-values';
import { useRuns } from './runs-store';
import { useRunbooks } from './store';
import type { Place } from './store';

/** Where a run works: as chosen, or the alarm's connection and region, or the first there is. */
export function placeOf(alarmKey: string | null, chosen: Place | null): Place | null {
  if (chosen !== null) return chosen;
  const row = alarmKey === null ? undefined : useAlarms.getState().index.rows.get(alarmKey);
  if (row !== undefined) return { connectionId: row.connectionId, region: row.region };
  const [first] = useConnections.getState().list;
  const region = first?.connection.regions[0];
  return first === undefined || region === undefined
    ? null
    : { connectionId: first.connection.id, region };
}

export function requestOf(
  runbookId: string,
  alarmKey: string | null,
  place: Place | null,
  inputs: PlanRequest['inputs'],
): PlanRequest {
  return {
    runbookId,
    alarmKey,
    connectionId: place?.connectionId ?? null,
    region: place?.region ?? null,
    inputs,
    undoOf: null,
  };
}

/** Nothing has to be asked before it runs. */
const asksNothing = (plan: RunPlan): boolean =>
  plan.approval.kind === 'none' && !plan.secondPerson && plan.problems.length === 0;

/**
 * A runbook that only reads runs at once; any other is laid before the person first. What cannot be planned is shown
 * in the sheet, with why.
 */
export async function run(entry: RunbookEntry, request: PlanRequest): Promise<void> {
  const { look } = useRunbooks.getState();
  const { name } = entry;
  if (entry.class !== 'reads') {
    look({ name, request, mode: 'run', plan: null });
    return;
  }
  try {
    const plan = await ask('runbooks.plan', { request, requestId: mintRequestId() });
    if (asksNothing(plan)) await start(request, plan);
    else look({ name, request, mode: 'run', plan });
  } catch (error) {
    showFailure(error, 'runbooks.plan');
  }
}

export const preview = (name: string, request: PlanRequest): void =>
  useRunbooks.getState().look({ name, request, mode: 'preview', plan: null });

export interface Approval {
  commandId: string;
  typed: string | null;
  secondPerson: { name: string; code: string } | null;
}

/** Starts what the plan says and nothing else, and shows it. Throws a FailureError when it is refused. */
export async function start(
  request: PlanRequest,
  plan: RunPlan,
  approval: Approval = { commandId: crypto.randomUUID(), typed: null, secondPerson: null },
): Promise<void> {
  const state = await ask('runbooks.start', { ...request, ...approval, hash: plan.hash });
  useRuns.getState().take(state);
  const { look, showRun } = useRunbooks.getState();
  look(null);
  showRun(state.runId);
  useNavigation.getState().show('runbooks');
}

/** Says when it was refused. */
export async function act(action: RunAction): Promise<boolean> {
  try {
    useRuns.getState().take(await ask('runbooks.act', action));
    return true;
  } catch (error) {
    showFailure(error, 'runbooks.act');
    return false;
  }
}

/** From an alarm: runs at once what reads and asks nothing; otherwise its page or its sheet is shown. */
export async function runForAlarm(entry: RunbookEntry, alarmKey: string): Promise<void> {
  const { choose, forAlarm } = useRunbooks.getState();
  choose(entry.id);
  forAlarm(alarmKey);
  useNavigation.getState().show('runbooks');
  const { runbook } = entry;
  if (runbook === null || !needsNothing(runbook)) return;
  await run(entry, requestOf(entry.id, alarmKey, placeOf(alarmKey, null), {}));
}

/** Shows the runbooks of an alarm. */
export function openRunbooksFor(alarmKey: string, first: RunbookEntry | undefined): void {
  const { choose, forAlarm } = useRunbooks.getState();
  forAlarm(alarmKey);
  if (first !== undefined) choose(first.id);
  useNavigation.getState().show('runbooks');
}
