import { RUNBOOK_POPUP } from './popup-ids';
import type { Clock } from '../../shared/clock';
import type { JournalEvent } from '../../shared/incidents/journal-events';
import type { Pushes } from '../../shared/ipc';
import type { Severity } from '../../shared/severity/severity';
import type { Settings } from '../../shared/settings/settings';
import type { PopupPresenter, PopupRequest } from '../seams';
import type { Telling } from './policy/telling';

type Notified = Extract<JournalEvent, { type: 'notified' }>;
type PopupAction = 'acknowledge' | 'snooze';

export interface NotifierOptions {
  presenter: PopupPresenter;
  clock: Clock;
  settings: () => Settings;
  /** Shows the window at this place. */
  navigate: (to: Pushes['app.navigate']) => void;
  /** Plays the sound of a severity in the window. */
  sound: (severity: Severity) => void;
}

/** What the notifier reports for each thing told; the journal entry is made of it. */
export type Record = (event: Notified) => Promise<void>;

/** How many popups a click can still be traced back from. */
const MAX_POPUPS = 500;
const SHOW_LIMIT_MS = 4_000;

/**
 * Shows tellings one after the other, each recorded as soon as the daemon has accepted it: a crash in between
 * repeats one popup at most. A popup that fails stays in the inbox, with the reason, and still makes its sound.
 */
export class Notifier {
  private nextId = 1;
  private readonly popups = new Map<string, Telling>();
  /** The popup that shows an incident, so that it can be taken away when somebody has it. */
  private readonly byIncident = new Map<string, string>();
  /** Transitions whose sound was played while their popup waits for room. */
  private readonly sounded = new Set<string>();
  private readonly stopListening: () => void;
  private actionListener: (action: PopupAction, incidentIds: string[]) => void = () => undefined;

  constructor(private readonly options: NotifierOptions) {
    this.stopListening = options.presenter.onAction((id, action) => this.handleAction(id, action));
  }

  /** Called when a popup's button was pressed. One listener: the incident service. */
  onCommand(listener: (action: PopupAction, incidentIds: string[]) => void): void {
    this.actionListener = listener;
  }

  /**
   * @param receivedAt when AWS's answer with this news arrived (ms), by transition; absent after a restart
   */
  async tell(
    tellings: Telling[],
    receivedAt: ReadonlyMap<string, number>,
    record: Record,
  ): Promise<void> {
    this.playLoudest(tellings);
    let failure: string | null = null;
    for (const telling of tellings) {
      if (telling.delivery === 'in-app') {
        await record(notifiedEvent(telling, 'in-app', telling.note, null));
        continue;
      }
      // With the daemon known to be down, waiting for it once per batch is enough.
      if (failure === null || this.options.presenter.problem === null) {
        failure = await this.show(telling);
      }
      await (failure === null
        ? record(
            notifiedEvent(
              telling,
              telling.delivery,
              telling.note,
              this.latency(telling, receivedAt),
            ),
          )
        : record(notifiedEvent(telling, 'failed', failure, null)));
    }
  }

  /** Critical alarms that wait for room in a burst of popups: their sound does not wait. */
  soundHeld(criticalIds: string[]): void {
    const silent = criticalIds.filter((id) => !this.sounded.has(id));
    if (silent.length === 0) return;
    for (const id of silent) this.sounded.add(id);
    if (this.options.settings().notify.critical.sound) this.options.sound('critical');
  }

  /** Takes away the popup of an incident that somebody has, or that is over. */
  dismiss(incidentId: string): void {
    const popupId = this.byIncident.get(incidentId);
    if (popupId === undefined) return;
    this.byIncident.delete(incidentId);
    this.options.presenter.close(popupId);
  }

  /** Shows a popup that means nothing, and says whether the daemon took it. */
  async test(): Promise<{ delivered: boolean; message: string }> {
    try {
      await this.options.presenter.show({
        id: `test-${process.pid}-${this.nextId++}`,
        title: 'Nightdesk: test notification',
        body: 'Alarms will look like this.',
        urgency: 'normal',
        buttons: [],
      });
      return { delivered: true, message: 'The notification was handed to the system.' };
    } catch (error) {
      return { delivered: false, message: messageOf(error) };
    }
  }

