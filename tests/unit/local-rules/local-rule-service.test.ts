import { describe, expect, it } from 'vitest';
import { LocalRuleService } from '../../../src/main/local-rules/local-rule-service';
import type { AlarmUpdate } from '../../../src/main/seams';
import type { AlarmTransition } from '../../../src/shared/alarms/alarm';
import { alarmSentence, summarize } from '../../../src/shared/alarms/summary';
import { FailureError } from '../../../src/shared/failure';
import type { LocalRule } from '../../../src/shared/local-rules/local-rule';
import type { QueryGroup, SeriesHead, SeriesSet } from '../../../src/shared/metrics/query';
import { defaultSettings } from '../../../src/shared/settings/defaults';
import type { Settings } from '../../../src/shared/settings/settings';
import { explainSeverity, resolveSeverity } from '../../../src/shared/severity/resolve';
import { settle, TestClock } from '../../support/test-clock';
import { rule } from './rule';

const MINUTE = 60_000;

const offline = (connectionId: string) =>
  new FailureError({
    kind: 'offline',
    connectionId,
    operation: 'GetMetricData',
    message: 'AWS cannot be reached.',
    advice: '',
  });

/** Answers every minute of the window with what `perMinute` says; remembers who asked when. */
class FakeMetrics {
  readonly asked: { at: number; group: QueryGroup }[] = [];
  perMinute: (connectionId: string, at: number) => number | null = () => 0;
  down = new Set<string>();
  hung = new Set<string>();
  paused = false;

  constructor(private readonly clock: TestClock) {}

  query(group: QueryGroup): Promise<SeriesSet> {
    this.asked.push({ at: this.clock.now(), group });
    if (this.hung.has(group.connectionId)) return new Promise(() => undefined);
    if (this.down.has(group.connectionId)) return Promise.reject(offline(group.connectionId));
    const values: number[] = [];
    for (let at = group.startMs; at < group.endMs; at += MINUTE) {
      values.push(this.perMinute(group.connectionId, at) ?? NaN);
    }
    const head: SeriesHead = {
      queryId: 'm1',
      key: 'm1',
      label: null,
      startMs: group.startMs,
      periodMs: MINUTE,
      offset: 0,
      count: values.length,
      status: 'complete',
      messages: [],
    };
    return Promise.resolve({
      startMs: group.startMs,
      endMs: group.endMs,
      headsJson: JSON.stringify([head]),
      values: Float64Array.from(values),
      asOf: this.clock.now(),
      state: this.paused ? 'paused' : 'fresh',
      failure: null,
      messages: [],
    });
  }
}

function setUp(rules: LocalRule[], seed: AlarmTransition[] = []) {
  const clock = new TestClock(Date.UTC(2026, 0, 15, 3, 0, 7));
  const metrics = new FakeMetrics(clock);
  let settings: Settings = { ...defaultSettings('ops', []), localRules: rules };
  const listeners: ((now: Settings, before: Settings) => void)[] = [];
  const problems: string[] = [];
  const service = new LocalRuleService({
    metrics,
    clock,
    seed,
    settings: {
      get: () => settings,
      onChange: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
    },
    accountOf: () => '111122223333',
    report: (problem) => problems.push(problem),
  });
  const updates: AlarmUpdate[] = [];
  service.onUpdate((update) => void updates.push(update));
  return {
    clock,
    metrics,
    service,
    problems,
    transitions: () => updates.flatMap((update) => update.transitions),
    removed: () => updates.flatMap((update) => update.removedKeys),
    alarm: (id = 'r1') => service.alarms.get(`local|${id}`),
    setRules: (localRules: LocalRule[]) => {
      const before = settings;
      settings = { ...settings, localRules };
      for (const listener of listeners) listener(settings, before);
    },
  };
}

