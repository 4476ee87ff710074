import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { Insights } from '../../../src/main/logs/insights/insights';
import { systemClock } from '../../../src/shared/clock';
import type { InsightsQuery, InsightsState } from '../../../src/shared/logs/insights';
import { demoConnection } from '../../support/alarm-service';
import { openSessions, until } from './sessions';
import type { LogSessions } from './sessions';

const AUTH = '/ecs/crm/auth';
const AMPLIFY = '/aws/amplify/RealTechee-Gen2';
const rowsSchema = z.array(
  z.object({
    target: z.number(),
    ptr: z.string().nullable(),
    values: z.array(z.string().nullable()),
  }),
);

let demo: DemoAws;
let sessions: LogSessions;
let insights: Insights;
let states: InsightsState[];
let runs = 0;

beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 600 });
});
afterAll(() => demo.stop());
beforeEach(() => {
  sessions = openSessions([
    demoConnection(demo.endpoint, { id: 'crm', regions: ['us-east-1'] }),
    demoConnection(demo.endpoint, { id: 'rt', regions: ['us-west-1'] }),
  ]);
  insights = new Insights({
    apiOf: sessions.apiOf,
    known: () => new Map(),
    clock: systemClock,
  });
  states = [];
  insights.onState((state) => void states.push(state));
});
afterEach(async () => {
  await insights.stopAll();
  sessions.stop();
  demo.faults.clear();
});

const crm = { connectionId: 'crm', region: 'us-east-1', groups: [AUTH] };
const query = (change: Partial<InsightsQuery> = {}): InsightsQuery => ({
  queryId: `q${(runs += 1)}`,
  targets: [crm],
  startMs: demo.now() - 10 * 60_000,
  endMs: demo.now(),
  query: 'fields @timestamp, level, message | sort @timestamp desc',
  language: 'CWLI',
  limit: 200,
  ...change,
});
const ended = (queryId: string): Promise<InsightsState> =>
  until(
    () => states.findLast((state) => state.queryId === queryId) ?? null,
    (state) => state !== null && state.phase !== 'running',
  ).then((state) => {
    if (state === null) throw new Error('no state');
    return state;
  });
const rowsOf = (queryId: string) =>
  rowsSchema.parse(JSON.parse(insights.rows(queryId, 0, 10_000).rowsJson));

describe('a query', () => {
  it('runs to its end with rows, what was read and what it costs', async () => {
    const asked = query();
    const first = await insights.start(asked);
    expect(first).toMatchObject({ phase: 'running', rows: 0, targets: [{ status: 'waiting' }] });
    const last = await ended(asked.queryId);
    expect(last).toMatchObject({
      phase: 'complete',
      rows: 200,
      columns: ['@timestamp', 'level', 'message'],
      targets: [{ status: 'complete', failure: null, rows: 200 }],
    });
    expect(last.endedAt).not.toBeNull();
    const [{ bytesScanned, recordsScanned } = { bytesScanned: 0, recordsScanned: 0 }] =
      last.targets;
    expect(recordsScanned).toBeGreaterThan(200);
    expect(last.costUsd).toBeCloseTo((bytesScanned / 1024 ** 3) * 0.005, 15);
    const rows = rowsOf(asked.queryId);
    expect(rows).toHaveLength(200);
    expect(rows[0]?.ptr).toEqual(expect.any(String));
    const times = rows.map(({ values }) => values[0] ?? '');
    expect(times).toEqual([...times].sort().reverse());
    expect(JSON.parse(insights.rows(asked.queryId, 198, 50).rowsJson)).toHaveLength(2);
  });

  it('sends its window in seconds', async () => {
    const asked = query({
      startMs: demo.now() - 60_000,
      endMs: demo.now(),
      query: 'stats min(@timestamp) as first, max(@timestamp) as last, count(*) as n',
    });
    await insights.start(asked);
    expect(await ended(asked.queryId)).toMatchObject({ phase: 'complete', rows: 1 });
    const [row] = rowsOf(asked.queryId);
    const time = (text: string | null | undefined): number =>
      Date.parse(`${(text ?? '').replace(' ', 'T')}Z`);
    expect(time(row?.values[0])).toBeGreaterThanOrEqual(Math.floor(asked.startMs / 1000) * 1000);
    expect(time(row?.values[1])).toBeLessThan(Math.ceil(asked.endMs / 1000) * 1000 + 1000);
    expect(Number(row?.values[2])).toBeGreaterThan(10);
  });

  it('unites several accounts, newest first over all, and one that fails holds up no other', async () => {
    const rt = { connectionId: 'rt', region: 'us-west-1', groups: [AMPLIFY] };
    const none = { ...crm, groups: ['/none'] };
    const asked = query({
      targets: [crm, rt, none],
      query: 'fields @timestamp, category, requestId | sort @timestamp desc',
      limit: 50,
    });
    await insights.start(asked);
    const last = await ended(asked.queryId);
    expect(last.phase).toBe('complete');
    expect(last.targets.map(({ status, rows }) => [status, rows])).toEqual([
      ['complete', 50],
      ['complete', 50],
      ['failed', 0],
    ]);
    expect(last.targets[2]?.failure).toMatchObject({ kind: 'not-found' });
    const rows = rowsOf(asked.queryId);
    const time = last.columns.indexOf('@timestamp');
    const times = rows.map(({ values }) => values[time] ?? '');
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(rows.map(({ target }) => target))).toEqual(new Set([0, 1]));
    expect(rows.every(({ values }) => values.length === last.columns.length)).toBe(true);
  });

  it('says where it does not parse', async () => {
    const asked = query({ query: 'fields @timestamp\n| filtr level = "ERROR"' });
    await insights.start(asked);
    const last = await ended(asked.queryId);
    expect(last.phase).toBe('failed');
    const [target] = last.targets;
    expect(target?.failure).toMatchObject({ kind: 'invalid' });
    expect(target?.failure?.message).toMatch(/at line 2, character \d+: /);
    expect(target?.failure?.message).not.toContain('Request ID');
    expect(target?.mistake?.start).toBeGreaterThanOrEqual(18);
  });

  it('is refused with more than 50 groups, twice under one id, or ending before it begins', async () => {
    const groups = Array.from({ length: 51 }, (_, index) => `/g/${index}`);
    await expect(insights.start(query({ targets: [{ ...crm, groups }] }))).rejects.toThrow(
      'at most 50 log groups of one region; 51 of us-east-1 were chosen',
    );
    await expect(insights.start(query({ endMs: 0 }))).rejects.toThrow('ends before it begins');
    const asked = query();
    await insights.start(asked);
    await expect(insights.start(asked)).rejects.toThrow('runs already');
  });

  it('passes other languages on, and shows what the account says of them', async () => {
    const asked = query({ language: 'PPL', query: 'fields message | head 5' });
    await insights.start(asked);
    const last = await ended(asked.queryId);
    expect(last.targets[0]?.failure).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('PPL is not enabled'),
    });
  });
});

