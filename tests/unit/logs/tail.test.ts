import { expect, it } from 'vitest';
import { EventRate } from '../../../src/main/logs/tail/event-rate';
import { SeenEvents } from '../../../src/main/logs/tail/seen-events';

const event = (message: string, id = '') => ({
  group: 'g',
  stream: 's',
  timestamp: 1_000,
  ingestion: 1_001,
  id,
  message,
});

it('hands an event on once, whether it came live, by search or both, in any order', () => {
  const seen = new SeenEvents();
  expect(seen.fresh([event('a')], 0)).toHaveLength(1);
  expect(seen.fresh([event('a', '1')], 0)).toHaveLength(0);
  expect(seen.fresh([event('b', '2')], 0)).toHaveLength(1);
  expect(seen.fresh([event('b')], 0)).toHaveLength(0);
  expect(seen.fresh([event('b', '2')], 0)).toHaveLength(0);
});

it('hands on as many as there were of what was said more than once', () => {
  const seen = new SeenEvents();
  expect(seen.fresh([event('a'), event('a')], 0)).toHaveLength(2);
  const searched = [event('a', '1'), event('a', '2'), event('a', '3')];
  expect(seen.fresh(searched, 0).map(({ id }) => id)).toEqual(['3']);
  expect(seen.fresh(searched, 0)).toEqual([]);
  const elsewhere = { ...event('a', '4'), stream: 't' };
  expect(seen.fresh([elsewhere], 0)).toEqual([elsewhere]);
});

it('forgets after three minutes', () => {
  const seen = new SeenEvents();
  seen.fresh([event('a', '1')], 0);
  expect(seen.fresh([event('a', '1')], 170_000)).toEqual([]);
  expect(seen.fresh([event('a', '1')], 191_000)).toHaveLength(1);
});

it('counts over ten seconds, and over less at the start', () => {
  const rate = new EventRate(0);
  rate.add(30, 1_500);
  expect(rate.perSecond(2_000)).toBe(15);
  rate.add(70, 9_500);
  expect(rate.perSecond(10_000)).toBe(10);
  expect(rate.perSecond(18_000)).toBe(7);
  expect(rate.perSecond(30_000)).toBe(0);
});
