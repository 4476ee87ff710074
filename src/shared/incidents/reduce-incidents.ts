import { assertNever } from '../assert-never';
import { acknowledge, acknowledgementExpired, note, snooze, snoozeEnded, undo } from './commands';
import { noChanges, pruneBook, withTime } from './incident-book';
import type { BookChanges, IncidentBook } from './incident-book';
import { listTelling, markRead } from './inbox';
import type { JournalEntry, JournalEvent } from './journal-events';
import { runEnded, runPerson, runStarted, runStep } from './run-lines';
import { withLine } from './timeline';
import { applyTransition } from './transitions';

/** What the reducer needs of a journal entry. */
export type BookEntry = Pick<JournalEntry, 'seq' | 'at' | 'event'>;

/**
 * Applies one journal entry to the book and says what changed. Deterministic: the same entries in the same
 * order give the same book, whatever the clock says; an entry seen twice changes nothing the second time.
 */
export function reduceIncidents(book: IncidentBook, entry: BookEntry): BookChanges {
  const changes = noChanges();
  applyEvent(book, entry, changes);
  pruneBook(book);
  return changes;
}

function applyEvent(book: IncidentBook, entry: BookEntry, changes: BookChanges): void {
  const { event } = entry;
  switch (event.type) {
    case 'transition':
      return applyTransition(book, event.transition, changes);
    case 'notified':
      return applyTelling(book, entry, event, changes);
    case 'acknowledged':
      return acknowledge(book, entry, event, changes);
    case 'acknowledgement-expired':
      return acknowledgementExpired(book, entry, event.incidentId, changes);
    case 'snoozed':
      return snooze(book, entry, event, changes);
    case 'snooze-ended':
      return snoozeEnded(book, entry, event.incidentId, changes);
    case 'noted':
      return note(book, entry, event, changes);
    case 'undone':
      return undo(book, entry, event, changes);
    case 'inbox-read':
      changes.inbox = markRead(book, event.ids) || changes.inbox;
      return;
    case 'deployment':
      book.deployments.set(event.deployment.id, event.deployment);
      return;
    case 'dashboard-put':
    case 'account-change':
      // A record of what was changed; no incident follows from it.
      return;
    case 'runbook-started':
      return runStarted(book, entry, event, changes);
    case 'runbook-step':
      return runStep(book, event);
    case 'runbook-person':
      return runPerson(book, event);
    case 'runbook-ended':
      return runEnded(book, entry, event, changes);
    case 'history-checkpoint':
      book.checkpoints.set(checkpointKey(event.connectionId, event.region), event.at);
      return;
    default:
      assertNever(event);
  }
}

export const checkpointKey = (connectionId: string, region: string): string =>
  `${connectionId}|${region}`;

function applyTelling(
  book: IncidentBook,
  entry: BookEntry,
  event: Extract<JournalEvent, { type: 'notified' }>,
  changes: BookChanges,
): void {
  for (const id of event.transitionIds) book.untold.delete(id);
  listTelling(book, event, entry.at, changes);
  const shown = event.delivery === 'popup' || event.delivery === 'grouped';
  if (shown) book.popupTimes = withTime(book.popupTimes, entry.at);
  for (const incidentId of new Set(event.incidentIds)) {
    const incident = book.incidents.get(incidentId);
    const facts = book.facts.get(incidentId);
    if (incident === undefined || facts === undefined) continue;
    facts.retell = false;
    if (shown) facts.popupTimes = withTime(facts.popupTimes, entry.at);
    book.incidents.set(incidentId, {
      ...incident,
      notifiedAt: entry.at,
      notifiedCount: incident.notifiedCount + 1,
      timeline: withLine(incident.timeline, {
        id: `e${entry.seq}`,
        at: entry.at,
        kind: event.delivery === 'failed' ? 'notify-failed' : 'notified',
        text: tellingText(event),
        by: null,
        state: null,
        source: null,
      }),
    });
    changes.alarmKeys.add(incident.alarmKey);
  }
}

function tellingText(event: Extract<JournalEvent, { type: 'notified' }>): string {
  const note = event.note === null ? '' : `: ${event.note}`;
  const again = event.count > 1 ? ` (time ${event.count})` : '';
  switch (event.delivery) {
    case 'popup':
      return `Told by notification${again}${note}`;
    case 'grouped':
      return `Told in a group notification${again}${note}`;
    case 'in-app':
      return `Listed in the inbox${again}${note}`;
    case 'failed':
      return `Notification failed${again}${note}`;
    default:
      return assertNever(event.delivery);
  }
}
