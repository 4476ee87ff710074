import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awsRig, CRM, failureOf, REALTECHEE } from './aws-rig';
import type { AwsRig } from './aws-rig';

let rig: AwsRig;
beforeEach(async () => {
  rig = await awsRig();
});
afterEach(() => rig.stop());

const tableOf = ({ demo }: AwsRig): string =>
  demo.world.all().flatMap(({ resources }) => [...resources.tables.keys()])[0] ?? '';

describe('lambda-alias', () => {
  const back = {
    kind: 'lambda-alias',
    function: 'crm-export',
    alias: 'live',
    version: 'previous',
  } as const;
  const alias = () =>
    rig
      .reads(CRM)
      .getAlias({ FunctionName: 'crm-export', Name: 'live' }, AbortSignal.timeout(5_000));

  test('points to the version before, and back by what it gave', async () => {
    expect(rig.resource(back)).toBe('crm-export:live');
    expect(await rig.effect(back)).toBe('version 4 → 3');
    expect(await rig.value(back)).toMatchObject({ before: '4', version: '3', changed: true });
    expect((await alias()).FunctionVersion).toBe('3');
    await rig.run({ ...back, version: '4' }, CRM, rig.told(CRM, { token: 'run-2.undo' }));
    expect((await alias()).FunctionVersion).toBe('4');
  });

  test('a second try of the same step goes no further back', async () => {
    const told = rig.told(CRM, { token: 'run-3.back' });
    await rig.run(back, CRM, told);
    expect(await rig.value(back, CRM, told)).toMatchObject({ version: '3', changed: false });
    expect((await alias()).FunctionVersion).toBe('3');
    expect(rig.demo.changes.count('UpdateAlias')).toBe(1);
    // Another run does.
    await rig.run(back, CRM, rig.told(CRM, { token: 'run-4.back' }));
    expect((await alias()).FunctionVersion).toBe('2');
  });

  test('a version that is not there is found out before', async () => {
    expect((await failureOf(rig.effect({ ...back, version: '99' }))).kind).toBe('not-found');
    expect(rig.demo.changes.count()).toBe(0);
  });
});

describe('alarms', () => {
  const alarm = 'CRM-High-Error-Rate';

  test('a state is set, with what it was', async () => {
    const action = { kind: 'alarm-state', alarm, state: 'ALARM', reason: 'A drill' } as const;
    expect(await rig.effect(action)).toMatch(/^OK → ALARM; \d actions? runs?$/);
    expect(await rig.value(action)).toEqual({
      alarm,
      before: 'OK',
      state: 'ALARM',
      reason: 'A drill',
    });
    expect(await rig.effect(action)).toBe('stays ALARM: none of its actions run');
    const [found] =
      (await rig.reads(CRM).alarms([alarm], AbortSignal.timeout(5_000))).MetricAlarms ?? [];
    expect(found).toMatchObject({ StateValue: 'ALARM', StateReason: 'A drill' });
  });

  test('actions are switched off where they are on, which the output tells', async () => {
    const off = {
      kind: 'alarm-actions',
      alarms: [alarm, 'CRM-High-Response-Time'],
      enabled: false,
    } as const;
    await rig.run({ ...off, alarms: [alarm] });
    expect(await rig.effect({ ...off, alarms: [...off.alarms] })).toBe(
      'actions on → off for 1 alarm; 1 is off already',
    );
    expect(await rig.value({ ...off, alarms: [...off.alarms] })).toMatchObject({
      changed: ['CRM-High-Response-Time'],
    });
    expect(await rig.effect({ ...off, alarms: [...off.alarms] })).toBe(
      'the actions are off already',
    );
    expect(rig.demo.changes.count('DisableAlarmActions')).toBe(2);
  });

  test('one that is not there is named before any is changed', async () => {
    const off = { kind: 'alarm-actions', alarms: [alarm, 'No-Such'], enabled: false } as const;
    const failure = await failureOf(rig.run({ ...off, alarms: [...off.alarms] }));
    expect(failure).toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('No-Such'),
    });
    expect(rig.demo.changes.count()).toBe(0);
  });
});

describe('metric-data', () => {
  const action = {
    kind: 'metric-data',
    namespace: 'Drills',
    metric: 'Held',
    value: 3,
    unit: 'Count',
  } as const;

  test('a value is put', async () => {
    await rig.run(action);
    expect(rig.demo.changes.entries).toMatchObject([{ operation: 'PutMetricData', error: null }]);
  });

  test('namespaces of AWS and units that are none are refused', async () => {
    expect((await failureOf(rig.run({ ...action, namespace: 'AWS/RDS' }))).kind).toBe('invalid');
    expect((await failureOf(rig.effect({ ...action, unit: 'Apples' }))).message).toContain(
      'Apples',
    );
    expect(rig.demo.changes.count()).toBe(0);
  });
});

