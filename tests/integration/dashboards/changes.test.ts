import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import type { Journal } from '../../../src/main/seams';
import { awsOperations } from '../../../src/main/aws/operations';
import type { OperationName } from '../../../src/main/aws/operations';
import { Caller } from '../../../src/main/aws/caller';
import { RateBudget } from '../../../src/main/aws/rate-budget';
import { UsageMeter } from '../../../src/main/aws/usage-meter';
import { systemClock } from '../../../src/shared/clock';
import type { PutDashboard } from '../../../src/shared/dashboards/listing';
import type { JournalEvent } from '../../../src/shared/incidents/journal-events';
import { demoConnection } from '../../support/alarm-service';
import { never, openLibrary } from './library';
import type { TestLibrary } from './library';

const BODY =
  '{"widgets":[{"type":"text","x":0,"y":0,"width":6,"height":3,"properties":{"markdown":"hello"}}]}';
let demo: DemoAws;
let open: TestLibrary;

const writable = () =>
  demoConnection(demo.endpoint, { id: 'crm', regions: ['us-east-1'], readOnly: false });
const change = (more: Partial<PutDashboard> = {}): PutDashboard => ({
  connectionId: 'crm',
  region: 'us-east-1',
  name: 'On-Call-Scratch',
  body: BODY,
  replacesSha256: null,
  commandId: randomUUID(),
  ...more,
});
async function journalled(): Promise<JournalEvent[]> {
  const events: JournalEvent[] = [];
  for await (const { event } of open.journal.read()) events.push(event);
  return events.filter(({ type }) => type === 'dashboard-put');
}
const puts = (): number => demo.requests.count('PutDashboard');

beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
});
afterEach(async () => {
  await open.stop();
  await demo.stop();
});

const isOperation = (name: string): name is OperationName => Object.hasOwn(awsOperations, name);

