/** Every search that ships is asked of the demo as the window asks it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { Insights } from '../../../src/main/logs/insights/insights';
import { starterSearches } from '../../../src/main/logs/saved-searches/starter-searches';
import { Searches } from '../../../src/main/logs/search/searches';
import { systemClock } from '../../../src/shared/clock';
import { windowOf } from '../../../src/shared/dashboards/time-range';
import { jsonIn, scalarsOf, valuesAt } from '../../../src/shared/logs/filter/json-path';
import type { LogTarget } from '../../../src/shared/logs/groups';
import type { InsightsState } from '../../../src/shared/logs/insights';
import { fillSearch } from '../../../src/shared/logs/saved-search-fill';
import { groupsFor } from '../../../src/shared/logs/saved-search';
import type { SavedSearch } from '../../../src/shared/logs/saved-search';
import type { SearchProgress } from '../../../src/shared/logs/search';
import { demoConnection } from '../../support/alarm-service';
import { localEngine } from './local-engine';
import type { LocalEngine } from './local-engine';
import { never, openSessions, until } from './sessions';
import type { LogSessions } from './sessions';

const places = [
  { connectionId: 'crm', region: 'us-east-1' },
  { connectionId: 'rt', region: 'us-west-1' },
] as const;
const AUTH = '/ecs/crm/auth';

const starters = await starterSearches('resources/searches');

let demo: DemoAws;
let sessions: LogSessions;
let local: LocalEngine;
let searches: Searches;
let insights: Insights;
let known: { connectionId: string; region: string; name: string }[] = [];
const told = new Map<string, SearchProgress>();
const states = new Map<string, InsightsState>();
/** Of a record that is there. */
let someone = { request: '', user: '' };

beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 600 });
  sessions = openSessions(
    places.map(({ connectionId, region }) =>
      demoConnection(demo.endpoint, { id: connectionId, regions: [region] }),
    ),
  );
  local = localEngine();
  searches = new Searches({ apiOf: sessions.apiOf, sink: local.engine, clock: systemClock });
  searches.onProgress((progress) => void told.set(progress.searchId, progress));
  insights = new Insights({ apiOf: sessions.apiOf, known: () => new Map(), clock: systemClock });
  insights.onState((state) => void states.set(state.queryId, state));
  known = await allGroups();
  someone = await somebody();
});
afterAll(async () => {
  searches.stopAll();
  await insights.stopAll();
  sessions.stop();
  local.stop();
  await demo.stop();
});

async function allGroups(): Promise<typeof known> {
  const lists = await Promise.all(
    places.map(async ({ connectionId, region }) => {
      const api = sessions.apiOf(connectionId, region);
      const { logGroups = [] } = await api.describeLogGroups({}, never());
      return logGroups.map(({ logGroupName = '' }) => ({
        connectionId,
        region,
        name: logGroupName,
      }));
    }),
  );
  return lists.flat();
}

async function somebody(): Promise<typeof someone> {
  const endTime = demo.now() - 20 * 60_000;
  const { events = [] } = await sessions.apiOf('crm', 'us-east-1').filterLogEvents(
    {
      logGroupName: AUTH,
      startTime: endTime - 30 * 60_000,
      endTime,
      filterPattern: '{ $.userId = * }',
    },
    never(),
  );
  const record = jsonIn(events[0]?.message ?? '');
  const text = (path: string): string => String(scalarsOf(valuesAt(record, path))[0]);
  return { request: text('requestId'), user: text('userId') };
}

function targetsFor(starter: SavedSearch): LogTarget[] {
  const { refs, unmatched } = groupsFor(starter.groups, known);
  expect(unmatched).toEqual([]);
  return places
    .map((place) => ({
      ...place,
      groups: refs.filter((ref) => ref.connectionId === place.connectionId).map(({ name }) => name),
    }))
    .filter(({ groups }) => groups.length > 0);
}

/** How many events or rows it finds. */
async function run(starter: SavedSearch, at: number): Promise<number> {
  const window = windowOf(starter.range ?? { start: '-PT1H', end: null }, demo.now());
  const result = fillSearch(starter, someone);
  if (window === null || !result.ok) throw new Error(`${starter.id} cannot be asked`);
  const { filled } = result;
  const asked = {
    targets: targetsFor(starter),
    startMs: Math.floor(window.startMs),
    endMs: Math.ceil(window.endMs),
  };
  if (filled.kind === 'filter') {
    const searchId = `s${at}`;
    const { pattern } = filled;
    const { newestFirst } = starter;
    await searches.start({ searchId, ...asked, pattern, newestFirst, maxEvents: 100 });
    const last = await until(
      () => told.get(searchId),
      (progress) => progress !== undefined && progress.phase !== 'searching',
    );
    expect(
      last?.groups.flatMap(({ failure }) => (failure === null ? [] : [failure.message])),
    ).toEqual([]);
    return last?.events ?? 0;
  }
  const queryId = `q${at}`;
  const { query, language } = filled;
  await insights.start({ queryId, ...asked, query, language, limit: 1_000 });
  const last = await until(
    () => states.get(queryId),
    (state) => state !== undefined && state.phase !== 'running',
  );
  expect(
    last?.targets.flatMap(({ failure }) => (failure === null ? [] : [failure.message])),
  ).toEqual([]);
  return last?.rows ?? 0;
}

describe('a search that ships', () => {
  it.each(starters.map((starter, at) => ({ id: starter.id, starter, at })))(
    '$id finds something in the demo',
    async ({ starter, at }) => {
      expect(await run(starter, at)).toBeGreaterThan(0);
    },
  );
});
