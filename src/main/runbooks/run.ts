/** One run: its steps one after another, each on record before it acts, until they are done or a person decides. */
import { assertNever } from '../../shared/assert-never';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { RunAction, RunState, StepRun } from '../../shared/runbooks/run';
import type { RunEvent } from '../../shared/runbooks/run-events';
import { failureOf, invalid } from './action-values';
import type { Prepared } from './planner';
import { firstState, freshStep } from './run-state';
import type { RunMeta } from './run-state';
import { RunValues } from './run-values';
import type { RunItem } from './run-values';
import { StepRunner } from './step-runner';
import type { StepRunnerParts } from './step-runner';

export interface RunParts extends StepRunnerParts {
  /** Resolves when it is on disk; rejects when it cannot be recorded. */
  record: (events: RunEvent[]) => Promise<void>;
  operator: () => string;
  report: (problem: string) => void;
  changed: (state: RunState) => void;
  ended: (state: RunState) => void;
}

export class Run {
  private readonly items: RunItem[];
  private readonly values: RunValues;
  private readonly state: RunState;
  private abort = new AbortController();
  private going = false;
  /** Counts how often it went on: only the last of them says when it rests. */
  private turn = 0;
  private runner: StepRunner;
  private answers = new Map<string, (answer: string) => void>();

  constructor(
    private readonly parts: RunParts,
    private readonly prepared: Prepared,
    meta: RunMeta,
  ) {
    this.items = prepared.steps.map((step) => ({ id: step.id, step, item: undefined }));
    this.values = new RunValues(prepared.bindings);
    this.runner = new StepRunner(parts, prepared, this.values);
    this.state = firstState(prepared, meta, parts.clock.now());
  }

  /** Takes up what was done before the console ended; the steps are the same, or it is refused. */
  takeUp(before: RunState): void {
    before.steps.forEach((run, at) => {
      const item = this.items[at];
      if (item === undefined || item.id !== run.id) {
        throw new FailureError(
          invalid('Its steps are not those of the file any more: start the runbook anew.'),
        );
      }
      if (run.status === 'done' || run.status === 'skipped') {
        this.values.took(item, run.output, run.status);
      }
    });
    Object.assign(this.state, structuredClone(before));
  }

  get id(): string {
    return this.state.runId;
  }

  snapshot(): RunState {
    return structuredClone(this.state);
  }

  /** Goes through the steps that are left; resolves when it has ended or waits for a person. */
  async go(): Promise<void> {
    if (this.going) return;
    this.going = true;
    this.turn += 1;
    const { turn } = this;
    if (this.abort.signal.aborted) this.abort = new AbortController();
    this.state.status = 'running';
    this.state.endedAt = null;
    this.tell();
    try {
      await this.steps();
    } catch (error) {
      // The journal cannot record: nothing more is done.
      await this.end('failed', failureOf(error).message);
    } finally {
      if (this.turn === turn) this.going = false;
    }
  }

