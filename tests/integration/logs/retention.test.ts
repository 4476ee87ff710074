import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { AccountChanges } from '../../../src/main/logs/account-changes';
import { RetentionChanges } from '../../../src/main/logs/retention/retention-changes';
import type { Journal } from '../../../src/main/seams';
import { openJournal } from '../../../src/main/store/journal';
import { systemClock } from '../../../src/shared/clock';
import type { JournalEvent } from '../../../src/shared/incidents/journal-events';
import type { RetentionChange } from '../../../src/shared/logs/retention';
import { demoConnection } from '../../support/alarm-service';
import { never, openSessions } from './sessions';
import type { LogSessions } from './sessions';

const BASE = '/aws/amplify/RealTechee-Gen2';
let demo: DemoAws;
let dir: string;
let sessions: LogSessions;
let journal: Awaited<ReturnType<typeof openJournal>>;
let refreshed: number;

beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 60 });
  dir = await mkdtemp(join(tmpdir(), 'nightdesk-retention-'));
  journal = await openJournal({ dir: join(dir, 'journal'), clock: systemClock });
  refreshed = 0;
});
afterEach(async () => {
  sessions.stop();
  await journal.close();
  await demo.stop();
  await rm(dir, { recursive: true });
});

function open(readOnly: boolean, use: Journal = journal): RetentionChanges {
  const connections = [
    demoConnection(demo.endpoint, { id: 'rt', regions: ['us-west-1'], readOnly }),
  ];
  sessions = openSessions(connections);
  const changes = new AccountChanges({
    connection: (id) => connections.find((connection) => connection.id === id) ?? null,
    apiOf: sessions.apiOf,
    journal: async () => use,
    operator: () => 'tester',
    clock: systemClock,
    report: () => undefined,
  });
  const changed = () => void (refreshed += 1);
  return new RetentionChanges({ apiOf: sessions.apiOf, changes, changed });
}
const change = (
  group: string,
  fromDays: number | null,
  toDays: RetentionChange['toDays'],
): RetentionChange => ({ connectionId: 'rt', region: 'us-west-1', group, fromDays, toDays });
async function stands(group: string): Promise<number | undefined> {
  const { logGroups } = await sessions
    .apiOf('rt', 'us-west-1')
    .describeLogGroups({ logGroupNamePrefix: group }, never());
  return logGroups?.find(({ logGroupName }) => logGroupName === group)?.retentionInDays;
}
async function journalled(): Promise<JournalEvent[]> {
  const events: JournalEvent[] = [];
  for await (const { event } of journal.read()) events.push(event);
  return events;
}
const puts = (): number => demo.requests.count('PutRetentionPolicy');

it('sets groups right, each on record first, once a command', async () => {
  const retention = open(false);
  const command = {
    commandId: randomUUID(),
    changes: [
      change(`${BASE}/access`, null, 14),
      change(`${BASE}/business`, 365, 180),
      change(BASE, 30, null),
    ],
  };
  const [first, second] = await Promise.all([retention.set(command), retention.set(command)]);
  expect(first).toBe(second);
  expect(first.map(({ group, failure }) => [group, failure])).toEqual([
    [`${BASE}/access`, null],
    [`${BASE}/business`, null],
    [BASE, null],
  ]);
  expect(await stands(`${BASE}/access`)).toBe(14);
  expect(await stands(`${BASE}/business`)).toBe(180);
  expect(await stands(BASE)).toBeUndefined();
  expect(puts()).toBe(2);
  expect(demo.requests.count('DeleteRetentionPolicy')).toBe(1);
  expect(refreshed).toBe(1);
  const events = await journalled();
  expect(events).toMatchObject([
    { phase: 'started', subject: `${BASE}/access`, before: 'for ever', after: '14 days' },
    { phase: 'done', operation: 'PutRetentionPolicy' },
    { phase: 'started', before: '365 days', after: '180 days' },
    { phase: 'done' },
    { phase: 'started', operation: 'DeleteRetentionPolicy', after: 'for ever', by: 'tester' },
    { phase: 'done', commandId: command.commandId },
  ]);
});

it('leaves alone what is right already, what changed since, and what is gone; the rest goes on', async () => {
  const retention = open(false);
  const outcomes = await retention.set({
    commandId: randomUUID(),
    changes: [
      change(`${BASE}/errors`, 14, 90),
      change(`${BASE}/audit`, 30, 365),
      change('/none', null, 30),
      change(`${BASE}/access`, null, 14),
    ],
  });
  expect(outcomes.map(({ failure }) => failure?.kind ?? null)).toEqual([
    null,
    'invalid',
    'not-found',
    null,
  ]);
  expect(outcomes[1]?.failure?.message).toContain('to be kept for 90 days since you looked');
  expect(puts()).toBe(1);
  expect(await stands(`${BASE}/audit`)).toBe(90);
});

it('is refused on a read-only connection before anything is asked or written', async () => {
  const retention = open(true);
  const [outcome] = await retention.set({
    commandId: randomUUID(),
    changes: [change(`${BASE}/access`, null, 14)],
  });
  expect(outcome?.failure).toMatchObject({ kind: 'read-only', operation: 'PutRetentionPolicy' });
  expect(demo.requests.count()).toBe(0);
  expect(await journalled()).toEqual([]);
  expect(refreshed).toBe(0);
});

it('sends nothing that is not on record, and records what AWS refused', async () => {
  const broken: Journal = {
    append: () => Promise.reject(new Error('No space left on device')),
    read: async function* () {
      yield* [];
    },
    problem: null,
  };
  const command = () => ({
    commandId: randomUUID(),
    changes: [change(`${BASE}/access`, null, 14 as const)],
  });
  const [unrecorded] = await open(false, broken).set(command());
  expect(unrecorded?.failure?.message).toContain('No space left on device');
  expect(puts()).toBe(0);
  sessions.stop();
  demo.faults.set({ fault: { kind: 'access-denied' }, operation: 'PutRetentionPolicy' });
  const [denied] = await open(false).set(command());
  expect(denied?.failure).toMatchObject({ kind: 'denied' });
  expect(await journalled()).toMatchObject([{ phase: 'started' }, { phase: 'failed' }]);
  expect(await stands(`${BASE}/access`)).toBeUndefined();
});