describe('putting a dashboard', () => {
  it('journals before and after, sends once, and lists what was put', async () => {
    open = await openLibrary([writable()]);
    await open.until(({ sources }) => sources[0]?.phase === 'ready');
    const before = await open.library.onAws('crm', 'us-east-1', 'On-Call-Scratch', never());
    expect(before).toEqual({ exists: false, text: null, sha256: null, readOnly: false });
    const wanted = change();
    const [first, second] = await Promise.all([open.library.put(wanted), open.library.put(wanted)]);
    expect([first, second]).toEqual([[], []]);
    expect(await open.library.put(wanted)).toEqual([]);
    expect(puts()).toBe(1);
    expect(await journalled()).toMatchObject([
      { phase: 'started', commandId: wanted.commandId, by: 'tester', replacesSha256: null },
      { phase: 'done', name: 'On-Call-Scratch', connectionId: 'crm', region: 'us-east-1' },
    ]);
    await open.until(({ entries }) => entries.some(({ name }) => name === 'On-Call-Scratch'));
    const after = await open.library.onAws('crm', 'us-east-1', 'On-Call-Scratch', never());
    expect(after).toMatchObject({ exists: true, text: BODY });
    expect(await open.library.put(change({ replacesSha256: after.sha256 }))).toEqual([]);
    expect(puts()).toBe(2);
  });

  it('has its record on disk when AWS gets the call', async () => {
    let onDisk = '';
    open = await openLibrary([writable()]);
    const folder = join(open.dir, 'journal');
    const real = demo.world.dashboards.put.bind(demo.world.dashboards);
    demo.world.dashboards.put = (account, dashboard) => {
      const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
      onDisk = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
      real(account, dashboard);
    };
    await open.library.put(change());
    expect(onDisk).toContain('"phase":"started"');
    expect(onDisk).not.toContain('"phase":"done"');
    const calls = demo.requests.entries.map(({ operation }) => operation);
    expect(calls).toEqual(['GetDashboard', 'PutDashboard']);
  });

  it('makes no call without a journal', async () => {
    const broken: Journal = {
      append: () => Promise.reject(new Error('No space left on device')),
      read: async function* () {
        yield* [];
      },
      problem: null,
    };
    open = await openLibrary([writable()], { journal: async () => broken });
    await expect(open.library.put(change())).rejects.toThrow('No space left on device');
    expect(puts()).toBe(0);
    await open.stop();
    const late = new Promise<Journal>(() => undefined);
    open = await openLibrary([writable()], {
      journal: () => late,
      clock: { ...systemClock, after: (ms, task) => systemClock.after(ms / 100, task) },
    });
    await expect(open.library.put(change())).rejects.toThrow('still being opened');
    expect(puts()).toBe(0);
  });

  it('is refused on a read-only connection before anything is asked or written', async () => {
    open = await openLibrary([{ ...writable(), readOnly: true }]);
    const refused = { failure: { kind: 'read-only', operation: 'PutDashboard' } };
    await expect(open.library.put(change({ body: 'not even JSON' }))).rejects.toMatchObject(
      refused,
    );
    expect(demo.requests.count()).toBe(0);
    expect(await journalled()).toEqual([]);
    expect(open.session('crm').api('us-east-1').changes).toBeNull();
    expect(await open.library.onAws('crm', 'us-east-1', 'CRM-Security', never())).toMatchObject({
      exists: true,
      readOnly: true,
    });
  });

  it('is refused when something else stands there than was agreed to', async () => {
    open = await openLibrary([writable()]);
    const taken = open.library.put(change({ name: 'CRM-Security' }));
    await expect(taken).rejects.toThrow('There is a dashboard named CRM-Security by now');
    const seen = await open.library.onAws('crm', 'us-east-1', 'CRM-Security', never());
    demo.world.dashboards.put('111122223333', {
      name: 'CRM-Security',
      body: '{"widgets":[]}',
      modifiedAt: demo.now(),
    });
    const stale = change({ name: 'CRM-Security', replacesSha256: seen.sha256 });
    await expect(open.library.put(stale)).rejects.toThrow('Somebody has changed CRM-Security');
    demo.world.dashboards.delete('111122223333', 'CRM-Security');
    const gone = change({ name: 'CRM-Security', replacesSha256: seen.sha256 });
    await expect(open.library.put(gone)).rejects.toThrow('was deleted since you looked');
    expect(puts()).toBe(0);
    expect(await journalled()).toEqual([]);
  });

  it('says what is wrong with a body, here or in CloudWatch’s words', async () => {
    open = await openLibrary([writable()]);
    for (const body of ['{"widgets":', '[1]', '{"start":"-PT3H"}', '{"widgets":[7]}']) {
      await expect(open.library.put(change({ body }))).rejects.toMatchObject({
        failure: { kind: 'invalid', advice: 'Correct it; nothing was sent.' },
      });
    }
    expect(demo.requests.count()).toBe(0);
    const body =
      '{"widgets":[{"type":"metric","x":30,"properties":{"region":"us-east-1","metrics":[["A","b","c"]]}}]}';
    const refused = open.library.put(change({ body }));
    await expect(refused).rejects.toMatchObject({ failure: { kind: 'invalid' } });
    await expect(refused).rejects.toThrow('/widgets/0/x: Should be <= 23');
    await expect(refused).rejects.toThrow(
      '/widgets/0/properties/metrics/0: Should NOT have more than 2 items',
    );
    expect((await journalled()).map((event) => 'phase' in event && event.phase)).toEqual([
      'started',
      'refused',
    ]);
    const odd = '{"widgets":[{"type":"text","colour":"red","properties":{"markdown":"x"}}]}';
    const remarks = await open.library.put(change({ body: odd }));
    expect(remarks).toHaveLength(1);
    expect(remarks[0]).toContain('/widgets/0/colour: The "colour" property');
  });

  it('journals that AWS refused or did not answer', async () => {
    open = await openLibrary([writable()]);
    demo.faults.set({ fault: { kind: 'access-denied' }, operation: 'PutDashboard' });
    const failure = { kind: 'denied', message: expect.stringContaining('cloudwatch:PutDashboard') };
    await expect(open.library.put(change())).rejects.toMatchObject({ failure });
    const events = await journalled();
    expect(events).toMatchObject([{ phase: 'started' }, { phase: 'failed' }]);
    expect(demo.world.dashboards.get('111122223333', 'On-Call-Scratch')).toBeUndefined();
  });
});

describe('a read-only connection', () => {
  it('cannot send any operation that changes an account, whoever asks', async () => {
    open = await openLibrary([]);
    const connection = { ...writable(), readOnly: true };
    const caller = new Caller({
      connection,
      region: 'us-east-1',
      credentials: async () => ({ accessKeyId: 'demo', secretAccessKey: 'demo' }),
      onRejected: () => undefined,
      scope: () => 'crm',
      skewMs: () => null,
      onDate: () => undefined,
      clock: systemClock,
      budget: new RateBudget(systemClock),
      meter: new UsageMeter(systemClock),
    });
    const mutating = Object.keys(awsOperations)
      .filter(isOperation)
      .filter((name) => awsOperations[name].mutates);
    expect(mutating).toEqual(
      expect.arrayContaining(['PutDashboard', 'PutRetentionPolicy', 'UpdateService', 'Invoke']),
    );
    for (const operation of mutating) {
      const sent = caller.call({
        operation,
        signal: never(),
        send: (sdk, { cloudwatch }, options) =>
          cloudwatch.send(
            new sdk.PutDashboardCommand({ DashboardName: 'x', DashboardBody: BODY }),
            options,
          ),
      });
      await expect(sent, operation).rejects.toMatchObject({ failure: { kind: 'read-only' } });
    }
    expect(demo.requests.count()).toBe(0);
    caller.destroy();
  });
});