  /** @throws FailureError when it cannot be done now */
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
      if (run.status === 'done' || run.status === 'skipped') continue;
      if (this.abort.signal.aborted) return this.end('cancelled', null);
      if (this.state.pausing) return this.rest();
      const expanded = await this.expand(at, item, run);
      if (expanded) {
        at -= 1;
        continue;
      }
      if (this.settled(run)) continue;
      await this.step(item, run);
      if (this.isAborted()) return this.end('cancelled', null);
      if (run.status === 'failed' && item.step.step.onFailure !== 'continue') {
        return this.end('failed', `${run.name}: ${run.failure?.message ?? 'failed'}`);
      }
    }
    await this.end('done', null);
  }

  private isAborted(): boolean {
    return this.abort.signal.aborted;
  }

  private settled(run: StepRun): boolean {
    return run.status === 'done' || run.status === 'skipped';
  }

  /** A step of a list becomes one step an element. */
  private async expand(at: number, item: RunItem, run: StepRun): Promise<boolean> {
    const { step } = item;
    if (step.step.forEach === undefined || item.item !== undefined) return false;
    try {
      if (!(await this.runner.wanted(item))) {
        await this.pass(item, run, 'Its condition is not met.');
        return false;
      }
      const list = await this.runner.list(item);
      if (list.length === 0) {
        await this.pass(item, run, 'The list is empty.');
        return false;
      }
      const items = list.map((value, i) => ({ id: `${step.id}[${i}]`, step, item: { value } }));
      this.items.splice(at, 1, ...items);
      const runs = items.map(({ id }) => ({ ...freshStep(step), id }));
      this.state.steps.splice(at, 1, ...runs);
      this.tell();
      return true;
    } catch (error) {
      this.failed(run, failureOf(error));
      return false;
    }
  }

  private async step(item: RunItem, run: StepRun): Promise<void> {
    if (run.status === 'failed') return;
    try {
      if (item.item === undefined && !(await this.runner.wanted(item))) {
        return await this.pass(item, run, 'Its condition is not met.');
      }
    } catch (error) {
      return this.failed(run, failureOf(error));
    }
    run.status = 'running';
    run.startedAt = this.parts.clock.now();
    run.endedAt = null;
    run.failure = null;
    this.tell();
    const outcome = await this.runner.run(item, {
      signal: this.abort.signal,
      runId: this.state.runId,
      automatic: this.state.automatic,
      attempt: (attempt) => {
        run.attempt = attempt;
        this.tell();
      },
      before: async (requestJson, sha256) => {
        run.requestJson = requestJson;
        await this.record(item, run, 'started', { request: cut(requestJson), sha256 });
      },
      tell: (words) => {
        run.progress = words;
        this.tell();
      },
      show: (output) => {
        run.output = output;
        this.tell();
      },
      ask: (question) => this.ask(run, question),
    });
    await this.took(item, run, outcome);
  }

  private async took(
    item: RunItem,
    run: StepRun,
    outcome: Awaited<ReturnType<StepRunner['run']>>,
  ): Promise<void> {
    run.endedAt = this.parts.clock.now();
    run.question = null;
    run.progress = null;
    this.answers.delete(run.id);
    if (outcome.kind === 'done') {
      run.status = 'done';
      run.output = outcome.output;
      this.values.took(item, outcome.output, 'done');
      await this.record(item, run, 'done', {
        output: cut(JSON.stringify(outcome.output)),
        sha256: outcome.sha256,
      });
    } else if (outcome.kind === 'cancelled') {
      run.status = 'cancelled';
      run.note = outcome.words;
      await this.record(item, run, 'cancelled', { note: outcome.words });
    } else {
      this.failed(run, outcome.failure);
      this.values.took(item, null, 'failed');
      await this.record(item, run, 'failed', { note: outcome.failure.message });
    }
    this.tell();
  }

  private failed(run: StepRun, failure: Failure): void {
    run.status = 'failed';
    run.failure = failure;
    run.endedAt = this.parts.clock.now();
    this.tell();
  }

  private async pass(item: RunItem, run: StepRun, why: string): Promise<void> {
    run.status = 'skipped';
    run.note = why;
    run.endedAt = this.parts.clock.now();
    this.values.took(item, null, 'skipped');
    await this.record(item, run, 'skipped', { note: why });
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
    await this.person('pause', null, null);
    this.tell();
  }

  /** Before the step that comes next. */
  private rest(): void {
    this.state.status = 'paused';
    this.tell();
  }

  private async resume(): Promise<void> {
    this.state.pausing = false;
    await this.person('resume', null, null);
    if (this.going) this.tell();
    else void this.go();
  }

  private async cancel(): Promise<void> {
    await this.person('cancel', null, null);
    this.abort.abort(new DOMException('', 'AbortError'));
    if (!this.going) await this.end('cancelled', null);
  }

  private async skip(stepId: string, reason: string): Promise<void> {
    const { item, run } = this.found(stepId);
    if (run.status === 'asking') throw new FailureError(invalid('Answer it, or cancel the run.'));
    if (run.status === 'running' || this.settled(run)) {
      throw new FailureError(invalid('Only a step that waits or has failed can be skipped.'));
    }
    await this.person('skip', stepId, reason);
    await this.pass(item, run, `Skipped by ${this.parts.operator()}: ${reason}`);
    // A failed run goes on behind the step; one that waits further up comes to it by itself.
    if (!this.going && this.state.status === 'failed') void this.go();
  }

  private async retry(stepId: string): Promise<void> {
    const { run } = this.found(stepId);
    if (
      this.going ||
      (run.status !== 'failed' && run.status !== 'unknown' && run.status !== 'cancelled')
    ) {
      throw new FailureError(invalid('Only a step that has failed can be tried again.'));
    }
    await this.person('retry', stepId, null);
    run.status = 'waiting';
    run.failure = null;
    void this.go();
  }

  private async answer(stepId: string, answer: string): Promise<void> {
    const settle = this.answers.get(stepId);
    if (settle === undefined) throw new FailureError(invalid('Nothing is asked there any more.'));
    const { run } = this.found(stepId);
    const { question } = run;
    if (question !== null && question.answer === 'choose' && !question.choices.includes(answer)) {
      throw new FailureError(invalid('It is none of the choices.'));
    }
    await this.person('answer', stepId, this.prepared.secrets.mask(answer));
    this.answers.delete(stepId);
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
      await this.parts.record([{ type: 'runbook-ended', runId: this.state.runId, status, note }]);
    } catch (error) {
      // What was done is done: the journal's own banner is up by now.
      this.parts.report(`The end of a run is not on record: ${failureOf(error).message}`);
    }
    this.going = false;
    this.tell();
    this.parts.ended(this.snapshot());
  }

  private record(
    item: RunItem,
    run: StepRun,
    phase: 'started' | 'done' | 'failed' | 'skipped' | 'cancelled',
    more: { request?: string; output?: string; sha256?: string; note?: string },
  ): Promise<void> {
    return this.parts.record([
      {
        type: 'runbook-step',
        runId: this.state.runId,
        stepId: item.id,
        name: run.name,
        kind: run.kind,
        phase,
        attempt: run.attempt,
        request: more.request ?? null,
        output: more.output ?? null,
        sha256: more.sha256 ?? null,
        note:
          more.note === undefined ? null : this.prepared.secrets.mask(more.note).slice(0, 4_000),
      },
    ]);
  }

  private person(
    action: RunAction['action'],
    stepId: string | null,
    note: string | null,
  ): Promise<void> {
    const { runId } = this.state;
    const by = this.parts.operator();
    return this.parts.record([{ type: 'runbook-person', runId, action, stepId, by, note }]);
  }

  private tell(): void {
    this.parts.changed(this.snapshot());
  }
}

const RECORDED = 65_536;
const cut = (json: string): string =>
  json.length <= RECORDED ? json : `${json.slice(0, RECORDED)}… cut`;
