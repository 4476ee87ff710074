import { afterEach, describe, expect, it, vi } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws, DemoOptions } from '../../../src/demo';
import { demoConnection, watchAlarms } from '../../support/alarm-service';

const NAME = 'CRM-Database-High-CPU';
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function demoAws(options: DemoOptions = {}): Promise<DemoAws> {
  const demo = await startDemo({ evaluateEveryMs: Infinity, ...options });
  stops.push(() => demo.stop());
  return demo;
}

function watch(change: Parameters<typeof watchAlarms>[0] = {}) {
  const watched = watchAlarms(change);
  stops.push(() => watched.stop());
  return watched;
}

const soon = { timeout: 10_000, interval: 20 };
const told = (watched: ReturnType<typeof watch>, to = 'ALARM') =>
  watched.transitions().filter((one) => one.alarmName === NAME && one.to === to);

describe('the alarm service against the demo AWS', () => {
  it('sees a change by poll, once, and its end', async () => {
    const demo = await demoAws();
    const watched = watch();
    watched.service.setConnections([demoConnection(demo.endpoint)]);
    await watched.service.refresh(null);
    demo.setAlarmState('us-east-1', NAME, { state: 'ALARM', reason: 'test' });
    await vi.waitFor(() => expect(told(watched)).toHaveLength(1), soon);
    expect(told(watched)[0]).toMatchObject({ severity: 'warning', observed: true, from: 'OK' });
    demo.setAlarmState('us-east-1', NAME, { state: 'OK' });
    await vi.waitFor(() => expect(told(watched, 'OK')).toHaveLength(1), soon);
    await watched.service.refresh(null);
    expect(told(watched)).toHaveLength(1);
    expect(watched.service.statuses()[0]?.regions.map(({ phase }) => phase)).toEqual([
      'ready',
      'ready',
    ]);
  });

  it('finds in history a flap that happened while asleep', async () => {
    const demo = await demoAws();
    const watched = watch();
    watched.service.setConnections([demoConnection(demo.endpoint)]);
    await watched.service.refresh(null);
    watched.service.suspend();
    demo.setAlarmState('us-east-1', NAME, { state: 'ALARM' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    demo.setAlarmState('us-east-1', NAME, { state: 'OK' });
    watched.service.resume();
    await vi.waitFor(() => expect(told(watched, 'OK')).toHaveLength(1), soon);
    expect(told(watched)).toHaveLength(1);
  });

  it('hears from the push queue within two seconds, polling far slower', async () => {
    const demo = await demoAws();
    const watched = watch({
      intervals: () => ({ pollIntervalMs: 600_000, sweepIntervalMs: 600_000 }),
    });
    const pushQueueUrl = demo.queueUrl('us-east-1');
    watched.service.setConnections([demoConnection(demo.endpoint, { pushQueueUrl })]);
    await watched.service.refresh(null);
    const changedAt = performance.now();
    demo.setAlarmState('us-east-1', NAME, { state: 'ALARM' });
    await vi.waitFor(() => expect(told(watched)).toHaveLength(1), soon);
    expect(performance.now() - changedAt).toBeLessThan(2_000);
    expect(told(watched)[0]?.source).toBe('push');
  });

  it('keeps the last data and names the failure while AWS fails, then recovers', async () => {
    const demo = await demoAws();
    const watched = watch();
    watched.service.setConnections([demoConnection(demo.endpoint, { regions: ['us-east-1'] })]);
    await watched.service.refresh(null);
    const known = watched.service.alarms.size;
    expect(known).toBeGreaterThan(5);
    demo.faults.set({ fault: { kind: 'reset' } });
    const region = () => watched.service.statuses()[0]?.regions[0];
    await vi.waitFor(() => expect(region()?.blindSince).not.toBeNull(), soon);
    expect(region()).toMatchObject({ phase: 'stale', failure: { connectionId: 'demo' } });
    expect(watched.service.alarms.size).toBe(known);
    demo.faults.clear();
    await vi.waitFor(() => expect(region()?.phase).toBe('ready'), soon);
  });

  it('shows what fires within three round trips of 5,000 alarms', async () => {
    const demo = await demoAws({ fleet: { alarms: 5_000 } });
    demo.storm('us-east-1', 60);
    const watched = watch();
    const callsAtFirstRow = new Promise<number>((resolve) => {
      watched.service.onUpdate(({ upserted }) => {
        if (upserted.some(({ state }) => state === 'ALARM')) {
          resolve(demo.requests.count('DescribeAlarms'));
        }
      });
    });
    watched.service.setConnections([demoConnection(demo.endpoint, { regions: ['us-east-1'] })]);
    expect(await callsAtFirstRow).toBeLessThanOrEqual(3);
  });

  it('is not delayed by a connection that hangs', async () => {
    const demo = await demoAws();
    const hanging = await demoAws();
    hanging.faults.set({ fault: { kind: 'hang' } });
    const watched = watch();
    watched.service.setConnections([
      demoConnection(hanging.endpoint, { id: 'hangs' }),
      demoConnection(demo.endpoint),
    ]);
    await vi.waitFor(() => expect(watched.service.statuses()[1]?.regions[0]?.phase).toBe('ready'), {
      timeout: 3_000,
      interval: 20,
    });
  });
});
