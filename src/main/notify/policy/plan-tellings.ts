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

/**
 * Critical alarms take their popups first, and one of a window's popups is kept for them: they never wait
 * behind warnings. What is left is for the rest.
 */
function fitIntoBurst(
  popups: News[],
  late: News[],
  book: IncidentBook,
  settings: Settings,
  now: number,
): TellPlan {
  const critical = popups.filter(isCritical);
  const others = popups.filter((one) => !isCritical(one));
  const budget = burstBudget(book.popupTimes, now, true);
  const othersBudget = burstBudget(book.popupTimes, now, false);
  const tell = (one: News): Telling => popupTelling(one, book, settings, now);
  const forCritical = others.length + late.length > 0 ? budget.left - 1 : budget.left;
  const tellings = intoPopups(critical, Math.max(forCritical, Math.min(1, budget.left)), tell);
  const left = tellings.length > 0 ? budget.left - tellings.length : othersBudget.left;
  const forOthers = late.length > 0 && left > 1 ? left - 1 : left;
  const otherTellings = intoPopups(others, forOthers, tell);
  tellings.push(...otherTellings);
  const lateTold = late.length > 0 && left > otherTellings.length;
  if (lateTold) tellings.push(lateTelling(late, settings));
  const heldCritical = budget.left > 0 ? [] : critical.flatMap(idsOf);
  const heldOthers = forOthers > 0 ? [] : others.flatMap(idsOf);
  const held = [...heldCritical, ...heldOthers, ...(lateTold ? [] : late.flatMap(idsOf))];
  const freeAt = (heldCritical.length > 0 ? budget : othersBudget).freeAt ?? now + 1_000;
  return { tellings, held, heldCritical, retryAt: held.length === 0 ? null : freeAt };
}

const isCritical = (news: News): boolean => news.incident.severity === 'critical';

/** A popup each while there is room; otherwise the last popup is for all the rest. None without room. */
function intoPopups(news: News[], room: number, tell: (one: News) => Telling): Telling[] {
  if (room <= 0 || news.length === 0) return [];
  if (news.length <= room) return news.map(tell);
  return [...news.slice(0, room - 1).map(tell), groupTelling(news.slice(room - 1))];
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
