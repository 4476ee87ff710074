/** Runs one step: its values worked out, its time limited, tried again where the file says so. */
import type { Clock } from '../../shared/clock';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { StepOutput, StepQuestion, StepRun } from '../../shared/runbooks/run';
import { lengthMs } from '../../shared/runbooks/step';
import type { StepAction } from '../../shared/runbooks/step-kinds';
import { evaluate, resolve, TemplateError } from '../../shared/runbooks/template';
import type { RunbookChanges, RunbookReads } from '../aws/runbook-api';
import { wait } from '../aws/wait';
import { bare, failureOf, invalid, readAction } from './action-values';
import { cutOutput } from './cut-output';
import { pathTo } from './known-values';
import { sha256Of } from './plan-hash';
import { lockOf, maskedFailure } from './plan-of';
import type { Prepared } from './planner';
import type { PreparedStep } from './prepared';
import { elementsOf } from './for-each';
import { refused } from './refused';
import { isRelative } from './relative-steps';
import type { RunItem, RunValues } from './run-values';
import { handlerOf } from './step-seams';
import type { AnyHandler, LookContext, StepContext, StepHandlers } from './step-seams';

export interface StepRunnerParts {
  handlers: StepHandlers;
  reads: (connectionId: string, region: string) => RunbookReads;
  /** Null on a read-only connection. */
  changes: (connectionId: string, region: string) => RunbookChanges | null;
  clock: Clock;
}

export interface StepHooks {
  signal: AbortSignal;
  runId: string;
  automatic?: boolean;
  attempt(attempt: number): void;
  /** On record before anything is done; rejects when it cannot be. */
  before(requestJson: string, sha256: string): Promise<void>;
  tell(words: string): void;
  show(output: StepOutput): void;
  ask(question: StepQuestion): Promise<string>;
  /** What it is about to change. @throws FailureError where another run holds it */
  claim(lock: string): void;
}

export type StepOutcome =
  /** `output` may be shown; `given` is for the steps that follow, secrets and all. */
  | { kind: 'done'; output: StepOutput; given: StepOutput; sha256: string }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'cancelled'; words: string };

/** What a step that has been told to stop is given to do so. */
const STOP_MS = 10_000;
/** A longer list is a mistake sooner than a wish. */

export class StepRunner {
  constructor(
    private readonly parts: StepRunnerParts,
    private readonly prepared: Prepared,
    private readonly values: RunValues,
  ) {}

  /** Steps whose work this console has begun. */
  private readonly begun = new Set<string>();

  /** Its condition holds, and those of the steps whose runbook it is of. @throws TemplateError */
  async wanted(item: RunItem): Promise<boolean> {
    const { runs, step, guards } = item.step;
    if (runs !== 'unknown') return runs === 'yes';
    for (const guard of guards) {
      const outer = { id: guard.id, step: guard, item: undefined };
      if (guard.step.if !== undefined && !(await this.holds(guard.step.if, outer))) return false;
    }
    return step.if === undefined || this.holds(step.if, item);
  }

  private async holds(condition: string, item: RunItem): Promise<boolean> {
    return (await evaluate(bare(condition), await this.values.of(item), 'if')) === true;
  }

  /** The list of a step with `forEach`. @throws TemplateError */
  async list(item: RunItem): Promise<unknown[]> {
    const { forEach } = item.step.step;
    if (forEach === undefined) return [];
    const value = await evaluate(bare(forEach), await this.values.of(item), 'forEach');
    return elementsOf(value);
  }

  /** Never rejects for what the step meets; rejects when it cannot be put on record. */
  async run(item: RunItem, hooks: StepHooks): Promise<StepOutcome> {
    const { step } = item.step;
    const attempts = step.retry?.attempts ?? 1;
    const pause = lengthMs(step.retry?.delay ?? '2s');
    for (let attempt = 1; ; attempt += 1) {
      hooks.attempt(attempt);
      const outcome = await this.once(item, hooks);
      if (outcome.kind !== 'failed' || attempt >= attempts) return outcome;
      hooks.tell(
        `Failed, trying again in ${step.retry?.delay ?? '2s'}: ${outcome.failure.message}`,
      );
      try {
        await wait(this.parts.clock, pause, hooks.signal);
      } catch {
        return { kind: 'cancelled', words: 'Cancelled between two tries.' };
      }
    }
  }

