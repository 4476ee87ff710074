import { describe, expect, it } from 'vitest';
import { AlarmFeed } from '../../../src/main/app/alarm-feed';
import type { Alarm, AlarmRow } from '../../../src/shared/alarms/alarm';
import type { AlarmsPatch } from '../../../src/shared/ipc';

const alarmOf = (key: string, description = ''): Alarm => ({
  key,
  arn: key,
  name: key,
  connectionId: 'c',
  accountId: '1',
  region: 'us-east-1',
  kind: 'metric',
  description,
  state: 'OK',
  stateReason: '',
  stateReasonData: null,
  stateUpdatedAt: 0,
  stateTransitionedAt: 0,
  configurationUpdatedAt: 0,
  actionsEnabled: true,
  alarmActions: [],
  okActions: [],
  insufficientDataActions: [],
  tags: null,
  metric: null,
  composite: null,
});

const rowOf = (alarm: Alarm): AlarmRow => ({
  key: alarm.key,
  name: alarm.name,
  connectionId: alarm.connectionId,
  accountId: alarm.accountId,
  region: alarm.region,
  kind: alarm.kind,
  state: alarm.state,
  severity: 'warning',
  summary: alarm.description,
  stateSince: 0,
  incidentId: null,
  incidentState: null,
  owner: null,
  acknowledgedAt: null,
  snoozedUntil: null,
  mutedUntil: null,
  flaps: 0,
  recoveredAt: null,
  cannotFire: null,
  actionsEnabled: true,
  stale: false,
});

function setUp() {
  const alarms = new Map<string, Alarm>([
    ['a', alarmOf('a')],
    ['b', alarmOf('b')],
  ]);
  const patches: AlarmsPatch[] = [];
  const due: (() => void)[] = [];
  const clock = {
    now: () => 0,
    after: (_delay: number, task: () => void) => {
      due.push(task);
      return () => undefined;
    },
  };
  const feed = new AlarmFeed(
    clock,
    () => alarms,
    rowOf,
    (patch) => patches.push(patch),
  );
  const pass = (): void => due.splice(0).forEach((task) => task());
  return { alarms, patches, feed, pass };
}

describe('AlarmFeed', () => {
  it('pushes only what differs, many changes as one patch', () => {
    const { alarms, patches, feed, pass } = setUp();
    expect(JSON.parse(feed.snapshotJson())).toHaveLength(2);
    alarms.set('a', alarmOf('a', 'changed'));
    feed.touch(['a']);
    feed.touch(['b']);
    pass();
    expect(patches).toHaveLength(1);
    expect(JSON.parse(patches[0]?.upsertsJson ?? '')).toMatchObject([
      { key: 'a', summary: 'changed' },
    ]);
    feed.touchAll();
    pass();
    expect(patches).toHaveLength(1);
  });

  it('tells of removals once', () => {
    const { alarms, patches, feed, pass } = setUp();
    feed.snapshotJson();
    alarms.delete('b');
    feed.touchAll();
    pass();
    feed.touchAll();
    pass();
    expect(patches.map((patch) => patch.removed)).toEqual([['b']]);
  });
});
