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

export interface PlannedConnection {
  id: string;
  label: string;
  /** Null where AWS did not tell in time: the plan says so, and is another once it is known. */
  accountId: string | null;
  regions: string[];
  readOnly: boolean;
}

export interface PlannerParts {
  /** Null when there is none of this name in the folder. */
  sibling: (runbook: LoadedRunbook, fileName: string) => LoadedRunbook | null;
  alarm: (key: string) => Promise<Alarm | null>;
  incident: (alarmKey: string) => Promise<unknown>;
  /** Null when it is gone. What is not known of it yet is asked for. */
  connection: (idOrLabel: string, signal: AbortSignal) => Promise<PlannedConnection | null>;
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
  // Asked once: all steps of one account tell the same of it.
  const planning = { ...parts, connection: onceEach(parts.connection) };
  const connection = connectionId === null ? null : await planning.connection(connectionId, signal);
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
  const builder = new PlanBuilder(planning, bindings, home, signal, new Set(Object.keys(done)));
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

function onceEach(connection: PlannerParts['connection']): PlannerParts['connection'] {
  const asked = new Map<string, ReturnType<typeof connection>>();
  return (idOrLabel, signal) => {
    const answer = asked.get(idOrLabel) ?? connection(idOrLabel, signal);
    asked.set(idOrLabel, answer);
    return answer;
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
