import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoAws, startDemo } from '../../../src/demo';
import { demoConnection } from '../../support/alarm-service';
import { callsTo, groupOf, headsOf, HOUR, metricQuery, movableClock, never } from './service';
import { startService, valuesOf } from './service';

let demo: DemoAws;
beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
});
afterEach(() => demo.stop());

const cpu = metricQuery('m1', 'AWS/RDS', 'CPUUtilization');
const known = (values: number[]): number => values.filter((value) => !Number.isNaN(value)).length;

describe('what is known', () => {
  it('is refreshed from its newest points on, when new ones can have come', async () => {
    const clock = movableClock();
    const { service, stop } = await startService(demo.endpoint, { clock });
    const ask = () =>
      service.query(groupOf([cpu], clock.now() - 12 * HOUR, clock.now()), 'due', never());
    await ask();
    await ask();
    expect(callsTo(demo)).toHaveLength(1);
    clock.move(10 * 60_000);
    demo.advance(10 * 60_000);
    const answer = await ask();
    const [first, second] = callsTo(demo);
    const hours = (call: typeof first): number =>
      call === undefined ? 0 : (call.EndTime - call.StartTime) / 3600;
    expect(hours(first)).toBeGreaterThanOrEqual(12);
    expect(hours(second)).toBeLessThan(1);
    expect(known(valuesOf(answer, 'm1'))).toBeGreaterThan(140);
    // A zoom into it costs nothing.
    await service.query(
      groupOf([cpu], clock.now() - 5 * HOUR, clock.now() - 4 * HOUR),
      'due',
      never(),
    );
    expect(callsTo(demo)).toHaveLength(2);
    await stop();
  });

  it('comes from disk after a restart, and offline with its age', async () => {
    const clock = movableClock();
    const first = await startService(demo.endpoint, { clock });
    const group = groupOf([cpu], clock.now() - 3 * HOUR, clock.now());
    const before = await first.service.query(group, 'due', never());
    await first.service.stop();
    const offline = demoConnection('http://127.0.0.1:9', {});
    const second = await startService(offline.endpoint ?? '', {
      clock,
      cacheDir: first.cacheDir,
    });
    const cached = await second.service.query(group, 'cached', never());
    expect(valuesOf(cached, 'm1')).toEqual(valuesOf(before, 'm1'));
    expect(cached).toMatchObject({ state: 'cached', asOf: before.asOf, failure: null });
    clock.move(20 * 60_000);
    const later = groupOf([cpu], clock.now() - 3 * HOUR, clock.now());
    const stale = await second.service.query(later, 'due', never());
    expect(stale).toMatchObject({ state: 'cached', asOf: before.asOf });
    expect(stale.failure?.kind).toBe('offline');
    expect(known(valuesOf(stale, 'm1'))).toBeGreaterThan(25);
    // Nothing known: why, instead of an empty picture.
    const unknown = groupOf([metricQuery('m1', 'AWS/RDS', 'Other')], later.startMs, later.endMs);
    await expect(second.service.query(unknown, 'due', never())).rejects.toMatchObject({
      failure: { kind: 'offline' },
    });
    await second.stop();
    await first.stop();
  }, 30_000);

  it('is dropped with a word when its file is damaged or cut short', async () => {
    const clock = movableClock();
    const first = await startService(demo.endpoint, { clock });
    const end = clock.now();
    const other = metricQuery('m1', 'AWS/RDS', 'DatabaseConnections');
    const groups = [cpu, other].map((query) => groupOf([query], end - 3 * HOUR, end));
    for (const group of groups) await first.service.query(group, 'due', never());
    await first.service.stop();
    const folder = join(first.cacheDir, 'series');
    const [one, two] = await readdir(folder);
    const bytes = await readFile(join(folder, one ?? ''));
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 0xff;
    await writeFile(join(folder, one ?? ''), bytes);
    await truncate(join(folder, two ?? ''), 100);
    const second = await startService(demo.endpoint, { clock, cacheDir: first.cacheDir });
    for (const group of groups) {
      expect(headsOf(await second.service.query(group, 'cached', never()))).toEqual([]);
    }
    expect(second.problems).toHaveLength(2);
    expect(second.problems.join()).toMatch(/damaged and dropped/);
    expect(await readdir(folder)).toEqual([]);
    for (const group of groups) {
      expect((await second.service.query(group, 'due', never())).state).toBe('fresh');
    }
    await second.stop();
    await first.stop();
  });
});

describe('the cost', () => {
  it('is counted once, and stops at the cap until somebody resumes', async () => {
    const clock = movableClock();
    const started = await startService(demo.endpoint, { clock, capUsdPerHour: 0.00002 });
    const { service, budgets, problems } = started;
    const pair = [cpu, metricQuery('m2', 'AWS/RDS', 'DatabaseConnections')];
    const ask = () =>
      service.query(groupOf(pair, clock.now() - 3 * HOUR, clock.now()), 'due', never());
    const first = await ask();
    expect(service.budget().spentUsd).toBeCloseTo(0.00002, 9);
    expect(started.sessions.get('demo')?.usage().costUsd).toBeCloseTo(0.00002, 9);
    expect(service.budget()).toMatchObject({ paused: true, capUsd: 0.00002 });
    expect(budgets.at(-1)?.paused).toBe(true);
    expect(problems).toHaveLength(1);
    clock.move(6 * 60_000);
    const paused = await ask();
    expect(paused).toMatchObject({ state: 'paused', asOf: first.asOf, failure: null });
    expect(callsTo(demo)).toHaveLength(1);
    const unknown = groupOf([metricQuery('m1', 'X', 'Y')], clock.now() - HOUR, clock.now());
    await expect(service.query(unknown, 'now', never())).rejects.toMatchObject({
      failure: { kind: 'paused' },
    });
    expect(service.resume().paused).toBe(false);
    expect((await ask()).state).toBe('fresh');
    clock.move(61 * 60_000);
    expect(service.budget()).toMatchObject({ spentUsd: 0, paused: false, resumesAt: null });
    await started.stop();
  });
});
