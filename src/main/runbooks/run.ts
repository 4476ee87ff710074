/** One run: its steps one after another, each on record before it acts, until they are done or a person decides. */
import { assertNever } from '../../shared/assert-never';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { RunAction, RunState, StepRun } from '../../shared/runbooks/run';
import { failureOf, invalid } from './action-values';
import { maskedFailure } from './plan-of';
import type { Prepared } from './planner';
import { RunLog } from './run-log';
import type { RunLogParts } from './run-log';
import { isActive, isBlocking, isSettled, isUnderWay } from './run-status';
import { firstState, freshStep } from './run-state';
import type { RunMeta } from './run-state';
import { takenUp } from './run-take-up';
import { RunValues } from './run-values';
import type { RunItem } from './run-values';
import { StepRunner } from './step-runner';
import type { StepOutcome, StepRunnerParts } from './step-runner';

export interface RunParts extends StepRunnerParts, RunLogParts {
  /** Held until the run has ended. @throws FailureError where another run holds it */
  claim: (lock: string) => void;
  report: (problem: string) => void;
  changed: (state: RunState) => void;
}

/** What a step tells of its going is shown this often (ms). */
const TELL_EVERY_MS = 200;

export class Run {
  private readonly items: RunItem[];
  private readonly values: RunValues;
  private readonly state: RunState;
  private readonly runner: StepRunner;
  private readonly log: RunLog;
  private readonly answers = new Map<string, (answer: string) => void>();
  private abort = new AbortController();
  /** Its steps are gone through by one loop at a time. */
  private going = false;
  private stopTelling: (() => void) | null = null;

  constructor(
    private readonly parts: RunParts,
    private readonly prepared: Prepared,
    meta: RunMeta,
  ) {
    this.items = prepared.steps.map((step) => ({ id: step.id, step, item: undefined }));
    this.values = new RunValues(prepared.bindings);
    this.runner = new StepRunner(parts, prepared, this.values);
    this.log = new RunLog(parts, meta.runId, prepared.secrets);
    this.state = firstState(prepared, meta, parts.clock.now());
  }

  /** Takes up what was done before the console ended. Rejects where the steps are others now. */
  async takeUp(before: RunState): Promise<void> {
    const { items, runs } = await takenUp(this.items, before, this.runner, this.values);
    this.items.splice(0, this.items.length, ...items);
    Object.assign(this.state, structuredClone({ ...before, steps: runs }));
  }

  get id(): string {
    return this.state.runId;
  }

  /** By step, as expressions see it, secrets and all: for the undoing. */
  get given(): Record<string, unknown> {
    return this.values.all();
  }

  get active(): boolean {
    return isActive(this.state);
  }

  snapshot(): RunState {
    return structuredClone(this.state);
  }

  /** Goes through the steps that are left; resolves when it has ended or waits for a person. */
  async go(): Promise<void> {
    if (this.going) return;
    this.going = true;
    if (this.abort.signal.aborted) this.abort = new AbortController();
    this.state.status = 'running';
    this.state.endedAt = null;
    this.tell();
    try {
      await this.steps();
    } catch (error) {
      // The journal cannot record: nothing more is done.
      await this.end('failed', failureOf(error).message);
    }
  }

  /** Rejects with FailureError when it cannot be done now. */
  async act(action: RunAction): Promise<void> {
    switch (action.action) {
      case 'pause':
        return this.pause();
      case 'resume':
        return this.resume();
      case 'cancel':
        return this.cancel();
      case 'skip':
        return this.skip(action.stepId, action.reason);
      case 'retry':
        return this.retry(action.stepId);
      case 'answer':
        return this.answer(action.stepId, action.answer);
      default:
        assertNever(action);
    }
  }

  private async steps(): Promise<void> {
    for (let at = 0; at < this.items.length; at += 1) {
      const run = this.state.steps[at];
      const item = this.items[at];
      if (run === undefined || item === undefined) break;
      if (isSettled(run) || this.passable(item, run)) continue;
      if (this.isAborted()) return this.end('cancelled', null);
      if (this.state.pausing) return this.rest();
      if (await this.expand(at, item, run)) {
        at -= 1;
        continue;
      }
      if (!isSettled(run) && run.status !== 'failed') await this.step(item, run);
      if (this.isAborted()) return this.end('cancelled', null);
      if (run.status === 'failed' && !this.passable(item, run)) {
        return this.end('failed', failureWords(item, run));
      }
    }
    await this.end('done', null);
  }

  private isAborted(): boolean {
    return this.abort.signal.aborted;
  }

  /** It has failed, and the file says that the run goes on all the same. */
  private passable({ step }: RunItem, { status }: StepRun): boolean {
    return status === 'failed' && step.step.onFailure === 'continue';
  }

