/** Plans and runs of runbooks: what was approved is what runs, once, on record, and never two on one thing. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/clock';
import { FailureError } from '../../shared/failure';
import type { JournalEntry } from '../../shared/incidents/journal-events';
import type { PlanRequest, RunPlan, StartRun } from '../../shared/runbooks/plan';
import type { RunAction, RunState } from '../../shared/runbooks/run';
import type { RunEvent } from '../../shared/runbooks/run-events';
import type { Journal } from '../seams';
import { failureOf, invalid } from './action-values';
import { KeptPlans, refuseUnapproved } from './kept-plans';
import type { KeptPlan } from './kept-plans';
import type { LoadedRunbook } from './library-seams';
import { PastRuns } from './past-runs';
import { hashOf, locksOf, planOf, startedEvent } from './plan-of';
import { prepare } from './planner';
import type { PlannerParts, Prepared } from './planner';
import { refused, runNotThere } from './refused';
import {
  asApproved,
  refuseChanged,
  refuseOtherTarget,
  refuseUndo,
  rememberedGiven,
  requestAgain,
} from './reopened';
import { Run } from './run';
import { RunLocks } from './run-locks';
import type { RunMeta } from './run-state';
import { isActive } from './run-status';
import type { StepRunnerParts } from './step-runner';

export interface RunServiceParts extends PlannerParts, StepRunnerParts {
  /** Null for a runbook that is gone or has mistakes. */
  load: (id: string) => Promise<LoadedRunbook | null>;
  journal: () => Promise<Journal>;
  operator: () => string;
  clock: Clock;
  running: (state: RunState) => void;
  /** What was just put on record: the incident tells of it. */
  recorded?: (entries: JournalEntry[]) => void;
  report: (problem: string) => void;
}

interface Active {
  run: Run;
  state: RunState;
  /** What it held before it ended: taken again when a person lets it go on. */
  locks: readonly string[];
  /** A person is just letting it go on, this many times over: what it holds is not let go meanwhile. */
  waking: number;
}

/** SSM takes one start a second; so does a person. */
const BETWEEN_STARTS_MS = 1_000;
const MOST_RUNS = 60;
const MOST_COMMANDS = 500;
/** A second look at the account before a run begins takes no longer (ms). */
const LOOK_MS = 60_000;
/** What runs is given this long to end when the console quits (ms). */
const STOP_MS = 2_500;

export class RunService {
  private readonly plans = new KeptPlans();
  private readonly runs = new Map<string, Active>();
  private readonly locks = new RunLocks();
  private readonly past: PastRuns;
  /** A double click is one command. */
  private readonly commands = new Map<string, Promise<RunState>>();
  private readonly reopening = new Map<string, Promise<Active>>();
  private readonly rests = new Set<() => void>();
  private lastStart = Number.NEGATIVE_INFINITY;
  private stopping = false;

  constructor(private readonly parts: RunServiceParts) {
    this.past = new PastRuns(parts.journal);
  }

  /** Looks, changes nothing. Rejects with FailureError `not-found`; what is wrong otherwise is in the plan. */
  async plan(request: PlanRequest, signal: AbortSignal): Promise<RunPlan> {
    const loaded = await this.loaded(request.runbookId);
    const nowMs = this.parts.clock.now();
    const prepared = await this.prepared(loaded, request, signal, nowMs);
    const plan = planOf(prepared, hashOf(prepared));
    this.plans.keep(prepared, plan, nowMs);
    return plan;
  }

  /** Six digits that only fit this plan. @throws FailureError when there is no such plan */
  secondCode(hash: string): string {
    return this.plans.secondCode(hash, this.parts.clock.now());
  }

  /** Rejects with FailureError: not approved, changed since, locked, too soon, not on record. */
  async start(command: StartRun, automatic = false): Promise<RunState> {
    const already = this.commands.get(command.commandId);
    if (already !== undefined) return already;
    const starting = this.begin(command, automatic);
    this.commands.set(command.commandId, starting);
    const [oldest] = this.commands.keys();
    if (this.commands.size > MOST_COMMANDS && oldest !== undefined) this.commands.delete(oldest);
    try {
      return await starting;
    } catch (error) {
      // Refused: it may be tried again as it is.
      this.commands.delete(command.commandId);
      throw error;
    }
  }

