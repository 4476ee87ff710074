import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoAws, startDemo } from '../../../src/demo';
import { callsTo, groupOf, headsOf, HOUR, mathQuery, metricQuery, never } from './service';
import { startService, valuesOf } from './service';
import type { SeriesSet } from '../../../src/shared/metrics/query';

let demo: DemoAws;
let started: Awaited<ReturnType<typeof startService>>;
beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
  started = await startService(demo.endpoint);
});
afterEach(async () => {
  await started.stop();
  await demo.stop();
});

const cpu = (id: string) => metricQuery(id, 'AWS/RDS', 'CPUUtilization');
const connections = (id: string) => metricQuery(id, 'AWS/RDS', 'DatabaseConnections');

describe('what widgets ask together', () => {
  it('goes in one call, and what two of them want is asked once', async () => {
    const end = Date.now();
    const ask = (queries: Parameters<typeof groupOf>[0]) =>
      started.service.query(groupOf(queries, end - 3 * HOUR, end), 'due', never());
    const [a, b, c] = await Promise.all([
      ask([cpu('m1')]),
      ask([connections('m1'), cpu('m2')]),
      ask([
        { ...cpu('x'), returnData: false },
        { ...connections('y'), returnData: false },
        mathQuery('e1', 'x + y', { label: 'both' }),
      ]),
    ]);
    const calls = callsTo(demo);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.MetricDataQueries).toHaveLength(3);
    expect(valuesOf(a, 'm1').filter((value) => !Number.isNaN(value)).length).toBeGreaterThan(30);
    expect(valuesOf(b, 'm2')).toEqual(valuesOf(a, 'm1'));
    const sum = valuesOf(b, 'm1').map((value, index) => value + (valuesOf(a, 'm1')[index] ?? 0));
    expect(valuesOf(c, 'e1').slice(0, 30)).toEqual(sum.slice(0, 30));
    expect(headsOf(c)).toMatchObject([{ queryId: 'e1', label: 'both', status: 'complete' }]);
    expect(a).toMatchObject({ state: 'fresh', failure: null });
  });

  it('is not spoilt by one bad expression', async () => {
    const end = Date.now();
    const ask = (queries: Parameters<typeof groupOf>[0], freshness: 'due' | 'now' = 'due') =>
      started.service.query(groupOf(queries, end - HOUR, end), freshness, never());
    const bad = [cpu('m1'), mathQuery('e1', 'm1 +* nothing')];
    const all = (): Promise<PromiseSettledResult<SeriesSet>[]> =>
      Promise.allSettled([
        ask([cpu('m1')]),
        ask(bad),
        ask([connections('m1'), mathQuery('e1', 'm1 * 2')]),
      ]);
    const [first, second, third] = await all();
    if (first?.status !== 'fulfilled' || third?.status !== 'fulfilled') {
      throw new Error('a healthy widget failed with the bad one');
    }
    expect(first.value.failure).toBeNull();
    expect(valuesOf(third.value, 'e1').length).toBeGreaterThanOrEqual(12);
    // Its metric is known, its expression is not.
    if (second?.status !== 'fulfilled') throw new Error('what is known was not shown');
    expect(second.value.failure?.kind).toBe('invalid');
    expect(headsOf(second.value).map(({ key }) => key)).toEqual(['m1']);
    // Known to be bad: the next refresh does not ask it.
    const calls = callsTo(demo).length;
    const [, again] = await all();
    expect(again).toMatchObject({ status: 'fulfilled', value: { failure: { kind: 'invalid' } } });
    expect(callsTo(demo).length).toBe(calls);
  });

  it('goes on when one of them is closed', async () => {
    demo.faults.set({ fault: { kind: 'latency', ms: 150 }, operation: 'GetMetricData' });
    const end = Date.now();
    const closed = new AbortController();
    const gone = started.service.query(groupOf([cpu('m1')], end - HOUR, end), 'due', closed.signal);
    const kept = started.service.query(
      groupOf([cpu('m1'), connections('m2')], end - HOUR, end),
      'due',
      never(),
    );
    setTimeout(() => closed.abort(), 60);
    await expect(gone).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    expect(headsOf(await kept)).toHaveLength(2);
    expect(callsTo(demo)).toHaveLength(1);
  });

  it('is asked in calls of at most 500 queries', async () => {
    const end = Date.now();
    const many = (from: number) =>
      Array.from({ length: 300 }, (_, index) =>
        metricQuery(`m${index}`, 'Fleet', `Metric${from + index}`, { dimensions: [] }),
      );
    await Promise.all(
      [0, 300].map((from) =>
        started.service.query(groupOf(many(from), end - HOUR, end), 'due', never()),
      ),
    );
    const sizes = callsTo(demo).map(({ MetricDataQueries }) => MetricDataQueries.length);
    expect(sizes.toSorted((a, b) => b - a)).toEqual([500, 100]);
  });

  it('is asked in calls of at most 100,800 points', async () => {
    const end = Date.now();
    const many = Array.from({ length: 40 }, (_, index) =>
      metricQuery(`m${index}`, 'Fleet', `Metric${index}`, { dimensions: [], periodSeconds: 60 }),
    );
    await started.service.query(groupOf(many, end - 96 * HOUR, end), 'due', never());
    const points = callsTo(demo).map(
      ({ MetricDataQueries, StartTime, EndTime }) =>
        MetricDataQueries.length * ((EndTime - StartTime) / 60),
    );
    expect(points.length).toBe(3);
    expect(Math.max(...points)).toBeLessThanOrEqual(100_800);
  });
});

describe('an expression that CloudWatch refuses', () => {
  it('is named as its line is, not as it was in the call', async () => {
    const end = Date.now();
    const group = groupOf([cpu('m1'), mathQuery('e1', 'NO_SUCH_FUNCTION(m1)')], end - HOUR, end);
    const set = await started.service.query(group, 'due', never());
    expect(headsOf(set).map(({ queryId }) => queryId)).toContain('m1');
    expect(set.failure?.message).toContain("'e1'");
    expect(set.failure?.message).not.toMatch(/nd0q/);
  });
});
