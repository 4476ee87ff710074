import { describe, expect, it } from 'vitest';
import type { DescribeAlarmsInput, DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import { CloudWatchAlarmService } from '../../../src/main/alarms/alarm-service';
import { AwsFailure } from '../../../src/main/aws/aws-api';
import type { AlarmApi } from '../../../src/main/aws/aws-api';
import type { AlarmTransition } from '../../../src/shared/alarms/alarm';
import { demoConnection } from '../../support/alarm-service';
import { settle, TestClock } from '../../support/test-clock';

const REGION = 'us-east-1';
const ARN = `arn:aws:cloudwatch:${REGION}:111122223333:alarm:a`;
const connection = demoConnection('http://127.0.0.1:1', { regions: [REGION] });
const failed = new AwsFailure({
  kind: 'offline',
  connectionId: 'demo',
  operation: 'DescribeAlarms',
  message: 'offline',
  advice: '',
});

/** An account of one alarm whose faults a test sets: those of a network, which cannot be caused. */
class Account implements AlarmApi {
  readonly connectionId = 'demo';
  readonly region = REGION;
  state: 'OK' | 'ALARM' = 'OK';
  changes: { at: number; from: string; to: 'OK' | 'ALARM' }[] = [];
  fault: 'none' | 'offline' | 'hang' | 'endless' = 'none';
  polls = 0;
  skew = 0;
  private changedAt: number;

  constructor(private readonly clock: TestClock) {
    this.changedAt = clock.now();
  }
  become(to: 'OK' | 'ALARM'): void {
    this.changedAt = this.clock.now();
    this.changes.push({ at: this.changedAt, from: this.state, to });
    this.state = to;
  }
  async describeAlarms(
    input: DescribeAlarmsInput,
    signal: AbortSignal,
  ): Promise<DescribeAlarmsOutput> {
    if (input.StateValue === 'ALARM') this.polls += 1;
    if (this.fault === 'offline') throw failed;
    if (this.fault === 'hang') {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(failed)));
    }
    const at = new Date(this.changedAt);
    const alarm = {
      AlarmArn: ARN,
      AlarmName: 'a',
      StateValue: this.state,
      StateUpdatedTimestamp: at,
      StateTransitionedTimestamp: at,
    };
    const shown = input.StateValue === undefined || input.StateValue === this.state;
    const endless = this.fault === 'endless' ? { NextToken: 'again' } : {};
    return { MetricAlarms: shown ? [alarm] : [], ...endless };
  }
  async describeAlarmHistory(input: { StartDate?: Date | undefined }) {
    const start = input.StartDate?.getTime() ?? 0;
    return {
      AlarmHistoryItems: this.changes
        .filter(({ at }) => at >= start)
        .map(({ at, from, to }) => ({
          AlarmName: 'a',
          Timestamp: new Date(at),
          HistoryItemType: 'StateUpdate' as const,
          HistoryData: JSON.stringify({
            oldState: { stateValue: from },
            newState: { stateValue: to },
          }),
        })),
    };
  }
  listTagsForResource = async () => ({ Tags: [] });
  getMetricData = async () => ({});
  callerIdentity = async () => ({ accountId: '111122223333', arn: 'arn:aws:iam::1:user/x' });
  receiveMessages = async () => [];
  deleteMessages = async () => undefined;
  clockSkewMs = () => this.skew;
  destroy = () => undefined;
}

async function start() {
  const clock = new TestClock();
  const account = new Account(clock);
  const told: AlarmTransition[] = [];
  const checkpoints = new Map<string, number>();
  const session = {
    apis: () => [account],
    knownIdentity: null,
    identity: () => account.callerIdentity(),
    usage: () => ({ calls: 0, throttles: 0, costUsd: 0 }),
  };
  const service = new CloudWatchAlarmService({
    clock,
    open: () => session,
    checkpoints: {
      get: (id, region) => checkpoints.get(id + region) ?? null,
      set: (id, region, at) => void checkpoints.set(id + region, at),
    },
    intervals: () => ({ pollIntervalMs: 30_000, sweepIntervalMs: 600_000 }),
    severityOf: () => 'warning',
    needsTags: () => false,
    report: (problem) => expect.fail(problem),
    random: () => 0.5,
  });
  service.onUpdate(({ transitions }) => void told.push(...transitions));
  service.setConnections([connection]);
  await clock.advance(1_000);
  const status = () => {
    const region = service.statuses()[0]?.regions[0];
    if (region === undefined) throw new Error('no status');
    return region;
  };
  return { clock, account, service, status, into: () => told.filter(({ to }) => to === 'ALARM') };
}

describe('watching a region', () => {
  it.each([
    ['1 s', 1_000],
    ['1 h', 3_600_000],
    ['3 days', 3 * 86_400_000],
  ])(
    'after a sleep of %s polls at once and tells the flap it slept through, once',
    async (_, ms) => {
      const { clock, account, service, status, into } = await start();
      service.suspend();
      await settle();
      expect(status().phase).toBe('paused');
      clock.jump(ms / 2);
      account.become('ALARM');
      clock.jump(ms / 4);
      account.become('OK');
      clock.jump(ms / 4);
      const polls = account.polls;
      service.resume();
      await clock.advance(100);
      expect(account.polls).toBe(polls + 1);
      expect(into()).toHaveLength(1);
      expect(service.alarms.get(`demo|${ARN}`)?.state).toBe('OK');
      await service.stop();
    },
  );

  it('is blind after two intervals without a poll, keeps the data, and sees again', async () => {
    const { clock, account, service, status } = await start();
    account.fault = 'offline';
    await clock.advance(45_000);
    expect(status().blindSince).toBeNull();
    await clock.advance(45_000);
    expect(status()).toMatchObject({ phase: 'stale', failure: { kind: 'offline' } });
    expect(status().blindSince).toBe(status().lastGoodAt);
    expect(service.alarms.size).toBe(1);
    account.fault = 'none';
    await clock.advance(30_000);
    expect(status()).toMatchObject({ phase: 'ready', blindSince: null, failure: null });
    await service.stop();
  });

  it('never polls twice at once, and gives up a hanging poll on wake', async () => {
    const { clock, account, service, status } = await start();
    account.fault = 'hang';
    await clock.advance(300_000);
    const polls = account.polls;
    expect(polls).toBe(2);
    expect(status().phase).toBe('stale');
    account.fault = 'none';
    service.resume();
    await clock.advance(100);
    expect(account.polls).toBe(polls + 1);
    expect(status().phase).toBe('ready');
    await service.stop();
  });

  it('ends endless pages as a named failure', async () => {
    const { clock, account, service, status } = await start();
    account.fault = 'endless';
    await clock.advance(31_000);
    expect(status().failure?.kind).toBe('invalid');
    await service.stop();
  });

  it('names a clock that is wrong by 20 minutes', async () => {
    const { account, service, status } = await start();
    account.skew = -20 * 60_000;
    expect(status().failure?.message).toContain('20 min ahead of AWS');
    await service.stop();
  });

  it('does nothing any more once stopped', async () => {
    const { clock, account, service } = await start();
    await service.stop();
    const polls = account.polls;
    service.resume();
    await clock.advance(3_600_000);
    expect(account.polls).toBe(polls);
  });
});
