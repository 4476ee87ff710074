import { expect, it } from 'vitest';
import { emptyEntry, stretchesToAsk } from '../../../src/main/metrics/entry';
import type { Question } from '../../../src/main/metrics/question';

const MINUTE = 60_000;
const NOW = 1_800_000_000_000;
const question: Question = {
  key: 'k',
  queries: [],
  target: 'm1',
  kind: 'metric',
  periodMs: 5 * MINUTE,
  whole: false,
  one: false,
  solo: null,
  labelOffset: null,
};
const lastHour = { fromMs: NOW - 60 * MINUTE, toMs: NOW };
/** The last hour was asked a second ago. */
const justAsked = {
  ...emptyEntry(),
  attemptedAt: NOW - 1_000,
  segments: [
    { ...lastHour, askedAt: NOW - 1_000, settledMs: NOW - 15 * MINUTE, lines: [], messages: [] },
  ],
};

it('asks for the same window a second later only once', () => {
  expect(stretchesToAsk(justAsked, question, lastHour, NOW, 'now')).toEqual([]);
});

it('asks for a wider window at once, however young the narrow one is', () => {
  const lastDay = { fromMs: NOW - 24 * 60 * MINUTE, toMs: NOW };
  const [stretch] = stretchesToAsk(justAsked, question, lastDay, NOW, 'now');
  expect(stretch?.fromMs).toBe(lastDay.fromMs);
});
