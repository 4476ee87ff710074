/** Puts dashboards into accounts: refused, journalled, sent, journalled. */
import type { Clock } from '../../shared/clock';
import type { Connection } from '../../shared/connections/connection';
import type { PutDashboard } from '../../shared/dashboards/listing';
import { FailureError } from '../../shared/failure';
import type { JournalEvent } from '../../shared/incidents/journal-events';
import type { DashboardVerdict, RegionApi, RegionChanges } from '../aws/aws-api';
import type { Journal } from '../seams';
import { wait } from '../aws/wait';
import type { Place } from './account-bodies';
import { refusal, sha256 } from './entry-ids';

type PutEvent = Extract<JournalEvent, { type: 'dashboard-put' }>;

export interface DashboardChangesParts {
  connection: (id: string) => Connection | null;
  apiOf: (connectionId: string, region: string) => Pick<RegionApi, 'changes'>;
  /** The body that stands in the account now; null for none. */
  current: (place: Place, signal: AbortSignal) => Promise<string | null>;
  /** After a change was made. */
  changed: (place: Place, body: string) => Promise<void>;
  journal: () => Promise<Journal>;
  operator: () => string;
  clock: Clock;
  report: (problem: string) => void;
}

/** Commands that are remembered, so that a second press or a retry changes nothing twice. */
const MAX_REMEMBERED = 500;
/** A journal that is still being opened is waited for this long (ms). */
const JOURNAL_WAIT_MS = 5_000;
const OPERATION = 'PutDashboard';

export class DashboardChanges {
  private readonly commands = new Map<string, Promise<string[]>>();
  private readonly stopped = new AbortController();

  constructor(private readonly parts: DashboardChangesParts) {}

  /**
   * Resolves to CloudWatch's remarks on a body that it took. Rejects with FailureError: `read-only`, `invalid`
   * (the body, or another one stands there than was agreed to), or what AWS or the journal met.
   */
  put(change: PutDashboard): Promise<string[]> {
    const known = this.commands.get(change.commandId);
    if (known !== undefined) return known;
    const running = this.run(change);
    this.commands.set(change.commandId, running);
    const [oldest] = this.commands.keys();
    if (this.commands.size > MAX_REMEMBERED && oldest !== undefined) this.commands.delete(oldest);
    return running;
  }

  stop(): void {
    this.stopped.abort();
  }

  private async run(change: PutDashboard): Promise<string[]> {
    const changes = this.writableApi(change);
    checkBody(change);
    await this.checkReplaces(change);
    const journal = await this.openJournal(change.connectionId);
    await this.note(journal, change, 'started', null);
    const verdict = await this.send(changes, journal, change);
    const remarks = verdict.messages.map(remark);
    if (!verdict.accepted) {
      await this.noteAfter(journal, change, 'refused', remarks.join(' · '));
      throw refusal(
        'invalid',
        OPERATION,
        `CloudWatch did not take this dashboard: ${remarks.slice(0, 5).join(' · ')}`,
        'Correct what it names; nothing was changed in the account.',
        change.connectionId,
      );
    }
    await this.noteAfter(journal, change, 'done', remarks.join(' · '));
    await this.parts.changed(change, change.body);
    return remarks;
  }

  /** A read-only connection is refused before anything is read, checked or written. */
  private writableApi({ connectionId, region }: PutDashboard): RegionChanges {
    const connection = this.parts.connection(connectionId);
    if (connection !== null && connection.readOnly) throw readOnly(connection);
    const { changes } = this.parts.apiOf(connectionId, region);
    if (changes !== null) return changes;
    throw refusal(
      'read-only',
      OPERATION,
      'This connection is read-only, so nothing was changed.',
      'Allow changes for this connection in the settings first.',
      connectionId,
    );
  }

