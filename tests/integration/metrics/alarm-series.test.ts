import { describe, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import { RateBudget } from '../../../src/main/aws/rate-budget';
import { createConnectionSession } from '../../../src/main/aws/connection-session';
import { AlarmSeriesSource } from '../../../src/main/metrics/alarm-series';
import { pickPeriod } from '../../../src/shared/metrics/period';
import { systemClock } from '../../../src/shared/clock';
import { demoConnection, watchAlarms } from '../../support/alarm-service';

const HOUR = 3_600_000;

describe('an alarm’s series', () => {
  it('brings points in order with the threshold, and asks once within seconds', async () => {
    const demo = await startDemo({ evaluateEveryMs: Infinity });
    const connection = demoConnection(demo.endpoint, { regions: ['us-east-1'] });
    const watched = watchAlarms();
    const session = createConnectionSession({
      connection,
      clock: systemClock,
      budget: new RateBudget(systemClock),
      askMfa: () => Promise.reject(new Error('no MFA here')),
    });
    try {
      watched.service.setConnections([connection]);
      await watched.service.refresh(null);
      const alarm = [...watched.service.alarms.values()].find(
        ({ name }) => name === 'CRM-Database-High-CPU',
      );
      if (alarm === undefined) throw new Error('the demo lost its alarm');
      const source = new AlarmSeriesSource(() => session.api('us-east-1'), systemClock);
      const now = Date.now();
      const { signal } = new AbortController();
      const answer = await source.load(alarm, now - 3 * HOUR, now, signal);
      const points = answer.series[0]?.points ?? new Float64Array();
      const times = points.filter((_, index) => index % 2 === 0);
      expect(times.length).toBeGreaterThan(20);
      expect([...times]).toEqual([...times].sort((a, b) => a - b));
      expect(answer).toMatchObject({ threshold: 80, periodMs: 300_000, bandIds: null });
      expect(answer.series[0]?.unit).toBe('Percent');
      const calls = demo.requests.count('GetMetricData');
      await source.load(alarm, now - 3 * HOUR, now, signal);
      expect(demo.requests.count('GetMetricData')).toBe(calls);
      await expect(source.load(alarm, now, now - HOUR, signal)).rejects.toThrow('range');
    } finally {
      session.destroy();
      await watched.stop();
      await demo.stop();
    }
  });

  it('picks a period that CloudWatch still keeps and a graph can show', () => {
    const now = Date.UTC(2026, 0, 15);
    const day = 24 * HOUR;
    expect(pickPeriod(60, now - HOUR, now, now)).toBe(60);
    expect(pickPeriod(10, now - HOUR, now, now)).toBe(10);
    expect(pickPeriod(10, now - 12 * HOUR, now, now)).toBe(60);
    expect(pickPeriod(60, now - 7 * day, now, now)).toBe(660);
    expect(pickPeriod(60, now - 20 * day, now - 19 * day, now)).toBe(300);
    expect(pickPeriod(60, now - 100 * day, now - 99 * day, now)).toBe(3600);
  });
});
