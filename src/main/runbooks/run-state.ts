/** A run before anything of it has run. */
import type { RunState, StepRun } from '../../shared/runbooks/run';
import { highest } from '../../shared/runbooks/step-class';
import type { Prepared } from './planner';
import type { PreparedStep } from './prepared';

export interface RunMeta {
  runId: string;
  commandId: string;
  hash: string;
  by: string;
  secondPerson: string | null;
  automatic: boolean;
}

export function firstState(prepared: Prepared, meta: RunMeta, nowMs: number): RunState {
  const { loaded, request, secrets, bindings } = prepared;
  return {
    runId: meta.runId,
    revision: 0,
    hash: meta.hash,
    by: meta.by,
    secondPerson: meta.secondPerson,
    automatic: meta.automatic,
    runbookId: loaded.id,
    name: loaded.runbook.name,
    alarmKey: request.alarmKey,
    connectionId: request.connectionId,
    region: request.region,
    inputs: Object.fromEntries(
      Object.entries(bindings.inputs).flatMap(([name, value]) =>
        // What was left empty is not there.
        value === null || value === undefined ? [] : [[name, secrets.mask(String(value))]],
      ),
    ),
    class: classOfAll(prepared),
    undoOf: request.undoOf,
    status: 'running',
    pausing: false,
    steps: prepared.steps.map(freshStep),
    startedAt: nowMs,
    endedAt: null,
    undoable: request.undoOf === null && loaded.runbook.undo !== undefined,
  };
}

export const classOfAll = ({ steps }: Pick<Prepared, 'steps'>): RunState['class'] =>
  highest(steps.filter(({ runs }) => runs !== 'no').map((step) => step.class));

export function freshStep({ id, name, kind, class: does }: PreparedStep): StepRun {
  return {
    id,
    name,
    kind,
    class: does,
    status: 'waiting',
    startedAt: null,
    endedAt: null,
    attempt: 0,
    requestJson: null,
    output: null,
    failure: null,
    progress: null,
    question: null,
    note: null,
  };
}
