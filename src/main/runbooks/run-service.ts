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
import { sha256Of } from './plan-hash';
import { hashOf, locksOf, planOf, startedEvent } from './plan-of';
import { prepare } from './planner';
import type { PlannerParts, Prepared } from './planner';
import { rememberedRuns } from './restore';
import type { Remembered } from './restore';
import { Run } from './run';
import type { RunMeta } from './run-state';
import { givenBy } from './run-values';
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

interface Active {
  run: Run;
  locks: string[];
  state: RunState;
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
  private readonly runs = new Map<string, Active>();
  private past = new Map<string, Remembered>();
  private remembering: Promise<Map<string, Remembered>> | null = null;
  /** A double click is one command. */
  private readonly commands = new Map<string, Promise<RunState>>();
  private lastStart = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: RunServiceParts) {}

  /** Looks, changes nothing. Rejects with FailureError `not-found`; what is wrong otherwise is in the plan. */
  async plan(request: PlanRequest, signal: AbortSignal): Promise<RunPlan> {
    const loaded = await this.loaded(request.runbookId);
    const nowMs = this.parts.clock.now();
    const prepared = await this.prepared(loaded, request, signal, nowMs);
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
    const run = this.create(prepared, {
      runId,
      commandId: command.commandId,
      hash: command.hash,
      by: automatic ? 'Nightdesk' : this.parts.operator(),
      secondPerson: command.secondPerson?.name ?? null,
      automatic,
    });
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
    const found = this.runs.get(action.runId) ?? (await this.reopen(action));
    await found.run.act(action);
    return found.run.snapshot();
  }

  /** Reads the runs of the past from the journal, once. */
  async remember(): Promise<void> {
    this.remembering ??= this.parts.journal().then((journal) => rememberedRuns(journal.read()));
    this.past = await this.remembering;
  }

  /** A run that a crash cut off goes on only by a person's word, and only as it was approved. */
  private async reopen({ runId, action }: RunAction): Promise<Active> {
    await this.remember();
    const before = this.past.get(runId);
    if (before === undefined) throw notThere();
    const { state } = before;
    if (state.status !== 'interrupted' || (action !== 'retry' && action !== 'skip')) {
      throw refused('This run has ended.', 'Start the runbook anew.');
    }
    if (before.hasSecrets) {
      throw refused('Its secret inputs are gone with the console that ran it.', 'Start it anew.');
    }
    const loaded = await this.loaded(state.runbookId);
    if (sha256Of(loaded.source) !== before.sourceSha256) {
      throw refused('The runbook’s file has changed since it was approved.', 'Start it anew.');
    }
    const { runbookId, alarmKey, connectionId, region, inputs, undoOf } = state;
    const request = { runbookId, alarmKey, connectionId, region, inputs, undoOf };
    const prepared = await this.prepared(
      loaded,
      request,
      AbortSignal.timeout(60_000),
      state.startedAt,
    );
    const [problem] = prepared.problems;
    if (problem !== undefined) throw refused(problem, 'Mend it, or start the runbook anew.');
    const locks = locksOf(prepared);
    this.refuseLocked(locks);
    const run = this.create(prepared, { ...state, commandId: before.commandId });
    run.takeUp(state);
    const active = { run, locks, state };
    this.runs.set(runId, active);
    this.past.delete(runId);
    return active;
  }

  /** Newest first; outputs are left out. */
  async list(): Promise<RunState[]> {
    await this.remember();
    const now = [...this.runs.values()].map(({ state }) => state);
    const known = new Set(now.map(({ runId }) => runId));
    const before = [...this.past.values()].flatMap(({ state }) =>
      known.has(state.runId) ? [] : [state],
    );
    return [...now, ...before]
      .map((state) => ({
        ...state,
        steps: state.steps.map((step) => ({ ...step, output: null, requestJson: null })),
      }))
      .sort((a, b) => b.startedAt - a.startedAt);
  }

  async state(runId: string): Promise<RunState> {
    const found = this.runs.get(runId);
    if (found !== undefined) return found.state;
    await this.remember();
    const before = this.past.get(runId);
    if (before === undefined) throw notThere();
    return before.state;
  }

  /** Cancels what runs, as far as it can be. */
  async stop(): Promise<void> {
    const active = [...this.runs.values()].filter(({ state }) => isActive(state));
    await Promise.all(
      active.map(({ run }) => run.act({ action: 'cancel', runId: run.id }).catch(() => undefined)),
    );
  }

  private create(prepared: Prepared, meta: RunMeta): Run {
    return new Run(
      {
        ...this.parts,
        record: (events) => this.record(events),
        changed: (state) => this.changed(state),
        ended: (state) => this.changed(state),
      },
      prepared,
      meta,
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

  /** Undoing looks at what the steps of the run had given. */
  private async prepared(
    loaded: LoadedRunbook,
    request: PlanRequest,
    signal: AbortSignal,
    nowMs: number,
  ): Promise<Prepared> {
    const done = request.undoOf === null ? {} : givenBy(await this.state(request.undoOf));
    return prepare(this.parts, loaded, request, signal, { nowMs, done });
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
    const now = await this.prepared(loaded, request, signal, nowMs);
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

const refused = (message: string, advice: string): FailureError =>
  new FailureError({ ...invalid(message), advice });

const notThere = (): FailureError =>
  new FailureError({
    ...invalid('This run is not there any more.'),
    kind: 'not-found',
    advice: 'See the list of runs.',
  });
