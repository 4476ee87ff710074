/** Where the runner meets what steps do. Rejections are `FailureError`s; anything else is a fault of the console. */
import type { Clock } from '../../shared/clock';
import type { StepOutput, StepQuestion } from '../../shared/runbooks/run';
import type { ActionOf, StepAction, StepKind } from '../../shared/runbooks/step-kinds';
import type { RunbookChanges, RunbookReads } from '../aws/runbook-api';

/** Where a step works, as the plan said it. */
export interface StepPlace {
  connectionId: string;
  region: string;
  accountId: string | null;
}

/** What a look at the world may use: nothing of it can change anything. */
export interface LookContext {
  place: StepPlace | null;
  /** Null for what does not call AWS. */
  reads: RunbookReads | null;
  clock: Clock;
  signal: AbortSignal;
}

export interface StepContext extends LookContext {
  /**
   * Aborted when the step is cancelled or out of time: what it started is stopped as far as that can be, within 10 s,
   * and the rejection says what could not.
   */
  signal: AbortSignal;
  /** The same for every try of this step of this run: calls that take a token do their work once. */
  token: string;
  runId: string;
  runbookName: string;
  alarmKey: string | null;
  /** Nobody started the run: nothing may open before a person's eyes by itself. */
  automatic?: boolean;
  /** The runbook's own folder. */
  folder: string;
  /** What it is doing, in words. */
  tell(words: string): void;
  /** What there is so far, shown while it goes on. */
  show(output: StepOutput): void;
  /** Waits for a person; rejects when the step ends meanwhile. */
  ask(question: StepQuestion): Promise<string>;
}

/** A file beside the runbook that a step runs or reads: the approval is for what it held. */
export interface ApprovedFile {
  /** Within the runbook's folder. */
  path: string;
  /** Hex. */
  sha256: string;
}

interface Handler<K extends StepKind> {
  kind: K;
  /** Ends the step unless the file says another time (ms). */
  timeoutMs: number;
  /** What it acts on, by the name a person would type; null where it acts on nothing. */
  resource?(action: ActionOf<K>): string | null;
  /** What it would do, from a look at the world: `desired count 2 → 4`. Rejects when it could not be done. */
  effect?(action: ActionOf<K>, context: LookContext): Promise<string | null>;
  /** Files of the runbook's folder that it rests on; values not known yet stand as their expressions. */
  files?(action: ActionOf<K>, folder: string, signal: AbortSignal): Promise<ApprovedFile[]>;
}

/** A kind that only reads. It never sees what could change an account. */
export interface ReadHandler<K extends StepKind = StepKind> extends Handler<K> {
  mode: 'reads';
  run(action: ActionOf<K>, context: StepContext): Promise<StepOutput>;
}

/** A kind that changes an account: the calls are given to it only on a connection that allows changes. */
export interface ChangeHandler<K extends StepKind = StepKind> extends Handler<K> {
  mode: 'changes';
  run(
    action: ActionOf<K>,
    context: StepContext & { reads: RunbookReads },
    changes: RunbookChanges,
  ): Promise<StepOutput>;
}

/** A kind that changes something that is not an AWS account: a script, a webhook, another service. */
export interface LocalChangeHandler<K extends StepKind = StepKind> extends Handler<K> {
  mode: 'local';
  run(action: ActionOf<K>, context: StepContext): Promise<StepOutput>;
}

export type StepHandler<K extends StepKind> =
  ReadHandler<K> | ChangeHandler<K> | LocalChangeHandler<K>;

/** A handler for whatever action is of its kind. */
export interface AnyHandler {
  mode: 'reads' | 'changes' | 'local';
  timeoutMs: number;
  resource(action: StepAction): string | null;
  effect(action: StepAction, context: LookContext): Promise<string | null>;
  files?(action: StepAction, folder: string, signal: AbortSignal): Promise<ApprovedFile[]>;
  run(
    action: StepAction,
    context: StepContext,
    changes: RunbookChanges | null,
  ): Promise<StepOutput>;
}

/** Every kind but `runbook`, whose steps are run in its place. */
export type StepHandlers = Readonly<Record<Exclude<StepKind, 'runbook'>, AnyHandler>>;

export const handlerOf = (handlers: StepHandlers, kind: StepKind): AnyHandler | null =>
  kind === 'runbook' ? null : handlers[kind];

const isOf = <K extends StepKind>(action: StepAction, kind: K): action is ActionOf<K> =>
  action.kind === kind;

/** A kind's handler as the runner holds it: it answers for actions of its own kind only. */
export function anyHandler<K extends StepKind>(handler: StepHandler<K>): AnyHandler {
  const own = (action: StepAction): ActionOf<K> => {
    if (isOf(action, handler.kind)) return action;
    throw new TypeError(`A step of kind ${action.kind} came to ${handler.kind}.`);
  };
  return {
    mode: handler.mode,
    timeoutMs: handler.timeoutMs,
    resource: (action) => handler.resource?.(own(action)) ?? null,
    effect: async (action, context) => (await handler.effect?.(own(action), context)) ?? null,
    files: async (action, folder, signal) =>
      (await handler.files?.(own(action), folder, signal)) ?? [],
    async run(action, context, changes) {
      if (handler.mode !== 'changes') return handler.run(own(action), context);
      const { reads } = context;
      if (changes === null || reads === null) {
        throw new TypeError(`${handler.kind} was let run where nothing may be changed.`);
      }
      return handler.run(own(action), { ...context, reads }, changes);
    },
  };
}
