import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CRM_ACCOUNT, REALTECHEE_ACCOUNT, startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { GroupCache } from '../../../src/main/logs/groups/group-cache';
import { GroupLists } from '../../../src/main/logs/groups/log-groups';
import { systemClock } from '../../../src/shared/clock';
import type { Connection } from '../../../src/shared/connections/connection';
import type { GroupListing, GroupSource, LogGroup } from '../../../src/shared/logs/groups';
import { demoConnection } from '../../support/alarm-service';
import { openSessions, until } from './sessions';
import type { LogSessions } from './sessions';

let demo: DemoAws;
let sessions: LogSessions;
let dir: string;
let told: GroupListing[];
let problems: string[];
const open: GroupLists[] = [];

const connections = (): Connection[] => [
  demoConnection(demo.endpoint, { id: 'crm', regions: ['us-east-1'] }),
  demoConnection(demo.endpoint, { id: 'rt', regions: ['us-west-1'] }),
];

function lists(apiOf = sessions.apiOf): GroupLists {
  const report = (problem: string): void => void problems.push(problem);
  const made = new GroupLists({
    apiOf,
    clock: systemClock,
    cache: new GroupCache(join(dir, 'log-groups'), report),
    report,
  });
  made.onListing((listing) => void told.push(listing));
  made.setConnections(connections());
  open.push(made);
  return made;
}

beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
  sessions = openSessions(connections());
  dir = mkdtempSync(join(tmpdir(), 'nightdesk-groups-'));
  told = [];
  problems = [];
});
afterEach(async () => {
  for (const made of open.splice(0)) await made.stop();
  sessions.stop();
  await demo.stop();
  rmSync(dir, { recursive: true, force: true });
});

const read = z.custom<LogGroup[]>((value) => Array.isArray(value));
const groupsOf = (listing: GroupListing | undefined): LogGroup[] =>
  listing === undefined ? [] : read.parse(JSON.parse(listing.groupsJson));
const sourceOf = (listing: GroupListing | undefined, id: string): GroupSource | undefined =>
  listing?.sources.find(({ connectionId }) => connectionId === id);
const phaseOf = (id: string) => sourceOf(told.at(-1), id)?.phase;
const storeOf = (id: string) =>
  id === 'crm'
    ? demo.world.region(CRM_ACCOUNT, 'us-east-1').logs
    : demo.world.region(REALTECHEE_ACCOUNT, 'us-west-1').logs;
const names = (listing: GroupListing | undefined, id: string): string[] =>
  groupsOf(listing)
    .flatMap(({ connectionId, name }) => (connectionId === id ? [name] : []))
    .sort();
const calls = (): number =>
  demo.requests.entries.filter(({ operation }) => operation === 'DescribeLogGroups').length;

