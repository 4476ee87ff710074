import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { AccountChanges } from '../../../src/main/logs/account-changes';
import { Insights } from '../../../src/main/logs/insights/insights';
import { SavedQueries } from '../../../src/main/logs/saved-queries/saved-queries';
import { openJournal } from '../../../src/main/store/journal';
import { systemClock } from '../../../src/shared/clock';
import type { Connection } from '../../../src/shared/connections/connection';
import type { JournalEvent } from '../../../src/shared/incidents/journal-events';
import type { InsightsState, SavedQuery } from '../../../src/shared/logs/insights';
import { demoConnection } from '../../support/alarm-service';
import { never, openSessions, until } from './sessions';
import type { LogSessions } from './sessions';

const starterDir = fileURLToPath(new URL('../../../resources/queries', import.meta.url));
let demo: DemoAws;
let dir: string;
let sessions: LogSessions;
let journal: Awaited<ReturnType<typeof openJournal>>;
let problems: string[];

beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 300 });
  dir = await mkdtemp(join(tmpdir(), 'nightdesk-queries-'));
  journal = await openJournal({ dir: join(dir, 'journal'), clock: systemClock });
  problems = [];
});
afterEach(async () => {
  sessions.stop();
  await journal.close();
  await demo.stop();
  await rm(dir, { recursive: true });
});

function open(change: Partial<Connection> = {}): SavedQueries {
  const connections = [
    demoConnection(demo.endpoint, {
      id: 'crm',
      regions: ['us-east-1'],
      readOnly: false,
      ...change,
    }),
    demoConnection(demo.endpoint, { id: 'rt', regions: ['us-west-1'] }),
  ];
  sessions = openSessions(connections);
  const report = (problem: string) => void problems.push(problem);
  const changes = new AccountChanges({
    connection: (id) => connections.find((connection) => connection.id === id) ?? null,
    apiOf: sessions.apiOf,
    journal: async () => journal,
    operator: () => 'tester',
    clock: systemClock,
    report,
  });
  return new SavedQueries({
    connections: () => connections,
    apiOf: sessions.apiOf,
    changes,
    stateDir: dir,
    starterDir,
    now: () => 42,
    report,
  });
}
async function journalled(): Promise<JournalEvent[]> {
  const events: JournalEvent[] = [];
  for await (const { event } of journal.read()) events.push(event);
  return events;
}
const query = {
  name: 'Slow logins',
  connectionId: 'crm',
  region: 'us-east-1',
  groups: ['/ecs/crm/auth'],
  query: 'fields @message | filter responseTime > 900',
  language: 'CWLI' as const,
};
const named = (queries: SavedQuery[], name: string) => queries.filter((one) => one.name === name);

it('saves in the account once, on record first, and lists it there', async () => {
  const saved = open();
  const done = await saved.save({ ...query, where: 'account' });
  expect(done).toMatchObject({ source: 'account', connectionId: 'crm', region: 'us-east-1' });
  expect(named(await saved.list(never()), query.name)).toEqual([done]);
  expect(await journalled()).toMatchObject([
    { type: 'account-change', phase: 'started', subject: query.name, by: 'tester' },
    { phase: 'done', operation: 'PutQueryDefinition', after: query.query },
  ]);
  await expect(saved.save({ ...query, where: 'account' })).rejects.toThrow(
    'There is a query named Slow logins in us-east-1 already',
  );
  await expect(saved.save({ ...query, connectionId: null, where: 'account' })).rejects.toThrow(
    'none was chosen',
  );
  expect(demo.requests.count('PutQueryDefinition')).toBe(1);
});

it('is refused on a read-only connection before anything is asked', async () => {
  const saved = open({ readOnly: true });
  await expect(saved.save({ ...query, where: 'account' })).rejects.toMatchObject({
    failure: { kind: 'read-only', operation: 'PutQueryDefinition' },
  });
  expect(demo.requests.count()).toBe(0);
  expect(await journalled()).toEqual([]);
});

it('journals that AWS refused', async () => {
  const saved = open();
  demo.faults.set({ fault: { kind: 'access-denied' }, operation: 'PutQueryDefinition' });
  await expect(saved.save({ ...query, where: 'account' })).rejects.toMatchObject({
    failure: { kind: 'denied' },
  });
  expect(await journalled()).toMatchObject([
    { phase: 'started' },
    { phase: 'failed', note: expect.stringContaining('logs:PutQueryDefinition') },
  ]);
});

it('keeps queries on this computer over a restart, one a name, and a broken file aside', async () => {
  const first = open();
  await first.save({ ...query, where: 'disk' });
  const again = await first.save({ ...query, query: 'fields @timestamp', where: 'disk' });
  sessions.stop();
  const second = open();
  expect(named(await second.list(never()), query.name)).toEqual([again]);
  expect(again).toMatchObject({ source: 'disk', query: 'fields @timestamp' });
  expect(demo.requests.count('PutQueryDefinition')).toBe(0);
  sessions.stop();
  await writeFile(join(dir, 'queries.json'), '{"version":1,"queries":[{"id":7}]}');
  const third = open();
  expect(named(await third.list(never()), query.name)).toEqual([]);
  expect(problems).toEqual([expect.stringContaining('queries.invalid-42.json')]);
  expect(await readFile(join(dir, 'queries.invalid-42.json'), 'utf8')).toContain('"id":7');
  await third.save({ ...query, where: 'disk' });
  expect((await readdir(dir)).filter((name) => name.endsWith('.new'))).toEqual([]);
});

it('shows the others when one account does not answer', async () => {
  const saved = open();
  await saved.save({ ...query, where: 'disk' });
  demo.faults.set({
    fault: { kind: 'access-denied' },
    operation: 'DescribeQueryDefinitions',
    region: 'us-west-1',
  });
  const all = await saved.list(never());
  expect(new Set(all.map(({ source }) => source))).toContain('disk');
  expect(all.filter(({ source }) => source === 'starter')).toHaveLength(4);
  expect(problems).toEqual([expect.stringContaining('us-west-1')]);
});

it('ships queries that run, and find what they are for', async () => {
  const saved = open();
  const starters = (await saved.list(never())).filter(({ source }) => source === 'starter');
  const insights = new Insights({
    apiOf: sessions.apiOf,
    known: () => new Map(),
    clock: systemClock,
  });
  const states = new Map<string, InsightsState>();
  insights.onState((state) => void states.set(state.queryId, state));
  for (const [index, starter] of starters.entries()) {
    const own = starter.groups.length > 0;
    const target = own
      ? { connectionId: 'rt', region: 'us-west-1', groups: starter.groups }
      : {
          connectionId: 'crm',
          region: 'us-east-1',
          groups: ['/ecs/crm/auth', '/ecs/crm/crm-core'],
        };
    await insights.start({
      queryId: `s${index}`,
      targets: [target],
      // At night a single hour of the demo may be without a slow request.
      startMs: demo.now() - Math.max(starter.rangeMs ?? 0, 3 * 60 * 60_000),
      endMs: demo.now(),
      query: starter.query,
      language: starter.language,
      limit: 1_000,
    });
  }
  const ended = await until(
    () => [...states.values()],
    (all) => all.length === 4 && all.every(({ phase }) => phase !== 'running'),
  );
  expect(ended.map(({ phase, rows }) => [phase, rows > 0])).toEqual(
    starters.map(() => ['complete', true]),
  );
});
