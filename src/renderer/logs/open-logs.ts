/** From an alarm to its logs. */
import type { Alarm } from '../../shared/alarms/alarm';
import { groupsOfAlarm } from '../../shared/logs/alarm-groups';
import { rangeOf } from '../../shared/dashboards/time-range';
import type { LogGroup } from '../../shared/logs/groups';
import { ask } from '../bridge';
import { useAlarms } from '../stores/alarms';
import { useNavigation } from '../stores/navigation';
import { useSettings } from '../stores/settings';
import { showToast } from '../stores/toasts';
import { useGroups, wantGroups } from './groups';
import { leaveSearch, startSearch } from './search/search-run';
import { useLogs } from './store';

/** Looked at before and after the moment an alarm fired (ms). */
const AROUND_MS = 15 * 60_000;
/** How long the account's list of groups is waited for (ms). */
const LIST_WAIT_MS = 8_000;

/**
 * Searches the groups an alarm's lines are most likely in, around the time it fired. Does nothing more when, while
 * the groups are listed, another alarm's logs are asked for or somebody chooses groups.
 */
export async function openLogsOfAlarm(alarm: Alarm): Promise<void> {
  const sinceMs = alarm.stateTransitionedAt;
  const { setAlarm, setRange, showTab, choose, setPattern } = useLogs.getState();
  const asked = { alarmKey: alarm.key, name: alarm.name, sinceMs };
  setAlarm(asked);
  setRange(
    rangeOf({
      startMs: sinceMs - AROUND_MS,
      endMs: Math.min(Date.now(), sinceMs + AROUND_MS),
    }),
  );
  setPattern('');
  choose([]);
  // What was found before is not this alarm's.
  leaveSearch();
  showTab('search');
  const { chosen: none } = useLogs.getState();
  useNavigation.getState().show('logs');
  const listed = await groupsOf(alarm.connectionId, alarm.region);
  const rules = useSettings.getState().settings?.logs.alarmGroups ?? [];
  const guesses = groupsOfAlarm(alarm, listed, rules, await childrenOf(alarm));
  const { alarm: latest, chosen } = useLogs.getState();
  if (latest !== asked || chosen !== none) return;
  const groups = guesses.length > 0 ? guesses.map(({ group }) => group) : allOfPlace(alarm, listed);
  choose(groups.map(({ connectionId, region, name }) => ({ connectionId, region, name })));
  if (guesses.length === 0) sayUnguessed(alarm, groups.length);
  if (groups.length > 0) await startSearch();
}

/** A few groups are searched all; among many a person has to choose. */
const SEARCH_ALL_UP_TO = 20;

function allOfPlace({ connectionId, region }: Alarm, groups: readonly LogGroup[]): LogGroup[] {
  const there = groups.filter((one) => one.connectionId === connectionId && one.region === region);
  return there.length <= SEARCH_ALL_UP_TO ? there : [];
}

function sayUnguessed({ name, connectionId, region }: Alarm, searched: number): void {
  const source = useGroups
    .getState()
    .sources.find((one) => one.connectionId === connectionId && one.region === region);
  const choose = 'Choose some; a rule in the settings remembers them for this alarm.';
  if (searched === 0 && (source === undefined || source.asOf === null)) {
    const why = source?.failure?.message ?? `Those of ${region} have not been listed yet.`;
    showToast({
      level: 'error',
      text: `The log groups of ${name} are not known`,
      detail: `${why} ${choose}`,
      action: null,
    });
    return;
  }
  showToast({
    level: 'done',
    text: `No log group looks like ${name}`,
    detail:
      searched === 0
        ? choose
        : `All ${searched} groups of ${region} are searched. A rule in the settings narrows them.`,
    action: null,
  });
}

/** The groups, once the alarm's place has been listed; what is there when that takes too long. */
function groupsOf(connectionId: string, region: string): Promise<readonly LogGroup[]> {
  wantGroups();
  const ready = (): boolean =>
    useGroups
      .getState()
      .sources.some(
        (source) =>
          source.connectionId === connectionId &&
          source.region === region &&
          source.phase !== 'loading',
      );
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stop();
      resolve(useGroups.getState().groups);
    };
    const timer = setTimeout(done, LIST_WAIT_MS);
    const stop = useGroups.subscribe(() => {
      if (ready()) done();
    });
    if (ready()) done();
  });
}

/** The alarms a composite one's rule names. */
async function childrenOf(alarm: Alarm): Promise<Alarm[]> {
  if (alarm.composite === null) return [];
  const names = new Set(
    [
      ...alarm.composite.expression.matchAll(
        /\b(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*"?([^")]+)"?\s*\)/g,
      ),
    ].map((match) => (match[1] ?? '').split(':alarm:').at(-1) ?? ''),
  );
  const keys = [...useAlarms.getState().index.rows.values()]
    .filter(({ name, connectionId }) => connectionId === alarm.connectionId && names.has(name))
    .map(({ key }) => key);
  const details = await Promise.all(keys.map((key) => ask('alarms.detail', key)));
  return details.map((detail) => detail.alarm);
}
