/** Linux: popups through a child process that is killed and replaced when the daemon hangs. */
import type { Clock } from '../../shared/clock';
import type { PopupPresenter, PopupRequest } from '../seams';
import { fromChildSchema } from './child/messages';
import type { FromChild, ToChild } from './child/messages';

type Action = Parameters<Parameters<PopupPresenter['onAction']>[0]>[1];

/** The child as the presenter needs it; Electron's utility process or a forked Node. */
export interface PopupChild {
  send(message: ToChild): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

export interface ChildPresenterOptions {
  spawn(): PopupChild;
  clock: Clock;
  log: { warn(message: string): void };
}

/** Below the 3 s promised, so that the rejection is there by then. Milliseconds. */
const ANSWER_WITHIN_MS = 2_500;
/** A dead child is replaced after this long, doubling up to the maximum while it keeps dying. Milliseconds. */
const RESPAWN_MS = 250;
const RESPAWN_MAX_MS = 30_000;

const HUNG = 'Desktop notifications do not answer; alarms are listed here and sound all the same.';
const ABSENT_ADVICE = 'Alarms are listed here and sound all the same.';

interface Waiting {
  resolve(): void;
  reject(cause: Error): void;
  cancelTimer(): void;
}

export class ChildPresenter implements PopupPresenter {
  private child: PopupChild | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private readonly actionListeners = new Set<(id: string, action: Action) => void>();
  private readonly problemListeners = new Set<(problem: string | null) => void>();
  private currentProblem: string | null = null;
  private nextTicket = 1;
  private deaths = 0;
  private cancelRespawn = (): void => undefined;
  private stopped = false;

  constructor(private readonly options: ChildPresenterOptions) {
    this.spawn();
  }

  get problem(): string | null {
    return this.currentProblem;
  }

  show(popup: PopupRequest): Promise<void> {
    const { child } = this;
    if (child === null) return Promise.reject(new Error(this.currentProblem ?? HUNG));
    const ticket = this.nextTicket++;
    return new Promise((resolve, reject) => {
      const cancelTimer = this.options.clock.after(ANSWER_WITHIN_MS, () => this.hung(child));
      this.waiting.set(ticket, { resolve, reject, cancelTimer });
      child.send({ type: 'show', ticket, popup });
    });
  }

  close(id: string): void {
    this.child?.send({ type: 'close', id });
  }

  onAction(listener: (popupId: string, action: Action) => void): () => void {
    this.actionListeners.add(listener);
    return () => this.actionListeners.delete(listener);
  }

  onProblem(listener: (problem: string | null) => void): () => void {
    this.problemListeners.add(listener);
    return () => this.problemListeners.delete(listener);
  }

  /** Replaces the child at once, as the banner's button asks. */
  restart(): void {
    if (this.stopped) return;
    this.deaths = 0;
    this.discard('The notifier was restarted.');
    this.spawn();
  }

  stop(): void {
    this.stopped = true;
    this.cancelRespawn();
    this.discard('Nightdesk is quitting.');
    this.actionListeners.clear();
    this.problemListeners.clear();
  }

  private spawn(): void {
    this.cancelRespawn();
    const child = this.options.spawn();
    this.child = child;
    child.onMessage((message) => {
      if (this.child === child) this.receive(message);
    });
    child.onExit(() => {
      if (this.child === child) this.replace('The notifier ended unexpectedly.');
    });
  }

  /** Kills the child and starts the next after a pause that grows while they keep dying. */
  private replace(reason: string): void {
    this.options.log.warn(`Notifier: ${reason}`);
    this.setProblem(HUNG);
    this.discard(HUNG);
    const delay = Math.min(RESPAWN_MS * 2 ** this.deaths, RESPAWN_MAX_MS);
    this.deaths += 1;
    this.cancelRespawn = this.options.clock.after(delay, () => this.spawn());
  }

  private hung(child: PopupChild): void {
    if (this.child === child) this.replace('No answer in time.');
  }

  private discard(reason: string): void {
    const { child } = this;
    this.child = null;
    child?.kill();
    for (const ticket of [...this.waiting.keys()]) this.settle(ticket, reason);
  }

  private receive(message: unknown): void {
    const parsed = fromChildSchema.safeParse(message);
    if (parsed.success) this.react(parsed.data);
    else this.options.log.warn('Notifier: an answer was not understood.');
  }

  private react(message: FromChild): void {
    switch (message.type) {
      case 'ready':
        return this.healthy();
      case 'absent':
        return this.setProblem(`${message.reason} ${ABSENT_ADVICE}`);
      case 'shown':
        this.healthy();
        return this.settle(message.ticket, null);
      case 'failed':
        this.setProblem(`${message.reason} ${ABSENT_ADVICE}`);
        return this.settle(message.ticket, message.reason);
      case 'action':
        for (const listener of this.actionListeners) listener(message.popupId, message.action);
    }
  }

  private healthy(): void {
    this.deaths = 0;
    this.setProblem(null);
  }

  private settle(ticket: number, problem: string | null): void {
    const waiting = this.waiting.get(ticket);
    if (waiting === undefined) return;
    this.waiting.delete(ticket);
    waiting.cancelTimer();
    if (problem === null) waiting.resolve();
    else waiting.reject(new Error(problem));
  }

  private setProblem(problem: string | null): void {
    if (this.currentProblem === problem) return;
    this.currentProblem = problem;
    for (const listener of this.problemListeners) listener(problem);
  }
}
