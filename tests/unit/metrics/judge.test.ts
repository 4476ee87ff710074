import { describe, expect, it } from 'vitest';
import { fittingStat } from '../../../src/main/metrics/related/candidates';
import { judge } from '../../../src/main/metrics/related/judge';

const PERIOD = 300_000;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 15, 3);
const START = NOW - 3 * 3_600_000;

const errors = {
  metric: {
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensions: [{ name: 'FunctionName', value: 'notification-processor' }],
  },
  stat: 'Sum',
};

/** A week and the window; `valueOf` gets the time. */
const lineOf = (valueOf: (at: number) => number) => {
  const startMs = START - 7 * DAY;
  const values = Float64Array.from({ length: (NOW - startMs) / PERIOD }, (_, index) =>
    valueOf(startMs + index * PERIOD),
  );
  return {
    label: null,
    startMs,
    periodMs: PERIOD,
    values,
    status: 'complete' as const,
    messages: [],
  };
};
const verdictOf = (valueOf: (at: number) => number, candidate = errors) =>
  judge(candidate, lineOf(valueOf), START, NOW);

describe('judging a metric against its last week', () => {
  it('says in one sentence what left its range', () => {
    const verdict = verdictOf((at) =>
      at === NOW - 4 * PERIOD ? 58 : (at / PERIOD) % 40 === 0 ? 1 : Number.NaN,
    );
    expect(verdict).toMatchObject({
      direction: 'up',
      sentence: 'Lambda Errors of notification-processor: 58 in 5 min, usually 0 to 1',
      verdict: '× 58',
    });
    expect(verdict?.score).toBeGreaterThan(10);
  });

  it('compares with the same time of day, not with the day’s average', () => {
    const requests = { ...errors, metric: { ...errors.metric, metricName: 'Invocations' } };
    const daily = (at: number): number => 1_000 + 900 * Math.sin((at / DAY) * 2 * Math.PI);
    expect(verdictOf(daily, requests)?.direction).toBe('normal');
    // What is usual twelve hours later is not usual now.
    const shifted = (at: number): number => daily(at < START ? at : at + DAY / 2);
    expect(verdictOf(shifted, requests)?.direction).not.toBe('normal');
  });

  it('names what stopped, and is not afraid of what is only late', () => {
    const stopping = (minutes: number) => (at: number) =>
      at >= NOW - minutes * 60_000 ? Number.NaN : 7;
    expect(verdictOf(stopping(60))).toMatchObject({ verdict: 'stopped', direction: 'down' });
    expect(verdictOf(stopping(60))?.sentence).toContain('no data for 60 min');
    expect(verdictOf(stopping(10))).toMatchObject({ verdict: 'normal' });
  });

  it('says nothing of what never had a value', () => {
    expect(verdictOf(() => Number.NaN)).toBeNull();
  });

  it('reads a drop of a level', () => {
    const memory = { metric: { ...errors.metric, metricName: 'FreeableMemory' }, stat: 'Average' };
    expect(verdictOf((at) => (at < START ? 8e9 : 2e9), memory)).toMatchObject({
      direction: 'down',
      verdict: '− 75 %',
      unit: 'Bytes',
    });
  });

  it('reads metrics as people look at them', () => {
    const statOf = (metricName: string) =>
      fittingStat({ namespace: 'AWS/X', metricName, dimensions: [] });
    expect(['Errors', 'HTTPCode_ELB_5XX_Count', 'Invocations', 'Throttles'].map(statOf)).toEqual(
      Array(4).fill('Sum'),
    );
    expect(
      ['Duration', 'TargetResponseTime', 'CPUUtilization', 'DatabaseConnections'].map(statOf),
    ).toEqual(Array(4).fill('Average'));
    expect(statOf('ApproximateAgeOfOldestMessage')).toBe('Maximum');
  });
});
