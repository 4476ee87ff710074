import type { AlarmTransition } from '../alarms/alarm';
import type { Incident, IncidentState, TimelineEntry } from './incident';
import { latestIncident, REOPEN_WITHIN_MS, withTime } from './incident-book';
import type { BookChanges, IncidentBook, IncidentFacts } from './incident-book';
import { listTransition } from './inbox';
import { withLine } from './timeline';

/** A first sight this close to what is known already is the same change, dated a little differently. */
const SAME_SIGHT_MS = 2_000;

/**
 * Whether the book does not hold this change yet. After a restart an alarm still in ALARM is seen "for the
 * first time" again; that is no news.
 */
export function isNewTransition(book: IncidentBook, transition: AlarmTransition): boolean {
  if (book.transitions.has(transition.id)) return false;
  if (transition.observed || transition.to !== 'ALARM') return true;
  const incident = latestIncident(book, transition.alarmKey);
  const facts = incident === null ? undefined : book.facts.get(incident.id);
  if (facts === undefined || facts.lastState !== 'ALARM') return true;
  return transition.at > facts.lastAt + SAME_SIGHT_MS;
}

/** Opens, re-opens, continues or resolves the alarm's incident. */
export function applyTransition(
  book: IncidentBook,
  transition: AlarmTransition,
  changes: BookChanges,
): void {
  if (book.transitions.has(transition.id)) return;
  book.transitions.set(transition.id, transition);
  changes.alarmKeys.add(transition.alarmKey);
  const current = latestIncident(book, transition.alarmKey);
  const incident = episodeFor(book, current, transition);
  if (incident === null) return;
  const facts = book.facts.get(incident.id) ?? newFacts(transition);
  book.facts.set(incident.id, facts);
  const isNewest = transition.at >= facts.lastAt;
  const updated = isNewest ? advance(incident, transition) : incident;
  if (isNewest) {
    facts.lastAt = transition.at;
    facts.lastState = transition.to;
  }
  if (transition.to === 'ALARM') {
    facts.alarmTimes = withTime(facts.alarmTimes, transition.at);
    facts.inboxId = transition.id;
    book.untold.add(transition.id);
    listTransition(book, updated, transition);
    changes.inbox = true;
  }
  store(book, {
    ...updated,
    alarmCount: updated.alarmCount + (transition.to === 'ALARM' ? 1 : 0),
    timeline: withLine(updated.timeline, lineOf(transition)),
  });
  if (isNewest && transition.to === 'OK') changes.recovered.push(transition.id);
}

/** The episode a change belongs to; null when a recovery ends nothing the console knows of. */
function episodeFor(
  book: IncidentBook,
  current: Incident | null,
  transition: AlarmTransition,
): Incident | null {
  if (current !== null && belongsTo(current, transition)) return current;
  return transition.to === 'ALARM' ? openNew(book, transition) : null;
}

function belongsTo(incident: Incident, transition: AlarmTransition): boolean {
  if (incident.resolvedAt === null || transition.at <= incident.resolvedAt) return true;
  return transition.at - incident.resolvedAt <= REOPEN_WITHIN_MS;
}

function openNew(book: IncidentBook, transition: AlarmTransition): Incident {
  const incident: Incident = {
    id: `incident:${transition.id}`,
    alarmKey: transition.alarmKey,
    alarmName: transition.alarmName,
    connectionId: transition.connectionId,
    region: transition.region,
    severity: transition.severity,
    state: 'triggered',
    openedAt: transition.at,
    resolvedAt: null,
    acknowledgement: null,
    snooze: null,
    notifiedAt: null,
    notifiedCount: 0,
    alarmCount: 0,
    timeline: [],
  };
  book.latestByAlarm.set(transition.alarmKey, incident.id);
  return incident;
}

const newFacts = (transition: AlarmTransition): IncidentFacts => ({
  lastAt: transition.at,
  lastState: transition.to,
  commandId: null,
  retell: false,
  alarmTimes: [],
  popupTimes: [],
  inboxId: null,
});

/** The incident after its newest change. Having no data neither resolves nor re-opens anything. */
function advance(incident: Incident, transition: AlarmTransition): Incident {
  switch (transition.to) {
    case 'OK':
      return incident.state === 'resolved'
        ? incident
        : { ...incident, state: 'resolved', resolvedAt: transition.at };
    case 'ALARM':
      return reopened({ ...incident, severity: transition.severity }, transition.at);
    case 'INSUFFICIENT_DATA':
      return incident;
  }
}

/** What a person did survives a flap, unless its time has run out meanwhile. */
function reopened(incident: Incident, at: number): Incident {
  if (incident.state !== 'resolved') return incident;
  const { acknowledgement, snooze } = incident;
  const open = {
    ...incident,
    resolvedAt: null,
    acknowledgement:
      acknowledgement !== null && (acknowledgement.expiresAt ?? Infinity) > at
        ? acknowledgement
        : null,
    snooze: snooze !== null && snooze.until > at ? snooze : null,
  };
  return { ...open, state: stateOf(open) };
}

/** The state that an incident's facts make. */
export function stateOf(
  incident: Pick<Incident, 'resolvedAt' | 'acknowledgement' | 'snooze'>,
): IncidentState {
  if (incident.resolvedAt !== null) return 'resolved';
  if (incident.snooze !== null) return 'snoozed';
  return incident.acknowledgement === null ? 'triggered' : 'acknowledged';
}

/** Puts an incident into the book and keeps the index of open ones right. */
export function store(book: IncidentBook, incident: Incident): void {
  book.incidents.set(incident.id, incident);
  if (incident.state !== 'resolved') book.openByAlarm.set(incident.alarmKey, incident.id);
  else if (book.openByAlarm.get(incident.alarmKey) === incident.id) {
    book.openByAlarm.delete(incident.alarmKey);
  }
}

const lineOf = (transition: AlarmTransition): TimelineEntry => ({
  id: transition.id,
  at: transition.at,
  kind: transition.to === 'OK' ? 'resolved' : 'transition',
  text:
    transition.from === null
      ? `In ${transition.to} when first seen: ${transition.reason}`
      : `${transition.from} → ${transition.to}: ${transition.reason}`,
  by: null,
  state: transition.to,
  source: transition.source,
});
