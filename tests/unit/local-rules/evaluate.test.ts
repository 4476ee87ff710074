import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceRule,
  conditionText,
  holds,
  reasonText,
  readWindow,
} from '../../../src/shared/local-rules/evaluate';
import type { RuleState } from '../../../src/shared/local-rules/evaluate';
import { localRuleSchema } from '../../../src/shared/local-rules/local-rule';
import { fromStarter, starterRules } from '../../../src/shared/local-rules/starters';
import { rule } from './rule';

const MINUTE = 60_000;
const noon = Date.UTC(2026, 0, 15, 12, 0);
const minutes = (...values: (number | null)[]) => ({
  label: null,
  periodMs: MINUTE,
  points: values.flatMap((value, index) =>
    value === null ? [] : [{ at: noon + index * MINUTE, value }],
  ),
});

describe('the window of a rule', () => {
  const now = noon + 6 * MINUTE + 30_000;

  it('holds the last whole periods', () => {
    // 12:01 to 12:05 are whole; 12:06 is running and lower.
    expect(readWindow(rule(), [minutes(100, 1, 2, 3, 4, 5, 0)], now).value).toBe(15);
  });

  it('takes the running period into account where it is worse already', () => {
    expect(readWindow(rule(), [minutes(0, 0, 0, 0, 0, 0, 40)], now).value).toBe(40);
  });

  it('does not call an unfinished sum low', () => {
    const low = rule({ comparison: '<' });
    expect(readWindow(low, [minutes(9, 9, 9, 9, 9, 9, 0)], now).value).toBe(45);
  });

  it('never covers more than its length: one period of five minutes is one period', () => {
    const points = [
      { at: noon - 5 * MINUTE, value: 8 },
      { at: noon, value: 8 },
    ];
    const series = { label: null, periodMs: 5 * MINUTE, points };
    expect(readWindow(rule(), [series], noon + MINUTE).value).toBe(8);
  });

  it.each([
    ['last', 4],
    ['avg', 2.5],
    ['min', 1],
    ['max', 4],
    ['sum', 10],
  ] as const)('reduces by %s', (reducer, value) => {
    const reading = readWindow(
      rule({ reducer, comparison: '<' }),
      [minutes(null, 1, 2, null, 3, 4)],
      now,
    );
    expect(reading.value).toBe(value);
  });

  it('has no value without datapoints, which is not zero', () => {
    expect(readWindow(rule(), [minutes(7)], now + 10 * MINUTE)).toEqual({
      value: null,
      label: null,
    });
    expect(readWindow(rule(), [], now).value).toBeNull();
  });

  it('judges the worst of several series and names it', () => {
    const named = (label: string, value: number) => ({ ...minutes(0, value), label });
    const both = [named('a', 3), named('b', 9)];
    expect(readWindow(rule(), both, now)).toEqual({ value: 9, label: 'b' });
    expect(readWindow(rule({ comparison: '<' }), both, now)).toEqual({ value: 3, label: 'a' });
  });
});

describe('the state of a rule', () => {
  const run = (
    of: ReturnType<typeof rule>,
    steps: [seconds: number, value: number | null][],
    before: RuleState | null = null,
  ): RuleState[] => {
    let state = before;
    return steps.map(([seconds, value]) => {
      state = advanceRule(of, state, value, noon + seconds * 1000);
      return state;
    });
  };

  it('fires at once without a for, and keeps the time it came into its state', () => {
    const states = run(rule(), [
      [0, 3],
      [30, 11],
      [60, 12],
      [90, 2],
    ]);
    expect(states.map(({ state }) => state)).toEqual(['OK', 'ALARM', 'ALARM', 'OK']);
    expect(states[2]?.since).toBe(noon + 30_000);
  });

  it('waits for the condition to last', () => {
    const states = run(rule({ forSeconds: 60 }), [
      [0, 11],
      [30, 11],
      [60, 11],
      [90, 11],
    ]);
    expect(states.map(({ state }) => state)).toEqual(['OK', 'OK', 'ALARM', 'ALARM']);
    expect(states[0]?.pendingSince).toBe(noon);
  });

  it('a break starts the waiting anew', () => {
    const states = run(rule({ forSeconds: 60 }), [
      [0, 11],
      [30, 1],
      [60, 11],
      [90, 11],
      [120, 11],
    ]);
    expect(states.map(({ state }) => state)).toEqual(['OK', 'OK', 'OK', 'OK', 'ALARM']);
  });

  it('time that nobody evaluated does not count as lasting', () => {
    const states = run(rule({ forSeconds: 60 }), [
      [0, 11],
      [3600, 11],
      [3630, 11],
      [3660, 11],
    ]);
    expect(states.map(({ state }) => state)).toEqual(['OK', 'OK', 'OK', 'ALARM']);
  });

  it.each([
    ['ok', 'OK'],
    ['alarm', 'ALARM'],
    ['no-data', 'INSUFFICIENT_DATA'],
    ['keep', 'ALARM'],
  ] as const)('without data, %s makes a firing rule %s', (noData, state) => {
    expect(
      run(rule({ noData }), [
        [0, 11],
        [30, null],
      ]).at(-1)?.state,
    ).toBe(state);
  });

  it('is insufficient while nothing was ever seen and nothing is to be assumed', () => {
    expect(run(rule({ noData: 'keep' }), [[0, null]])[0]?.state).toBe('INSUFFICIENT_DATA');
    const waiting = run(rule({ noData: 'alarm', forSeconds: 600 }), [[0, null]]);
    expect(waiting[0]?.state).toBe('INSUFFICIENT_DATA');
  });

  it('is in ALARM only if the condition held at every evaluation for as long as asked', () => {
    const values = fc.array(fc.option(fc.integer({ min: 0, max: 20 })), { maxLength: 40 });
    const forSeconds = fc.constantFrom(0, 30, 60, 150);
    fc.assert(
      fc.property(values, forSeconds, (sequence, seconds) => {
        const of = rule({ forSeconds: seconds, noData: 'no-data' });
        const states = run(
          of,
          sequence.map((value, index) => [index * 30, value]),
        );
        states.forEach(({ state }, index) => {
          const needed = sequence.slice(Math.max(0, index - seconds / 30), index + 1);
          const lasted =
            needed.length === seconds / 30 + 1 &&
            needed.every((value) => value !== null && holds(of, value));
          const last = sequence[index] ?? null;
          const stays = states[index - 1]?.state === 'ALARM' && last !== null && holds(of, last);
          expect(state === 'ALARM').toBe(lasted || stays);
        });
      }),
    );
  });
});

describe('words of a rule', () => {
  it('says the condition and the reason', () => {
    expect(conditionText(rule({ forSeconds: 300 }))).toBe('sum over 5 min above 10 for 5 min');
    const [state] = [advanceRule(rule(), null, 43, noon)];
    expect(reasonText(rule(), state, null)).toBe(
      'The sum over 5 min is 43; the rule fires when it is above 10.',
    );
    const pending = advanceRule(rule({ forSeconds: 60 }), null, 43.123456789, noon);
    expect(reasonText(rule({ forSeconds: 60 }), pending, 'lb-1')).toBe(
      'The sum of lb-1 over 5 min is 43.1235; the rule fires when it is above 10 for 1 min.',
    );
  });
});

describe('starter rules', () => {
  it.each(starterRules)('$name is a valid rule', (starter) => {
    const made = fromStarter(starter, 'id', { connectionId: 'c', region: 'us-east-1' });
    expect(localRuleSchema.parse(made)).toEqual(made);
  });
});
