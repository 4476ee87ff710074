import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../src/shared/alarms/alarm';
import { cannotFire } from '../../../src/shared/alarms/cannot-fire';
import { parseCompositeRule } from '../../../src/shared/alarms/composite-rule';
import { compositeTree } from '../../../src/shared/alarms/composite-tree';
import { consoleUrl } from '../../../src/shared/alarms/console-url';
import { alarmSentence, summarize } from '../../../src/shared/alarms/summary';
import { alarmsFromAws } from '../../../src/main/alarms/from-aws';
import { historyFromAws } from '../../../src/main/alarms/history-from-aws';
import { parsePushMessage } from '../../../src/main/alarms/push-message';

const AT = Date.UTC(2026, 0, 15, 3, 6);
const origin = { connectionId: 'c', region: 'us-west-1', receivedAt: AT };
const arnOf = (name: string) => `arn:aws:cloudwatch:us-west-1:111122223333:alarm:${name}`;

function alarm(fields: object): Alarm {
  const [sighting] = alarmsFromAws(
    {
      MetricAlarms: [
        {
          AlarmArn: arnOf('five'),
          AlarmName: 'five',
          StateValue: 'ALARM',
          StateTransitionedTimestamp: new Date(AT),
          MetricName: 'HTTPCode_Target_5XX_Count',
          Namespace: 'AWS/ApplicationELB',
          Statistic: 'Sum',
          Period: 300,
          EvaluationPeriods: 2,
          Threshold: 10,
          ComparisonOperator: 'GreaterThanThreshold',
          StateReasonData: JSON.stringify({
            statistic: 'Sum',
            period: 300,
            threshold: 10,
            recentDatapoints: [12, 43],
            evaluatedDatapoints: [
              { timestamp: '2026-01-15T03:05:00.000+0000', value: 43 },
              { timestamp: '2026-01-15T03:00:00.000+0000', value: 12 },
            ],
          }),
          ...fields,
        },
      ],
    },
    origin,
  );
  if (sighting === undefined) throw new Error('no alarm');
  return sighting.alarm;
}

describe('an alarm in words', () => {
  it('says value against limit', () => {
    expect(summarize(alarm({}))).toBe('5XX 43 in 5 min, limit 10');
    expect(alarmSentence(alarm({}), () => '03:06')).toBe(
      '5XX is 43 in 5 min, limit 10, for two periods, since 03:06.',
    );
  });

  it('says when there is no data', () => {
    const quiet = alarm({
      StateReasonData: '{"recentDatapoints":[],"evaluatedDatapoints":[{"timestamp":"x"}]}',
    });
    expect(summarize(quiet)).toBe('5XX: no data, limit 10');
  });

  it('finds alarms that cannot fire', () => {
    expect(cannotFire(alarm({}), AT)).toBeNull();
    const dead = alarm({
      StateValue: 'INSUFFICIENT_DATA',
      AlarmConfigurationUpdatedTimestamp: new Date(AT),
    });
    expect(cannotFire(dead, AT + 86_400_000)).toContain('no data since the alarm was made');
  });

  it('links to the console of its partition', () => {
    const china = {
      arn: arnOf('x').replace('arn:aws:', 'arn:aws-cn:'),
      name: 'a/b (c)',
      region: 'cn-north-1',
    };
    expect(consoleUrl(china)).toBe(
      'https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#alarmsV2:alarm/a%2Fb%20%28c%29',
    );
  });
});

describe('composite rules', () => {
  it('parses nesting, quotes, NOT and constants; refuses nonsense', () => {
    expect(parseCompositeRule('ALARM("a b") AND NOT (OK(c) OR TRUE)')).toEqual({
      type: 'and',
      children: [
        { type: 'state', state: 'ALARM', alarm: 'a b' },
        {
          type: 'not',
          child: {
            type: 'or',
            children: [
              { type: 'state', state: 'OK', alarm: 'c' },
              { type: 'constant', value: true },
            ],
          },
        },
      ],
    });
    expect(parseCompositeRule('ALARM("a"')).toBeNull();
    expect(parseCompositeRule(`${'('.repeat(5000)}TRUE`)).toBeNull();
  });

  it('shows which children fire', () => {
    const composite: Alarm = {
      ...alarm({}),
      arn: arnOf('top'),
      name: 'top',
      kind: 'composite',
      metric: null,
      composite: { expression: 'ALARM("five") OR ALARM("gone")', suppressorArn: null },
    };
    const tree = compositeTree(composite, (name) => (name === 'five' ? alarm({}) : undefined));
    expect(tree?.children).toMatchObject([
      { name: 'five', firing: true, state: 'ALARM' },
      { name: 'gone', firing: false, state: null, key: null },
    ]);
  });
});

describe('odd answers', () => {
  it('are read as far as they can be', () => {
    expect(alarmsFromAws({ MetricAlarms: [{}, { AlarmName: 'x' }] }, origin)).toEqual([]);
    expect(historyFromAws({ AlarmHistoryItems: [{ AlarmName: 'x' }] })).toEqual([]);
    const [item] = historyFromAws({
      AlarmHistoryItems: [
        {
          AlarmName: 'x',
          Timestamp: new Date(AT),
          HistoryItemType: 'StateUpdate',
          HistorySummary: 'Alarm updated from OK to ALARM',
          HistoryData: '{"cut off',
        },
      ],
    });
    expect(item).toMatchObject({ from: 'OK', to: 'ALARM' });
  });

  it('reads pushed events bare or wrapped by SNS, region from the ARN', () => {
    const event = JSON.stringify({
      'detail-type': 'CloudWatch Alarm State Change',
      region: 'elsewhere',
      resources: [arnOf('five')],
      detail: {
        alarmName: 'five',
        state: { value: 'ALARM', timestamp: '2026-01-15T03:06:00.000+0000', reason: 'r' },
        previousState: { value: 'OK' },
      },
    });
    const wanted = { name: 'five', region: 'us-west-1', from: 'OK', to: 'ALARM', at: AT };
    expect(parsePushMessage(event)).toMatchObject({
      ok: true,
      value: { kind: 'alarm', change: wanted },
    });
    const wrapped = JSON.stringify({ Type: 'Notification', Message: event });
    expect(parsePushMessage(wrapped)).toMatchObject({
      ok: true,
      value: { kind: 'alarm', change: wanted },
    });
    expect(parsePushMessage('{}').ok).toBe(false);
    expect(parsePushMessage('nonsense').ok).toBe(false);
  });
});