describe('dynamodb-capacity', () => {
  test('is set, followed until it is so, and set back by what it gave', async () => {
    const table = tableOf(rig);
    const action = { kind: 'dynamodb-capacity', table, readUnits: 200, writeUnits: 50 } as const;
    expect(await rig.effect(action, REALTECHEE)).toBe('read 100 → 200, write stays 50 units');
    const told = rig.told(REALTECHEE);
    expect(await rig.value(action, REALTECHEE, told)).toMatchObject({
      before: { readUnits: 100, writeUnits: 50 },
      changed: true,
    });
    expect(told.said.join('\n')).toContain('is being updated');
    expect(told.said.at(-1)).toBe('Done: read 200, write 50 units');
    expect(await rig.value(action, REALTECHEE)).toMatchObject({ changed: false });
    expect(rig.demo.changes.count('UpdateTable')).toBe(1);
  });

  test('an index that is not there and half a unit are refused', async () => {
    const action = {
      kind: 'dynamodb-capacity',
      table: tableOf(rig),
      readUnits: 20,
      writeUnits: 5,
    } as const;
    const index = await failureOf(rig.effect({ ...action, index: 'none' }, REALTECHEE));
    expect(index.kind).toBe('not-found');
    const half = await failureOf(rig.effect({ ...action, readUnits: 0.5 }, REALTECHEE));
    expect(half.message).toContain('readUnits');
  });

  test('a cancelled step says that DynamoDB goes on', async () => {
    const action = {
      kind: 'dynamodb-capacity',
      table: tableOf(rig),
      readUnits: 20,
      writeUnits: 5,
    } as const;
    const told = rig.told(REALTECHEE);
    told.context.tell = (words) => {
      if (words.includes('being updated')) told.abort.abort();
    };
    const failure = await failureOf(rig.run(action, REALTECHEE, told));
    expect(failure.message).toContain('cannot forget it');
  });
});

describe('waf-block', () => {
  const action = {
    kind: 'waf-block',
    ipSet: 'crm-blocked-addresses',
    addresses: ['203.0.113.7', '203.0.113.0/24', '198.51.100.0/28'],
  } satisfies Parameters<AwsRig['run']>[0];

  test('adds what is not there, and takes out what it added', async () => {
    expect(await rig.effect(action)).toBe(
      'adds 203.0.113.7/32, 203.0.113.0/24 (256 addresses); crm-blocked-addresses holds 1 → 3 ranges',
    );
    const added = ['203.0.113.7/32', '203.0.113.0/24'];
    expect(await rig.value(action)).toMatchObject({
      before: ['198.51.100.0/28'],
      added,
      removed: [],
    });
    expect(await rig.effect(action)).toBe('crm-blocked-addresses holds all of them already');
    const back = { ...action, addresses: added, remove: true };
    expect(await rig.value(back)).toMatchObject({ addresses: ['198.51.100.0/28'], removed: added });
    expect(rig.demo.changes.count('UpdateIPSet')).toBe(2);
  });

  test('somebody who writes at the same time loses nothing', async () => {
    let others = 0;
    const told = rig.told(CRM);
    const { reads } = told.context;
    if (reads === null) throw new Error('the rig reads');
    told.context.reads = {
      ...reads,
      async getIpSet(input, signal) {
        const answer = await reads.getIpSet(input, signal);
        others += 1;
        if (others > 2) return answer;
        const Addresses = [...(answer.IPSet?.Addresses ?? []), `192.0.2.${others}/32`];
        const { LockToken = '' } = answer;
        const { Name = '', Id = '', Scope = 'REGIONAL' } = input;
        await rig.changes(CRM).updateIpSet({ Name, Id, Scope, Addresses, LockToken }, signal);
        return answer;
      },
    };
    expect(await rig.value(action, CRM, told)).toMatchObject({
      addresses: [
        '198.51.100.0/28',
        '192.0.2.1/32',
        '192.0.2.2/32',
        '203.0.113.7/32',
        '203.0.113.0/24',
      ],
    });
    expect(told.said.filter((words) => words.includes('Somebody else'))).toHaveLength(2);
  });

  test.each(['0.0.0.0/0', '203.0.113.0/33', 'example.com', '1.2.3.4/8/8', ''])(
    '%j is refused',
    async (address) => {
      const failure = await failureOf(rig.effect({ ...action, addresses: [address] }));
      expect(failure.kind).toBe('invalid');
    },
  );

  test('an address of the other version and a set that is not there are refused', async () => {
    const six = await failureOf(rig.effect({ ...action, addresses: ['2001:db8::/64'] }));
    expect(six.message).toContain('IPv4');
    expect((await failureOf(rig.effect({ ...action, ipSet: 'none' }))).kind).toBe('not-found');
  });
});

