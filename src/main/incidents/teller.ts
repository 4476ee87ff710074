import type { AlarmTransition } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import { latestIncident } from '../../shared/incidents/incident-book';
import type { IncidentBook } from '../../shared/incidents/incident-book';
import type { JournalEvent } from '../../shared/incidents/journal-events';
import type { Settings } from '../../shared/settings/settings';
import type { Notifier } from '../notify/notifier';
import { planRecoveries, planRepeats, repeatDueAt } from '../notify/policy/plan-repeats';
import { planTellings } from '../notify/policy/plan-tellings';
import type { Telling } from '../notify/policy/telling';

interface TellerOptions {
  book: IncidentBook;
  notifier: Notifier;
  clock: Clock;
  settings: () => Settings;
  record: (events: JournalEvent[]) => Promise<void>;
}

/** Longest wait between looks while anything is open: a jump of the clock or a changed mute is noticed. */
const LOOK_AGAIN_MS = 30_000;
const OVERDUE_LOOK_MS = 5_000;
const MAX_EXPECTED = 20_000;

/**
 * Sees to it that everything untold is told, and told again when due. One loop, one telling at a time; it works
 * from the book alone, so a start after a crash, a live change and a repeat take the same way.
 */
export class Teller {
  private running: Promise<void> | null = null;
  private again = false;
  private started = false;
  private stopped = false;
  private cancelTimer: () => void = () => undefined;
  /** Transition id → when AWS's answer with it arrived. */
  private readonly receivedAt = new Map<string, number>();
  private recovered: string[] = [];

  constructor(private readonly options: TellerOptions) {}

  start(): void {
    this.started = true;
    this.poke();
  }

  /** News on its way into the journal: starts the clock of its latency. */
  expect(transitions: AlarmTransition[], receivedAt: number): void {
    if (this.receivedAt.size > MAX_EXPECTED) this.receivedAt.clear();
    for (const { id } of transitions) this.receivedAt.set(id, receivedAt);
  }

  /** These alarms' incidents have changed: popups of those that somebody has, or that are over, go. */
  changed(alarmKeys: string[], recovered: string[]): void {
    if (recovered.length > 0 && this.options.settings().notifyOnOk)
      this.recovered.push(...recovered);
    for (const key of alarmKeys) {
      const incident = latestIncident(this.options.book, key);
      if (incident !== null && incident.state !== 'triggered') {
        this.options.notifier.dismiss(incident.id);
      }
    }
    this.poke();
  }

  /** Looks now. */
  poke(): void {
    if (!this.started || this.stopped) return;
    this.again = true;
    this.running ??= this.run();
  }

  async settled(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelTimer();
    await this.settled();
  }

  private async run(): Promise<void> {
    try {
      while (this.again && !this.stopped) {
        this.again = false;
        await this.round();
      }
    } finally {
      this.running = null;
    }
  }

  private async round(): Promise<void> {
    const { book, clock, settings } = this.options;
    await this.endWhatLapsed(clock.now());
    const plan = planTellings(book, settings(), clock.now());
    this.options.notifier.soundHeld(plan.heldCritical);
    await this.tell(plan.tellings);
    await this.tell(planRepeats(book, settings(), clock.now()));
    const recovered = this.recovered.splice(0);
    await this.tell(planRecoveries(book, recovered, settings(), clock.now()));
    this.arm(plan.retryAt);
  }

  private async tell(tellings: Telling[]): Promise<void> {
    if (tellings.length === 0) return;
    await this.options.notifier.tell(tellings, this.receivedAt, async (event) => {
      await this.options.record([event]);
      for (const id of event.transitionIds) this.receivedAt.delete(id);
    });
  }

  /** Records the snoozes and acknowledgements whose time has run out. */
  private async endWhatLapsed(now: number): Promise<void> {
    const { book, record } = this.options;
    const events: JournalEvent[] = [];
    for (const incidentId of book.openByAlarm.values()) {
      const incident = book.incidents.get(incidentId);
      if (incident === undefined) continue;
      if ((incident.snooze?.until ?? Infinity) <= now)
        events.push({ type: 'snooze-ended', incidentId });
      if ((incident.acknowledgement?.expiresAt ?? Infinity) <= now) {
        events.push({ type: 'acknowledgement-expired', incidentId });
      }
    }
    await record(events);
  }

  private arm(retryAt: number | null): void {
    this.cancelTimer();
    if (this.stopped) return;
    const { clock } = this.options;
    const dueAt = Math.min(retryAt ?? Infinity, this.nextDueAt());
    if (dueAt === Infinity) return;
    const waitMs = dueAt - clock.now();
    // What is overdue and still not told (muted, no room in the window) needs no hurry.
    const delay = waitMs <= 0 ? OVERDUE_LOOK_MS : Math.min(LOOK_AGAIN_MS, waitMs);
    this.cancelTimer = clock.after(delay, () => this.poke());
  }

  private nextDueAt(): number {
    const { book, settings } = this.options;
    const current = settings();
    let next = Infinity;
    for (const id of book.openByAlarm.values()) {
      const incident = book.incidents.get(id);
      if (incident === undefined) continue;
      const { snooze, acknowledgement } = incident;
      next = Math.min(
        next,
        snooze?.until ?? Infinity,
        acknowledgement?.expiresAt ?? Infinity,
        repeatDueAt(incident, current) ?? Infinity,
      );
    }
    return next;
  }
}
