import type { Incident } from '../../../shared/incidents/incident';
import type { IncidentBook } from '../../../shared/incidents/incident-book';
import type { Settings } from '../../../shared/settings/settings';
import { isDamped, popupsLeft, recentAlarms, silenceNote } from './judge';
import { burstBudget } from './telling';
import type { Telling } from './telling';
import { recoveredWords, repeatWords } from './wording';

/** More due at once than this share one popup: waking from sleep makes no burst. */
const SINGLE_REPEATS = 2;

/**
 * What has to be told again at `now`: repeats that fell due, and incidents whose snooze or acknowledgement
 * ran out. However many times one fell due meanwhile, it is told once.
 */
export function planRepeats(book: IncidentBook, settings: Settings, now: number): Telling[] {
  const due: Incident[] = [];
  const silent: Incident[] = [];
  for (const id of book.openByAlarm.values()) {
    const incident = book.incidents.get(id);
    if (incident === undefined || incident.state !== 'triggered') continue;
    const retell = book.facts.get(id)?.retell === true;
    if (!retell && (repeatDueAt(incident, settings) ?? Infinity) > now) continue;
    if (hasUntold(book, incident)) continue;
    if (silenceNote(incident, settings, now) === null && !isDamped(incident, book, now)) {
      due.push(incident);
    } else if (retell) silent.push(incident);
  }
  const tellings = silent.map((one) => repeatTelling([one], 'in-app', settings, now));
  const anyCritical = due.some((one) => one.severity === 'critical');
  const { left } = burstBudget(book.popupTimes, now, anyCritical);
  if (due.length === 0 || left === 0) return tellings;
  if (due.length > Math.min(SINGLE_REPEATS, left)) {
    return [...tellings, repeatTelling(due, 'grouped', settings, now)];
  }
  return [...tellings, ...due.map((one) => repeatTelling([one], 'popup', settings, now))];
}

/** When an unanswered incident is to be told again (ms), or null when its severity is told once. */
export function repeatDueAt(incident: Incident, settings: Settings): number | null {
  const every = settings.notify[incident.severity].repeatEveryMs;
  if (every === null || incident.state !== 'triggered') return null;
  return (incident.notifiedAt ?? incident.openedAt) + every;
}

/** Its first telling is still on the way. */
const hasUntold = (book: IncidentBook, incident: Incident): boolean => {
  const inboxId = book.facts.get(incident.id)?.inboxId;
  return inboxId !== null && inboxId !== undefined && book.untold.has(inboxId);
};

function repeatTelling(
  incidents: Incident[],
  delivery: Telling['delivery'],
  settings: Settings,
  now: number,
): Telling {
  const [first] = incidents;
  return {
    ...repeatWords(incidents, settings, now),
    delivery,
    note: delivery === 'in-app' && first !== undefined ? silenceNote(first, settings, now) : null,
    transitionIds: [],
    incidentIds: incidents.map((one) => one.id),
    alarmKey: incidents.length === 1 ? (first?.alarmKey ?? null) : null,
    severity: first?.severity ?? 'info',
    actionable: incidents.length === 1,
    count: (first?.notifiedCount ?? 0) + 1,
  };
}

/** Popups for recoveries, where the settings ask for them: a courtesy, only listed when there is no room. */
export function planRecoveries(
  book: IncidentBook,
  transitionIds: string[],
  settings: Settings,
  now: number,
): Telling[] {
  const { left } = burstBudget(book.popupTimes, now, false);
  const recovered: { transitionId: string; incident: Incident }[] = [];
  for (const transitionId of transitionIds) {
    const alarmKey = book.transitions.get(transitionId)?.alarmKey ?? '';
    const incident = book.incidents.get(book.latestByAlarm.get(alarmKey) ?? '');
    if (incident === undefined || incident.state !== 'resolved') continue;
    // Whoever acknowledged or snoozed it wants to know that it is over.
    const unanswered = { ...incident, acknowledgement: null, snooze: null };
    if (silenceNote(unanswered, settings, now) !== null) continue;
    // An alarm that comes and goes keeps its last popup for when it fires.
    if (recentAlarms(incident, book, now) > 1 && popupsLeft(incident, book, now) < 2) continue;
    recovered.push({ transitionId, incident });
  }
  if (recovered.length === 0) return [];
  const groups = recovered.length > left ? [recovered] : recovered.map((one) => [one]);
  return groups.map((group) => {
    const incidents = group.map((one) => one.incident);
    return {
      ...recoveredWords(incidents, settings),
      delivery: left === 0 ? 'in-app' : group.length === 1 ? 'popup' : 'grouped',
      note: left === 0 ? 'many notifications at once' : null,
      transitionIds: group.map((one) => one.transitionId),
      incidentIds: incidents.map((one) => one.id),
      alarmKey: group.length === 1 ? (incidents[0]?.alarmKey ?? null) : null,
      severity: 'info',
      actionable: false,
      count: 1,
    } satisfies Telling;
  });
}
