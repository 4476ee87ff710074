import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import { demoConnection, watchAlarms } from '../../support/alarm-service';

it('sweeps 10,000 alarms and tells a storm of 500 within one poll', async () => {
  const demo = await startDemo({ evaluateEveryMs: Infinity, fleet: { alarms: 10_000 } });
  const watched = watchAlarms();
  const lag = monitorEventLoopDelay({ resolution: 10 });
  try {
    lag.enable();
    const startedAt = performance.now();
    watched.service.setConnections([demoConnection(demo.endpoint, { regions: ['us-east-1'] })]);
    await watched.service.refresh(null);
    const sweepMs = Math.round(performance.now() - startedAt);
    lag.disable();
    expect(watched.service.alarms.size).toBeGreaterThanOrEqual(10_000);
    const stormed = new Set(demo.storm('us-east-1', 500));
    const stormAt = performance.now();
    const listed = (): number =>
      watched.transitions().filter(({ alarmName }) => stormed.has(alarmName)).length;
    while (listed() < 500 && performance.now() - stormAt < 15_000) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(listed()).toBe(500);
    // The demo answers from this same process, so this lag is an upper bound of the console's own.
    console.info(
      `10,000 alarms in ${sweepMs} ms, loop lag p99 ${Math.round(lag.percentile(99) / 1e6)} ms with the demo in the same process; 500 told ${Math.round(performance.now() - stormAt)} ms after the storm`,
    );
  } finally {
    await watched.stop();
    await demo.stop();
  }
}, 60_000);
