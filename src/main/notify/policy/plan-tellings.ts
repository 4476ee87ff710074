import type { AlarmTransition } from '../../../shared/alarms/alarm';
import type { Incident } from '../../../shared/incidents/incident';
import type { IncidentBook } from '../../../shared/incidents/incident-book';
import { severities } from '../../../shared/severity/severity';
import type { Settings } from '../../../shared/settings/settings';
import { judge, popupsLeft, recentAlarms } from './judge';
import { burstBudget, FLAP_POPUPS } from './telling';
import type { Telling, TellPlan } from './telling';
import { firingWords, groupWords, lateWords } from './wording';

/** An alarm with its untold transitions, oldest first: twenty flaps found at once are one piece of news. */
interface News {
  incident: Incident;
  transitions: AlarmTransition[];
}

/**
 * Decides how every untold transition into ALARM is told now. Nothing is left out: each is in exactly one
 * telling or held until the burst window has room again.
 */
export function planTellings(book: IncidentBook, settings: Settings, now: number): TellPlan {
  const { news, orphans } = collectNews(book);
  const popups: News[] = [];
  const late: News[] = [];
  const inApp = new Map<string, News[]>();
  for (const one of news) {
    const verdict = judge(one.incident, book, settings, now);
    if (verdict.kind === 'popup') popups.push(one);
    else if (verdict.kind === 'late') late.push(one);
    else inApp.set(verdict.note, [...(inApp.get(verdict.note) ?? []), one]);
  }
  const tellings = [...inApp].map(([note, list]) => inAppTelling(note, list));
  if (orphans.length > 0) tellings.push(orphanTelling(orphans));
  const shown = fitIntoBurst(popups, late, book, settings, now);
  return { ...shown, tellings: [...tellings, ...shown.tellings] };
}

function collectNews(book: IncidentBook): { news: News[]; orphans: string[] } {
  const byIncident = new Map<string, News>();
  const orphans: string[] = [];
  for (const id of book.untold) {
    const transition = book.transitions.get(id);
    const incident = incidentOf(book, id, transition);
    if (transition === undefined || incident === null) {
      orphans.push(id);
      continue;
    }
    const known = byIncident.get(incident.id);
    if (known === undefined) byIncident.set(incident.id, { incident, transitions: [transition] });
    else known.transitions.push(transition);
  }
  const news = [...byIncident.values()].sort(
    (a, b) => rank(a.incident) - rank(b.incident) || a.incident.openedAt - b.incident.openedAt,
  );
  return { news, orphans };
}

function incidentOf(
  book: IncidentBook,
  transitionId: string,
  transition: AlarmTransition | undefined,
): Incident | null {
  const incidentId =
    book.inbox.get(transitionId)?.incidentId ??
    (transition === undefined ? undefined : book.latestByAlarm.get(transition.alarmKey));
  if (incidentId === null || incidentId === undefined) return null;
  return book.incidents.get(incidentId) ?? null;
}

const rank = (incident: Incident): number => severities.indexOf(incident.severity);

function fitIntoBurst(
  popups: News[],
  late: News[],
  book: IncidentBook,
  settings: Settings,
  now: number,
): TellPlan {
  const { left, freeAt } = burstBudget(book.popupTimes, now);
  const wanted = popups.length + (late.length > 0 ? 1 : 0);
  if (wanted === 0) return { tellings: [], held: [], retryAt: null };
  if (left === 0) {
    const held = [...popups, ...late].flatMap(idsOf);
    return { tellings: [], held, retryAt: freeAt };
  }
  const tellings: Telling[] = [];
  const forPopups = left - (late.length > 0 && left > 1 ? 1 : 0);
  const single = popups.length <= forPopups ? popups.length : forPopups - 1;
  for (const one of popups.slice(0, single)) tellings.push(popupTelling(one, book, settings, now));
  const rest = popups.slice(single);
  if (rest.length > 0) tellings.push(groupTelling(rest));
  const leftForLate = left - tellings.length;
  if (late.length > 0 && leftForLate > 0) tellings.push(lateTelling(late, settings));
  const held = leftForLate > 0 ? [] : late.flatMap(idsOf);
  return { tellings, held, retryAt: held.length === 0 ? null : now + 1_000 };
}

const idsOf = (news: News): string[] => news.transitions.map((transition) => transition.id);

/** What several pieces of news have in common as one telling. */
const base = (
  list: News[],
): Pick<Telling, 'transitionIds' | 'incidentIds' | 'severity' | 'alarmKey' | 'count'> => ({
  transitionIds: list.flatMap(idsOf),
  incidentIds: list.map((one) => one.incident.id),
  severity: list[0]?.incident.severity ?? 'info',
  alarmKey: list.length === 1 ? (list[0]?.incident.alarmKey ?? null) : null,
  count: 1,
});

function popupTelling(one: News, book: IncidentBook, settings: Settings, now: number): Telling {
  const count = recentAlarms(one.incident, book, now);
  const last = count >= FLAP_POPUPS && popupsLeft(one.incident, book, now) === 1;
  const reason = one.transitions.at(-1)?.reason ?? '';
  return {
    ...base([one]),
    ...firingWords(one.incident, reason, settings, { count, last }),
    delivery: 'popup',
    note: null,
    actionable: true,
  };
}

const groupTelling = (list: News[]): Telling => ({
  ...base(list),
  ...groupWords(list.map((one) => one.incident)),
  delivery: 'grouped',
  note: 'many alarms at once',
  actionable: false,
});

const lateTelling = (list: News[], settings: Settings): Telling => ({
  ...base(list),
  ...lateWords(
    list.map((one) => one.incident),
    settings,
  ),
  delivery: list.length === 1 ? 'popup' : 'grouped',
  note: 'over before it was told',
  actionable: false,
});

const inAppTelling = (note: string, list: News[]): Telling => ({
  ...base(list),
  ...groupWords(list.map((one) => one.incident)),
  delivery: 'in-app',
  note,
  actionable: false,
});

/** Untold transitions whose incident is no longer kept: closed, so that they are not looked at for ever. */
const orphanTelling = (transitionIds: string[]): Telling => ({
  delivery: 'in-app',
  note: 'its incident is no longer kept',
  transitionIds,
  incidentIds: [],
  alarmKey: null,
  severity: 'info',
  title: 'Old alarms',
  body: '',
  actionable: false,
  count: 1,
});
