/** How a run stands, step by step: what each gave, on record and told to whoever looks. */
import { assertNever } from '../../shared/assert-never';
import type { Clock } from '../../shared/clock';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { RunAction, RunState, StepRun } from '../../shared/runbooks/run';
import { invalid } from './action-values';
import { maskedFailure } from './plan-of';
import type { Prepared } from './planner';
import { RunLog } from './run-log';
import type { RunLogParts } from './run-log';
import { firstState } from './run-state';
import type { RunMeta } from './run-state';
import { isBlocking } from './run-status';
import { RunValues } from './run-values';
import type { RunItem } from './run-values';
import type { StepOutcome } from './step-runner';

export interface RunLedgerParts extends RunLogParts {
  clock: Clock;
  changed: (state: RunState) => void;
}

/** What a step tells of its going is shown this often (ms). */
const TELL_EVERY_MS = 200;

export class RunLedger {
  /** Beside the steps of the state, one by one. */
  readonly items: RunItem[];
  readonly values: RunValues;
  readonly state: RunState;
  readonly log: RunLog;
  /** By step: what takes a person's answer. */
  readonly answers = new Map<string, (answer: string) => void>();
  private stopTelling: (() => void) | null = null;

  constructor(
    private readonly parts: RunLedgerParts,
    private readonly prepared: Prepared,
    meta: RunMeta,
  ) {
    this.items = prepared.steps.map((step) => ({ id: step.id, step, item: undefined }));
    this.values = new RunValues(prepared.bindings);
    this.log = new RunLog(parts, meta.runId, prepared.secrets);
    this.state = firstState(prepared, meta, parts.clock.now());
  }

  /** What a person does is on record before it is done. */
  async person(
    action: RunAction['action'],
    stepId: string | null = null,
    note: string | null = null,
  ): Promise<void> {
    const deed = await this.log.person(action, stepId, note);
    this.state.people = [...(this.state.people ?? []), { ...deed, at: this.parts.clock.now() }];
  }

  snapshot(): RunState {
    this.state.revision += 1;
    return structuredClone(this.state);
  }

  /** It has failed, and the file says that the run goes on all the same. */
  passable({ step }: RunItem, { status }: StepRun): boolean {
    return status === 'failed' && step.step.onFailure === 'continue';
  }

  /** How a step ended. Rejects when it cannot be put on record. */
  async took(item: RunItem, run: StepRun, outcome: StepOutcome): Promise<void> {
    this.rested(run);
    switch (outcome.kind) {
      case 'done':
        run.status = 'done';
        run.output = outcome.output;
        run.outputSha256 = outcome.sha256;
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

  /** Without a record: where that is what failed. */
  failed(item: RunItem, run: StepRun, failure: Failure): void {
    this.rested(run);
    run.status = 'failed';
    run.failure = maskedFailure(failure, this.prepared.secrets);
    this.values.took(item, null, 'failed');
    this.tell();
  }

  fail(item: RunItem, run: StepRun, failure: Failure): Promise<void> {
    this.failed(item, run, failure);
    return this.log.step(run, 'failed', { note: failure.message });
  }

  async pass(item: RunItem, run: StepRun, why: string): Promise<void> {
    run.status = 'skipped';
    run.note = this.prepared.secrets.mask(why);
    run.endedAt = this.parts.clock.now();
    this.values.took(item, null, 'skipped');
    await this.log.step(run, 'skipped', { note: why });
    this.tell();
  }

  /** The first step that a person has to decide about, but for one. */
  blocking(except: StepRun | null): StepRun | null {
    const at = this.state.steps.findIndex((run, i) => {
      const item = this.items[i];
      return run !== except && isBlocking(run) && item !== undefined && !this.passable(item, run);
    });
    return this.state.steps[at] ?? null;
  }

  /** @throws FailureError naming the step that a person has to decide about first */
  refuseBlocked(except: StepRun | null): void {
    const blocked = this.blocking(except);
    if (blocked === null) return;
    throw new FailureError(
      invalid(`Decide about ${blocked.name} first: try it again, or skip it with a reason.`),
    );
  }

  /** @throws FailureError when the run has no such step */
  found(stepId: string): { item: RunItem; run: StepRun } {
    const at = this.state.steps.findIndex(({ id }) => id === stepId);
    const item = this.items[at];
    const run = this.state.steps[at];
    if (item === undefined || run === undefined) {
      throw new FailureError(invalid('There is no such step in this run.'));
    }
    return { item, run };
  }

  tell(): void {
    this.stopTelling?.();
    this.stopTelling = null;
    this.parts.changed(this.snapshot());
  }

  tellSoon(): void {
    this.stopTelling ??= this.parts.clock.after(TELL_EVERY_MS, () => this.tell());
  }
}
