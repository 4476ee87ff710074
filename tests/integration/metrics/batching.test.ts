import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoAws, startDemo } from '../../../src/demo';
import { callsTo, groupOf, headsOf, HOUR, mathQuery, metricQuery, never } from './service';
import { startService, valuesOf } from './service';

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
});
