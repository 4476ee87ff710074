/** The patterns in the order that was asked for, and what is said about them. */
import type { LogPattern, Sample } from '../../../shared/logs/engine-protocol';

export const patternOrders = ['count', 'new', 'last'] as const;
export type PatternOrder = (typeof patternOrders)[number];

export const orderWords: Record<PatternOrder, string> = {
  count: 'Most lines',
  new: 'New first',
  last: 'Last seen',
};

/** Of equals the frequent first. */
export function ordered(patterns: readonly LogPattern[], order: PatternOrder): LogPattern[] {
  return patterns.toSorted((a, b) => {
    if (order === 'new' && a.isNew !== b.isNew) return a.isNew ? -1 : 1;
    if (order === 'new' && a.isNew) return a.firstMs - b.firstMs;
    if (order === 'last' && a.lastMs !== b.lastMs) return b.lastMs - a.lastMs;
    return b.count - a.count;
  });
}

const number = (count: number): string => count.toLocaleString('en');

export function patternsWords(distinct: number, listed: number, { looked, of }: Sample): string {
  const found =
    listed < distinct
      ? `The ${number(listed)} commonest of ${number(distinct)} patterns`
      : `${number(distinct)} ${distinct === 1 ? 'pattern' : 'patterns'}`;
  const lines =
    looked < of
      ? `counted in ${number(looked)} lines taken evenly from ${number(of)}`
      : `in ${number(of)} ${of === 1 ? 'line' : 'lines'}`;
  return `${found} ${lines}.`;
}

/** What can be said about new ones; null when nobody asks. */
export function newWords(
  { patterns, sample }: { patterns: readonly LogPattern[]; sample: Sample },
  sinceMs: number | null,
  firstHeldMs: number | null,
): string | null {
  if (sinceMs === null) return null;
  if (firstHeldMs === null || firstHeldMs >= sinceMs) {
    return 'Nothing from before the alarm is here, so what is new cannot be told. Search from earlier on.';
  }
  const fresh = patterns.filter(({ isNew }) => isNew).length;
  const sampled = sample.looked < sample.of ? ', as far as these lines tell' : '';
  return `${fresh === 0 ? 'None is' : fresh} new since the alarm began${sampled}.`;
}
