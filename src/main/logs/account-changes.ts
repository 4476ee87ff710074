/** Changes of an account: refused where it is read-only, on record before AWS is asked, made once a command. */
import type { Clock } from '../../shared/clock';
import type { Connection } from '../../shared/connections/connection';
import { FailureError } from '../../shared/failure';
import type { FailureKind } from '../../shared/failure';
import type { JournalEvent } from '../../shared/incidents/journal-events';
import type { RegionApi, RegionChanges } from '../aws/aws-api';
import { wait } from '../aws/wait';
import type { Journal } from '../seams';

type ChangeEvent = Extract<JournalEvent, { type: 'account-change' }>;

/** What is to be changed, as the journal keeps it. */
export type AccountChange = Pick<
  ChangeEvent,
  'commandId' | 'connectionId' | 'region' | 'operation' | 'subject' | 'before' | 'after'
>;

export interface AccountChangesParts {
  connection: (id: string) => Connection | null;
  apiOf: (connectionId: string, region: string) => Pick<RegionApi, 'changes'>;
  journal: () => Promise<Journal>;
  operator: () => string;
  clock: Clock;
  report: (problem: string) => void;
}

/** A journal that is still being opened is waited for this long (ms). */
const JOURNAL_WAIT_MS = 5_000;

export class AccountChanges {
  constructor(private readonly parts: AccountChangesParts) {}

  /** Rejects with FailureError `read-only` before anything is asked or written. */
  writable(change: Pick<AccountChange, 'connectionId' | 'region' | 'operation'>): RegionChanges {
    const { connectionId, region, operation } = change;
    const connection = this.parts.connection(connectionId);
    const locked = connection === null || connection.readOnly;
    const changes = locked ? null : this.parts.apiOf(connectionId, region).changes;
    if (changes !== null) return changes;
    const name = connection?.label ?? 'This connection';
    throw refusal(
      connection === null ? 'not-found' : 'read-only',
      operation,
      connection === null
        ? 'This connection is not there any more, so nothing was changed.'
        : `${name} is read-only, so nothing was changed.`,
      'Allow changes for this connection in the settings first.',
      connectionId,
    );
  }

  /**
   * Rejects with FailureError: `read-only`, what the journal met (then nothing was sent) or what AWS answered.
   */
  async make<T>(change: AccountChange, send: (changes: RegionChanges) => Promise<T>): Promise<T> {
    const changes = this.writable(change);
    const journal = await this.openJournal(change);
    await this.begin(journal, change);
    let done: T;
    try {
      done = await send(changes);
    } catch (error) {
      await this.end(journal, change, 'failed', messageOf(error));
      throw error;
    }
    await this.end(journal, change, 'done', null);
    return done;
  }

  private async openJournal(change: AccountChange): Promise<Journal> {
    const timer = new AbortController();
    const late = wait(this.parts.clock, JOURNAL_WAIT_MS, timer.signal).then(
      () => null,
      () => null,
    );
    const journal = await Promise.race([this.parts.journal(), late]).finally(() => timer.abort());
    if (journal === null) throw unjournalled(change, 'it is still being opened');
    if (journal.problem !== null) throw unjournalled(change, journal.problem);
    return journal;
  }

  private async begin(journal: Journal, change: AccountChange): Promise<void> {
    try {
      await journal.append([this.event(change, 'started', null)]);
    } catch (error) {
      throw unjournalled(change, messageOf(error));
    }
  }

  /** It has been made or refused by now, which an entry that cannot be written does not undo. */
  private async end(
    journal: Journal,
    change: AccountChange,
    phase: ChangeEvent['phase'],
    note: string | null,
  ): Promise<void> {
    try {
      await journal.append([this.event(change, phase, note?.slice(0, 2_000) ?? null)]);
    } catch (error) {
      this.parts.report(`The outcome of a change was not journalled: ${String(error)}`);
    }
  }

  private event(
    change: AccountChange,
    phase: ChangeEvent['phase'],
    note: string | null,
  ): ChangeEvent {
    return { type: 'account-change', phase, ...change, by: this.parts.operator(), note };
  }
}

const messageOf = (error: unknown): string =>
  error instanceof FailureError
    ? error.failure.message
    : error instanceof Error
      ? error.message
      : String(error);

const unjournalled = (change: AccountChange, why: string): FailureError =>
  refusal(
    'unknown',
    change.operation,
    `Nothing was changed, because the journal cannot record it: ${why.replace(/[.\s]+$/, '')}.`,
    'A change is made only when its record is on disk; see the banner about the journal.',
    change.connectionId,
  );

/** A refusal of the console's own. */
export const refusal = (
  kind: FailureKind,
  operation: string,
  message: string,
  advice: string,
  connectionId: string | null = null,
): FailureError => new FailureError({ kind, connectionId, operation, message, advice });
