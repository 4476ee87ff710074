/** Plans and runs of runbooks: what was approved is what runs, once, on record, and never two on one thing. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/clock';
import { FailureError } from '../../shared/failure';
import type { PlanRequest, RunPlan, StartRun } from '../../shared/runbooks/plan';
import type { RunAction, RunState } from '../../shared/runbooks/run';
import type { RunEvent } from '../../shared/runbooks/run-events';
import type { Journal } from '../seams';
import { invalid } from './action-values';
import type { LoadedRunbook } from './library-seams';
import { planHash, sha256Of } from './plan-hash';
import { prepare } from './planner';
import type { PlannerParts, Prepared } from './planner';
import { Run } from './run';
import { classOfAll } from './run-state';
import type { StepRunnerParts } from './step-runner';

export interface RunServiceParts extends PlannerParts, StepRunnerParts {
  /** Null for a runbook that is gone or has mistakes. */
  load: (id: string) => Promise<LoadedRunbook | null>;
  journal: () => Promise<Journal>;
  operator: () => string;
  clock: Clock;
  running: (state: RunState) => void;
  report: (problem: string) => void;
}

interface Kept {
  prepared: Prepared;
  plan: RunPlan;
  nowMs: number;
  /** For the second person; made when asked for. */
  code: string | null;
}

/** A plan that nobody approved by then is made anew (ms). */
const PLAN_LASTS_MS = 30 * 60_000;
/** SSM takes one start a second; so does a person. */
const BETWEEN_STARTS_MS = 1_000;
const MOST_RUNS = 200;