  private async begin(command: StartRun, automatic: boolean): Promise<RunState> {
    const { hash } = command;
    const kept = this.plans.get(hash, this.parts.clock.now());
    refuseUnapproved(kept, command, this.parts.operator());
    const prepared = await this.unchanged(kept);
    // Nothing else happens from here until it is held.
    this.plans.get(hash, this.parts.clock.now());
    const runId = randomUUID();
    this.locks.take(runId, prepared.loaded.runbook.name, locksOf(prepared));
    try {
      this.refuseTooSoon(automatic);
    } catch (error) {
      this.locks.release(runId);
      throw error;
    }
    this.plans.drop(hash);
    const run = this.create(prepared, {
      runId,
      commandId: command.commandId,
      hash,
      by: automatic ? 'Nightdesk' : this.parts.operator(),
      secondPerson: kept.plan.secondPerson ? (command.secondPerson?.name ?? null) : null,
      automatic,
    });
    this.runs.set(runId, { run, state: run.snapshot(), locks: [], waking: 0 });
    try {
      await this.record([startedEvent(prepared, command, run.snapshot())]);
    } catch (error) {
      this.runs.delete(runId);
      this.locks.release(runId);
      this.plans.keep(prepared, kept.plan, kept.nowMs);
      throw error;
    }
    void run
      .go()
      .catch((cause: unknown) => this.parts.report(`A run met a fault: ${String(cause)}`));
    return run.snapshot();
  }

  private refuseTooSoon(automatic: boolean): void {
    if (this.stopping) throw refused('The console is closing.', 'Start it again afterwards.');
    if (automatic) return;
    const nowMs = this.parts.clock.now();
    const since = nowMs - this.lastStart;
    // A clock that was set back is no reason to wait.
    if (since >= 0 && since < BETWEEN_STARTS_MS) {
      throw refused('A run was started this second.', 'Wait a moment and start it again.');
    }
    this.lastStart = nowMs;
  }

  /** Rejects with FailureError when it cannot be done now. */
  async act(action: RunAction): Promise<RunState> {
    const found = this.runs.get(action.runId) ?? (await this.fromPast(action));
    if (!('run' in found)) return found;
    const { run } = found;
    if (isActive(found.state) || action.action === 'cancel') await run.act(action);
    else await this.wake(found, action);
    return run.snapshot();
  }

  /** It takes what it held again before it goes on. */
  private async wake(found: Active, action: RunAction): Promise<void> {
    const { run } = found;
    if (this.stopping) throw refused('The console is closing.', 'Start it again afterwards.');
    this.locks.take(run.id, found.state.name, found.locks);
    found.waking += 1;
    try {
      await run.act(action);
    } finally {
      found.waking -= 1;
      this.releaseEnded(found);
    }
  }

  private releaseEnded(found: Active): void {
    if (found.waking > 0 || found.run.active) return;
    const held = this.locks.release(found.run.id);
    if (held.length > 0) found.locks = held;
  }

  /** A run that a crash cut off goes on, or is closed, only by a person's word. */
  private async fromPast(action: RunAction): Promise<Active | RunState> {
    const { runId } = action;
    const before = await this.past.remembered(runId);
    const known = this.runs.get(runId);
    if (known !== undefined) return known;
    if (before === null) throw runNotThere();
    if (before.state.status !== 'interrupted') {
      throw refused('This run has ended.', 'Start the runbook anew.');
    }
    if (action.action === 'cancel') return this.close(before.state);
    const opening = this.reopening.get(runId) ?? this.reopen(runId);
    this.reopening.set(runId, opening);
    try {
      return await opening;
    } finally {
      this.reopening.delete(runId);
    }
  }

  private async close(state: RunState): Promise<RunState> {
    const { runId } = state;
    const by = this.parts.operator();
    await this.record([
      { type: 'runbook-person', runId, action: 'cancel', stepId: null, by, note: null },
      { type: 'runbook-ended', runId, status: 'cancelled', note: null },
    ]);
    const at = this.parts.clock.now();
    const people = [
      ...(state.people ?? []),
      { at, by, action: 'cancel' as const, stepId: null, note: null },
    ];
    const revision = state.revision + 1;
    const closed: RunState = { ...state, revision, status: 'cancelled', endedAt: at, people };
    this.past.put(closed);
    this.parts.running(closed);
    return closed;
  }

  /** Only as it was approved. */
  private async reopen(runId: string): Promise<Active> {
    const before = await this.past.remembered(runId);
    if (before === null) throw runNotThere();
    const request = requestAgain(before);
    const { state } = before;
    const loaded = await this.loaded(state.runbookId);
    const signal = AbortSignal.timeout(LOOK_MS);
    const prepared = await this.prepared(loaded, request, signal, before.plannedAt);
    refuseChanged(prepared, before);
    const approved = asApproved(prepared, before);
    const run = this.create(approved, { ...state, commandId: before.commandId });
    await run.takeUp(state);
    const active = { run, state: run.snapshot(), locks: locksOf(prepared), waking: 0 };
    this.runs.set(runId, active);
    return active;
  }

