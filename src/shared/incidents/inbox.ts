import type { AlarmTransition } from '../alarms/alarm';
import { plainText } from '../notify/plain-text';
import { severityLabel } from '../notify/severity-label';
import type { InboxItem, Incident } from './incident';
import type { BookChanges, IncidentBook } from './incident-book';
import type { JournalEvent } from './journal-events';

type Notified = Extract<JournalEvent, { type: 'notified' }>;

/** Lists a transition into ALARM at once; how it was told is filled in when that is known. */
export function listTransition(
  book: IncidentBook,
  incident: Incident,
  transition: AlarmTransition,
): void {
  book.inbox.set(transition.id, {
    id: transition.id,
    at: transition.seenAt,
    incidentId: incident.id,
    alarmKey: transition.alarmKey,
    severity: transition.severity,
    title: plainText(`${severityLabel(transition.severity)}: ${transition.alarmName}`, 160),
    body: plainText(transition.reason, 500),
    delivery: 'in-app',
    deliveryNote: 'being told',
    read: false,
  });
}

/** Writes how something was told into the inbox. */
export function listTelling(
  book: IncidentBook,
  event: Notified,
  at: number,
  changes: BookChanges,
): void {
  changes.inbox = true;
  for (const id of event.transitionIds) {
    const item = book.inbox.get(id) ?? itemForRecovery(book, id, event, at);
    if (item === null) continue;
    book.inbox.set(id, { ...item, delivery: event.delivery, deliveryNote: event.note });
  }
  if (event.transitionIds.length > 0) return;
  for (const incidentId of event.incidentIds) repeatItem(book, incidentId, event, at);
}

/** A repeat brings the incident's item back to the top instead of adding one every two minutes. */
function repeatItem(book: IncidentBook, incidentId: string, event: Notified, at: number): void {
  const inboxId = book.facts.get(incidentId)?.inboxId;
  const item = inboxId === undefined || inboxId === null ? undefined : book.inbox.get(inboxId);
  if (item === undefined) return;
  book.inbox.delete(item.id);
  const times = `told ${event.count} times`;
  book.inbox.set(item.id, {
    ...item,
    at,
    delivery: event.delivery,
    deliveryNote: event.note === null ? times : `${times}; ${event.note}`,
    read: false,
  });
}

function itemForRecovery(
  book: IncidentBook,
  transitionId: string,
  event: Notified,
  at: number,
): InboxItem | null {
  const transition = book.transitions.get(transitionId);
  if (transition === undefined || transition.to === 'ALARM') return null;
  return {
    id: transitionId,
    at,
    incidentId: event.incidentIds[0] ?? null,
    alarmKey: transition.alarmKey,
    severity: event.severity,
    title: plainText(`Recovered: ${transition.alarmName}`, 160),
    body: plainText(transition.reason, 500),
    delivery: event.delivery,
    deliveryNote: event.note,
    read: false,
  };
}

/** Marks items read; says whether any was unread. */
export function markRead(book: IncidentBook, ids: string[]): boolean {
  let changed = false;
  for (const id of ids) {
    const item = book.inbox.get(id);
    if (item === undefined || item.read) continue;
    book.inbox.set(id, { ...item, read: true });
    changed = true;
  }
  return changed;
}
