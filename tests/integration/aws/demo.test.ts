/** Against the embedded demo: the same faults as it plays them, and what a connection's test says of it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws, Fault } from '../../../src/demo';
import { pages } from '../../../src/main/aws/paging';
import { testConnection } from '../../../src/main/aws/test-connection';
import { connectionTo, failureOf, never, sessionOf } from './sessions';

const region = 'us-east-1';
let demo: DemoAws;
beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, fleet: { alarms: 350 } });
});
afterEach(() => demo.faults.clear());
afterAll(() => demo.stop());

const session = (more = {}) =>
  sessionOf(connectionTo(demo.endpoint, { regions: [region], ...more }));
const list = () => session().api(region).describeAlarms({}, never());

describe('faults', () => {
  const table: [fault: Fault, kind: string][] = [
    [{ kind: 'expired-token' }, 'credentials-expired'],
    [{ kind: 'access-denied' }, 'denied'],
    [{ kind: 'unknown-key' }, 'credentials-missing'],
    [{ kind: 'server-error' }, 'unknown'],
    [{ kind: 'reset' }, 'offline'],
    [{ kind: 'garbage' }, 'invalid'],
    [{ kind: 'huge' }, 'invalid'],
    [{ kind: 'time-too-skewed' }, 'clock-wrong'],
  ];
  it.each(table)('$kind', async (fault, kind) => {
    demo.faults.set({ fault });
    expect((await failureOf(list())).kind).toBe(kind);
  });

  it.each([20, -20])('a clock %i minutes off is corrected', async (minutes) => {
    demo.faults.set({ fault: { kind: 'clock-skew', ms: minutes * 60_000 } });
    const wrong = session();
    await expect(wrong.api(region).describeAlarms({}, never())).resolves.toHaveProperty(
      'MetricAlarms',
    );
    expect(Math.abs((wrong.clockSkewMs() ?? 0) - minutes * 60_000)).toBeLessThan(2_000);
  });
});

describe('R8: pages', () => {
  const walk = async () => {
    const api = session().api(region);
    let alarms = 0;
    const fetched = pages(
      (NextToken) => api.describeAlarms({ MaxRecords: 100, NextToken }, never()),
      { operation: 'DescribeAlarms', connectionId: 'production' },
    );
    for await (const page of fetched) alarms += page.MetricAlarms?.length ?? 0;
    return alarms;
  };
  it('come to their end', async () => {
    expect(await walk()).toBeGreaterThan(350);
  });
  it('that repeat end with a failure', async () => {
    demo.faults.set({ fault: { kind: 'repeat-token' } });
    expect((await failureOf(walk())).kind).toBe('invalid');
  });
});

describe('testing a connection', () => {
  it('says who it is and that nothing is missing, and changes nothing', async () => {
    const queue = demo.queueUrl(region);
    const result = await testConnection(session({ pushQueueUrl: queue }), never());
    expect(result.accountId).toMatch(/^\d{12}$/);
    expect(result.arn).toContain(result.accountId);
    expect(result.permissions.map(({ action, outcome }) => `${action} ${outcome}`).sort()).toEqual([
      'cloudwatch:DescribeAlarmHistory allowed',
      'cloudwatch:DescribeAlarms allowed',
      'cloudwatch:GetMetricData allowed',
      'cloudwatch:ListDashboards allowed',
      'cloudwatch:ListTagsForResource allowed',
      'sqs:DeleteMessage allowed',
      'sqs:ReceiveMessage allowed',
    ]);
  });

  it('names the permission that is missing, per region', async () => {
    demo.faults.set({
      fault: { kind: 'access-denied' },
      operation: 'GetMetricData',
      region: 'us-west-1',
    });
    const result = await testConnection(session({ regions: [region, 'us-west-1'] }), never());
    expect(result.permissions.filter(({ outcome }) => outcome !== 'allowed')).toMatchObject([
      { action: 'cloudwatch:GetMetricData', region: 'us-west-1', outcome: 'denied' },
    ]);
  });
});