  /** Newest first; outputs are left out. Rejects when the journal cannot be read. */
  async list(): Promise<RunState[]> {
    const before = await this.past.states();
    const now = [...this.runs.values()].map(({ state }) => state);
    return [...now, ...before.filter(({ runId }) => !this.runs.has(runId))]
      .map((state) => ({
        ...state,
        steps: state.steps.map((step) => ({ ...step, output: null, requestJson: null })),
      }))
      .sort((a, b) => b.startedAt - a.startedAt);
  }

  /** Rejects with FailureError `not-found`. */
  async state(runId: string): Promise<RunState> {
    const found = this.runs.get(runId);
    if (found !== undefined) return found.state;
    const state = await this.past.state(runId);
    if (state === null) throw runNotThere();
    const runbook = (await this.parts.load(state.runbookId))?.runbook;
    return { ...state, undoable: state.undoOf === null && runbook?.undo !== undefined };
  }

  /** Resolves when a run of this start has ended, or waits for a person. */
  async rested(runId: string): Promise<void> {
    const look = (): boolean => this.runs.get(runId)?.state.status !== 'running';
    if (look()) return;
    await new Promise<void>((resolve) => {
      const rest = (): void => {
        if (!look()) return;
        this.rests.delete(rest);
        resolve();
      };
      this.rests.add(rest);
    });
  }

  /** Cancels what runs, as far as it can be, and waits a little for it to end. */
  async stop(): Promise<void> {
    this.stopping = true;
    const active = [...this.runs.values()].filter(({ state }) => isActive(state));
    if (active.length === 0) return;
    const ends = active.map(async ({ run }) => {
      try {
        await run.act({ action: 'cancel', runId: run.id });
      } catch (error) {
        this.parts.report(`A run was not cancelled: ${failureOf(error).message}`);
      }
      await this.rested(run.id);
    });
    const late = new Promise<void>((resolve) => void this.parts.clock.after(STOP_MS, resolve));
    await Promise.race([Promise.all(ends), late]);
  }

  private create(prepared: Prepared, meta: RunMeta): Run {
    const { name } = prepared.loaded.runbook;
    return new Run(
      {
        ...this.parts,
        record: (events) => this.record(events),
        claim: (lock) => this.locks.take(meta.runId, name, [lock]),
        changed: (state) => this.changed(state),
      },
      prepared,
      meta,
    );
  }

  private changed(state: RunState): void {
    const found = this.runs.get(state.runId);
    if (found === undefined) return;
    found.state = state;
    this.releaseEnded(found);
    this.parts.running(state);
    for (const rest of this.rests) rest();
    this.letGo();
  }

  private letGo(): void {
    const tooMany = this.runs.size - MOST_RUNS;
    if (tooMany <= 0) return;
    const ended = [...this.runs.values()]
      .filter(({ state }) => !isActive(state))
      .sort((a, b) => a.state.startedAt - b.state.startedAt);
    for (const { run, state } of ended.slice(0, tooMany)) {
      this.runs.delete(run.id);
      this.past.put(state);
    }
  }

  private async prepared(
    loaded: LoadedRunbook,
    request: PlanRequest,
    signal: AbortSignal,
    nowMs: number,
  ): Promise<Prepared> {
    const done = request.undoOf === null ? {} : await this.givenOf(request, request.undoOf);
    return prepare(this.parts, loaded, request, signal, { nowMs, done });
  }

  /** Undoing looks at what the steps of the run gave. */
  private async givenOf(request: PlanRequest, runId: string): Promise<Record<string, unknown>> {
    const state = await this.state(runId);
    refuseUndo(request, state);
    const active = this.runs.get(runId);
    if (active !== undefined) return active.run.given;
    return rememberedGiven(state, await this.past.remembered(runId));
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

  /** Planned again as it was: what changed since is refused. */
  private async unchanged({ prepared: before, plan, nowMs }: KeptPlan): Promise<Prepared> {
    const { request } = before;
    const loaded = await this.loaded(request.runbookId);
    const now = await this.prepared(loaded, request, AbortSignal.timeout(LOOK_MS), nowMs);
    if (hashOf(now) === plan.hash && now.problems.length === 0) {
      refuseOtherTarget(now, before);
      return now;
    }
    throw refused(
      now.secrets.mask(
        now.problems[0] ??
          'The runbook, its inputs or the account have changed since it was approved.',
      ),
      'Look at the plan again.',
    );
  }

  private async record(events: RunEvent[]): Promise<void> {
    const entries = await this.written(events);
    this.parts.recorded?.(entries);
  }
  /** What was damaged long ago is told in a banner and keeps nothing from running: this has to be on disk. */
  private async written(events: RunEvent[]): Promise<JournalEntry[]> {
    try {
      return await (await this.parts.journal()).append(events);
    } catch (error) {
      throw refused(
        `The journal cannot record it: ${failureOf(error).message}`,
        'Nothing runs without its record; see the banner about the journal.',
      );
    }
  }
}
