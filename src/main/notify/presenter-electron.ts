/** macOS and Windows: Electron's own notifications, which do not block there. */
import { Notification } from 'electron';
import type { Clock } from '../../shared/clock';
import type { PopupPresenter, PopupRequest } from '../seams';
import { popupBody, popupTitle } from './child/popup-text';

type ActionListener = Parameters<PopupPresenter['onAction']>[0];

/** Milliseconds until a popup the system did not take counts as failed. */
const ANSWER_WITHIN_MS = 2_500;
const UNSUPPORTED =
  'This system shows no notifications; alarms are listed here and sound all the same.';
const REFUSED = 'The system does not show Nightdesk’s notifications; allow them in its settings.';

export class ElectronPresenter implements PopupPresenter {
  private readonly open = new Map<string, Notification>();
  private readonly actionListeners = new Set<ActionListener>();
  private readonly problemListeners = new Set<(problem: string | null) => void>();
  private currentProblem: string | null = Notification.isSupported() ? null : UNSUPPORTED;

  constructor(private readonly clock: Clock) {}

  get problem(): string | null {
    return this.currentProblem;
  }

  show(popup: PopupRequest): Promise<void> {
    if (!Notification.isSupported()) return Promise.reject(new Error(UNSUPPORTED));
    this.close(popup.id);
    const notification = new Notification({
      title: popupTitle(popup.title),
      body: popupBody(popup.body, false),
      // The window plays the severity's sound.
      silent: true,
      urgency: popup.urgency,
      timeoutType: popup.urgency === 'critical' ? 'never' : 'default',
      actions: popup.buttons.map(({ label }) => ({ type: 'button', text: label })),
    });
    this.open.set(popup.id, notification);
    this.listen(notification, popup);
    return this.accepted(notification);
  }

  close(id: string): void {
    const notification = this.open.get(id);
    this.open.delete(id);
    notification?.close();
  }

  onAction(listener: ActionListener): () => void {
    this.actionListeners.add(listener);
    return () => this.actionListeners.delete(listener);
  }

  onProblem(listener: (problem: string | null) => void): () => void {
    this.problemListeners.add(listener);
    return () => this.problemListeners.delete(listener);
  }

  restart(): void {
    this.setProblem(Notification.isSupported() ? null : UNSUPPORTED);
  }

  stop(): void {
    for (const id of [...this.open.keys()]) this.close(id);
    this.actionListeners.clear();
    this.problemListeners.clear();
  }

  private listen(notification: Notification, popup: PopupRequest): void {
    const tell = (action: Parameters<ActionListener>[1]): void => {
      for (const listener of this.actionListeners) listener(popup.id, action);
    };
    notification.on('click', () => tell('open'));
    notification.on('action', (_details, index) => {
      const button = popup.buttons[index];
      if (button !== undefined) tell(button.id);
    });
    notification.on('close', () => {
      if (this.open.get(popup.id) !== notification) return;
      this.open.delete(popup.id);
      tell('dismissed');
    });
  }

  private accepted(notification: Notification): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = (): void => {
        this.setProblem(REFUSED);
        reject(new Error(REFUSED));
      };
      const cancelTimer = this.clock.after(ANSWER_WITHIN_MS, refuse);
      notification.once('show', () => {
        cancelTimer();
        this.setProblem(null);
        resolve();
      });
      notification.once('failed', () => {
        cancelTimer();
        refuse();
      });
      notification.show();
    });
  }

  private setProblem(problem: string | null): void {
    if (this.currentProblem === problem) return;
    this.currentProblem = problem;
    for (const listener of this.problemListeners) listener(problem);
  }
}
