import { afterEach, describe, expect, it } from 'vitest';
import { CRM_ACCOUNT, REALTECHEE_ACCOUNT, startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { Searches } from '../../../src/main/logs/search/searches';
import { systemClock } from '../../../src/shared/clock';
import type { LogSearch, SearchProgress } from '../../../src/shared/logs/search';
import { demoConnection } from '../../support/alarm-service';
import { localEngine } from './local-engine';
import type { LocalEngine, Shown } from './local-engine';
import { openSessions, until } from './sessions';
import type { LogSessions } from './sessions';

const MINUTE = 60_000;
const AUTH = '/ecs/crm/auth';
const CORE = '/ecs/crm/crm-core';
const AMPLIFY = '/aws/amplify/RealTechee-Gen2';
const crm = { connectionId: 'crm', region: 'us-east-1', groups: [AUTH, CORE] };
const rt = { connectionId: 'rt', region: 'us-west-1', groups: [AMPLIFY] };

let demo: DemoAws;
let sessions: LogSessions;
let searches: Searches;
let local: LocalEngine;
let told: SearchProgress[] = [];
let endMs = 0;

async function open(logsPerMinute = 600): Promise<void> {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute });
  sessions = openSessions([
    demoConnection(demo.endpoint, { id: 'crm', regions: ['us-east-1'] }),
    demoConnection(demo.endpoint, { id: 'rt', regions: ['us-west-1'] }),
  ]);
  local = localEngine();
  searches = new Searches({ apiOf: sessions.apiOf, sink: local.engine, clock: systemClock });
  local.engine.onLost(() => searches.engineLost());
  searches.onProgress((progress) => void told.push(progress));
  // Old enough that nothing arrives late.
  endMs = Math.floor(demo.now() / MINUTE) * MINUTE - 10 * MINUTE;
}

afterEach(async () => {
  searches.stopAll();
  sessions.stop();
  local.stop();
  await demo.stop();
  told = [];
});

const search = (change: Partial<LogSearch> = {}): LogSearch => ({
  searchId: 's1',
  targets: [crm],
  startMs: endMs - 20 * MINUTE,
  endMs,
  pattern: '',
  newestFirst: true,
  maxEvents: 1_000_000,
  ...change,
});

const ended = (phase: SearchProgress['phase'] = 'done') =>
  until(
    () => told.at(-1),
    (progress) => progress?.phase === phase,
  );
const groupOf = (progress: SearchProgress | undefined, name: string) =>
  progress?.groups.find(({ group }) => group === name);

/** What the demo makes, read from its own store and not over the API. */
function made({ startMs, endMs: to, targets }: LogSearch, fits = (_: string) => true): Shown[] {
  const all: Shown[] = [];
  for (const { connectionId, region, groups } of targets) {
    const account = connectionId === 'crm' ? CRM_ACCOUNT : REALTECHEE_ACCOUNT;
    for (const name of groups) {
      const group = demo.world.region(account, region).logs.groups.get(name);
      for (let at = Math.floor(startMs / MINUTE) * MINUTE; at <= to; at += MINUTE) {
        for (const { timestamp, message } of group?.minute(at, demo.now()) ?? []) {
          if (timestamp < startMs || timestamp > to || !fits(message)) continue;
          all.push({ timestamp, group: name, region, message });
        }
      }
    }
  }
  return all;
}
const sorted = (events: readonly Shown[]): string[] =>
  events.map((event) => JSON.stringify(event)).sort();
const times = (events: readonly Shown[]): number[] => events.map(({ timestamp }) => timestamp);

