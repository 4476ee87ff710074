/** One run: its steps one after another, each on record before it acts, until they are done or a person decides. */
import { assertNever } from '../../shared/assert-never';
import { FailureError } from '../../shared/failure';
import type { RunAction, RunState, StepRun } from '../../shared/runbooks/run';
import { failureOf, invalid } from './action-values';
import type { Prepared } from './planner';
import { RunLedger } from './run-ledger';
import type { RunLedgerParts } from './run-ledger';
import type { RunLog } from './run-log';
import { isActive, isBlocking, isSettled, isUnderWay } from './run-status';
import { freshStep } from './run-state';
import type { RunMeta } from './run-state';
import { takenUp } from './run-take-up';
import type { RunItem, RunValues } from './run-values';
import { StepRunner } from './step-runner';
import type { StepOutcome, StepRunnerParts } from './step-runner';

export interface RunParts extends StepRunnerParts, RunLedgerParts {
  /** Held until the run has ended. @throws FailureError where another run holds it */
  claim: (lock: string) => void;
  report: (problem: string) => void;
}

export class Run {
  private readonly items: RunItem[];
  private readonly values: RunValues;
  private readonly state: RunState;
  private readonly log: RunLog;
  private readonly ledger: RunLedger;
  private readonly runner: StepRunner;
  private abort = new AbortController();
  /** Its steps are gone through by one loop at a time. */
  private going = false;

  constructor(
    private readonly parts: RunParts,
    prepared: Prepared,
    meta: RunMeta,
  ) {
    this.ledger = new RunLedger(parts, prepared, meta);
    this.items = this.ledger.items;
    this.values = this.ledger.values;
    this.state = this.ledger.state;
    this.log = this.ledger.log;
    this.runner = new StepRunner(parts, prepared, this.values);
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
    return this.ledger.snapshot();
  }

