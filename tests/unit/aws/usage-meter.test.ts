import { expect, it } from 'vitest';
import { UsageMeter } from '../../../src/main/aws/usage-meter';
import { TestClock } from './test-clock';

it('sums the last hour and forgets what is older', async () => {
  const clock = new TestClock();
  const meter = new UsageMeter(clock);
  meter.called('DescribeAlarms');
  meter.called('GetMetricData');
  meter.billed(500);
  meter.throttled();
  expect(meter.reading()).toMatchObject({ calls: 2, throttles: 1 });
  expect(meter.reading().costUsd).toBeCloseTo(0.00001 + 0.005, 9);
  await clock.advance(59 * 60_000);
  meter.called('GetCallerIdentity');
  expect(meter.reading().calls).toBe(3);
  await clock.advance(60_000);
  expect(meter.reading()).toEqual({ calls: 1, throttles: 0, costUsd: 0 });
  await clock.advance(3_600_000);
  expect(meter.reading()).toEqual({ calls: 0, throttles: 0, costUsd: 0 });
});