describe('search of log events', () => {
  it.each([true, false])(
    'finds all there is over two accounts, merged (newest first: %s)',
    async (newestFirst) => {
      await open();
      const asked = search({ targets: [crm, rt], newestFirst });
      const first = await searches.start(asked);
      expect(first.phase).toBe('searching');
      const progress = await ended();
      const found = await local.shown('s1', newestFirst);
      const expected = made(asked);
      expect(expected.length).toBeGreaterThan(5_000);
      expect(sorted(found)).toEqual(sorted(expected));
      expect(times(found)).toEqual(times(found).toSorted((a, b) => (newestFirst ? b - a : a - b)));
      expect(new Set(found.map(({ group }) => group))).toEqual(new Set([AUTH, CORE, AMPLIFY]));
      expect(progress?.events).toBe(expected.length);
      for (const group of progress?.groups ?? []) {
        expect(group).toMatchObject({
          phase: 'done',
          failure: null,
          coveredFromMs: asked.startMs,
          coveredToMs: asked.endMs,
        });
        const mine = expected.filter((event) => event.group === group.group);
        expect(group.events).toBe(mine.length);
        expect(group.bytes).toBe(
          mine.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0),
        );
      }
      // In order of arrival, what is covered grows only.
      const covered = told.map((one) => groupOf(one, CORE)?.coveredFromMs ?? Infinity);
      if (newestFirst) expect(covered).toEqual(covered.toSorted((a, b) => b - a));
    },
  );

  it('finds what was there before CloudWatch could read backwards, newest slice first', async () => {
    await open();
    const asked = search({ startMs: Date.UTC(2023, 11, 1), targets: [{ ...crm, groups: [AUTH] }] });
    asked.maxEvents = 500;
    await searches.start(asked);
    await ended('full');
    const found = await local.shown('s1', true);
    const newest = made({ ...asked, startMs: endMs - 20 * MINUTE })
      .toSorted((a, b) => b.timestamp - a.timestamp)
      .slice(0, 500);
    expect(times(found.slice(0, 500))).toEqual(times(newest));
  });

  it('stops at once, and goes on without loss or doubles', async () => {
    await open(3_000);
    const asked = search();
    await searches.start(asked);
    await until(
      () => told.at(-1)?.events ?? 0,
      (events) => events > 0,
    );
    const before = performance.now();
    await searches.stop('s1');
    expect(performance.now() - before).toBeLessThan(200);
    const stopped = told.at(-1);
    expect(stopped?.phase).toBe('stopped');
    expect(stopped?.groups.some(({ phase }) => phase === 'stopped')).toBe(true);
    await searches.resume('s1');
    await searches.resume('s1');
    const progress = await ended();
    const expected = made(asked);
    expect(sorted(await local.shown('s1'))).toEqual(sorted(expected));
    expect(progress?.events).toBe(expected.length);
  });

  it('stays stopped when it is stopped before the engine has opened', async () => {
    await open();
    const asked = search();
    const starting = searches.start(asked);
    await searches.stop('s1');
    expect((await starting).phase).toBe('stopped');
    const resuming = searches.resume('s1');
    await searches.stop('s1');
    await resuming;
    expect((await local.shown('s1')).length).toBe(0);
    expect(
      demo.requests.entries.filter(({ operation }) => operation === 'FilterLogEvents'),
    ).toHaveLength(0);
    await searches.resume('s1');
    await ended();
    expect(sorted(await local.shown('s1'))).toEqual(sorted(made(asked)));
  });

  it('is full at so many events, and goes on to the end', async () => {
    await open();
    const asked = search({ maxEvents: 2_500 });
    await searches.start(asked);
    const full = await ended('full');
    expect(full?.events).toBeGreaterThanOrEqual(2_500);
    for (let i = 0; i < 20 && told.at(-1)?.phase === 'full'; i += 1) {
      const before = told.at(-1)?.events ?? 0;
      await searches.resume('s1');
      await until(
        () => told.at(-1),
        (progress) =>
          (progress?.phase === 'full' && progress.events > before) || progress?.phase === 'done',
      );
    }
    expect(told.at(-1)?.phase).toBe('done');
    expect(sorted(await local.shown('s1'))).toEqual(sorted(made(asked)));
  });

  it('does not let a throttled region delay a quick one, and counts the throttles', async () => {
    await open();
    demo.faults.set({
      fault: { kind: 'throttle', perSecond: 0 },
      operation: 'FilterLogEvents',
      region: 'us-west-1',
      times: 3,
    });
    const asked = search({ targets: [crm, rt] });
    await searches.start(asked);
    const quick = await until(
      () => told.at(-1),
      (progress) =>
        groupOf(progress, CORE)?.phase === 'done' && groupOf(progress, AUTH)?.phase === 'done',
    );
    expect(groupOf(quick, AMPLIFY)).toMatchObject({ phase: 'searching', events: 0 });
    const progress = await ended();
    expect(groupOf(progress, AMPLIFY)).toMatchObject({ throttles: 3, phase: 'done' });
    expect(groupOf(progress, CORE)?.throttles).toBe(0);
    expect(sorted(await local.shown('s1'))).toEqual(sorted(made(asked)));
  });

  it('fails alone where a group is deleted meanwhile or access is denied', async () => {
    await open(3_000);
    const asked = search({ targets: [crm, rt] });
    demo.faults.set({
      fault: { kind: 'access-denied' },
      operation: 'FilterLogEvents',
      region: 'us-west-1',
    });
    await searches.start(asked);
    await until(
      () => groupOf(told.at(-1), CORE)?.pages ?? 0,
      (pages) => pages > 0,
    );
    await searches.stop('s1');
    expect(groupOf(told.at(-1), CORE)?.phase).toBe('stopped');
    demo.world.region(CRM_ACCOUNT, 'us-east-1').logs.remove(CORE);
    await searches.resume('s1');
    const progress = await ended();
    expect(groupOf(progress, CORE)).toMatchObject({
      phase: 'failed',
      failure: { kind: 'not-found' },
    });
    expect(groupOf(progress, AMPLIFY)).toMatchObject({
      phase: 'failed',
      failure: { kind: 'denied' },
    });
    expect(groupOf(progress, AUTH)?.phase).toBe('done');
    demo.faults.clear();
    await searches.resume('s1');
    await until(
      () => groupOf(told.at(-1), AMPLIFY)?.phase,
      (phase) => phase === 'done',
    );
    const left = { ...asked, targets: [{ ...crm, groups: [AUTH] }, rt] };
    const found = (await local.shown('s1')).filter(({ group }) => group !== CORE);
    expect(sorted(found)).toEqual(sorted(made(left)));
  });

  it('passes the pattern on, and shows a mistake as the failure of the groups', async () => {
    await open();
    const asked = search({ pattern: '{ $.level = "debug" }' });
    await searches.start(asked);
    await ended();
    const found = await local.shown('s1');
    const matching = made(asked, (message) => /"level":"debug"/.test(message));
    expect(matching.length).toBeGreaterThan(0);
    expect(sorted(found)).toEqual(sorted(matching));
    told = [];
    await searches.start({ ...asked, searchId: 's2', pattern: '{ $.level = ' });
    const progress = await ended();
    expect(progress?.groups.map(({ phase }) => phase)).toEqual(['failed', 'failed']);
    expect(progress?.groups[0]?.failure?.kind).toBe('invalid');
    expect(progress?.groups[0]?.failure?.message).toMatch(/pattern/i);
  });

  it('goes on over empty pages and counts them', async () => {
    await open();
    const asked = search({
      startMs: endMs - 60 * 60 * MINUTE,
      targets: [rt],
      pattern: '"there is no such thing"',
    });
    await searches.start(asked);
    const progress = await ended();
    const group = groupOf(progress, AMPLIFY);
    expect(group).toMatchObject({ phase: 'done', events: 0, coveredFromMs: asked.startMs });
    expect(group?.emptyPages).toBeGreaterThanOrEqual(2);
    expect(group?.pages).toBe((group?.emptyPages ?? 0) + 1);
  });

  it('gives up on a group whose next pages CloudWatch always refuses', async () => {
    await open(3_000);
    const fault = { kind: 'repeat-token' } as const;
    demo.faults.set({ fault, operation: 'FilterLogEvents', region: 'us-east-1' });
    await searches.start(search());
    const progress = await ended();
    expect(groupOf(progress, CORE)).toMatchObject({
      phase: 'failed',
      failure: { kind: 'invalid' },
    });
    expect(groupOf(progress, CORE)?.pages).toBeLessThan(30);
  });

  it.each([
    { kind: 'duplicate' },
    { kind: 'reorder' },
    { kind: 'server-error', status: 503 },
    { kind: 'reset' },
    { kind: 'garbage' },
  ] as const)('survives $kind', async (fault) => {
    await open();
    const operation = 'FilterLogEvents';
    demo.faults.set({
      fault,
      operation,
      ...(fault.kind === 'duplicate' || fault.kind === 'reorder' ? {} : { times: 1 }),
    });
    const asked = search({ targets: [crm, rt] });
    await searches.start(asked);
    await ended();
    if (told.at(-1)?.groups.some(({ phase }) => phase === 'failed')) {
      await searches.resume('s1');
      await until(
        () => told.at(-1),
        (progress) => progress?.groups.every(({ phase }) => phase === 'done') === true,
      );
    }
    expect(sorted(await local.shown('s1'))).toEqual(sorted(made(asked)));
  });

  it('says that the engine died, and fetches everything again when resumed', async () => {
    await open(3_000);
    const asked = search();
    await searches.start(asked);
    await until(
      () => told.at(-1)?.events ?? 0,
      (events) => events > 0,
    );
    local.kill();
    const lost = told.at(-1);
    expect(lost).toMatchObject({ phase: 'stopped', events: 0 });
    expect(lost?.groups[0]).toMatchObject({ phase: 'failed', coveredFromMs: null });
    expect(lost?.groups[0]?.failure?.message).toContain('what was found is gone');
    await searches.resume('s1');
    const progress = await ended();
    const expected = made(asked);
    expect(progress?.events).toBe(expected.length);
    expect(sorted(await local.shown('s1'))).toEqual(sorted(expected));
  });

  it('refuses a window without time, and an id in use', async () => {
    await open();
    await expect(searches.start(search({ endMs: 5, startMs: 5 }))).rejects.toMatchObject({
      failure: { kind: 'invalid' },
    });
    await searches.start(search());
    await expect(searches.start(search())).rejects.toMatchObject({ failure: { kind: 'invalid' } });
    expect(await searches.close('s1')).toBe(true);
    expect(await searches.close('s1')).toBe(false);
    await expect(local.client().ask('stats', { dataset: 's1' })).rejects.toThrow();
  });
});
