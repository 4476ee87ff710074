import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { LiveTails } from '../../../src/main/logs/tail/live-tails';
import { RENEW_AFTER_MS } from '../../../src/main/logs/tail/tail-target';
import type { Clock } from '../../../src/shared/clock';
import { systemClock } from '../../../src/shared/clock';
import { decodeBatch } from '../../../src/shared/logs/frame';
import type { TailState } from '../../../src/shared/logs/tail';
import { demoConnection } from '../../support/alarm-service';
import { never, openSessions, until } from './sessions';
import type { LogSessions } from './sessions';

const AUTH = '/ecs/crm/auth';
const crm = { connectionId: 'crm', region: 'us-east-1', groups: [AUTH] };

let demo: DemoAws;
let sessions: LogSessions;
let tails: LiveTails;
let states: TailState[];
let got: { message: string; timestamp: number; group: string; stream: string }[];
let calls: string[];

const sink = {
  open: async (dataset: string) => void calls.push(`open ${dataset}`),
  close: async (dataset: string) => void calls.push(`close ${dataset}`),
  async append(_dataset: string, frame: Uint8Array) {
    const batch = decodeBatch(frame);
    const text = new TextDecoder();
    let from = 0;
    for (let i = 0; i < batch.count; i += 1) {
      const end = batch.messageEnds[i] ?? 0;
      const source = batch.sources[batch.sourceIndexes[i] ?? 0];
      got.push({
        message: text.decode(batch.messages.subarray(from, end)),
        timestamp: batch.timestamps[i] ?? 0,
        group: source?.group ?? '',
        stream: source?.stream ?? '',
      });
      from = end;
    }
  },
};

async function open(perMinute: number, clock: Clock = systemClock): Promise<void> {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: perMinute });
  sessions = openSessions([
    demoConnection(demo.endpoint, { id: 'crm', regions: ['us-east-1'] }),
    demoConnection(demo.endpoint, { id: 'rt', regions: ['us-west-1'] }),
  ]);
  tails = new LiveTails({ apiOf: sessions.apiOf, known: () => new Map(), sink, clock });
  tails.onState((state) => void states.push(state));
}
beforeEach(() => {
  states = [];
  got = [];
  calls = [];
});
afterEach(async () => {
  tails.stopAll();
  sessions.stop();
  await demo.stop();
});

const phase = () => states.at(-1)?.targets[0]?.phase;

/** What a search finds of the group between two times. */
async function searched(from: number, to: number): Promise<string[]> {
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sessions
      .apiOf('crm', 'us-east-1')
      .filterLogEvents({ logGroupName: AUTH, startTime: from, endTime: to, nextToken }, never());
    found.push(...(page.events ?? []).map(({ message, timestamp }) => `${timestamp} ${message}`));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found.sort();
}
const told = (from: number, to: number): string[] =>
  got
    .filter(({ timestamp }) => timestamp >= from && timestamp < to)
    .map(({ message, timestamp }) => `${timestamp} ${message}`)
    .sort();