  stop(): void {
    this.stopListening();
  }

  /** The reason of the failure, or null once the daemon has accepted it. */
  private async show(telling: Telling): Promise<string | null> {
    const id = `popup-${process.pid}-${this.nextId}`;
    this.nextId += 1;
    this.remember(id, telling);
    try {
      await this.withinLimit(this.options.presenter.show(popupRequest(id, telling)));
      return null;
    } catch (error) {
      this.popups.delete(id);
      return messageOf(error);
    }
  }

  /** The presenter promises an answer within 3 s; were it ever to break that, alarms must still go on. */
  private withinLimit(shown: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.options.clock.after(SHOW_LIMIT_MS, () =>
        reject(new Error('The notification service did not answer.')),
      );
      shown.then(resolve, reject).finally(cancel);
    });
  }

  private remember(id: string, telling: Telling): void {
    this.popups.set(id, telling);
    const [oldest] = this.popups.keys();
    if (this.popups.size > MAX_POPUPS && oldest !== undefined) this.popups.delete(oldest);
    const [incidentId] = telling.incidentIds;
    if (telling.incidentIds.length !== 1 || incidentId === undefined) return;
    this.dismiss(incidentId);
    this.byIncident.set(incidentId, id);
  }

  private latency(telling: Telling, receivedAt: ReadonlyMap<string, number>): number | null {
    const times = telling.transitionIds.flatMap((id) => receivedAt.get(id) ?? []);
    return times.length === 0 ? null : Math.max(0, this.options.clock.now() - Math.min(...times));
  }

  private playLoudest(tellings: Telling[]): void {
    const { notify } = this.options.settings();
    const loud = tellings.find(
      (one) => one.delivery !== 'in-app' && notify[one.severity].sound && !this.wasHeard(one),
    );
    for (const id of tellings.flatMap((one) => one.transitionIds)) this.sounded.delete(id);
    if (loud !== undefined) this.options.sound(loud.severity);
  }

  private wasHeard({ transitionIds }: Telling): boolean {
    return transitionIds.length > 0 && transitionIds.every((id) => this.sounded.has(id));
  }

  private handleAction(
    popupId: string,
    action: 'open' | 'acknowledge' | 'snooze' | 'dismissed',
  ): void {
    // Not of an alarm: whoever showed it hears of it, too.
    if (popupId.startsWith(RUNBOOK_POPUP)) return;
    const telling = this.popups.get(popupId);
    if (action === 'dismissed') {
      this.popups.delete(popupId);
      return;
    }
    if (action === 'open' || telling === undefined) {
      const alarmKey = telling?.alarmKey ?? null;
      this.options.navigate({ view: alarmKey === null ? 'inbox' : 'alarms', alarmKey });
      return;
    }
    this.actionListener(action, telling.incidentIds);
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function popupRequest(id: string, telling: Telling): PopupRequest {
  return {
    id,
    title: telling.title,
    body: telling.body,
    urgency: urgencyOf(telling.severity),
    buttons: telling.actionable
      ? [
          { id: 'acknowledge', label: 'Acknowledge' },
          { id: 'snooze', label: 'Snooze 15 min' },
        ]
      : [],
  };
}

function urgencyOf(severity: Severity): PopupRequest['urgency'] {
  if (severity === 'critical') return 'critical';
  return severity === 'info' ? 'low' : 'normal';
}

const notifiedEvent = (
  telling: Telling,
  delivery: Notified['delivery'],
  note: string | null,
  latencyMs: number | null,
): Notified => ({
  type: 'notified',
  transitionIds: telling.transitionIds,
  incidentIds: telling.incidentIds,
  delivery,
  note,
  title: telling.title,
  body: telling.body,
  severity: telling.severity,
  count: telling.count,
  latencyMs,
});