describe('local rules', () => {
  it('fire, stay and recover as alarms that state their own severity', async () => {
    const { clock, metrics, service, transitions, alarm } = setUp([rule()]);
    service.start();
    await clock.advance(2 * MINUTE);
    expect(alarm()).toMatchObject({ state: 'OK', arn: 'local:rule:r1', name: 'ALB errors' });
    expect(transitions()).toEqual([]);

    metrics.perMinute = () => 8;
    await clock.advance(3 * MINUTE);
    const firing = alarm();
    expect(firing?.state).toBe('ALARM');
    expect(transitions()).toMatchObject([
      { from: 'OK', to: 'ALARM', source: 'local', severity: 'critical', alarmKey: 'local|r1' },
    ]);
    if (firing === undefined) throw new Error('no alarm');
    expect(summarize(firing)).toMatch(/^ELB 5XX 40 in 5 min, limit 10$/);
    expect(alarmSentence(firing, () => '03:02')).toMatch(/^Local rule: ELB 5XX is 40 in 5 min/);
    const info = [{ id: 'all', severity: 'info' as const, name: '*' }];
    expect(resolveSeverity(firing, info).severity).toBe('critical');
    expect(explainSeverity(firing, info).explanation).toMatch(/local rule/);

    metrics.perMinute = () => 0;
    await clock.advance(2 * MINUTE);
    expect(transitions().map(({ to }) => to)).toEqual(['ALARM', 'OK']);
    await service.stop();
  });

  it('ask at their own pace, together, and never twice at once', async () => {
    const slow = rule({ id: 'slow', everySeconds: 120 });
    const { clock, metrics, service } = setUp([rule(), rule({ id: 'r2' }), slow]);
    service.start();
    await clock.advance(1);
    metrics.asked.length = 0;
    await clock.advance(4 * MINUTE);
    const times = metrics.asked.map(({ at }) => at);
    expect(new Set(times.map((at) => at % 30_000))).toEqual(new Set([0]));
    expect(times).toHaveLength(2 * 8 + 2);
    await service.stop();
    const { length } = metrics.asked;
    await clock.advance(10 * MINUTE);
    expect(metrics.asked).toHaveLength(length);
  });

  it('keep their state and say that it is old while queries fail', async () => {
    const { clock, metrics, service, transitions, alarm } = setUp([rule()]);
    metrics.perMinute = () => 8;
    service.start();
    await clock.advance(MINUTE);
    expect(alarm()?.state).toBe('ALARM');
    metrics.down.add('crm');
    metrics.perMinute = () => 0;
    await clock.advance(10 * MINUTE);
    const blind = alarm();
    expect(blind).toMatchObject({ state: 'ALARM', stateReason: 'AWS cannot be reached.' });
    expect(clock.now() - (blind?.blindSince ?? 0)).toBeGreaterThan(9 * MINUTE);
    if (blind === undefined) throw new Error('no alarm');
    expect(alarmSentence(blind, () => '03:01')).toMatch(/could not be evaluated since 03:01/);
    metrics.down.clear();
    await clock.advance(MINUTE);
    expect(alarm()).toMatchObject({ state: 'OK', blindSince: null });
    expect(transitions().map(({ to }) => to)).toEqual(['ALARM', 'OK']);
    await service.stop();
  });

  it('never pass as fine when nothing was ever answered, or when the cost cap pauses them', async () => {
    const { clock, metrics, service, alarm } = setUp([rule()]);
    metrics.paused = true;
    service.start();
    await clock.advance(5 * MINUTE);
    expect(alarm()?.state).toBe('INSUFFICIENT_DATA');
    expect(alarm()?.blindSince).not.toBeNull();
    expect(alarm()?.stateReason).toMatch(/cost cap/);
    await service.stop();
  });

  it('a hung account does not delay another', async () => {
    const { clock, metrics, service, alarm } = setUp([
      rule({ id: 'hung', connectionId: 'hung' }),
      rule(),
    ]);
    metrics.hung.add('hung');
    metrics.perMinute = () => 8;
    service.start();
    await settle();
    expect(alarm()?.state).toBe('ALARM');
    await clock.advance(2 * MINUTE);
    expect(alarm('hung')?.stateReason).toMatch(/not answered in time/);
    const times = metrics.asked.filter(({ group }) => group.connectionId === 'hung');
    expect(times.length).toBeGreaterThan(2);
    await service.stop();
  });

  it('after sleep each evaluates once', async () => {
    const { clock, metrics, service } = setUp([rule(), rule({ id: 'r2' })]);
    service.start();
    await clock.advance(MINUTE);
    service.suspend();
    await settle();
    metrics.asked.length = 0;
    clock.jump(3 * 86_400_000 + 5_000);
    await clock.advance(0);
    expect(metrics.asked).toHaveLength(0);
    service.resume();
    await settle();
    expect(metrics.asked).toHaveLength(2);
    await service.stop();
  });

  it('go on after a restart without telling the same alarm again', async () => {
    const first = setUp([rule()]);
    first.metrics.perMinute = () => 8;
    first.service.start();
    await first.clock.advance(MINUTE);
    await first.service.stop();
    expect(first.transitions()).toHaveLength(1);

    const second = setUp([rule()], first.transitions());
    second.metrics.perMinute = () => 8;
    second.service.start();
    expect(second.alarm()?.state).toBe('ALARM');
    await second.clock.advance(5 * MINUTE);
    expect(second.transitions()).toEqual([]);
    second.metrics.perMinute = () => 0;
    await second.clock.advance(MINUTE);
    expect(second.transitions()).toMatchObject([{ from: 'ALARM', to: 'OK' }]);
    await second.service.stop();
  });

  it('close their incident when they are switched off, deleted or gone at the start', async () => {
    const { clock, metrics, service, transitions, removed, alarm, setRules } = setUp([
      rule(),
      rule({ id: 'r2' }),
    ]);
    metrics.perMinute = () => 8;
    service.start();
    await clock.advance(MINUTE);
    setRules([rule({ enabled: false })]);
    await settle();
    expect(removed()).toEqual(['local|r1', 'local|r2']);
    expect(alarm()).toBeUndefined();
    const closed = transitions().filter(({ to }) => to === 'OK');
    expect(closed.map(({ alarmKey }) => alarmKey)).toEqual(['local|r1', 'local|r2']);
    expect(closed[0]?.reason).toMatch(/switched off or deleted/);

    const later = setUp(
      [],
      transitions().filter(({ to }) => to === 'ALARM'),
    );
    later.service.start();
    expect(later.transitions().map(({ to, alarmKey }) => [to, alarmKey])).toEqual([
      ['OK', 'local|r1'],
      ['OK', 'local|r2'],
    ]);
  });

  it('an edited rule is judged by its new condition at once', async () => {
    const { clock, metrics, service, transitions, alarm, setRules } = setUp([rule()]);
    metrics.perMinute = () => 8;
    service.start();
    await clock.advance(MINUTE);
    setRules([rule({ threshold: 1000 })]);
    await settle();
    expect(alarm()?.state).toBe('OK');
    expect(transitions().map(({ to }) => to)).toEqual(['ALARM', 'OK']);
    await service.stop();
  });

  it('can be tried without changing anything', async () => {
    const { metrics, service, transitions } = setUp([]);
    metrics.perMinute = () => 8;
    const { signal } = new AbortController();
    expect(await service.test(rule({ forSeconds: 60 }), signal)).toEqual({
      sentence:
        'The value is 40. The rule asks for: sum over 5 min above 10 for 1 min: it would fire if that lasts.',
      value: 40,
      holds: true,
    });
    metrics.perMinute = () => null;
    expect(await service.test(rule({ noData: 'no-data' }), signal)).toMatchObject({
      value: null,
      holds: false,
    });
    metrics.down.add('crm');
    await expect(service.test(rule(), signal)).rejects.toThrow('AWS cannot be reached.');
    expect(transitions()).toEqual([]);
    expect(service.alarms.size).toBe(0);
  });
});
