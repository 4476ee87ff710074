import type { AlarmTransition } from '../../shared/alarms/alarm';
import type { Deployment } from '../../shared/alarms/deployment';
import type { Clock } from '../../shared/clock';
import type { Failure } from '../../shared/failure';
import type { InboxItem, Incident } from '../../shared/incidents/incident';
import {
  countFlaps,
  createIncidentBook,
  incidentsOfAlarm,
  latestIncident,
  openIncident,
} from '../../shared/incidents/incident-book';
import type { IncidentBook } from '../../shared/incidents/incident-book';
import type { JournalEvent } from '../../shared/incidents/journal-events';
import { reduceIncidents } from '../../shared/incidents/reduce-incidents';
import type { BookEntry } from '../../shared/incidents/reduce-incidents';
import { isNewTransition } from '../../shared/incidents/transitions';
import type { CommandDone } from '../../shared/ipc';
import type { Result } from '../../shared/result';
import type { Settings } from '../../shared/settings/settings';
import type { Notifier } from '../notify/notifier';
import type { AlarmUpdate, Journal } from '../seams';
import { Checkpoints } from './checkpoints';
import { IncidentCommands } from './incident-commands';
import { JournalWriter } from './journal-writer';
import { Listeners } from './listeners';
import { Teller } from './teller';

type Notified = Extract<JournalEvent, { type: 'notified' }>;

/** One transition, told: what the terminal prints a line about. */
export interface Told {
  transition: AlarmTransition;
  delivery: Notified['delivery'];
  note: string | null;
  latencyMs: number | null;
}

export interface IncidentServiceOptions {
  journal: Journal;
  notifier: Notifier;
  clock: Clock;
  settings: () => Settings;
  /** A fresh, unguessable id. */
  newId: () => string;
}

/** Lines in a timeline that change nothing of the alarm. */
const silent: ReadonlySet<JournalEvent['type']> = new Set([
  'notified',
  'runbook-started',
  'runbook-ended',
]);

const FLAP_WINDOW_MS = 20 * 60_000;

/**
 * Incidents as the journal tells them. Every transition is journalled, then told, then marked told; after a
 * crash the unmarked ones are told again. Nothing here knows AWS or Electron.
 */
export class IncidentService {
  private readonly book: IncidentBook = createIncidentBook();
  private readonly writer: JournalWriter;
  private readonly teller: Teller;
  private readonly commands: IncidentCommands;
  private readonly checkpoints: Checkpoints;
  private readonly alarmListeners = new Listeners<string[]>();
  private readonly inboxListeners = new Listeners<InboxItem[]>();
  private readonly firedListeners = new Listeners<AlarmTransition[]>();
  private readonly toldListeners = new Listeners<Told>();

  constructor(private readonly options: IncidentServiceOptions) {
    const { journal, clock, notifier, settings, newId } = options;
    this.writer = new JournalWriter(journal, clock);
    this.teller = new Teller({
      book: this.book,
      notifier,
      clock,
      settings,
      record: (events) => this.record(events),
    });
    this.commands = new IncidentCommands({
      book: this.book,
      clock,
      settings,
      newId,
      write: (event) => this.command(event),
    });
    this.checkpoints = new Checkpoints(this.book, (events) => this.record(events));
    notifier.onCommand((action, incidentIds) => this.fromPopup(action, incidentIds));
  }

  /** Replays the journal, then tells what was not told before the last stop. */
  async start(): Promise<void> {
    for await (const entry of this.options.journal.read()) reduceIncidents(this.book, entry);
    this.teller.start();
  }

  /** For `AlarmService.onUpdate`. Resolves once the transitions are journalled; they are told at once after. */
  async handle(update: AlarmUpdate): Promise<void> {
    const seen = new Set<string>();
    const fresh = update.transitions.filter((transition) => {
      if (seen.has(transition.id) || !isNewTransition(this.book, transition)) return false;
      seen.add(transition.id);
      return true;
    });
    if (fresh.length === 0) return;
    this.teller.expect(fresh, update.receivedAt);
    await this.record(fresh.map((transition) => ({ type: 'transition', transition })));
    const fired = fresh.filter(({ to }) => to === 'ALARM');
    if (fired.length > 0) this.firedListeners.tell(fired);
  }

  acknowledge(command: {
    alarmKeys: string[];
    note: string | null;
    expiresInMs: number | null;
  }): Promise<Result<CommandDone, Failure>> {
    return this.commands.acknowledge(command);
  }

  snooze(command: { alarmKeys: string[]; until: number }): Promise<Result<CommandDone, Failure>> {
    return this.commands.snooze(command);
  }

  note(command: { alarmKey: string; text: string }): Promise<Result<null, Failure>> {
    return this.commands.note(command);
  }

  undo(undoToken: string): Promise<Result<{ changed: number }, Failure>> {
    return this.commands.undo(undoToken);
  }

  async markRead(ids: string[]): Promise<void> {
    const unread = ids.filter((id) => this.book.inbox.get(id)?.read === false);
    if (unread.length > 0) await this.record([{ type: 'inbox-read', ids: unread }]);
  }

