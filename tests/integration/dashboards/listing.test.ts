import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { demoConnection } from '../../support/alarm-service';
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
});