describe('stopping', () => {
  it('tells CloudWatch at once, keeps what came, and knows only its own', async () => {
    const asked = query({
      startMs: demo.now() - 7 * 24 * 3_600_000,
      query: 'stats count(*) by level',
    });
    await insights.start(asked);
    await until(
      () => states.at(-1)?.targets[0]?.status,
      (status) => status === 'running' || status === 'scheduled',
    );
    const before = demo.requests.count('StopQuery');
    expect(await insights.stop(asked.queryId)).toBe(true);
    expect(demo.requests.count('StopQuery')).toBe(before + 1);
    expect(states.at(-1)).toMatchObject({ phase: 'stopped', targets: [{ status: 'cancelled' }] });
    const polls = demo.requests.count('GetQueryResults');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(demo.requests.count('GetQueryResults')).toBe(polls);
    expect(await insights.stop('other')).toBe(false);
    expect(await insights.close(asked.queryId)).toBe(true);
    expect(() => insights.rows(asked.queryId, 0, 1)).toThrow('not kept');
  });

  it('while it is being started still stops it in the account', async () => {
    demo.faults.set({ fault: { kind: 'latency', ms: 300 }, operation: 'StartQuery' });
    const asked = query({ startMs: demo.now() - 7 * 24 * 3_600_000 });
    await insights.start(asked);
    await insights.stop(asked.queryId);
    const before = demo.requests.count('StopQuery');
    await until(
      () => demo.requests.count('StopQuery'),
      (count) => count === before + 1,
    );
    expect(states.at(-1)?.phase).toBe('stopped');
  });
});

it('shows partial rows as they come, a revision each time', async () => {
  const asked = query({
    startMs: demo.now() - 24 * 3_600_000,
    query: 'stats count(*) as n by level',
  });
  await insights.start(asked);
  await ended(asked.queryId);
  const mine = states.filter(({ queryId }) => queryId === asked.queryId);
  const counted = mine.filter(({ rows }) => rows > 0);
  expect(counted.length).toBeGreaterThan(1);
  expect(counted[0]?.phase).toBe('running');
  const revisions = mine.map(({ revision }) => revision);
  expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
});

it('says that it may not be run', async () => {
  demo.faults.set({ fault: { kind: 'access-denied' }, operation: 'StartQuery' });
  const asked = query();
  await insights.start(asked);
  const last = await ended(asked.queryId);
  expect(last.targets[0]?.failure).toMatchObject({
    kind: 'denied',
    message: expect.stringContaining('logs:StartQuery'),
  });
});
