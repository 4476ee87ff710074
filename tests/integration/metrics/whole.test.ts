import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoAws, startDemo } from '../../../src/demo';
import { callsTo, groupOf, headsOf, HOUR, mathQuery, metricQuery, movableClock } from './service';
import { never, startService, valuesOf } from './service';

let demo: DemoAws;
beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
});
afterEach(() => demo.stop());

const cpu = metricQuery('m1', 'AWS/RDS', 'CPUUtilization');

describe('what depends on its window', () => {
  it('is asked whole each time it is due, and not in between', async () => {
    const clock = movableClock();
    const { service, stop } = await startService(demo.endpoint, { clock });
    const queries = [{ ...cpu, returnData: false }, mathQuery('e1', 'm1 / MAX(m1)')];
    const ask = () =>
      service.query(groupOf(queries, clock.now() - 3 * HOUR, clock.now()), 'due', never());
    const set = await ask();
    const values = valuesOf(set, 'e1').filter((value) => !Number.isNaN(value));
    expect(Math.max(...values)).toBe(1);
    clock.move(60_000);
    demo.advance(60_000);
    await ask();
    expect(callsTo(demo)).toHaveLength(1);
    clock.move(5 * 60_000);
    demo.advance(5 * 60_000);
    await ask();
    const lengths = callsTo(demo).map(({ StartTime, EndTime }) => EndTime - StartTime);
    expect(lengths).toHaveLength(2);
    expect(lengths[1]).toBeGreaterThanOrEqual(3 * 3600);
    await stop();
  });

  it('is one value where the period is the window', async () => {
    const { service, stop } = await startService(demo.endpoint);
    const end = Math.floor(Date.now() / HOUR) * HOUR;
    const one = { ...cpu, periodSeconds: 3600 };
    const set = await service.query(groupOf([one], end - HOUR, end), 'due', never());
    expect(valuesOf(set, 'm1')).toHaveLength(1);
    expect(valuesOf(set, 'm1')[0]).toBeGreaterThan(0);
    // A window that is not on the hour still has its value.
    const odd = groupOf([one], end - HOUR - 17 * 60_000 - 5_000, end - 17 * 60_000 - 5_000);
    const shifted = await service.query(odd, 'due', never());
    expect(valuesOf(shifted, 'm1').some((value) => value > 0)).toBe(true);
    await stop();
  });

  it('answers METRICS() over its own group', async () => {
    const { service, stop } = await startService(demo.endpoint);
    const end = Date.now();
    const connections = metricQuery('m2', 'AWS/RDS', 'DatabaseConnections');
    const [sum, other] = await Promise.all([
      service.query(
        groupOf([cpu, connections, mathQuery('s', 'SUM(METRICS())')], end - HOUR, end),
        'due',
        never(),
      ),
      service.query(
        groupOf([metricQuery('x', 'AWS/RDS', 'FreeableMemory')], end - HOUR, end),
        'due',
        never(),
      ),
    ]);
    const at = 5;
    expect(valuesOf(sum, 's')[at]).toBeCloseTo(
      (valuesOf(sum, 'm1')[at] ?? 0) + (valuesOf(sum, 'm2')[at] ?? 0),
      6,
    );
    expect(headsOf(other)).toHaveLength(1);
    expect(callsTo(demo)).toHaveLength(2);
    await stop();
  });
});