  private async once(item: RunItem, hooks: StepHooks): Promise<StepOutcome> {
    let action: StepAction;
    try {
      action = await this.action(item);
    } catch (error) {
      return { kind: 'failed', failure: maskedFailure(valueFailure(error), this.prepared.secrets) };
    }
    const { secrets } = this.prepared;
    await hooks.before(secrets.maskedJson(action), sha256Of(secrets.masked(action)));
    if (hooks.signal.aborted) return { kind: 'cancelled', words: 'Cancelled before it began.' };
    try {
      const output = await this.act(item, action, hooks);
      const shown = this.shown(output);
      return { kind: 'done', output: shown, given: output, sha256: this.sha256(output) };
    } catch (error) {
      const failure = maskedFailure(failureOf(error), secrets);
      if (hooks.signal.aborted) return { kind: 'cancelled', words: stopWords(failure) };
      return { kind: 'failed', failure };
    }
  }

  /** Masked, and no longer than can be shown. */
  private shown({ kind, json }: StepOutput): StepOutput {
    return cutOutput({ kind, json: this.prepared.secrets.maskJson(json) });
  }

  private sha256({ json }: StepOutput): string {
    return sha256Of(this.prepared.secrets.maskJson(json));
  }

  /** What the plan resolved stays as it was approved; only what was not known then is worked out now. */
  private async action(item: RunItem): Promise<StepAction> {
    const { action, unknown } = item.step;
    if (unknown.length === 0) return readAction(action);
    const bindings = await this.values.of(item);
    const open = new Set(unknown);
    const walk = async (value: unknown, path: string): Promise<unknown> => {
      if (open.has(path)) return resolve(value, bindings, path);
      if (Array.isArray(value)) {
        const elements: unknown[] = [];
        for (const [i, one] of value.entries()) elements.push(await walk(one, `${path}[${i}]`));
        return elements;
      }
      if (typeof value !== 'object' || value === null) return value;
      const entries: [string, unknown][] = [];
      for (const [key, one] of Object.entries(value)) {
        entries.push([key, await walk(one, pathTo(path, key))]);
      }
      return Object.fromEntries(entries);
    };
    return readAction(await walk(action, ''));
  }

  private async act(item: RunItem, action: StepAction, hooks: StepHooks): Promise<StepOutput> {
    if (action.kind === 'check') return this.check(item, action);
    const handler = handlerOf(this.parts.handlers, action.kind);
    if (handler === null) throw new FailureError(invalid('This step cannot run by itself.'));
    this.claim(item, action, handler, hooks);
    await this.sameFiles(item.step, action, handler, hooks.signal);
    const ended = new AbortController();
    const end = (): void => ended.abort(new DOMException('', 'AbortError'));
    if (hooks.signal.aborted) end();
    hooks.signal.addEventListener('abort', end, { once: true });
    const limit = limitOf(item.step, handler);
    let late = false;
    const stopTimer = this.parts.clock.after(limit, () => {
      late = true;
      end();
    });
    /** What a step says that was left behind is not heard any more. */
    const heard = { open: true };
    try {
      const context = this.context(item, hooks, ended.signal, heard);
      await this.sameTarget(item, action, handler, context);
      this.begun.add(item.id);
      const work = handler.run(action, context, this.changes(item.step, handler));
      return await this.orStopped(work, ended.signal);
    } catch (error) {
      if (late && !hooks.signal.aborted) throw timedOut(limit, error);
      throw error;
    } finally {
      heard.open = false;
      stopTimer();
      hooks.signal.removeEventListener('abort', end);
    }
  }

  /**
   * A target that rests on what runs now must be the one that was approved: 213 → 212 never becomes 214 → 213. A further
   * try keeps what the first one chose.
   */
  private async sameTarget(
    { id, step: { effect } }: RunItem,
    action: StepAction,
    handler: AnyHandler,
    context: LookContext,
  ): Promise<void> {
    if (effect === null || this.begun.has(id) || !isRelative(action)) return;
    const now = await handler.effect(action, context);
    if (now === effect) return;
    throw new FailureError({
      ...invalid(
        `What it acts on has changed since it was approved: it was “${effect}”, it would be “${now ?? 'not known'}” now.`,
      ),
      advice: 'Look at what runs there, then start the runbook anew.',
    });
  }

  /**
   * Not where an earlier console began it and its target rests on what is there now: what was chosen then is not known
   * any more.
   */
  mayRepeat({ id, step: { step } }: RunItem, run: Pick<StepRun, 'startedAt'>): boolean {
    return run.startedAt === null || this.begun.has(id) || !isRelative(step.do);
  }

  /** Held until the run ends; what was not known when it was planned is claimed now. */
  private claim(
    { step }: RunItem,
    action: StepAction,
    handler: AnyHandler,
    hooks: StepHooks,
  ): void {
    const resource = step.class === 'reads' ? null : handler.resource(action);
    if (resource !== null) hooks.claim(lockOf(step.place, resource));
  }

