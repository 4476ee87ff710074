import { describe, expect, it } from 'vitest';
import type { AlarmState } from '../../../src/shared/alarms/alarm';
import { FailureError } from '../../../src/shared/failure';
import { stepKindSchema } from '../../../src/shared/runbooks/step-kinds';
import type { WaitParts } from '../../../src/main/runbooks/actions/local/wait-alarm';
import { waitFor } from '../../../src/main/runbooks/actions/local/wait-for';
import { shapedHandler } from '../../support/step-outputs';
import { stepContext, valueIn } from '../../integration/runbooks/local-rig';
import { TestClock } from '../aws/test-clock';

const place = { connectionId: 'c1', region: 'eu-west-1', accountId: null };

function rig(parts: { state?: () => AlarmState | null; values?: () => number[] | Error } = {}) {
  const clock = new TestClock();
  const told = stepContext({ clock, place });
  const asked: number[] = [];
  let known: AlarmState | null = null;
  const api: ReturnType<WaitParts['apiOf']> = {
    describeAlarms: async () => {
      asked.push(clock.now());
      const state = parts.state?.() ?? null;
      return state === null ? {} : { MetricAlarms: [{ StateValue: state, StateReason: 'seen' }] };
    },
    getMetricData: async () => {
      asked.push(clock.now());
      const values = parts.values?.() ?? [];
      if (values instanceof Error) throw values;
      return {
        MetricDataResults: [
          { Values: values, Timestamps: values.map((_, i) => new Date(clock.now() - i * 60_000)) },
        ],
      };
    },
  };
  const handler = shapedHandler(waitFor({ apiOf: () => api, knownState: () => known }));
  return {
    clock,
    told,
    asked,
    hear: (state: AlarmState) => {
      known = state;
    },
    act: (more: object) =>
      handler.run(stepKindSchema.parse({ kind: 'wait-for', ...more }), told.context, null),
  };
}

const alarm = { alarm: { name: 'orders-5xx', state: 'OK' } };
const metric = {
  metric: { namespace: 'AWS/SQS', metric: 'Depth', operator: '<', value: 10, statistic: 'Maximum' },
};

describe('waiting for an alarm', () => {
  it('asks CloudWatch every 30 s, and sooner once the console has heard of it', async () => {
    let state: AlarmState = 'ALARM';
    const { clock, told, asked, hear, act } = rig({ state: () => state });
    const going = act(alarm);
    await clock.advance(61_000);
    expect(asked).toHaveLength(3);
    expect(told.said.at(-1)).toBe('orders-5xx is ALARM, waiting for OK');
    state = 'OK';
    hear('OK');
    await clock.advance(6_000);
    expect(valueIn(await going)).toMatchObject({ state: 'OK', reason: 'seen' });
    expect(asked).toHaveLength(4);
  });

  it('says that there is none', async () => {
    await expect(rig().act(alarm)).rejects.toMatchObject({ failure: { kind: 'not-found' } });
  });

  it('ends at once when it is told to stop', async () => {
    const { clock, told, act } = rig({ state: () => 'ALARM' });
    const going = act(alarm);
    going.catch(() => undefined);
    await clock.advance(100);
    told.abort.abort();
    await expect(going).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  });
});

describe('waiting for a metric', () => {
  it('takes the latest value, asked no more than every 30 s, and outlives a throttle', async () => {
    const throttle = new FailureError({
      kind: 'throttled',
      connectionId: 'c1',
      operation: 'GetMetricData',
      message: 'Too many calls.',
      advice: '',
    });
    const answers: (number[] | Error)[] = [[40, 3], throttle, [], [9, 40]];
    const { clock, told, asked, act } = rig({ values: () => answers.shift() ?? [] });
    const going = act(metric);
    await clock.advance(95_000);
    expect(valueIn(await going)).toMatchObject({ metric: 'Depth', statistic: 'Maximum', value: 9 });
    expect(asked.map((at) => at - (asked[0] ?? 0))).toEqual([0, 30_000, 60_000, 90_000]);
    expect(told.said).toEqual([
      expect.stringMatching(/^Depth was 40 at \d\d:\d\d UTC, waiting for < 10$/),
      'Too many calls. Asked again in 30 s.',
      'Depth has no value in the last 15 min, waiting for < 10',
      expect.stringMatching(/^Depth was 9 at/),
    ]);
  });

  it('ends on what waiting does not mend', async () => {
    const denied = new FailureError({
      kind: 'denied',
      connectionId: 'c1',
      operation: 'GetMetricData',
      message: 'Not allowed.',
      advice: '',
    });
    await expect(rig({ values: () => denied }).act(metric)).rejects.toThrow('Not allowed');
  });
});

describe('waiting for a time', () => {
  it('counts down and ends then', async () => {
    const { clock, told, act } = rig();
    const going = act({ time: '90s' });
    await clock.advance(1_000);
    expect(told.said[0]).toMatch(/^1 min 30 s to go/);
    await clock.advance(89_000);
    expect(valueIn(await going)).toEqual({ until: new Date(clock.now()).toISOString() });
    const until = new Date(clock.now() - 1).toISOString();
    expect(valueIn(await act({ time: until }))).toEqual({ until });
  });

  it.each([{}, { time: 'tomorrow' }, { time: '2030-01-31T04:00' }, { ...alarm, ...metric }])(
    'refuses %j',
    async (more) => {
      await expect(rig().act(more)).rejects.toMatchObject({ failure: { kind: 'invalid' } });
    },
  );
});
