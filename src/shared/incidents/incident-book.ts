import type { AlarmState, AlarmTransition } from '../alarms/alarm';
import type { Deployment } from '../alarms/deployment';
import type { InboxItem, Incident } from './incident';

/** An alarm that fires again within this time of its recovery re-opens its incident. */
export const REOPEN_WITHIN_MS = 10 * 60_000;

/** How much is kept in memory; open incidents and untold transitions are never dropped. */
export const bookLimits = {
  resolvedIncidents: 2_000,
  transitions: 20_000,
  inbox: 2_000,
  commands: 500,
  deployments: 2_000,
  timeline: 300,
  runs: 500,
  recentTimes: 60,
} as const;

/** What an incident is beside what the window sees of it. */
export interface IncidentFacts {
  /** The newest transition, by CloudWatch's time. */
  lastAt: number;
  lastState: AlarmState;
  /** The command that set the present acknowledgement or snooze, if a person did. */
  commandId: string | null;
  /** Told again at once: a snooze or an acknowledgement has run out. */
  retell: boolean;
  /** Times of transitions into ALARM, newest last. */
  alarmTimes: number[];
  /** Times at which a popup showed it, newest last. */
  popupTimes: number[];
  inboxId: string | null;
}

/** What a command replaced, so that it can be taken back. */
export interface CommandRecord {
  before: {
    incidentId: string;
    acknowledgement: Incident['acknowledgement'];
    snooze: Incident['snooze'];
  }[];
}

/** A run of a runbook for an alarm, as far as its incident tells of it. */
export interface RunOfIncident {
  incidentId: string;
  name: string;
  /** Null for one that ran by itself. */
  by: string | null;
  startedAt: number;
  open: boolean;
  undoes: boolean;
  /** What its steps gave, one line each. */
  findings: string[];
  /** The last thing that went wrong. */
  failure: string | null;
}

/**
 * Everything the journal says, reduced. Owned by one reducer and changed in place (a replay of a hundred
 * thousand entries would otherwise copy maps a hundred thousand times); incidents and inbox items in it
 * are replaced, never changed, so they may be held.
 */
export interface IncidentBook {
  incidents: Map<string, Incident>;
  facts: Map<string, IncidentFacts>;
  openByAlarm: Map<string, string>;
  /** The newest incident of an alarm, open or not. */
  latestByAlarm: Map<string, string>;
  /** By id: what has been seen, so that nothing is counted twice. */
  transitions: Map<string, AlarmTransition>;
  /** Transitions into ALARM that no `notified` entry covers yet, oldest first. */
  untold: Set<string>;
  commands: Map<string, CommandRecord>;
  /** By id, oldest first. */
  inbox: Map<string, InboxItem>;
  /** When popups were shown, newest last: the burst window survives a restart. */
  popupTimes: number[];
  /** `connectionId|region` → how far its alarm history has been read (ms). */
  checkpoints: Map<string, number>;
  /** By id, oldest first. */
  deployments: Map<string, Deployment>;
  /** By run, oldest first. */
  runs: Map<string, RunOfIncident>;
}

export function createIncidentBook(): IncidentBook {
  return {
    incidents: new Map(),
    facts: new Map(),
    openByAlarm: new Map(),
    latestByAlarm: new Map(),
    transitions: new Map(),
    untold: new Set(),
    commands: new Map(),
    inbox: new Map(),
    popupTimes: [],
    checkpoints: new Map(),
    deployments: new Map(),
    runs: new Map(),
  };
}

/** What one entry changed. */
export interface BookChanges {
  alarmKeys: Set<string>;
  inbox: boolean;
  /** Incidents an acknowledge, snooze or undo really changed. */
  changed: number;
  /** Transitions that ended an incident. */
  recovered: string[];
}

export const noChanges = (): BookChanges => ({
  alarmKeys: new Set(),
  inbox: false,
  changed: 0,
  recovered: [],
});

export function openIncident(book: IncidentBook, alarmKey: string): Incident | null {
  const id = book.openByAlarm.get(alarmKey);
  return id === undefined ? null : (book.incidents.get(id) ?? null);
}

/** The newest incident of an alarm, open or resolved. */
export function latestIncident(book: IncidentBook, alarmKey: string): Incident | null {
  const id = book.latestByAlarm.get(alarmKey);
  return id === undefined ? null : (book.incidents.get(id) ?? null);
}

/** All incidents of an alarm that are still kept, newest first. */
export function incidentsOfAlarm(book: IncidentBook, alarmKey: string): Incident[] {
  return [...book.incidents.values()]
    .filter((incident) => incident.alarmKey === alarmKey)
    .sort((a, b) => b.openedAt - a.openedAt);
}

/** Transitions into ALARM of an alarm since `sinceMs`. */
export function countFlaps(book: IncidentBook, alarmKey: string, sinceMs: number): number {
  const incident = latestIncident(book, alarmKey);
  const times = incident === null ? [] : (book.facts.get(incident.id)?.alarmTimes ?? []);
  return times.filter((at) => at >= sinceMs).length;
}

/** Keeps the newest `recentTimes` of a list of times. */
export function withTime(times: number[], at: number): number[] {
  return [...times, at].slice(-bookLimits.recentTimes);
}

/** Drops the oldest of what may be forgotten. */
export function pruneBook(book: IncidentBook): void {
  const resolvedCount = book.incidents.size - book.openByAlarm.size;
  if (resolvedCount > bookLimits.resolvedIncidents * 1.1) dropOldestResolved(book, resolvedCount);
  const { untold } = book;
  dropOldest(book.transitions, bookLimits.transitions, untold);
  dropOldest(book.inbox, bookLimits.inbox, untold);
  dropOldest(book.commands, bookLimits.commands, noIds);
  dropOldest(book.deployments, bookLimits.deployments, noIds);
}

function dropOldestResolved(book: IncidentBook, resolvedCount: number): void {
  let excess = resolvedCount - bookLimits.resolvedIncidents;
  for (const incident of book.incidents.values()) {
    if (excess <= 0) return;
    if (incident.state !== 'resolved') continue;
    book.incidents.delete(incident.id);
    book.facts.delete(incident.id);
    if (book.latestByAlarm.get(incident.alarmKey) === incident.id) {
      book.latestByAlarm.delete(incident.alarmKey);
    }
    excess -= 1;
  }
}

const noIds: ReadonlySet<string> = new Set();

/** What must be kept comes on top of the limit, so that a storm is not searched through for every entry. */
function dropOldest<V>(map: Map<string, V>, limit: number, keep: ReadonlySet<string>): void {
  let excess = map.size - limit - keep.size;
  if (excess <= 0) return;
  for (const id of map.keys()) {
    if (excess <= 0) return;
    if (keep.has(id)) continue;
    map.delete(id);
    excess -= 1;
  }
}