describe('lists of log groups', () => {
  it('ask nothing before somebody looks, then page through every account', async () => {
    for (let i = 0; i < 120; i += 1) {
      storeOf('crm').add({ name: `/many/${i}`, createdAt: demo.now(), retentionInDays: 7 });
    }
    const made = lists();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(calls()).toBe(0);
    expect(made.list().sources.map(({ phase }) => phase)).toEqual(['loading', 'loading']);
    await until(
      () => [phaseOf('crm'), phaseOf('rt')],
      (phases) => phases.every((phase) => phase === 'ready'),
    );
    const listing = told.at(-1);
    for (const id of ['crm', 'rt']) {
      expect(names(listing, id)).toEqual([...storeOf(id).groups.keys()].sort());
      expect(sourceOf(listing, id)?.count).toBe(storeOf(id).groups.size);
    }
    expect(groupsOf(listing).find(({ name }) => name === '/ecs/crm/auth')).toMatchObject({
      connectionId: 'crm',
      region: 'us-east-1',
      retentionDays: 90,
      arn: storeOf('crm').groups.get('/ecs/crm/auth')?.arn,
      logClass: 'STANDARD',
    });
    expect(groupsOf(listing).find(({ name }) => name === '/ecs/crm/scheduler')?.retentionDays).toBe(
      null,
    );
    expect(calls()).toBeGreaterThanOrEqual(4);
    made.list();
    made.list();
    expect(calls()).toBeLessThan(10);
  });

  it('are there at the next start before anybody answers, and fresh after', async () => {
    lists().list();
    await until(
      () => phaseOf('crm'),
      (phase) => phase === 'ready',
    );
    await until(
      () => phaseOf('rt'),
      (phase) => phase === 'ready',
    );
    for (const made of open.splice(0)) await made.stop();
    expect(readdirSync(join(dir, 'log-groups'))).toHaveLength(2);
    storeOf('crm').add({ name: '/new/one', createdAt: demo.now() });
    demo.faults.set({ fault: { kind: 'latency', ms: 1_000 }, operation: 'DescribeLogGroups' });
    told = [];
    const again = lists();
    // Connections that are set twice at the start do not cost what was kept.
    again.setConnections(connections());
    again.list();
    await until(
      () => phaseOf('crm'),
      (phase) => phase === 'stale',
    );
    expect(names(told.at(-1), 'crm')).toContain('/ecs/crm/auth');
    expect(names(told.at(-1), 'crm')).not.toContain('/new/one');
    await until(
      () => phaseOf('crm'),
      (phase) => phase === 'ready',
    );
    expect(names(told.at(-1), 'crm')).toContain('/new/one');
    expect(problems).toEqual([]);
  });

  it('ask again when what was kept is damaged', async () => {
    lists().list();
    await until(
      () => phaseOf('crm'),
      (phase) => phase === 'ready',
    );
    for (const made of open.splice(0)) await made.stop();
    for (const file of readdirSync(join(dir, 'log-groups'))) {
      writeFileSync(join(dir, 'log-groups', file), '{"key":');
    }
    told = [];
    lists().list();
    await until(
      () => phaseOf('crm'),
      (phase) => phase === 'ready',
    );
    expect(names(told.at(-1), 'crm')).toContain('/ecs/crm/auth');
  });

  it('of a place that hangs or is denied delay nobody and are told as such', async () => {
    demo.faults.set({
      fault: { kind: 'hang' },
      operation: 'DescribeLogGroups',
      region: 'us-west-1',
    });
    lists().list();
    await until(
      () => phaseOf('crm'),
      (phase) => phase === 'ready',
    );
    expect(phaseOf('rt')).toBe('loading');
    for (const made of open.splice(0)) await made.stop();
    demo.faults.clear();
    demo.faults.set({
      fault: { kind: 'access-denied' },
      operation: 'DescribeLogGroups',
      region: 'us-west-1',
    });
    const denied = lists();
    denied.list();
    await until(
      () => phaseOf('rt'),
      (phase) => phase === 'failed',
    );
    await until(
      () => phaseOf('crm'),
      (phase) => phase === 'ready',
    );
    expect(sourceOf(told.at(-1), 'rt')?.failure?.kind).toBe('denied');
    demo.faults.clear();
    denied.refresh();
    await until(
      () => phaseOf('rt'),
      (phase) => phase === 'ready',
    );
    expect(sourceOf(told.at(-1), 'rt')?.failure).toBe(null);
  });

  it('keep what was known when asking again fails, and say so', async () => {
    const made = lists();
    made.list();
    await until(
      () => phaseOf('crm'),
      (phase) => phase === 'ready',
    );
    demo.faults.set({
      fault: { kind: 'access-denied' },
      operation: 'DescribeLogGroups',
      region: 'us-east-1',
    });
    made.refresh();
    await until(
      () => phaseOf('crm'),
      (phase) => phase === 'stale',
    );
    expect(sourceOf(told.at(-1), 'crm')?.failure?.kind).toBe('denied');
    expect(names(told.at(-1), 'crm')).toContain('/ecs/crm/auth');
  });

  it('end with a word where the pages lead nowhere, and forget a connection that has gone', async () => {
    for (let i = 0; i < 60; i += 1) storeOf('crm').add({ name: `/many/${i}`, createdAt: 1 });
    const fault = { kind: 'repeat-token' } as const;
    demo.faults.set({ fault, operation: 'DescribeLogGroups', region: 'us-east-1' });
    const made = lists();
    made.list();
    await until(
      () => phaseOf('crm'),
      (phase) => phase === 'failed',
    );
    expect(sourceOf(told.at(-1), 'crm')?.failure?.kind).toBe('invalid');
    // What one page said is shown beside the failure.
    expect(names(told.at(-1), 'crm')).toHaveLength(50);
    await until(
      () => phaseOf('rt'),
      (phase) => phase === 'ready',
    );
    made.setConnections(connections().slice(1));
    const listing = made.list();
    expect(listing.sources.map(({ connectionId }) => connectionId)).toEqual(['rt']);
    expect(names(listing, 'crm')).toEqual([]);
  });
});
