/** A statistic set: what CloudWatch keeps of the samples in a period. */
export interface Sample {
  sum: number;
  count: number;
  min: number;
  max: number;
  /** Single values, where they are known (percentiles). */
  values?: { value: number; count: number }[] | undefined;
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
  return { sum, count, min, max, values };
}

const PERCENTILE = /^[pP](\d{1,2}(?:\.\d{1,10})?|100)$/;

/** Whether CloudWatch knows this statistic (of those the demo computes). */
export const isStatistic = (name: string): boolean =>
  ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'].includes(name) || PERCENTILE.test(name);

/** One statistic of a set. Throws RangeError for a name `isStatistic` refuses. */
export function statistic(sample: Sample, name: string): number {
  switch (name) {
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
    default: {
      const match = PERCENTILE.exec(name);
      if (match === null) throw new RangeError(`unknown statistic ${name}`);
      return percentile(sample, Number(match[1]) / 100);
    }
  }
}

function percentile(sample: Sample, share: number): number {
  if (sample.values !== undefined) {
    const sorted = [...sample.values].sort((a, b) => a.value - b.value);
    const total = sorted.reduce((sum, entry) => sum + entry.count, 0);
    let seen = 0;
    for (const entry of sorted) {
      seen += entry.count;
      if (seen >= share * total) return entry.value;
    }
  }
  // Of computed metrics only the set is known: bent so that the median lies near the mean, the tail near the maximum.
  const mean = sample.count === 0 ? 0 : sample.sum / sample.count;
  return share <= 0.5
    ? sample.min + (mean - sample.min) * (share / 0.5)
    : mean + (sample.max - mean) * ((share - 0.5) / 0.5) ** 2;
}