export class RunService {
  private readonly plans = new Map<string, Kept>();
  private readonly runs = new Map<string, { run: Run; locks: string[]; state: RunState }>();
  /** A double click is one command. */
  private readonly commands = new Map<string, Promise<RunState>>();
  private lastStart = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: RunServiceParts) {}

  /** Looks, changes nothing. Rejects with FailureError `not-found`; what is wrong otherwise is in the plan. */
  async plan(request: PlanRequest, signal: AbortSignal): Promise<RunPlan> {
    const loaded = await this.loaded(request.runbookId);
    const nowMs = this.parts.clock.now();
    const prepared = await prepare(this.parts, loaded, request, signal, nowMs);
    const hash = hashOf(prepared);
    const plan = planOf(prepared, hash);
    this.forgetOld(nowMs);
    this.plans.set(hash, { prepared, plan, nowMs, code: null });
    return plan;
  }

  /** Six digits that only fit this plan. Rejects with FailureError when there is no such plan. */
  secondCode(hash: string): string {
    const kept = this.kept(hash);
    kept.code ??= String(randomInt(0, 1_000_000)).padStart(6, '0');
    return kept.code;
  }

  /** Rejects with FailureError: not approved, changed since, locked, too soon, not on record. */
  async start(command: StartRun, automatic = false): Promise<RunState> {
    const already = this.commands.get(command.commandId);
    if (already !== undefined) return already;
    const starting = this.begin(command, automatic);
    this.commands.set(command.commandId, starting);
    try {
      return await starting;
    } catch (error) {
      // Refused: it may be tried again as it is.
      this.commands.delete(command.commandId);
      throw error;
    }
  }

  private async begin(command: StartRun, automatic: boolean): Promise<RunState> {
    const kept = this.kept(command.hash);
    this.refuseUnapproved(kept, command);
    const prepared = await this.unchanged(kept);
    const locks = locksOf(prepared);
    this.refuseLocked(locks);
    const nowMs = this.parts.clock.now();
    if (!automatic && nowMs - this.lastStart < BETWEEN_STARTS_MS) {
      throw refused('A run was started this second.', 'Wait a moment and start it again.');
    }
    this.lastStart = nowMs;
    const runId = randomUUID();
    const run = this.create(prepared, command, runId, automatic);
    this.runs.set(runId, { run, locks, state: run.snapshot() });
    try {
      await this.record([startedEvent(prepared, command, run.snapshot())]);
    } catch (error) {
      this.runs.delete(runId);
      throw error;
    }
    this.plans.delete(command.hash);
    void run
      .go()
      .catch((cause: unknown) => this.parts.report(`A run met a fault: ${String(cause)}`));
    return run.snapshot();
  }

  async act(action: RunAction): Promise<RunState> {
    const found = this.runs.get(action.runId);
    if (found === undefined) throw notThere();
    await found.run.act(action);
    return found.run.snapshot();
  }

  /** Newest first; outputs are left out. */
  list(): RunState[] {
    return [...this.runs.values()]
      .map(({ state }) => ({
        ...state,
        steps: state.steps.map((step) => ({ ...step, output: null, requestJson: null })),
      }))
      .sort((a, b) => b.startedAt - a.startedAt);
  }

  state(runId: string): RunState {
    const found = this.runs.get(runId);
    if (found === undefined) throw notThere();
    return found.state;
  }

  /** Cancels what runs, as far as it can be. */
  async stop(): Promise<void> {
    const active = [...this.runs.values()].filter(({ state }) => isActive(state));
    await Promise.all(
      active.map(({ run }) => run.act({ action: 'cancel', runId: run.id }).catch(() => undefined)),
    );
  }

  private create(prepared: Prepared, command: StartRun, runId: string, automatic: boolean): Run {
    return new Run(
      {
        ...this.parts,
        record: (events) => this.record(events),
        changed: (state) => this.changed(state),
        ended: (state) => this.changed(state),
      },
      prepared,
      {
        runId,
        commandId: command.commandId,
        hash: command.hash,
        by: automatic ? 'Nightdesk' : this.parts.operator(),
        secondPerson: command.secondPerson?.name ?? null,
        automatic,
      },
    );
  }

  private changed(state: RunState): void {
    const found = this.runs.get(state.runId);
    if (found === undefined) return;
    found.state = state;
    if (!isActive(state)) found.locks = [];
    this.parts.running(state);
    this.letGo();
  }

  private letGo(): void {
    const ended = [...this.runs.values()]
      .filter(({ state }) => !isActive(state))
      .sort((a, b) => a.state.startedAt - b.state.startedAt);
    for (const { run } of ended.slice(0, Math.max(0, this.runs.size - MOST_RUNS))) {
      this.runs.delete(run.id);
    }
  }

  private async loaded(id: string): Promise<LoadedRunbook> {
    const loaded = await this.parts.load(id);
    if (loaded !== null) return loaded;
    throw new FailureError({
      ...invalid('This runbook is not there any more, or its file has mistakes.'),
      kind: 'not-found',
      advice: 'See the list of runbooks for what is wrong with it.',
    });
  }

  private kept(hash: string): Kept {
    this.forgetOld(this.parts.clock.now());
    const kept = this.plans.get(hash);
    if (kept !== undefined) return kept;
    throw refused('The plan that was approved is not there any more.', 'Look at the plan again.');
  }

  private refuseUnapproved({ plan, code }: Kept, { typed, secondPerson }: StartRun): void {
    const [problem] = plan.problems;
    if (problem !== undefined) throw refused(problem, 'Mend it, then look at the plan again.');
    if (plan.approval.kind === 'type' && typed !== plan.approval.text) {
      throw refused('The name that was typed is another one.', `Type ${plan.approval.text}.`);
    }
    if (!plan.secondPerson) return;
    if (secondPerson === null || code === null || secondPerson.code !== code) {
      throw refused(
        'The second person’s code does not fit this plan.',
        'Let them read it out again.',
      );
    }
    if (secondPerson.name.trim().toLowerCase() === this.parts.operator().trim().toLowerCase()) {
      throw refused('The second person must be somebody else.', 'Ask a colleague.');
    }
  }

  /** Planned again as it was: what changed since is refused. */
  private async unchanged({ prepared: before, nowMs }: Kept): Promise<Prepared> {
    const { request } = before;
    const loaded = await this.loaded(request.runbookId);
    const signal = AbortSignal.timeout(60_000);
    const now = await prepare(this.parts, loaded, request, signal, nowMs);
    if (hashOf(now) === hashOf(before) && now.problems.length === 0) return now;
    throw refused(
      now.problems[0] ??
        'The runbook, its inputs or the account have changed since it was approved.',
      'Look at the plan again.',
    );
  }

  private refuseLocked(locks: readonly string[]): void {
    for (const { state, locks: held } of this.runs.values()) {
      const common = locks.find((lock) => held.includes(lock));
      if (common === undefined || !isActive(state)) continue;
      throw refused(
        `${state.name} is running on the same thing (${common.split('|').at(-1) ?? ''}).`,
        'Wait for it, or cancel it first.',
      );
    }
  }

  private async record(events: RunEvent[]): Promise<void> {
    const journal = await this.parts.journal();
    if (journal.problem !== null) {
      throw refused(
        `The journal cannot record it: ${journal.problem}`,
        'Nothing runs without its record; see the banner about the journal.',
      );
    }
    await journal.append(events);
  }

  private forgetOld(nowMs: number): void {
    for (const [hash, kept] of this.plans) {
      if (nowMs - kept.nowMs > PLAN_LASTS_MS) this.plans.delete(hash);
    }
  }
}

const isActive = ({ status }: RunState): boolean =>
  status === 'running' || status === 'paused' || status === 'asking';

const hashOf = ({ request, loaded, steps }: Prepared): string =>
  planHash({ request, source: loaded.source, steps });

/** What no other run may touch meanwhile; the last part is for people. */
function locksOf({ steps, loaded, request }: Prepared): string[] {
  const changing = steps.filter((step) => step.class !== 'reads' && step.runs !== 'no');
  if (changing.length === 0) return [];
  const resources = changing.flatMap(({ place, resource }) =>
    resource === null ? [] : [`${place?.connectionId ?? ''}|${place?.region ?? ''}|${resource}`],
  );
  return [
    ...new Set([...resources, `${loaded.id}|${request.alarmKey ?? ''}|${loaded.runbook.name}`]),
  ];
}

function planOf(prepared: Prepared, hash: string): RunPlan {
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

const startedEvent = (prepared: Prepared, command: StartRun, state: RunState): RunEvent => ({
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

const refused = (message: string, advice: string): FailureError =>
  new FailureError({ ...invalid(message), advice });

const notThere = (): FailureError =>
  new FailureError({
    ...invalid('This run is not there any more.'),
    kind: 'not-found',
    advice: 'See the list of runs.',
  });
