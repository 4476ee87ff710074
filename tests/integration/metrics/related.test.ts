import { describe, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { RelatedMetric } from '../../../src/shared/metrics/related';
import { watchAlarms, demoConnection } from '../../support/alarm-service';
import { HOUR, never, startService } from './service';

async function alarmNamed(endpoint: string, name: string) {
  const watched = watchAlarms();
  watched.service.setConnections([demoConnection(endpoint, { regions: ['us-east-1'] })]);
  await watched.service.refresh(null);
  const alarm = [...watched.service.alarms.values()].find((one) => one.name === name);
  await watched.stop();
  if (alarm === undefined) throw new Error(`the demo has no alarm ${name}`);
  return alarm;
}

describe('what else moved', () => {
  it('ranks metrics of the same resource by how far they left their own last week', async () => {
    const demo = await startDemo({ evaluateEveryMs: Infinity });
    const started = await startService(demo.endpoint);
    const alarm = await alarmNamed(demo.endpoint, 'CRM-Database-High-CPU');
    const metrics = demo.world.region('111122223333', 'us-east-1').metrics;
    const now = Date.now();
    const change = (name: string, change: { kind: 'to'; value: number } | { kind: 'stop' }) =>
      metrics.addEffect({
        key: `AWS/RDS|${name}|DBInstanceIdentifier=crm-production`,
        startMs: now - 40 * 60_000,
        rampMs: 0,
        endMs: now + HOUR,
        visibleFrom: 0,
        change,
      });
    change('DatabaseConnections', { kind: 'to', value: 900 });
    change('FreeableMemory', { kind: 'stop' });
    const answer = await started.service.related(alarm, now - 3 * HOUR, now, never());
    const rows: RelatedMetric[] = JSON.parse(answer.rowsJson);
    const named = (name: string) => rows.find(({ metric }) => metric.metricName === name);
    console.info(rows.map(({ score, verdict, sentence }) => `${score} ${verdict} | ${sentence}`));
    expect(named('CPUUtilization')).toBeUndefined();
    expect(rows[0]).toMatchObject({
      direction: 'up',
      metric: { metricName: 'DatabaseConnections' },
    });
    expect(rows[0]?.sentence).toMatch(
      /^RDS DatabaseConnections of crm-production: [\d.]+, usually /,
    );
    expect(named('FreeableMemory')).toMatchObject({ verdict: 'stopped', direction: 'down' });
    expect(rows.map(({ score }) => score)).toEqual(
      rows.map(({ score }) => score).toSorted((a, b) => b - a),
    );
    expect(rows.filter(({ direction }) => direction === 'normal').length).toBeGreaterThan(0);
    const [first] = rows;
    const spark = answer.values.subarray(
      first?.offset ?? 0,
      (first?.offset ?? 0) + (first?.count ?? 0),
    );
    expect(spark).toHaveLength(36);
    expect(Math.max(...spark)).toBeGreaterThan(800);
    expect(answer.examined).toBe(rows.length);
    expect(answer.note).toBeNull();
    // Looked at again, what is known is not asked.
    const calls = demo.requests.count('GetMetricData');
    await started.service.related(alarm, now - 3 * HOUR, now, never());
    expect(demo.requests.count('GetMetricData')).toBe(calls);
    await started.stop();
    await demo.stop();
  });

  it('finds everything normal on a quiet day', async () => {
    const demo = await startDemo({ evaluateEveryMs: Infinity });
    const started = await startService(demo.endpoint);
    const alarm = await alarmNamed(demo.endpoint, 'CRM-High-Response-Time');
    const now = Date.now();
    const answer = await started.service.related(alarm, now - 3 * HOUR, now, never());
    const rows: RelatedMetric[] = JSON.parse(answer.rowsJson);
    console.info(rows.map(({ score, verdict, sentence }) => `${score} ${verdict} | ${sentence}`));
    expect(rows.length).toBeGreaterThan(2);
    // Counts of a few jump by their nature: three errors where there are up to two is quiet.
    expect(rows.filter(({ score }) => score > 2.5)).toEqual([]);
    await started.stop();
    await demo.stop();
  });

  it('looks at what other alarms of the place watch too', async () => {
    const demo = await startDemo({ evaluateEveryMs: Infinity });
    const beside = await alarmNamed(demo.endpoint, 'CRM-High-Response-Time');
    const alarm = await alarmNamed(demo.endpoint, 'CRM-Database-High-CPU');
    const elsewhere = { ...beside, key: 'elsewhere', region: 'eu-west-1' };
    const started = await startService(demo.endpoint, { alarms: [alarm, beside, elsewhere] });
    demo.world.region('111122223333', 'us-east-1').metrics.addEffect({
      key: 'AWS/ApplicationELB|TargetResponseTime|LoadBalancer=app/crm-production-alb/50dc6c495c0c9188',
      startMs: Date.now() - 40 * 60_000,
      rampMs: 0,
      endMs: Date.now() + HOUR,
      visibleFrom: 0,
      change: { kind: 'to', value: 4 },
    });
    const now = Date.now();
    const answer = await started.service.related(alarm, now - 3 * HOUR, now, never());
    const rows: RelatedMetric[] = JSON.parse(answer.rowsJson);
    const found = rows.filter(({ metric }) => metric.metricName === 'TargetResponseTime');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ direction: 'up', stat: 'Average' });
    expect(found[0]?.sentence).toContain('crm-production-alb: ');
    await started.stop();
    await demo.stop();
  });
});
