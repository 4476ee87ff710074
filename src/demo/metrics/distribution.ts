/** How the samples of a period are spread; `share` runs from 0 (lowest) to 1 (highest). */
export interface Distribution {
  /** The value at a share. */
  quantile(share: number): number;
  /** Share of the samples that are at most `value`. */
  shareUpTo(value: number): number;
  /** Mean of the samples between two shares times the share between them. */
  integral(from: number, to: number): number;
}

/**
 * A spread with a known minimum, mean and maximum: `min + (max − min) · share^bend`, where the bend is what
 * makes the mean come out. All statistics follow from it, so that they never contradict one another.
 */
export function bent(min: number, mean: number, max: number): Distribution {
  const reach = max - min;
  if (!(reach > 0)) return flat(mean);
  const height = Math.min(0.999, Math.max(0.001, (mean - min) / reach));
  const bend = 1 / height - 1;
  return {
    quantile: (share) => min + reach * share ** bend,
    shareUpTo: (value) =>
      value < min ? 0 : value >= max ? 1 : Math.min(1, ((value - min) / reach) ** (1 / bend)),
    integral: (from, to) =>
      min * (to - from) + (reach * (to ** (bend + 1) - from ** (bend + 1))) / (bend + 1),
  };
}

const flat = (value: number): Distribution => ({
  quantile: () => value,
  shareUpTo: (limit) => (limit < value ? 0 : 1),
  integral: (from, to) => value * (to - from),
});

/** Samples that are known one by one. */
export function counted(samples: readonly { value: number; count: number }[]): Distribution {
  const sorted = samples.toSorted((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, sample) => sum + sample.count, 0);
  return {
    quantile(share) {
      let seen = 0;
      for (const sample of sorted) {
        seen += sample.count;
        // Sums of counts are not always whole.
        if (seen >= share * total - 1e-9) return sample.value;
      }
      return sorted.at(-1)?.value ?? 0;
    },
    shareUpTo(value) {
      let seen = 0;
      for (const sample of sorted) if (sample.value <= value) seen += sample.count;
      return seen / total;
    },
    integral(from, to) {
      let seen = 0;
      let sum = 0;
      for (const sample of sorted) {
        const low = Math.max(seen / total, from);
        seen += sample.count;
        const high = Math.min(seen / total, to);
        if (high > low) sum += sample.value * (high - low);
      }
      return sum;
    },
  };
}
