import type { Clock } from '../../shared/clock';
import type { Failure, FailureKind } from '../../shared/failure';
import type { IncidentBook } from '../../shared/incidents/incident-book';
import { latestIncident } from '../../shared/incidents/incident-book';
import type { JournalEvent } from '../../shared/incidents/journal-events';
import { snoozeUntil } from '../../shared/incidents/snooze';
import type { CommandDone } from '../../shared/ipc';
import { err, ok } from '../../shared/result';
import type { Result } from '../../shared/result';
import type { Settings } from '../../shared/settings/settings';

interface CommandOptions {
  book: IncidentBook;
  clock: Clock;
  settings: () => Settings;
  newId: () => string;
  /** Writes the event to disk and applies it; gives the number of incidents changed. */
  write: (event: JournalEvent) => Promise<number>;
}

/** Furthest a snooze may reach; longer silence is what mutes are for. */
const MAX_SNOOZE_MS = 31 * 86_400_000;

/** What people do to incidents. Each is confirmed only once it is on disk. */
export class IncidentCommands {
  constructor(private readonly options: CommandOptions) {}

  acknowledge(command: {
    alarmKeys: string[];
    note: string | null;
    expiresInMs: number | null;
  }): Promise<Result<CommandDone, Failure>> {
    const { clock, settings } = this.options;
    const { operator, acknowledgementExpiresMs } = settings();
    const lasts = command.expiresInMs ?? acknowledgementExpiresMs;
    return this.run('incidents.acknowledge', command.alarmKeys, (commandId, alarmKeys) => ({
      type: 'acknowledged',
      commandId,
      alarmKeys,
      by: operator,
      expiresAt: lasts === null ? null : clock.now() + lasts,
      note: command.note,
    }));
  }

  snooze(command: { alarmKeys: string[]; until: number }): Promise<Result<CommandDone, Failure>> {
    const { clock, settings } = this.options;
    const operation = 'incidents.snooze';
    const now = clock.now();
    if (command.until <= now) {
      return refused(
        'invalid',
        operation,
        'The snooze would end in the past.',
        'Choose a later time.',
      );
    }
    if (command.until > now + MAX_SNOOZE_MS) {
      const advice = 'Mute the alarm in the settings instead.';
      return refused('invalid', operation, 'A snooze can last at most 31 days.', advice);
    }
    return this.run(operation, command.alarmKeys, (commandId, alarmKeys) => ({
      type: 'snoozed',
      commandId,
      alarmKeys,
      by: settings().operator,
      until: command.until,
    }));
  }

  async note(command: { alarmKey: string; text: string }): Promise<Result<null, Failure>> {
    const operation = 'incidents.note';
    const { book, settings, write } = this.options;
    if (latestIncident(book, command.alarmKey) === null) {
      return refused(
        'not-found',
        operation,
        'This alarm has no incident to write a note to.',
        'Notes can be written once the alarm has fired.',
      );
    }
    const by = settings().operator;
    return this.attempt(operation, async () => {
      await write({ type: 'noted', alarmKey: command.alarmKey, by, text: command.text });
      return null;
    });
  }

  async undo(undoToken: string): Promise<Result<{ changed: number }, Failure>> {
    const operation = 'incidents.undo';
    const { book, settings, write } = this.options;
    if (!book.commands.has(undoToken)) {
      const message = 'What should be undone is no longer known.';
      return refused('not-found', operation, message, 'Change the incidents directly.');
    }
    return this.attempt(operation, async () => {
      const by = settings().operator;
      return { changed: await write({ type: 'undone', commandId: undoToken, by }) };
    });
  }

  /** A popup's button: nobody is there to read a failure, and the incident stays as it is. */
  async fromPopup(action: 'acknowledge' | 'snooze', alarmKeys: string[]): Promise<void> {
    await (action === 'acknowledge'
      ? this.acknowledge({ alarmKeys, note: null, expiresInMs: null })
      : this.snooze({
          alarmKeys,
          until: snoozeUntil({ kind: 'fifteen-minutes' }, this.options.clock.now()),
        }));
  }

  private async run(
    operation: string,
    alarmKeys: string[],
    event: (commandId: string, alarmKeys: string[]) => JournalEvent,
  ): Promise<Result<CommandDone, Failure>> {
    const open = [...new Set(alarmKeys)].filter((key) => this.options.book.openByAlarm.has(key));
    if (open.length === 0) {
      const message =
        alarmKeys.length === 1
          ? 'This alarm has no open incident.'
          : 'None of these alarms has an open incident.';
      return refused(
        'not-found',
        operation,
        message,
        'It may have recovered meanwhile; look again.',
      );
    }
    const commandId = this.options.newId();
    return this.attempt(operation, async () => ({
      changed: await this.options.write(event(commandId, open)),
      undoToken: commandId,
    }));
  }

  private async attempt<T>(operation: string, act: () => Promise<T>): Promise<Result<T, Failure>> {
    try {
      return ok(await act());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return refused(
        'unknown',
        operation,
        `It could not be written to the journal, so nothing was changed: ${reason}`,
        'Make space on the disk or repair the data folder, then try again.',
      );
    }
  }
}

function refused(
  kind: FailureKind,
  operation: string,
  message: string,
  advice: string,
): Promise<{ ok: false; failure: Failure }> {
  return Promise.resolve(err({ kind, connectionId: null, operation, message, advice }));
}
