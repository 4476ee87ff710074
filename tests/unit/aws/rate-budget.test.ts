import { describe, expect, it } from 'vitest';
import { RateBudget } from '../../../src/main/aws/rate-budget';
import { TestClock } from './test-clock';

const never = new AbortController().signal;
const operation = 'DescribeAlarms';

describe('RateBudget', () => {
  it('lets no more than quota × time + six saved-up seconds through', async () => {
    const clock = new TestClock();
    const budget = new RateBudget(clock);
    let passed = 0;
    for (let i = 0; i < 500; i += 1)
      void budget.take('a', 'r', operation, never).then(() => (passed += 1));
    await clock.advance(10_000);
    expect(passed).toBeGreaterThanOrEqual(90);
    expect(passed).toBeLessThanOrEqual(9 * 10 + 54);
  });

  it('saves nothing up for ten minutes after a throttle', async () => {
    const clock = new TestClock();
    const budget = new RateBudget(clock);
    budget.throttled('a', 'r', operation);
    await clock.advance(60_000);
    let passed = 0;
    for (let i = 0; i < 500; i += 1)
      void budget.take('a', 'r', operation, never).then(() => (passed += 1));
    await clock.advance(10_000);
    expect(passed).toBeLessThanOrEqual(9 * 10 + 9);
  });

  it('counts accounts, regions and APIs apart', async () => {
    const clock = new TestClock();
    const budget = new RateBudget(clock);
    let passed = 0;
    for (const [scope, region, name] of [
      ['a', 'r', 'DescribeAlarms'],
      ['b', 'r', 'DescribeAlarms'],
      ['a', 's', 'DescribeAlarms'],
      ['a', 'r', 'DescribeAlarmHistory'],
    ] as const) {
      for (let i = 0; i < 100; i += 1)
        void budget.take(scope, region, name, never).then(() => (passed += 1));
    }
    await clock.advance(0);
    expect(passed).toBe(6 * (9 + 9 + 9) + 100);
  });

  it('holds everybody after a throttle, longer each time, at most 10 s, with jitter', async () => {
    const clock = new TestClock();
    for (const [random, expected] of [
      [0, [250, 500, 1000, 2000, 4000, 5000, 5000]],
      [1, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]],
    ] as const) {
      const budget = new RateBudget(clock, () => random);
      for (const holdMs of expected) {
        budget.throttled('a', 'r', operation);
        let passedAt = 0;
        const start = clock.now();
        void budget.take('a', 'r', operation, never).then(() => (passedAt = clock.now()));
        await clock.advance(15_000);
        // After the hold the bucket is empty: the first token takes a ninth of a second.
        expect(passedAt - start).toBeGreaterThanOrEqual(holdMs);
        expect(passedAt - start).toBeLessThanOrEqual(holdMs + 113);
      }
    }
  });

  it('gives up waiting when its signal aborts', async () => {
    const budget = new RateBudget(new TestClock());
    budget.throttled('a', 'r', operation);
    const stop = new AbortController();
    const waiting = budget.take('a', 'r', operation, stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  it('does not stall when the wall clock is set back an hour', async () => {
    const clock = new TestClock();
    const budget = new RateBudget(clock);
    for (let i = 0; i < 9; i += 1) await budget.take('a', 'r', operation, never);
    budget.throttled('a', 'r', operation);
    clock.time -= 3_600_000;
    let passed = false;
    void budget.take('a', 'r', operation, never).then(() => (passed = true));
    await clock.advance(12_000);
    expect(passed).toBe(true);
  });
});
