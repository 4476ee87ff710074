/** Where a log widget is asked and over which groups, or why it is not. Pure. */
import type { LogWidget } from '../../shared/dashboards/dashboard';
import { openNames } from '../../shared/dashboards/placeholders';
import type { PlanConnection } from '../../shared/dashboards/plan';
import type { GroupSource, LogGroup, LogTarget } from '../../shared/logs/groups';
import type { DashboardPlace } from './store';

export interface LogPlanContext {
  /** The page's; null while no connection is known. */
  place: DashboardPlace | null;
  connections: readonly PlanConnection[];
  /** As far as they are known. */
  groups: readonly LogGroup[];
  sources: readonly GroupSource[];
}

export type LogPlan =
  | {
      kind: 'planned';
      targets: LogTarget[];
      notes: string[];
      /** Names that the whole list of their account and region does not have. */
      missing: string[];
    }
  /** Groups named by their beginning: which there are is being asked. */
  | { kind: 'waiting' }
  | { kind: 'refused'; sentence: string };

/** What one query takes. */
const MOST_GROUPS = 50;
/** What one question takes. */
const MOST_TARGETS = 40;

const refused = (sentence: string): LogPlan => ({ kind: 'refused', sentence });

export function planLogWidget(widget: LogWidget, context: LogPlanContext): LogPlan {
  const { place } = context;
  if (place === null) return refused('No connection: add one in the settings.');
  const open = [...new Set([widget.query, ...widget.logGroups].flatMap(openNames))];
  if (open.length > 0) return refused(`Waits for a value of ${open.slice(0, 4).join(', ')}.`);
  const written = namesOf(widget);
  if (written.length === 0) return refused('The query names no log group.');
  const byPlace = new Map<string, { place: DashboardPlace; names: Set<string> }>();
  let waiting = false;
  for (const name of written) {
    const at = placeOf(name, widget, place, context.connections);
    if (typeof at === 'string') return refused(at);
    const key = JSON.stringify(at.place);
    const held = byPlace.get(key) ?? { place: at.place, names: new Set() };
    byPlace.set(key, held);
    const found = expand(at.name, at.place, context);
    if (Array.isArray(found)) for (const one of found) held.names.add(one);
    else if (found.kind === 'waiting') waiting = true;
    else return found;
  }
  if (waiting) return { kind: 'waiting' };
  return planned([...byPlace.values()], context);
}

function planned(
  places: { place: DashboardPlace; names: Set<string> }[],
  context: LogPlanContext,
): LogPlan {
  const filled = places.filter(({ names }) => names.size > 0);
  if (filled.length === 0) return refused('No log group has a name that begins so.');
  if (filled.length > MOST_TARGETS) {
    return refused(`It reads more than ${MOST_TARGETS} accounts and regions at once.`);
  }
  const notes = filled
    .filter(({ names }) => names.size > MOST_GROUPS)
    .map(
      ({ names, place }) =>
        `It reads the first ${MOST_GROUPS} of ${names.size} groups of ${place.region}: CloudWatch takes no more at once.`,
    );
  const targets = filled.map(({ place, names }) => ({
    ...place,
    groups: [...names].slice(0, MOST_GROUPS),
  }));
  return { kind: 'planned', targets, notes, missing: missingOf(targets, context) };
}

function missingOf(targets: readonly LogTarget[], { groups, sources }: LogPlanContext): string[] {
  return targets.flatMap(({ connectionId, region, groups: names }) => {
    const isHere = (one: { connectionId: string; region: string }): boolean =>
      one.connectionId === connectionId && one.region === region;
    if (!sources.some((source) => isHere(source) && source.phase === 'ready')) return [];
    const known = new Set(groups.filter(isHere).map(({ name }) => name));
    return names.filter((name) => !known.has(name));
  });
}

/** SQL names its groups itself, in backticks or in logGroups(…). */
function namesOf({ language, query, logGroups }: LogWidget): string[] {
  if (language !== 'SQL' || logGroups.length > 0) return logGroups;
  const call = /\blogGroups\s*\(([^)]*)\)/i.exec(query)?.[1];
  if (call !== undefined) {
    const listed = /\[([^\]]*)\]/.exec(call)?.[1] ?? call;
    return [...listed.matchAll(/['"]([^'"]+)['"]/g)].map(([, name = '']) => name);
  }
  return [...query.matchAll(/\b(?:from|join)\s+`([^`]+)`/gi)].map(([, name = '']) => name);
}

interface Placed {
  name: string;
  place: DashboardPlace;
}

const ARN = /^arn:[\w-]+:logs:([^:]*):(\d*):log-group:([^:]+)/;

/** A sentence where there is no connection to ask. */
function placeOf(
  written: string,
  widget: LogWidget,
  here: DashboardPlace,
  connections: readonly PlanConnection[],
): Placed | string {
  const arn = ARN.exec(written);
  const name = arn?.[3] ?? written;
  const region = (arn?.[1] ?? '') || (widget.region ?? here.region);
  const accountId = (arn?.[2] ?? '') || widget.accountId;
  if (accountId === null) return { name, place: { connectionId: here.connectionId, region } };
  const own = connections.filter((one) => one.accountId === accountId);
  const best =
    own.find(({ id }) => id === here.connectionId) ??
    own.find(({ regions }) => regions.includes(region)) ??
    own[0];
  if (best === undefined) return `No connection is of account ${accountId}, whose logs it reads.`;
  return { name, place: { connectionId: best.id, region } };
}

const PREFIX = 'prefix:';

/** Names of a prefix, or why they are not known. */
function expand(
  name: string,
  { connectionId, region }: DashboardPlace,
  { groups, sources }: LogPlanContext,
): string[] | LogPlan {
  if (!name.startsWith(PREFIX)) return [name];
  const beginning = name.slice(PREFIX.length);
  const found = groups.filter(
    (group) =>
      group.connectionId === connectionId &&
      group.region === region &&
      group.name.startsWith(beginning),
  );
  if (found.length > 0) return found.map((group) => group.name);
  const source = sources.find((one) => one.connectionId === connectionId && one.region === region);
  if (source === undefined || source.phase === 'loading') return { kind: 'waiting' };
  if (source.failure === null) return [];
  const { message, advice } = source.failure;
  return refused(`Which log groups begin so is not known: ${message} ${advice}`);
}