  /** A step of a list becomes one step an element. */
  private async expand(at: number, item: RunItem, run: StepRun): Promise<boolean> {
    const { step } = item;
    if (step.step.forEach === undefined || item.item !== undefined) return false;
    try {
      const wanted = looksAtItem(item) || (await this.runner.wanted(item));
      const list = wanted ? await this.runner.list(item) : [];
      if (list.length === 0) {
        await this.pass(item, run, wanted ? 'The list is empty.' : 'Its condition is not met.');
        return false;
      }
      // Skipped by a person while the list was worked out.
      if (isSettled(run)) return false;
      const items = list.map((value, index) => ({
        id: `${step.id}[${index}]`,
        step,
        item: { value, index },
      }));
      this.items.splice(at, 1, ...items);
      const runs = items.map(({ id }) => ({ ...freshStep(step), id }));
      this.state.steps.splice(at, 1, ...runs);
      this.tell();
      return true;
    } catch (error) {
      await this.fail(item, run, failureOf(error));
      return false;
    }
  }

  private async step(item: RunItem, run: StepRun): Promise<void> {
    let wanted: boolean;
    try {
      const known = item.item !== undefined && !looksAtItem(item);
      wanted = known || (await this.runner.wanted(item));
    } catch (error) {
      return this.fail(item, run, failureOf(error));
    }
    // Skipped by a person meanwhile.
    if (isSettled(run)) return;
    if (!wanted) return this.pass(item, run, 'Its condition is not met.');
    Object.assign(run, { status: 'running', endedAt: null, failure: null, note: null });
    run.startedAt = this.parts.clock.now();
    this.tell();
    try {
      await this.took(item, run, await this.outcome(item, run));
    } catch (error) {
      // Not on record. What was done stays said; what was only begun has failed.
      if (run.status === 'running') this.failed(item, run, failureOf(error));
      throw error;
    }
  }

  private outcome(item: RunItem, run: StepRun): Promise<StepOutcome> {
    return this.runner.run(item, {
      signal: this.abort.signal,
      runId: this.state.runId,
      automatic: this.state.automatic,
      attempt: (attempt) => {
        run.attempt = attempt;
        this.tellSoon();
      },
      before: async (requestJson, sha256) => {
        run.requestJson = requestJson;
        await this.log.step(run, 'started', { request: requestJson, sha256 });
      },
      tell: (words) => {
        run.progress = words;
        this.tellSoon();
      },
      show: (output) => {
        run.output = output;
        this.tellSoon();
      },
      ask: (question) => this.ask(run, question),
      claim: this.parts.claim,
    });
  }

  private async took(item: RunItem, run: StepRun, outcome: StepOutcome): Promise<void> {
    this.rested(run);
    switch (outcome.kind) {
      case 'done':
        run.status = 'done';
        run.output = outcome.output;
        this.values.took(item, outcome.given, 'done');
        await this.log.step(run, 'done', {
          output: JSON.stringify(outcome.output),
          sha256: outcome.sha256,
        });
        break;
      case 'cancelled':
        run.status = 'cancelled';
        run.note = outcome.words;
        await this.log.step(run, 'cancelled', { note: outcome.words });
        break;
      case 'failed':
        await this.fail(item, run, outcome.failure);
        break;
      default:
        assertNever(outcome);
    }
    this.tell();
  }

  /** Nothing is asked or told of a step that has ended. */
  private rested(run: StepRun): void {
    run.endedAt = this.parts.clock.now();
    run.question = null;
    run.progress = null;
    this.answers.delete(run.id);
    if (this.state.status === 'asking') this.state.status = 'running';
  }

  private failed(item: RunItem, run: StepRun, failure: Failure): void {
    this.rested(run);
    run.status = 'failed';
    run.failure = maskedFailure(failure, this.prepared.secrets);
    this.values.took(item, null, 'failed');
    this.tell();
  }

  private fail(item: RunItem, run: StepRun, failure: Failure): Promise<void> {
    this.failed(item, run, failure);
    return this.log.step(run, 'failed', { note: failure.message });
  }

  private async pass(item: RunItem, run: StepRun, why: string): Promise<void> {
    run.status = 'skipped';
    run.note = this.prepared.secrets.mask(why);
    run.endedAt = this.parts.clock.now();
    this.values.took(item, null, 'skipped');
    await this.log.step(run, 'skipped', { note: why });
    this.tell();
  }

  private ask(run: StepRun, question: NonNullable<StepRun['question']>): Promise<string> {
    run.question = question;
    run.status = 'asking';
    this.state.status = 'asking';
    this.tell();
    return new Promise((resolve) => {
      this.answers.set(run.id, (answer) => {
        run.question = null;
        run.status = 'running';
        this.state.status = 'running';
        resolve(answer);
      });
    });
  }

  private async pause(): Promise<void> {
    if (!this.going || this.state.pausing) return;
    this.state.pausing = true;
    await this.log.person('pause');
    this.tell();
  }

  /** Before the step that comes next. */
  private rest(): void {
    this.state.status = 'paused';
    this.going = false;
    this.tell();
  }

  private async resume(): Promise<void> {
    const { status, pausing } = this.state;
    if (!pausing && status !== 'interrupted') {
      throw new FailureError(invalid('The run is not paused.'));
    }
    this.refuseBlocked(null);
    await this.log.person('resume');
    this.state.pausing = false;
    if (this.going) this.tell();
    else this.goOn();
  }

