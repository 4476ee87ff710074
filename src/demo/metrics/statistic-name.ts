/** A boundary of a trimmed statistic: a share (0 to 1) of the samples, or a value. */
export type Bound = { kind: 'share'; share: number } | { kind: 'value'; value: number };

export type StatisticSpec =
  | { kind: 'set'; of: 'SampleCount' | 'Average' | 'Sum' | 'Minimum' | 'Maximum' }
  | { kind: 'percentile'; share: number }
  | { kind: 'trimmed'; of: TrimmedKind; low: Bound | null; high: Bound | null };

/** Trimmed mean, winsorized mean, trimmed count, trimmed sum, percentile rank. */
export type TrimmedKind = 'TM' | 'WM' | 'TC' | 'TS' | 'PR';

const NUMBER = String.raw`\d+(?:\.\d{1,10})?`;
const SET = /^(SampleCount|Average|Sum|Minimum|Maximum)$/;
const PERCENTILE = new RegExp(`^p(${NUMBER})$`, 'i');
const SHORT = new RegExp(`^(tm|wm|tc|ts)(${NUMBER})$`, 'i');
const RANGE = new RegExp(`^(TM|WM|TC|TS|PR)\\((?:(${NUMBER})(%)?)?:(?:(${NUMBER})(%)?)?\\)$`, 'i');

const known = new Map<string, StatisticSpec | null>();

/** Reads a statistic's name; null for what CloudWatch does not know. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
export function parseStatistic(name: string): StatisticSpec | null {
  let spec = known.get(name);
  if (spec === undefined) {
    spec = read(name);
    // Names come from requests: not remembered without end.
    if (known.size < 1000) known.set(name, spec);
  }
  return spec;
}

function read(name: string): StatisticSpec | null {
  const set = SET.exec(name)?.[1];
  if (
    set === 'SampleCount' ||
    set === 'Average' ||
    set === 'Sum' ||
    set === 'Minimum' ||
    set === 'Maximum'
  ) {
    return { kind: 'set', of: set };
  }
  if (name.toUpperCase() === 'IQM') {
    return trimmed('TM', { kind: 'share', share: 0.25 }, { kind: 'share', share: 0.75 });
  }
  const percentile = PERCENTILE.exec(name)?.[1];
  if (percentile !== undefined) {
    return Number(percentile) > 100
      ? null
      : { kind: 'percentile', share: Number(percentile) / 100 };
  }
  const short = SHORT.exec(name);
  if (short !== null) {
    const share = Number(short[2]) / 100;
    return share > 1 ? null : trimmed(short[1], null, { kind: 'share', share });
  }
  return readRange(name);
}

function readRange(name: string): StatisticSpec | null {
  const match = RANGE.exec(name.replace(/\s+/g, ''));
  if (match === null) return null;
  const [, kind, low, lowPercent, high, highPercent] = match;
  const from = bound(low, lowPercent);
  const to = bound(high, highPercent);
  if (from === null && to === null) return null;
  // Two boundaries are of one kind; a rank is asked by values.
  if (from !== null && to !== null && from.kind !== to.kind) return null;
  if (kind?.toUpperCase() === 'PR' && (from?.kind === 'share' || to?.kind === 'share')) return null;
  if ([from, to].some((one) => one?.kind === 'share' && one.share > 1)) return null;
  if (from !== null && to !== null && amount(from) >= amount(to)) return null;
  return trimmed(kind, from, to);
}

const amount = (one: Bound): number => (one.kind === 'share' ? one.share : one.value);

function bound(digits: string | undefined, percent: string | undefined): Bound | null {
  if (digits === undefined) return null;
  return percent === undefined
    ? { kind: 'value', value: Number(digits) }
    : { kind: 'share', share: Number(digits) / 100 };
}

function trimmed(
  kind: string | undefined,
  low: Bound | null,
  high: Bound | null,
): StatisticSpec | null {
  switch (kind?.toUpperCase()) {
    case 'TM':
      return { kind: 'trimmed', of: 'TM', low, high };
    case 'WM':
      return { kind: 'trimmed', of: 'WM', low, high };
    case 'TC':
      return { kind: 'trimmed', of: 'TC', low, high };
    case 'TS':
      return { kind: 'trimmed', of: 'TS', low, high };
    case 'PR':
      return { kind: 'trimmed', of: 'PR', low, high };
    default:
      return null;
  }
}
