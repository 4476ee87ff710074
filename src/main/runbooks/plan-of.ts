/** What a person sees of a prepared run, what the journal says of its start, and what it holds while it runs. */
import type { RunPlan, StartRun } from '../../shared/runbooks/plan';
import type { RunState } from '../../shared/runbooks/run';
import type { RunEvent } from '../../shared/runbooks/run-events';
import { planHash, sha256Of } from './plan-hash';
import type { Prepared } from './planner';
import { classOfAll } from './run-state';

export const hashOf = ({ request, loaded, steps }: Prepared): string =>
  planHash({ request, source: loaded.source, steps });

/** What no other run may touch meanwhile; the last part is for people. */
export function locksOf({ steps, loaded, request }: Prepared): string[] {
  const changing = steps.filter((step) => step.class !== 'reads' && step.runs !== 'no');
  if (changing.length === 0) return [];
  const resources = changing.flatMap(({ place, resource }) =>
    resource === null ? [] : [`${place?.connectionId ?? ''}|${place?.region ?? ''}|${resource}`],
  );
  return [
    ...new Set([...resources, `${loaded.id}|${request.alarmKey ?? ''}|${loaded.runbook.name}`]),
  ];
}

export function planOf(prepared: Prepared, hash: string): RunPlan {
  const { loaded, steps, secrets, problems } = prepared;
  const does = classOfAll(prepared);
  const destroyed = steps.find((step) => step.class === 'destroys' && step.runs !== 'no');
  return {
    runbookId: loaded.id,
    name: loaded.runbook.name,
    class: does,
    steps: steps.map(({ id, name, kind, class: stepClass, place, resource, ...step }) => ({
      id,
      name,
      kind,
      class: stepClass,
      place,
      resource: resource === null ? null : secrets.mask(resource),
      actionJson: secrets.maskedJson(step.action, 2),
      unknown: step.unknown,
      runs: step.runs,
      effect: step.effect === null ? null : secrets.mask(step.effect),
      failure: step.failure,
    })),
    approval:
      does === 'reads'
        ? { kind: 'none' }
        : destroyed?.resource !== null && destroyed !== undefined
          ? { kind: 'type', text: destroyed.resource }
          : { kind: 'confirm' },
    secondPerson: loaded.runbook.approval === 'second-person',
    hash,
    problems: problems.map((problem) => secrets.mask(problem)),
  };
}

export const startedEvent = (prepared: Prepared, command: StartRun, state: RunState): RunEvent => ({
  type: 'runbook-started',
  runId: state.runId,
  commandId: command.commandId,
  runbookId: state.runbookId,
  name: state.name,
  alarmKey: state.alarmKey,
  connectionId: state.connectionId,
  region: state.region,
  inputs: state.inputs,
  hasSecrets: prepared.secrets.some,
  class: state.class,
  hash: state.hash,
  sourceSha256: sha256Of(prepared.loaded.source),
  by: state.by,
  secondPerson: state.secondPerson,
  automatic: state.automatic,
  undoOf: state.undoOf,
  steps: state.steps.map(({ id, name, kind, class: does }) => ({ id, name, kind, class: does })),
});