describe('live tail', () => {
  it('hands events of several accounts on as frames, with their rate, and stops at once', async () => {
    await open(6_000);
    const rt = { ...crm, connectionId: 'rt', region: 'us-west-1' };
    rt.groups = ['/aws/amplify/RealTechee-Gen2'];
    const first = await tails.start({ tailId: 't1', targets: [crm, rt], pattern: '' });
    expect(first.targets.map(({ phase: of }) => of)).toEqual(['connecting', 'connecting']);
    expect(calls).toEqual(['open t1']);
    const live = await until(
      () => states.at(-1),
      (state) => state?.targets.every(({ events }) => events > 0) === true && state.rate > 0,
    );
    expect(live?.targets.map(({ phase: of }) => of)).toEqual(['live', 'live']);
    expect(new Set(got.map(({ group }) => group))).toEqual(new Set([AUTH, ...rt.groups]));
    expect(got[0]?.stream).not.toBe('');
    const events = live?.targets.reduce((sum, target) => sum + target.events, 0);
    expect(events).toBeGreaterThan(10);

    expect(await tails.stop('t1')).toBe(true);
    expect(states.at(-1)?.targets.map(({ phase: of }) => of)).toEqual(['ended', 'ended']);
    expect(states.at(-1)?.endedAt).not.toBeNull();
    const count = got.length;
    const toldStates = states.length;
    await pause(1_500);
    expect(got).toHaveLength(count);
    expect(states).toHaveLength(toldStates);
    expect(await tails.stop('other')).toBe(false);
    expect(await tails.close('t1')).toBe(true);
    expect(calls).toEqual(['open t1', 'close t1']);
    expect(await tails.close('t1')).toBe(false);
  });

  it('passes the pattern on and says when AWS sends a sample', async () => {
    await open(240_000);
    const groups = [AUTH, '/ecs/crm/crm-core'];
    const pattern = '{ $.environment = "production" && $.level != "debug" }';
    await tails.start({ tailId: 't2', targets: [{ ...crm, groups }], pattern });
    await until(
      () => states.at(-1)?.targets[0]?.sampled,
      (sampled) => sampled === true,
    );
    expect(got.length).toBeGreaterThan(100);
    expect(got.filter(({ message }) => message.includes('"level":"debug"'))).toEqual([]);
  });

  it('opens the next session before AWS ends one, and loses and repeats nothing', async () => {
    let renewals = 0;
    await open(3_000, {
      now: systemClock.now,
      after: (ms, task) => {
        if (ms !== RENEW_AFTER_MS) return systemClock.after(ms, task);
        renewals += 1;
        return systemClock.after(renewals === 1 ? 2_500 : ms, task);
      },
    });
    await tails.start({ tailId: 't3', targets: [crm], pattern: '' });
    await until(phase, (of) => of === 'live');
    await pause(1_200);
    const from = demo.now() - 1_000;
    await until(
      () => renewals,
      (count) => count === 2,
    );
    await until(
      () => demo.requests.count('FilterLogEvents'),
      (count) => count > 0,
    );
    const to = demo.now() - 2_000;
    // The last of them is taken in by the demo 5 s after it happened, and told a second later.
    await pause(5_500);
    const expected = await searched(from, to);
    expect(expected.length).toBeGreaterThan(20);
    expect(told(from, to)).toEqual(expected);
    expect(demo.requests.count('StartLiveTail')).toBe(2);
    expect(phase()).toBe('live');
  });

  it('outlives a call that fails at first', async () => {
    await open(6_000);
    demo.faults.set({ fault: { kind: 'server-error' }, operation: 'StartLiveTail', times: 3 });
    await tails.start({ tailId: 't4', targets: [crm], pattern: '' });
    await until(
      () => states.some(({ targets }) => targets[0]?.failure !== null),
      (failed) => failed,
    );
    const live = await until(
      () => states.at(-1)?.targets[0],
      (target) => target?.phase === 'live' && target.events > 0,
    );
    expect(live?.failure).toBeNull();
  });
});

describe('polling in its place', () => {
  it('goes on by search where live tail is denied, and says so', async () => {
    await open(3_000);
    demo.faults.set({ fault: { kind: 'access-denied' }, operation: 'StartLiveTail' });
    const from = demo.now();
    await tails.start({ tailId: 't5', targets: [crm], pattern: '' });
    await until(phase, (of) => of === 'polling');
    expect(states.at(-1)?.targets[0]?.failure).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('logs:StartLiveTail'),
    });
    await pause(4_000);
    const to = demo.now();
    // Taken in up to 5 s late, then found by the next search.
    await pause(8_600);
    const expected = await searched(from + 100, to);
    expect(expected.length).toBeGreaterThan(20);
    expect(told(from + 100, to)).toEqual(expected);
  });

  it('fails for a group that is not there and for a pattern that is wrong', async () => {
    await open(600);
    await tails.start({ tailId: 't6', targets: [{ ...crm, groups: ['/none'] }], pattern: '' });
    await until(phase, (of) => of === 'failed');
    expect(states.at(-1)?.targets[0]?.failure).toMatchObject({ kind: 'not-found' });
    await tails.start({ tailId: 't7', targets: [crm], pattern: '{ $.level' });
    await until(
      () => states.findLast(({ tailId }) => tailId === 't7')?.targets[0]?.phase,
      (of) => of === 'failed',
    );
    expect(states.at(-1)?.targets[0]?.failure).toMatchObject({ kind: 'invalid' });
  });
});

it('is refused with more than ten groups and twice under one id', async () => {
  await open(600);
  const groups = Array.from({ length: 11 }, (_, index) => `/g/${index}`);
  const tail = { tailId: 't8', targets: [{ ...crm, groups }], pattern: '' };
  await expect(tails.start(tail)).rejects.toThrow('at most 10 log groups');
  await tails.start({ ...tail, targets: [crm] });
  await expect(tails.start({ ...tail, targets: [crm] })).rejects.toThrow('followed already');
});