  private async cancel(): Promise<void> {
    if (!isActive(this.state) && this.state.status !== 'interrupted') {
      throw new FailureError(invalid('The run has ended already.'));
    }
    try {
      await this.log.person('cancel');
    } finally {
      // Stopping is never held up by a journal that cannot record it.
      this.abort.abort(new DOMException('', 'AbortError'));
      if (!this.going && this.state.endedAt === null) await this.end('cancelled', null);
    }
  }

  private async skip(stepId: string, reason: string): Promise<void> {
    const { item, run } = this.found(stepId);
    if (run.status === 'asking') throw new FailureError(invalid('Answer it, or cancel the run.'));
    if (run.status === 'running' || isSettled(run) || this.isOver()) {
      throw new FailureError(invalid('Only a step that waits or has failed can be skipped.'));
    }
    await this.log.person('skip', stepId, reason);
    // It may have begun while that was written.
    if (isUnderWay(run) || isSettled(run)) {
      throw new FailureError(invalid('It has begun meanwhile: cancel the run to stop it.'));
    }
    await this.pass(item, run, `Skipped by ${this.parts.operator()}: ${reason}`);
    // A run that stood there goes on behind the step; one that waits further up comes to it by itself.
    if (!this.going && this.state.status !== 'paused' && this.blocking(null) === null) this.goOn();
  }

  private isOver(): boolean {
    return this.state.status === 'done' || this.state.status === 'cancelled';
  }

  private async retry(stepId: string): Promise<void> {
    const { run } = this.found(stepId);
    const waits = run.status === 'waiting' && this.state.status === 'interrupted';
    if (this.going || !(waits || isBlocking(run))) {
      throw new FailureError(invalid('Only a step that has failed can be tried again.'));
    }
    this.refuseBlocked(run);
    // Taken before it is written: a second click finds nothing to try again.
    const before = run.status;
    run.status = 'waiting';
    try {
      await this.log.person('retry', stepId);
    } catch (error) {
      run.status = before;
      throw error;
    }
    run.failure = null;
    this.goOn();
  }

  private goOn(): void {
    void this.go().catch((cause: unknown) =>
      this.parts.report(`A run met a fault: ${String(cause)}`),
    );
  }

  /** The first step that a person has to decide about, but for one. */
  private blocking(except: StepRun | null): StepRun | null {
    const at = this.state.steps.findIndex((run, i) => {
      const item = this.items[i];
      return run !== except && isBlocking(run) && item !== undefined && !this.passable(item, run);
    });
    return this.state.steps[at] ?? null;
  }

  private refuseBlocked(except: StepRun | null): void {
    const blocked = this.blocking(except);
    if (blocked === null) return;
    throw new FailureError(
      invalid(`Decide about ${blocked.name} first: try it again, or skip it with a reason.`),
    );
  }

  private async answer(stepId: string, answer: string): Promise<void> {
    const settle = this.answers.get(stepId);
    if (settle === undefined) throw new FailureError(invalid('Nothing is asked there any more.'));
    const { question } = this.found(stepId).run;
    if (question !== null && question.answer === 'choose' && !question.choices.includes(answer)) {
      throw new FailureError(invalid('It is none of the choices.'));
    }
    // Taken before it is written: a second click answers nothing.
    this.answers.delete(stepId);
    try {
      await this.log.person('answer', stepId, answer);
    } catch (error) {
      if (!this.isAborted()) this.answers.set(stepId, settle);
      throw error;
    }
    settle(answer);
    this.tell();
  }

  private found(stepId: string): { item: RunItem; run: StepRun } {
    const at = this.state.steps.findIndex(({ id }) => id === stepId);
    const item = this.items[at];
    const run = this.state.steps[at];
    if (item === undefined || run === undefined) {
      throw new FailureError(invalid('There is no such step in this run.'));
    }
    return { item, run };
  }

  private async end(status: 'done' | 'failed' | 'cancelled', note: string | null): Promise<void> {
    this.state.status = status;
    this.state.pausing = false;
    this.state.endedAt = this.parts.clock.now();
    try {
      await this.log.ended(status, note);
    } catch (error) {
      // What was done is done: the journal's own banner is up by now.
      this.parts.report(`The end of a run is not on record: ${failureOf(error).message}`);
    }
    this.going = false;
    this.tell();
  }

  private tell(): void {
    this.stopTelling?.();
    this.stopTelling = null;
    this.parts.changed(this.snapshot());
  }

  private tellSoon(): void {
    this.stopTelling ??= this.parts.clock.after(TELL_EVERY_MS, () => this.tell());
  }
}

/** Its condition is another for each element. */
const looksAtItem = ({ step: { step } }: RunItem): boolean =>
  step.if !== undefined && step.if.includes('$item');

function failureWords({ step }: RunItem, run: StepRun): string {
  const words = `${run.name}: ${run.failure?.message ?? 'failed'}`;
  return step.step.onFailure === 'undo'
    ? `${words} What was done can be undone: the file says how.`
    : words;
}
