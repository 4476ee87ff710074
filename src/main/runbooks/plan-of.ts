/** What a person sees of a prepared run, what the journal says of its start, and what it holds while it runs. */
import type { Failure } from '../../shared/failure';
import type { RunPlan, StartRun } from '../../shared/runbooks/plan';
import type { RunState } from '../../shared/runbooks/run';
import type { RunEvent } from '../../shared/runbooks/run-events';
import { elementWords } from './for-each';
import { planHash, sha256Of } from './plan-hash';
import type { Prepared } from './planner';
import { isRelative } from './relative-steps';
import { classOfAll } from './run-state';
import type { Secrets } from './secrets';
import type { StepPlace } from './step-seams';

export const hashOf = ({ request, bindings, secrets, sources, steps }: Prepared): string =>
  planHash({ request, inputs: bindings.inputs, hasSecrets: secrets.some, sources, steps });

export const sourcesSha256 = ({ sources }: Prepared): string => sha256Of(sources);

/** What no other run may touch meanwhile; the last part is for people. */
export function locksOf({ steps, loaded, request }: Prepared): string[] {
  const changing = steps.filter((step) => step.class !== 'reads' && step.runs !== 'no');
  if (changing.length === 0) return [];
  const resources = changing.flatMap(({ place, resource }) =>
    resource === null ? [] : [lockOf(place, resource)],
  );
  return [
    ...new Set([...resources, `${loaded.id}|${request.alarmKey ?? ''}|${loaded.runbook.name}`]),
  ];
}

/** Two connections may lead into one account. */
export const lockOf = (place: StepPlace | null, resource: string): string =>
  `${place?.accountId ?? place?.connectionId ?? ''}|${place?.region ?? ''}|${resource}`;

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
      ...(step.step.forEach !== undefined && {
        elements: step.elements?.map((one) => secrets.mask(elementWords(one))) ?? null,
      }),
      files: step.files,
      effect: step.effect === null ? null : secrets.mask(step.effect),
      failure: step.failure === null ? null : maskedFailure(step.failure, secrets),
    })),
    approval:
      does === 'reads'
        ? { kind: 'none' }
        : destroyed !== undefined && destroyed.resource !== null
          ? { kind: 'type', text: secrets.mask(destroyed.resource) }
          : { kind: 'confirm' },
    secondPerson: prepared.secondPerson,
    hash,
    problems: problems.map((problem) => secrets.mask(problem)),
  };
}

/** What AWS or an expression says may repeat what it was given. */
/** What AWS says of a failure can be a whole stack (UTF-16 units). Cut after masking: half a secret is one, too. */
const LONGEST_MESSAGE = 1_000;

const cut = (text: string): string =>
  text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;

export const maskedFailure = (failure: Failure, secrets: Secrets): Failure => ({
  ...failure,
  message: cut(secrets.mask(failure.message)),
  advice: secrets.mask(failure.advice),
});

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
  sourceSha256: sourcesSha256(prepared),
  plannedAt: prepared.nowMs,
  by: state.by,
  secondPerson: state.secondPerson,
  automatic: state.automatic,
  undoOf: state.undoOf,
  steps: prepared.steps.map(({ id, name, kind, class: does, step, effect }) => ({
    id,
    name,
    kind,
    class: does,
    ...(effect === null || !isRelative(step.do) ? {} : { effect: prepared.secrets.mask(effect) }),
  })),
});
