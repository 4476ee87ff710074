import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoAws, startDemo } from '../../../src/demo';
import type { MetricId } from '../../../src/shared/metrics/query';
import { TestClock } from '../../support/test-clock';
import { never, startService } from './service';

let demo: DemoAws;
beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
});
afterEach(() => demo.stop());

const place = { connectionId: 'demo', region: 'us-east-1' };
const question = { ...place, text: '', namespace: null, limit: 50 };

describe('the catalogue of metrics', () => {
  it('is read page by page and searched as somebody types', async () => {
    const { service, stop, catalog } = await startService(demo.endpoint);
    await service.search(question, never());
    await expect.poll(() => catalog.at(-1)?.phase).toBe('ready');
    const found = await service.search({ ...question, text: 'rds cpu' }, never());
    const rows: MetricId[] = JSON.parse(found.rowsJson);
    expect(rows[0]).toMatchObject({ namespace: 'AWS/RDS', metricName: 'CPUUtilization' });
    expect(found.total).toBe(rows.length);
    expect(
      found.namespaces.find(({ namespace }) => namespace === 'AWS/RDS')?.metrics,
    ).toBeGreaterThan(3);
    const choices = await service.choices(
      { ...place, namespace: 'AWS/ECS', metricName: null, dimension: 'ServiceName', filters: [] },
      never(),
    );
    expect(choices).toContain('crm-auth-service');
    expect(demo.requests.count('ListMetrics')).toBeGreaterThan(0);
    await stop();
  });

  it('is kept over a restart, renewed after an hour, and old when the region fails', async () => {
    const clock = new TestClock(Date.now());
    const first = await startService(demo.endpoint, { clock });
    await first.service.search(question, never());
    await expect.poll(() => first.catalog.at(-1)?.phase).toBe('ready');
    await first.service.stop();
    const calls = demo.requests.count('ListMetrics');
    const second = await startService(demo.endpoint, { clock, cacheDir: first.cacheDir });
    const kept = await second.service.search({ ...question, text: 'latency' }, never());
    expect(kept.total).toBeGreaterThan(0);
    expect(demo.requests.count('ListMetrics')).toBe(calls);
    clock.jump(3_700_000);
    demo.faults.set({ fault: { kind: 'access-denied' }, operation: 'ListMetrics' });
    const old = await second.service.search({ ...question, text: 'latency' }, never());
    expect(old.total).toBe(kept.total);
    await expect.poll(() => second.catalog.at(-1)?.phase).toBe('failed');
    expect(second.catalog.at(-1)).toMatchObject({ count: kept.state.count, asOf: kept.state.asOf });
    expect(second.catalog.at(-1)?.failure?.kind).toBe('denied');
    await second.stop();
    await first.stop();
  });

  it('says why when nothing is known and the region refuses', async () => {
    demo.faults.set({ fault: { kind: 'access-denied' }, operation: 'ListMetrics' });
    const { service, stop } = await startService(demo.endpoint);
    await expect(service.search(question, never())).rejects.toMatchObject({
      failure: { kind: 'denied', operation: 'ListMetrics' },
    });
    await stop();
  });
});