  /** A script that was changed since it was approved does not run. */
  private async sameFiles(
    { scope, files }: PreparedStep,
    action: StepAction,
    handler: AnyHandler,
    signal: AbortSignal,
  ): Promise<void> {
    const now = (await handler.files?.(action, scope.folder, signal)) ?? [];
    for (const { path, sha256 } of files) {
      if (now.find((file) => file.path === path)?.sha256 === sha256) continue;
      throw refused(`${path} has changed since it was approved.`, 'Start the runbook anew.');
    }
  }

  private context(
    { id, step: { place, scope } }: RunItem,
    hooks: StepHooks,
    signal: AbortSignal,
    heard: { open: boolean },
  ): StepContext {
    const { request, loaded, secrets } = this.prepared;
    return {
      place,
      reads: place === null ? null : this.parts.reads(place.connectionId, place.region),
      clock: this.parts.clock,
      signal,
      token: `${hooks.runId}.${id}`,
      runId: hooks.runId,
      runbookName: loaded.runbook.name,
      alarmKey: request.alarmKey,
      automatic: hooks.automatic === true,
      folder: scope.folder,
      tell: (words) => {
        if (heard.open) hooks.tell(secrets.mask(words));
      },
      show: (output) => {
        if (heard.open) hooks.show(this.shown(output));
      },
      ask: (question) => this.ask(question, hooks, heard),
    };
  }

  /** A choice that holds a secret is shown masked, and taken for what it is. */
  private async ask(
    question: StepQuestion,
    hooks: StepHooks,
    heard: { open: boolean },
  ): Promise<string> {
    if (!heard.open) throw new FailureError(invalid('The step has ended: nobody is asked.'));
    const { secrets } = this.prepared;
    const choices = question.choices.map((choice) => secrets.mask(choice));
    const answer = await hooks.ask({ ...question, text: secrets.mask(question.text), choices });
    return question.choices[choices.indexOf(answer)] ?? answer;
  }

  /** Looked up for each try: a connection that was made read-only meanwhile gives none. */
  private changes({ place }: PreparedStep, { mode }: AnyHandler): RunbookChanges | null {
    if (mode !== 'changes' || place === null) return null;
    const changes = this.parts.changes(place.connectionId, place.region);
    if (changes !== null) return changes;
    throw new FailureError({
      kind: 'read-only',
      connectionId: place.connectionId,
      operation: 'runbook',
      message: 'This connection is read-only, so nothing was changed.',
      advice: 'Allow changes for this connection in the settings first.',
    });
  }

  /** A step that does not stop when told is left behind, and that is said. */
  private async orStopped(work: Promise<StepOutput>, signal: AbortSignal): Promise<StepOutput> {
    let stopWaiting = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      const onAbort = (): void => {
        stopWaiting = this.parts.clock.after(STOP_MS, () =>
          reject(
            new FailureError({
              ...invalid(
                'It was told to stop and has not answered: whether it goes on is not known.',
              ),
              kind: 'timed-out',
            }),
          ),
        );
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([work, left]);
    } finally {
      stopWaiting();
    }
  }

  private async check(
    item: RunItem,
    action: Extract<StepAction, { kind: 'check' }>,
  ): Promise<StepOutput> {
    const bindings = await this.values.of(item);
    const result = await evaluate(bare(action.that), bindings, 'that');
    if (result === true) return { kind: 'text', json: JSON.stringify('It holds.') };
    const words =
      action.else === undefined
        ? `${bare(action.that).trim()} does not hold.`
        : await resolve(action.else, bindings, 'else');
    throw new FailureError({
      ...invalid(String(words)),
      advice: 'See what the steps before gave.',
    });
  }
}

const limitOf = ({ step }: PreparedStep, handler: AnyHandler): number =>
  step.timeout === undefined ? handler.timeoutMs : lengthMs(step.timeout);

function timedOut(limitMs: number, error: unknown): FailureError {
  const said =
    error instanceof FailureError && error.failure.kind !== 'cancelled'
      ? ` ${error.failure.message}`
      : '';
  return new FailureError({
    ...invalid(`It took longer than ${limitMs / 1_000} s and was ended.${said}`),
    kind: 'timed-out',
    advice: 'Give it more time in the file, or see why it hangs.',
  });
}

const valueFailure = (error: unknown): Failure =>
  error instanceof TemplateError
    ? invalid(`${error.path === '' ? 'A value' : error.path}: ${error.message}`)
    : failureOf(error);

const stopWords = ({ kind, message }: Failure): string =>
  kind === 'cancelled' || message === '' ? 'Cancelled.' : `Cancelled. ${message}`;