  /** The alarm's open incident, or null. */
  open(alarmKey: string): Incident | null {
    return openIncident(this.book, alarmKey);
  }

  /** The alarm's newest incident, open or resolved. */
  latest(alarmKey: string): Incident | null {
    return latestIncident(this.book, alarmKey);
  }

  /** All incidents kept of an alarm, newest first. */
  forAlarm(alarmKey: string): Incident[] {
    return incidentsOfAlarm(this.book, alarmKey);
  }

  /** Every transition the journal still holds, oldest first: what has been seen before this start. */
  knownTransitions(): AlarmTransition[] {
    return [...this.book.transitions.values()];
  }

  openIncidents(): Incident[] {
    return [...this.book.openByAlarm.values()].flatMap((id) => this.book.incidents.get(id) ?? []);
  }

  /** Transitions into ALARM in the last 20 minutes. */
  flaps(alarmKey: string): number {
    return countFlaps(this.book, alarmKey, this.options.clock.now() - FLAP_WINDOW_MS);
  }

  /** Told once however often it is delivered. Rejects when it could not be journalled. */
  async keepDeployment(deployment: Deployment): Promise<void> {
    if (this.book.deployments.has(deployment.id)) return;
    await this.record([{ type: 'deployment', deployment }]);
  }

  /** Deployments the journal still holds, in the order they were told. */
  deployments(): Deployment[] {
    return [...this.book.deployments.values()];
  }

  /** Every incident kept, open or resolved. */
  all(): Incident[] {
    return [...this.book.incidents.values()];
  }

  /** Newest first. */
  inbox(): InboxItem[] {
    return [...this.book.inbox.values()].reverse();
  }

  /** How far alarm history has been read (ms), or null. */
  checkpoint(connectionId: string, region: string): number | null {
    return this.checkpoints.get(connectionId, region);
  }

  setCheckpoint(connectionId: string, region: string, at: number): Promise<void> {
    return this.checkpoints.set(connectionId, region, at);
  }

  /** Keys of alarms whose incident, acknowledgement or flap count changed. */
  onChanged(listener: (alarmKeys: string[]) => void): () => void {
    return this.alarmListeners.add(listener);
  }

  onInbox(listener: (inbox: InboxItem[]) => void): () => void {
    return this.inboxListeners.add(listener);
  }

  /** Changes into ALARM that are news, once they are journalled: never what was known before this start. */
  onFired(listener: (transitions: AlarmTransition[]) => void): () => void {
    return this.firedListeners.add(listener);
  }

  /** A line of the console's own in the alarm's incident. Never rejects. */
  remark(alarmKey: string, text: string): Promise<void> {
    return this.record([{ type: 'noted', alarmKey, by: 'Nightdesk', text }]);
  }

  /** What another part of the console has put on record already: told in the incidents it is of. */
  took(entries: BookEntry[]): void {
    this.apply(entries);
  }

  onTold(listener: (told: Told) => void): () => void {
    return this.toldListeners.add(listener);
  }

  /** After the computer woke or the settings changed: looks at once at what fell due. */
  wake(): void {
    this.teller.poke();
  }

  /** Resolves once what waits to be told has been told and no more is. */
  settled(): Promise<void> {
    return this.teller.settled();
  }

  async stop(): Promise<void> {
    await this.teller.stop();
    await this.checkpoints.flush();
    this.options.notifier.stop();
  }

  private async record(events: JournalEvent[]): Promise<void> {
    if (events.length > 0) this.apply(await this.writer.best(events));
  }

  private async command(event: JournalEvent): Promise<number> {
    return this.apply(await this.writer.must(event));
  }

  /** Puts entries into the book and tells everybody; how many incidents a command changed. */
  private apply(entries: BookEntry[]): number {
    const alarmKeys = new Set<string>();
    /** Alarms that changed by more than being told about. */
    const moved = new Set<string>();
    const recovered: string[] = [];
    let inbox = false;
    let changed = 0;
    for (const entry of entries) {
      const changes = reduceIncidents(this.book, entry);
      for (const key of changes.alarmKeys) {
        alarmKeys.add(key);
        if (!silent.has(entry.event.type)) moved.add(key);
      }
      recovered.push(...changes.recovered);
      inbox ||= changes.inbox;
      changed += changes.changed;
      if (entry.event.type === 'notified') this.reportTold(entry.event);
    }
    this.teller.changed([...moved], recovered);
    if (alarmKeys.size > 0) this.alarmListeners.tell([...alarmKeys]);
    if (inbox) this.inboxListeners.tell(this.inbox());
    return changed;
  }

  private reportTold(event: Notified): void {
    const { delivery, note, latencyMs } = event;
    for (const id of event.transitionIds) {
      const transition = this.book.transitions.get(id);
      if (transition !== undefined) {
        this.toldListeners.tell({ transition, delivery, note, latencyMs });
      }
    }
  }

  private fromPopup(action: 'acknowledge' | 'snooze', incidentIds: string[]): void {
    const alarmKeys = incidentIds.flatMap((id) => this.book.incidents.get(id)?.alarmKey ?? []);
    if (alarmKeys.length > 0) void this.commands.fromPopup(action, alarmKeys);
  }
}