  private async checkReplaces(change: PutDashboard): Promise<void> {
    const current = await this.parts.current(change, this.stopped.signal);
    const standing = current === null ? null : sha256(current);
    if (standing === change.replacesSha256) return;
    const what =
      standing === null
        ? `The dashboard ${change.name} was deleted since you looked`
        : change.replacesSha256 === null
          ? `There is a dashboard named ${change.name} by now`
          : `Somebody has changed ${change.name} since you looked`;
    throw refusal(
      'invalid',
      OPERATION,
      `${what}, so nothing was saved.`,
      'Look at the differences again, then save.',
      change.connectionId,
    );
  }

  private async openJournal(connectionId: string): Promise<Journal> {
    const timer = new AbortController();
    const late = wait(this.parts.clock, JOURNAL_WAIT_MS, timer.signal).then(
      () => null,
      () => null,
    );
    const journal = await Promise.race([this.parts.journal(), late]).finally(() => timer.abort());
    if (journal === null) throw unjournalled(connectionId, 'it is still being opened');
    if (journal.problem !== null) throw unjournalled(connectionId, journal.problem);
    return journal;
  }

  private async send(
    changes: RegionChanges,
    journal: Journal,
    change: PutDashboard,
  ): Promise<DashboardVerdict> {
    try {
      return await changes.putDashboard(change.name, change.body, this.stopped.signal);
    } catch (error) {
      const why = error instanceof FailureError ? error.failure.message : String(error);
      await this.noteAfter(journal, change, 'failed', why);
      throw error;
    }
  }

  /** @throws FailureError when it is not on disk: then the change is not made. */
  private async note(
    journal: Journal,
    change: PutDashboard,
    phase: PutEvent['phase'],
    note: string | null,
  ): Promise<void> {
    try {
      await journal.append([this.event(change, phase, note)]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw unjournalled(change.connectionId, why);
    }
  }

  /** The change has been made or refused by now, which an entry that cannot be written does not undo. */
  private async noteAfter(
    journal: Journal,
    change: PutDashboard,
    phase: PutEvent['phase'],
    note: string,
  ): Promise<void> {
    try {
      await journal.append([this.event(change, phase, note === '' ? null : note.slice(0, 2_000))]);
    } catch (error) {
      this.parts.report(`The outcome of a dashboard change was not journalled: ${String(error)}`);
    }
  }

  private event(change: PutDashboard, phase: PutEvent['phase'], note: string | null): PutEvent {
    const { commandId, connectionId, region, name, replacesSha256 } = change;
    return {
      type: 'dashboard-put',
      phase,
      commandId,
      connectionId,
      region,
      name,
      by: this.parts.operator(),
      sha256: sha256(change.body),
      replacesSha256,
      note,
    };
  }
}

/** Only what no account takes: CloudWatch's own check knows more. */
function checkBody({ body, connectionId }: PutDashboard): void {
  const why = bodyFault(body);
  if (why === null) return;
  throw refusal(
    'invalid',
    OPERATION,
    `This is not the body of a CloudWatch dashboard: ${why}.`,
    'Correct it; nothing was sent.',
    connectionId,
  );
}

function bodyFault(body: string): string | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return 'it is no JSON object';
  }
  const widgets: unknown = Reflect.get(parsed, 'widgets');
  if (!Array.isArray(widgets)) return 'it has no list of widgets';
  if (widgets.length > 500) return 'a dashboard has at most 500 widgets';
  const odd = widgets.findIndex((widget) => typeof widget !== 'object' || widget === null);
  return odd < 0 ? null : `widget ${odd + 1} is no object`;
}

const remark = ({ DataPath, Message }: { DataPath?: string; Message?: string }): string =>
  [DataPath ?? '', Message ?? ''].filter((part) => part !== '').join(': ');

const readOnly = ({ id, label }: Connection): FailureError =>
  refusal(
    'read-only',
    OPERATION,
    `${label} is read-only, so nothing was changed.`,
    'Allow changes for this connection in the settings first.',
    id,
  );

const unjournalled = (connectionId: string, why: string): FailureError =>
  refusal(
    'unknown',
    OPERATION,
    `Nothing was changed, because the journal cannot record it: ${why.replace(/[.\s]+$/, '')}.`,
    'A change is made only when its record is on disk; see the banner about the journal.',
    connectionId,
  );
