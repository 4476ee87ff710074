import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { demoConnection } from '../../support/alarm-service';
import type { DashboardListing } from '../../../src/shared/dashboards/listing';
import { TestClock } from '../../support/test-clock';
import { never, openLibrary } from './library';
import type { TestLibrary } from './library';

let demo: DemoAws;
let open: TestLibrary | null = null;

beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
});
afterEach(async () => {
  await open?.stop();
  open = null;
  await demo.stop();
});

const crm = (change = {}) =>
  demoConnection(demo.endpoint, { id: 'crm', label: 'CRM', regions: ['us-east-1'], ...change });
const realtechee = (change = {}) =>
  demoConnection(demo.endpoint, { id: 'rt', label: 'RT', regions: ['us-west-1'], ...change });

describe('dashboards of accounts', () => {
  it('are listed for every connection and opened as CloudWatch keeps them', async () => {
    open = await openLibrary([crm(), realtechee()]);
    const listing = await open.until(({ sources }) => sources.every((s) => s.phase === 'ready'));
    const names = (id: string) =>
      listing.entries.filter((e) => e.connectionId === id).map(({ name }) => name);
    expect(names('crm')).toContain('CRM-Operational-Dashboard');
    expect(names('crm')).toContain('Every-Widget-Kind');
    expect(names('crm')).not.toContain('RealTechee-Production-Monitoring');
    expect(names('rt')).toContain('RealTechee-Production-Monitoring');
    const entry = listing.entries.find(({ name }) => name === 'CRM-Operational-Dashboard');
    if (entry === undefined) throw new Error('the demo lost its dashboard');
    expect(entry).toMatchObject({ source: 'cloudwatch', region: 'us-east-1', favourite: false });
    expect(entry.modifiedAt).toBeLessThan(Date.now());
    const opened = await open.library.open(entry.id, never());
    expect(opened.text.length).toBe(entry.sizeBytes);
    expect(JSON.parse(opened.text)).toMatchObject({ start: '-PT3H' });
    expect(opened).toMatchObject({ failure: null, values: {}, entry });
    expect(open.problems).toEqual([]);
  });

  it('of a hung or denied account never delay those of a healthy one', async () => {
    demo.faults.set({ fault: { kind: 'hang' }, accountId: '444455556666' });
    const denied = { fault: { kind: 'access-denied' } as const, region: 'eu-west-1' };
    demo.faults.set(denied);
    const away = crm({ id: 'away', label: 'Away', regions: ['eu-west-1'] });
    open = await openLibrary([realtechee(), away, crm()]);
    const asked = Date.now();
    const phaseOf = (id: string) => (listing: DashboardListing) =>
      listing.sources.find(({ connectionId }) => connectionId === id)?.phase;
    await open.until((listing) => phaseOf('crm')(listing) === 'ready');
    expect(Date.now() - asked).toBeLessThan(2_000);
    const failed = await open.until((listing) => phaseOf('away')(listing) === 'failed');
    const source = failed.sources.find(({ connectionId }) => connectionId === 'away');
    expect(source?.failure).toMatchObject({ kind: 'denied', operation: 'ListDashboards' });
    expect(source?.failure?.message).toContain('cloudwatch:ListDashboards');
    expect(phaseOf('rt')(failed)).toBe('loading');
  });

  it('come in pages, all of them', async () => {
    for (let index = 0; index < 2_300; index += 1) {
      const name = `team-${String(index).padStart(4, '0')}`;
      demo.world.dashboards.put('111122223333', { name, body: '{"widgets":[]}', modifiedAt: 1e12 });
    }
    open = await openLibrary([crm()]);
    const { entries } = await open.until(({ sources }) => sources[0]?.phase === 'ready');
    expect(entries.filter(({ name }) => name.startsWith('team-'))).toHaveLength(2_300);
    expect(demo.requests.count('ListDashboards')).toBe(3);
  });

  it('show what was seen last when AWS is away, with its age, and take the answer that comes late', async () => {
    open = await openLibrary([crm()]);
    const first = await open.until(({ sources }) => sources[0]?.phase === 'ready');
    const id = first.entries.find(({ name }) => name === 'CRM-Security')?.id ?? '';
    const fresh = await open.library.open(id, never());
    await open.close();
    const { dir } = open;

    demo.faults.set({ fault: { kind: 'reset' } });
    open = await openLibrary([crm()], { stateDir: dir });
    const stale = await open.until(
      ({ sources }) => sources[0]?.phase === 'stale' && sources[0].failure !== null,
    );
    expect(stale.entries.map((entry) => entry.id)).toContain(id);
    expect(stale.sources[0]).toMatchObject({ asOf: first.sources[0]?.asOf });
    expect(stale.sources[0]?.failure?.kind).toBe('offline');
    const kept = await open.library.open(id, never());
    expect(kept).toMatchObject({ text: fresh.text, sha256: fresh.sha256, asOf: fresh.asOf });
    expect(kept.failure?.kind).toBe('offline');
    const unseen = id.replace('CRM-Security', 'CRM-ECS-Services');
    await expect(open.library.open(unseen, never())).rejects.toThrow('cannot be reached');

    demo.faults.clear();
    demo.faults.set({ fault: { kind: 'latency', ms: 1_500 }, operation: 'GetDashboard' });
    demo.world.dashboards.put('111122223333', {
      name: 'CRM-Security',
      body: '{"widgets":[ ]}',
      modifiedAt: demo.now(),
    });
    const asked = Date.now();
    expect(await open.library.open(id, never())).toMatchObject({ text: fresh.text, failure: null });
    expect(Date.now() - asked).toBeLessThan(1_300);
    await expect.poll(() => open?.changedFiles, { timeout: 5_000 }).toEqual([id]);
    demo.faults.clear();
    expect(await open.library.open(id, never())).toMatchObject({ text: '{"widgets":[ ]}' });
    expect(open.problems).toEqual([]);
  });

  it('tell once that an answer which came late was a refusal', async () => {
    open = await openLibrary([crm()]);
    const id = 'cloudwatch|crm|us-east-1|CRM-Security';
    const fresh = await open.library.open(id, never());
    demo.faults.set({ fault: { kind: 'latency', ms: 1_200 }, operation: 'GetDashboard' });
    demo.faults.set({ fault: { kind: 'access-denied' }, operation: 'GetDashboard' });
    expect(await open.library.open(id, never())).toMatchObject({ text: fresh.text, failure: null });
    await expect.poll(() => open?.changedFiles, { timeout: 5_000 }).toEqual([id]);
    const calls = demo.requests.count('GetDashboard');
    const again = await open.library.open(id, never());
    expect(again).toMatchObject({
      text: fresh.text,
      asOf: fresh.asOf,
      failure: { kind: 'denied' },
    });
    expect(demo.requests.count('GetDashboard')).toBe(calls);
    demo.faults.clear();
    expect(await open.library.open(id, never())).toMatchObject({ failure: null });
    expect(open.changedFiles).toEqual([id]);
  });

  it('say that they were deleted, and go with their connection', async () => {
    open = await openLibrary([crm(), realtechee()]);
    await open.until(({ sources }) => sources.every(({ phase }) => phase === 'ready'));
    const id = 'cloudwatch|crm|us-east-1|Nobody-Made-This';
    await expect(open.library.open(id, never())).rejects.toMatchObject({
      failure: { kind: 'not-found', operation: 'GetDashboard', connectionId: 'crm' },
    });
    open.library.setConnections([crm()]);
    const left = await open.until(({ sources }) => sources.length === 1);
    expect(new Set(left.entries.map(({ connectionId }) => connectionId))).toEqual(
      new Set(['crm', null]),
    );
  });

  it('are asked for again every ten minutes while somebody looks, and not before or after', async () => {
    const clock = new TestClock(Date.now());
    open = await openLibrary([crm()], { clock });
    expect(demo.requests.count('ListDashboards')).toBe(0);
    await open.until(({ sources }) => sources[0]?.phase === 'ready');
    const { library } = open;
    library.list();
    expect(demo.requests.count('ListDashboards')).toBe(1);
    const minutes = async (count: number): Promise<void> => {
      await clock.advance(count * 60_000);
      await new Promise((resolve) => setTimeout(resolve, 200));
    };
    await minutes(10);
    expect(demo.requests.count('ListDashboards')).toBe(2);
    for (let round = 0; round < 6; round += 1) await minutes(10);
    expect(demo.requests.count('ListDashboards')).toBe(3);
  });
});