describe('sqs-send', () => {
  test('a message is sent as it is, or as JSON', async () => {
    const action = { kind: 'sqs-send', queue: 'crm-mail-out', message: { lead: 7 } } as const;
    expect(await rig.effect(action)).toBe('goes to crm-mail-out, where no message waits');
    const sent = await rig.value(action);
    expect(sent).toHaveProperty('messageId', expect.stringMatching(/^[\w-]{36}$/));
    expect(rig.demo.changes.entries).toMatchObject([{ input: { MessageBody: '{"lead":7}' } }]);
    expect(await rig.effect(action)).toBe('goes to crm-mail-out, where about 1 message waits');
  });

  test('no other address than those of SQS is sent to', async () => {
    const queue = 'https://sqs.us-east-1.amazonaws.com.example.org/1/q';
    const failure = await failureOf(rig.run({ kind: 'sqs-send', queue, message: 'x' }));
    expect(failure.message).toContain('is no address of SQS');
  });
});

describe('retention', () => {
  const group = '/ecs/crm/crm-core';

  test('is shortened with a warning, and set back by what it gave', async () => {
    const action = { kind: 'retention', group, days: 7 } as const;
    expect(rig.resource(action)).toBe(group);
    expect(await rig.effect(action)).toMatch(
      /^events are kept 30 days → 7 days: what is older.* is deleted for good$/,
    );
    expect(await rig.value(action)).toEqual({ group, before: 30, days: 7, changed: true });
    expect(await rig.value({ ...action, days: null })).toMatchObject({ before: 7, days: null });
    expect(await rig.effect({ ...action, days: null })).toBe('events are kept for ever, as now');
    expect(rig.demo.changes.count('PutRetentionPolicy')).toBe(1);
    expect(rig.demo.changes.count('DeleteRetentionPolicy')).toBe(1);
  });

  test('days that CloudWatch does not take, and a group that is not there', async () => {
    expect((await failureOf(rig.effect({ kind: 'retention', group, days: 8 }))).kind).toBe(
      'invalid',
    );
    const gone = await failureOf(rig.effect({ kind: 'retention', group: '/ecs/crm', days: 7 }));
    expect(gone.kind).toBe('not-found');
  });
});

describe('ecs-update', () => {
  const back = {
    kind: 'ecs-update',
    cluster: 'crm-production',
    service: 'crm-core-service',
    rollBack: true,
  } as const;

  test('rolls back one revision and follows it, and a second try goes no further', async () => {
    const look = {
      kind: 'describe',
      what: 'ecs-service',
      cluster: back.cluster,
      name: back.service,
    } as const;
    const before = await rig.value(look);
    const runs = (value: unknown): number =>
      Number(/"taskDefinition":"crm-core-service:(\d+)"/.exec(JSON.stringify(value))?.[1]);
    expect(await rig.effect(back)).toContain(`crm-core-service:${runs(before)} → `);
    const told = rig.told(CRM, { token: 'run-5.back' });
    await rig.run(back, CRM, told);
    await rig.run(back, CRM, told);
    expect(runs(await rig.value(look))).toBe(runs(before) - 1);
    expect(told.said.at(-1)).toMatch(/^Stable: 3 tasks run/);
  });
});

describe('dashboard-mark', () => {
  const dashboard = 'CRM-Operational-Dashboard';
  const mark = {
    kind: 'dashboard-mark',
    dashboard,
    label: 'Rolled back',
    at: '2026-03-01T02:15:00Z',
  } as const;
  const body = async (): Promise<string> =>
    (await rig.reads(CRM).getDashboard(dashboard, AbortSignal.timeout(5_000))).DashboardBody ?? '';

  test('draws a line once, leaves the rest as it was, and takes it away again', async () => {
    const before = await body();
    await rig.run(mark);
    const marked = await body();
    expect(marked).toContain('{"label":"Rolled back","value":"2026-03-01T02:15:00.000Z"}');
    expect(await rig.effect(mark)).toBe('every chart has this mark already');
    await rig.run(mark);
    expect(rig.demo.changes.count('PutDashboard')).toBe(1);
    await rig.run({ ...mark, remove: true });
    const titles = (text: string): unknown => JSON.parse(text).widgets.length;
    expect(titles(await body())).toBe(titles(before));
    expect(await body()).not.toContain('Rolled back');
  });

  test('only charts that are named, and a dashboard that is not there', async () => {
    const unnamed = await failureOf(rig.effect({ ...mark, charts: ['no such chart'] }));
    expect(unnamed.message).toContain('no such chart');
    expect((await failureOf(rig.effect({ ...mark, dashboard: 'None' }))).kind).toBe('not-found');
    expect((await failureOf(rig.effect({ ...mark, at: 'later' }))).kind).toBe('invalid');
  });
});
