import type { Incident, TimelineEntry, TimelineKind } from './incident';
import { latestIncident, openIncident } from './incident-book';
import type { BookChanges, CommandRecord, IncidentBook } from './incident-book';
import type { JournalEvent } from './journal-events';
import type { BookEntry } from './reduce-incidents';
import { withLine } from './timeline';
import { stateOf, store } from './transitions';

type EventOf<T extends JournalEvent['type']> = Extract<JournalEvent, { type: T }>;
type PersonState = Pick<Incident, 'acknowledgement' | 'snooze'>;

export function acknowledge(
  book: IncidentBook,
  entry: BookEntry,
  event: EventOf<'acknowledged'>,
  changes: BookChanges,
): void {
  const { by, expiresAt, note: text } = event;
  command(book, entry, event, changes, {
    next: { acknowledgement: { by, at: entry.at, expiresAt }, snooze: null },
    kind: 'acknowledged',
    text: text === null ? 'Acknowledged' : `Acknowledged: ${text}`,
  });
}

export function snooze(
  book: IncidentBook,
  entry: BookEntry,
  event: EventOf<'snoozed'>,
  changes: BookChanges,
): void {
  const { by, until } = event;
  command(book, entry, event, changes, {
    next: { acknowledgement: null, snooze: { by, at: entry.at, until } },
    kind: 'snoozed',
    text: `Snoozed until ${new Date(until).toISOString()}`,
  });
}

/** Applies a person's command to the open incidents of its alarms, once. */
function command(
  book: IncidentBook,
  entry: BookEntry,
  event: EventOf<'acknowledged'> | EventOf<'snoozed'>,
  changes: BookChanges,
  what: { next: PersonState; kind: TimelineKind; text: string },
): void {
  if (book.commands.has(event.commandId)) return;
  const before: CommandRecord['before'] = [];
  for (const alarmKey of new Set(event.alarmKeys)) {
    const incident = openIncident(book, alarmKey);
    if (incident === null) continue;
    const { id: incidentId, acknowledgement, snooze: snoozed } = incident;
    before.push({ incidentId, acknowledgement, snooze: snoozed });
    changePerson(book, incident, what.next, event.commandId, changes);
    addLine(book, incidentId, entry, { kind: what.kind, text: what.text, by: event.by });
  }
  book.commands.set(event.commandId, { before });
  changes.changed += before.length;
}

/** Takes a command back where nothing newer has replaced it. */
export function undo(
  book: IncidentBook,
  entry: BookEntry,
  event: EventOf<'undone'>,
  changes: BookChanges,
): void {
  const record = book.commands.get(event.commandId);
  if (record === undefined) return;
  for (const { incidentId, acknowledgement, snooze: snoozed } of record.before) {
    const incident = book.incidents.get(incidentId);
    if (incident === undefined || book.facts.get(incidentId)?.commandId !== event.commandId)
      continue;
    const previous: PersonState = {
      acknowledgement:
        acknowledgement !== null && (acknowledgement.expiresAt ?? Infinity) > entry.at
          ? acknowledgement
          : null,
      snooze: snoozed !== null && snoozed.until > entry.at ? snoozed : null,
    };
    changePerson(book, incident, previous, null, changes);
    addLine(book, incidentId, entry, { kind: 'undone', text: 'Taken back', by: event.by });
    changes.changed += 1;
  }
  // An empty record stays, so that the same command is neither applied nor taken back a second time.
  book.commands.set(event.commandId, { before: [] });
}

export function acknowledgementExpired(
  book: IncidentBook,
  entry: BookEntry,
  incidentId: string,
  changes: BookChanges,
): void {
  const incident = book.incidents.get(incidentId);
  if (incident === undefined || incident.acknowledgement === null) return;
  lapse(book, incident, { acknowledgement: null, snooze: incident.snooze }, changes);
  const text = `The acknowledgement of ${incident.acknowledgement.by} has expired`;
  addLine(book, incidentId, entry, { kind: 'acknowledgement-expired', text, by: null });
}

export function snoozeEnded(
  book: IncidentBook,
  entry: BookEntry,
  incidentId: string,
  changes: BookChanges,
): void {
  const incident = book.incidents.get(incidentId);
  if (incident === undefined || incident.snooze === null) return;
  lapse(book, incident, { acknowledgement: incident.acknowledgement, snooze: null }, changes);
  addLine(book, incidentId, entry, {
    kind: 'snooze-ended',
    text: 'The snooze has ended',
    by: null,
  });
}

function lapse(
  book: IncidentBook,
  incident: Incident,
  next: PersonState,
  changes: BookChanges,
): void {
  changePerson(book, incident, next, null, changes);
  const facts = book.facts.get(incident.id);
  if (facts !== undefined) facts.retell = incident.resolvedAt === null;
}

export function note(
  book: IncidentBook,
  entry: BookEntry,
  event: EventOf<'noted'>,
  changes: BookChanges,
): void {
  const incident = latestIncident(book, event.alarmKey);
  if (incident === null) return;
  addLine(book, incident.id, entry, { kind: 'noted', text: event.text, by: event.by });
  changes.alarmKeys.add(event.alarmKey);
}

function changePerson(
  book: IncidentBook,
  incident: Incident,
  next: PersonState,
  commandId: string | null,
  changes: BookChanges,
): void {
  const changed = { ...incident, ...next };
  store(book, { ...changed, state: stateOf(changed) });
  const facts = book.facts.get(incident.id);
  if (facts !== undefined) {
    facts.commandId = commandId;
    facts.retell = false;
  }
  changes.alarmKeys.add(incident.alarmKey);
}

function addLine(
  book: IncidentBook,
  incidentId: string,
  entry: BookEntry,
  line: Pick<TimelineEntry, 'kind' | 'text' | 'by'>,
): void {
  const incident = book.incidents.get(incidentId);
  if (incident === undefined) return;
  book.incidents.set(incidentId, {
    ...incident,
    timeline: withLine(incident.timeline, {
      ...line,
      id: `e${entry.seq}`,
      at: entry.at,
      state: null,
      source: null,
    }),
  });
}