  /** Goes through the steps that are left; resolves when it has ended or waits for a person. */
  async go(): Promise<void> {
    if (this.going) return;
    this.going = true;
    if (this.abort.signal.aborted) this.abort = new AbortController();
    this.state.status = 'running';
    this.state.endedAt = null;
    this.ledger.tell();
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
      if (isSettled(run) || this.ledger.passable(item, run)) continue;
      if (this.isAborted()) return this.end('cancelled', null);
      if (this.state.pausing) return this.rest();
      if (await this.expand(at, item, run)) {
        at -= 1;
        continue;
      }
      if (!isSettled(run) && run.status !== 'failed') await this.step(item, run);
      if (this.isAborted()) return this.end('cancelled', null);
      if (run.status === 'failed' && !this.ledger.passable(item, run)) {
        return this.end('failed', failureWords(item, run));
      }
    }
    await this.end('done', null);
  }

  private isAborted(): boolean {
    return this.abort.signal.aborted;
  }

  /** A step of a list becomes one step an element. */
  private async expand(at: number, item: RunItem, run: StepRun): Promise<boolean> {
    const { step } = item;
    if (step.step.forEach === undefined || item.item !== undefined) return false;
    try {
      const wanted = looksAtItem(item) || (await this.runner.wanted(item));
      const list = wanted ? await this.runner.list(item) : [];
      if (list.length === 0) {
        await this.ledger.pass(
          item,
          run,
          wanted ? 'The list is empty.' : 'Its condition is not met.',
        );
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
      this.ledger.tell();
      return true;
    } catch (error) {
      await this.ledger.fail(item, run, failureOf(error));
      return false;
    }
  }

  private async step(item: RunItem, run: StepRun): Promise<void> {
    let wanted: boolean;
    try {
      const known = item.item !== undefined && !looksAtItem(item);
      wanted = known || (await this.runner.wanted(item));
    } catch (error) {
      return this.ledger.fail(item, run, failureOf(error));
    }
    // Skipped by a person meanwhile.
    if (isSettled(run)) return;
    if (!wanted) return this.ledger.pass(item, run, 'Its condition is not met.');
    Object.assign(run, { status: 'running', endedAt: null, failure: null, note: null });
    run.startedAt = this.parts.clock.now();
    this.ledger.tell();
    try {
      await this.ledger.took(item, run, await this.outcome(item, run));
    } catch (error) {
      // Not on record. What was done stays said; what was only begun has failed.
      if (run.status === 'running') this.ledger.failed(item, run, failureOf(error));
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
        this.ledger.tellSoon();
      },
      before: async (requestJson, sha256) => {
        run.requestJson = requestJson;
        run.requestSha256 = sha256;
        await this.log.step(run, 'started', { request: requestJson, sha256 });
      },
      tell: (words) => {
        run.progress = words;
        this.ledger.tellSoon();
      },
      show: (output) => {
        run.output = output;
        this.ledger.tellSoon();
      },
      ask: (question) => this.ask(run, question),
      claim: this.parts.claim,
    });
  }

  private ask(run: StepRun, question: NonNullable<StepRun['question']>): Promise<string> {
    run.question = question;
    run.status = 'asking';
    this.state.status = 'asking';
    this.ledger.tell();
    return new Promise((resolve) => {
      this.ledger.answers.set(run.id, (answer) => {
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
    await this.ledger.person('pause');
    this.ledger.tell();
  }

  /** Before the step that comes next. */
  private rest(): void {
    this.state.status = 'paused';
    this.going = false;
    this.ledger.tell();
  }

  private async resume(): Promise<void> {
    const { status, pausing } = this.state;
    if (!pausing && status !== 'interrupted') {
      throw new FailureError(invalid('The run is not paused.'));
    }
    this.ledger.refuseBlocked(null);
    await this.ledger.person('resume');
    this.state.pausing = false;
    if (this.going) this.ledger.tell();
    else this.goOn();
  }

  private async cancel(): Promise<void> {
    if (!isActive(this.state) && this.state.status !== 'interrupted') {
      throw new FailureError(invalid('The run has ended already.'));
    }
    try {
      await this.ledger.person('cancel');
    } finally {
      // Stopping is never held up by a journal that cannot record it.
      this.abort.abort(new DOMException('', 'AbortError'));
      if (!this.going && this.state.endedAt === null) await this.end('cancelled', null);
    }
  }

  private async skip(stepId: string, reason: string): Promise<void> {
    const { item, run } = this.ledger.found(stepId);
    if (run.status === 'asking') throw new FailureError(invalid('Answer it, or cancel the run.'));
    if (run.status === 'running' || isSettled(run) || this.isOver()) {
      throw new FailureError(invalid('Only a step that waits or has failed can be skipped.'));
    }
    await this.ledger.person('skip', stepId, reason);
    // It may have begun while that was written.
    if (isUnderWay(run) || isSettled(run)) {
      throw new FailureError(invalid('It has begun meanwhile: cancel the run to stop it.'));
    }
    await this.ledger.pass(item, run, `Skipped by ${this.parts.operator()}: ${reason}`);
    // A run that stood there goes on behind the step; one that waits further up comes to it by itself.
    if (!this.going && this.state.status !== 'paused' && this.ledger.blocking(null) === null)
      this.goOn();
  }

  private isOver(): boolean {
    return this.state.status === 'done' || this.state.status === 'cancelled';
  }

  private async retry(stepId: string): Promise<void> {
    const { item, run } = this.ledger.found(stepId);
    if (!this.runner.mayRepeat(item, run)) {
      throw new FailureError({
        ...invalid('It is not known how far this step went, and once more could go further back.'),
        advice: 'Look at what runs there, then skip the step or start the runbook anew.',
      });
    }
    const waits = run.status === 'waiting' && this.state.status === 'interrupted';
    if (this.going || !(waits || isBlocking(run))) {
      throw new FailureError(invalid('Only a step that has failed can be tried again.'));
    }
    this.ledger.refuseBlocked(run);
    // Taken before it is written: a second click finds nothing to try again.
    const before = run.status;
    run.status = 'waiting';
    try {
      await this.ledger.person('retry', stepId);
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

  private async answer(stepId: string, answer: string): Promise<void> {
    const settle = this.ledger.answers.get(stepId);
    if (settle === undefined) throw new FailureError(invalid('Nothing is asked there any more.'));
    const { question } = this.ledger.found(stepId).run;
    if (question !== null && question.answer === 'choose' && !question.choices.includes(answer)) {
      throw new FailureError(invalid('It is none of the choices.'));
    }
    // Whatever else was sent is no decision.
    if (question !== null && question.answer === 'confirm' && !isYesOrNo(answer)) {
      throw new FailureError(invalid('Answer it with yes or no.'));
    }
    // Taken before it is written: a second click answers nothing.
    this.ledger.answers.delete(stepId);
    try {
      await this.ledger.person('answer', stepId, answer);
    } catch (error) {
      if (!this.isAborted()) this.ledger.answers.set(stepId, settle);
      throw error;
    }
    settle(answer);
    this.ledger.tell();
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
    this.ledger.tell();
  }
}

/** Its condition is another for each element. */
const looksAtItem = ({ step: { step } }: RunItem): boolean =>
  step.if !== undefined && step.if.includes('$item');

/** As `ask` reads them. */
const isYesOrNo = (answer: string): boolean =>
  /^(yes|true|confirm|confirmed|ok|no|false)$/i.test(answer.trim());

function failureWords({ step }: RunItem, run: StepRun): string {
  const words = `${run.name}: ${run.failure?.message ?? 'failed'}`;
  return step.step.onFailure === 'undo'
    ? `${words} What was done can be undone: the file says how.`
    : words;
}
