/** Resolves a runbook into what would be done, looking at the account where that helps, changing nothing. */
import type { Alarm } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import type { PlanRequest } from '../../shared/runbooks/plan';
import type { Bindings } from '../../shared/runbooks/template';
import type { RunbookReads } from '../aws/runbook-api';
import { checkInputs } from './inputs';
import type { LoadedRunbook } from './library-seams';
import { PlanBuilder } from './plan-builder';
import type { PreparedStep, Scope } from './prepared';
import { Secrets } from './secrets';
import type { StepHandlers } from './step-seams';

export interface PlannerParts {
  /** Null when there is none of this name in the folder. */
  sibling: (runbook: LoadedRunbook, fileName: string) => LoadedRunbook | null;
  alarm: (key: string) => Promise<Alarm | null>;
  incident: (alarmKey: string) => Promise<unknown>;
  /** Label, account and whether changes are allowed; null when it is gone. */
  connection: (idOrLabel: string) => {
    id: string;
    label: string;
    accountId: string | null;
    regions: string[];
    readOnly: boolean;
  } | null;
  reads: (connectionId: string, region: string) => RunbookReads;
  handlers: StepHandlers;
  clock: Clock;
}

export interface Prepared {
  request: PlanRequest;
  loaded: LoadedRunbook;
  bindings: Bindings;
  steps: PreparedStep[];
  secrets: Secrets;
  problems: string[];
  /** Texts of all files whose steps these are, the outermost first: an approval is for these texts. */
  sources: readonly string[];
  /** One of the files wants a second person. */
  secondPerson: boolean;
  /** ms UTC; what `$now` was. */
  nowMs: number;
}

/** Never rejects for what the file or the inputs say: that is in `problems` and in the steps. */
export async function prepare(
  parts: PlannerParts,
  loaded: LoadedRunbook,
  request: PlanRequest,
  signal: AbortSignal,
  { nowMs, done }: { nowMs: number; done: Record<string, unknown> },
): Promise<Prepared> {
  const { runbook } = loaded;
  const alarm = request.alarmKey === null ? null : await parts.alarm(request.alarmKey);
  const connectionId = request.connectionId ?? alarm?.connectionId ?? null;
  const region = request.region ?? alarm?.region ?? null;
  const connection = connectionId === null ? null : parts.connection(connectionId);
  const checked = await checkInputs(runbook, request.inputs, {
    alarm,
    incident: request.alarmKey === null ? null : await parts.incident(request.alarmKey),
    inputs: {},
    steps: done,
    connection: connection === null ? null : { ...connection, region },
    now: nowMs,
  });
  const bindings: Bindings = { ...checked.bindings, inputs: checked.values };
  const scope: Scope = {
    id: '',
    runbook,
    folder: loaded.folder,
    inputs: checked.values,
    given: null,
  };
  const home = { connectionId, region };
  const builder = new PlanBuilder(parts, bindings, home, signal, new Set(Object.keys(done)));
  const steps = request.undoOf === null ? runbook.steps : (runbook.undo ?? []);
  const problems = [...checked.problems];
  if (request.alarmKey !== null && alarm === null)
    problems.push('The alarm is not there any more.');
  if (problems.length === 0) await builder.addAll(loaded, steps, scope, 0, []);
  const secrets = new Secrets([...checked.secrets, ...builder.secrets]);
  return {
    request,
    loaded,
    bindings,
    steps: builder.steps,
    secrets,
    problems: [...problems, ...problemsOf(builder.steps, secrets)],
    sources: [loaded.source, ...builder.sources],
    secondPerson: runbook.approval === 'second-person' || builder.secondPerson,
    nowMs,
  };
}

function problemsOf(steps: readonly PreparedStep[], secrets: Secrets): string[] {
  const problems = steps.flatMap(({ name, failure, runs }) =>
    failure === null || runs === 'no' ? [] : [`${name}: ${failure.message}`],
  );
  const hidden = steps.find(
    (step) =>
      step.class === 'destroys' &&
      step.runs !== 'no' &&
      step.failure === null &&
      step.resource === null,
  );
  if (hidden !== undefined) {
    problems.push(
      `${hidden.name}: what it destroys must be known before it is approved; ask for it as an input.`,
    );
  }
  for (const { name, class: does, runs, resource } of steps) {
    if (does !== 'destroys' || runs === 'no' || resource === null) continue;
    if (secrets.mask(resource) === resource) continue;
    problems.push(`${name}: the name of what it destroys holds a secret, so nobody could type it.`);
  }
  return [...new Set(problems)];
}
