import { assertNever } from '../../shared/assert-never';
import { bent, counted, type Distribution } from './distribution';
import { type Bound, parseStatistic, type StatisticSpec, type TrimmedKind } from './statistic-name';

/** A statistic set: what CloudWatch keeps of the samples in a period. */
export interface Sample {
  sum: number;
  count: number;
  min: number;
  max: number;
  /** Single values, where they are known (percentiles). */
  values?: { value: number; count: number }[] | undefined;
  /** Published as a statistic set: nothing is known of its spread. */
  opaque?: boolean | undefined;
}

/** Merges samples; null when there are none. */
export function aggregate(samples: readonly Sample[]): Sample | null {
  if (samples.length === 0) return null;
  let sum = 0;
  let count = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const sample of samples) {
    sum += sample.sum;
    count += sample.count;
    min = Math.min(min, sample.min);
    max = Math.max(max, sample.max);
  }
  const known = samples.every((sample) => sample.values !== undefined);
  const values = known ? samples.flatMap((sample) => sample.values ?? []) : undefined;
  return { sum, count, min, max, values, opaque: samples.some((sample) => sample.opaque === true) };
}

/** Whether CloudWatch knows this statistic. */
export const isStatistic = (name: string): boolean => parseStatistic(name) !== null;

/** One statistic of a set; NaN where there is none: a statistic set tells no percentiles, and neither do negative values. */
export function statisticOf(sample: Sample, spec: StatisticSpec): number {
  switch (spec.kind) {
    case 'set':
      return setStatistic(sample, spec.of);
    case 'percentile': {
      const spread = spreadOf(sample);
      return spread === null ? Number.NaN : spread.quantile(spec.share);
    }
    case 'trimmed': {
      const spread = spreadOf(sample);
      if (spread === null) return Number.NaN;
      return trimmedStatistic(spec.of, spread, sample.count, spec.low, spec.high);
    }
    default:
      return assertNever(spec);
  }
}

function setStatistic(sample: Sample, of: (StatisticSpec & { kind: 'set' })['of']): number {
  switch (of) {
    case 'SampleCount':
      return sample.count;
    case 'Average':
      return sample.count === 0 ? 0 : sample.sum / sample.count;
    case 'Sum':
      return sample.sum;
    case 'Minimum':
      return sample.min;
    case 'Maximum':
      return sample.max;
    default:
      return assertNever(of);
  }
}

function spreadOf(sample: Sample): Distribution | null {
  if (sample.min < 0 || sample.count <= 0) return null;
  if (sample.values !== undefined) return counted(sample.values);
  if (sample.opaque === true && sample.min !== sample.max) return null;
  return bent(sample.min, sample.sum / sample.count, sample.max);
}

function trimmedStatistic(
  of: TrimmedKind,
  spread: Distribution,
  count: number,
  low: Bound | null,
  high: Bound | null,
): number {
  const from = low === null ? 0 : shareOf(spread, low);
  const to = high === null ? 1 : shareOf(spread, high);
  const share = Math.max(0, to - from);
  switch (of) {
    case 'PR':
      return share * 100;
    case 'TC':
      return share * count;
    case 'TS':
      return spread.integral(from, to) * count;
    case 'TM':
      return share === 0 ? Number.NaN : spread.integral(from, to) / share;
    case 'WM':
      return (
        spread.integral(from, to) +
        from * edge(spread, low, from) +
        (1 - to) * edge(spread, high, to)
      );
    default:
      return assertNever(of);
  }
}

const shareOf = (spread: Distribution, bound: Bound): number =>
  bound.kind === 'share' ? bound.share : spread.shareUpTo(bound.value);

const edge = (spread: Distribution, bound: Bound | null, share: number): number =>
  bound?.kind === 'value' ? bound.value : spread.quantile(share);
