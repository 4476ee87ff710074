/**
 * Units as CloudWatch names them, scaled for people: bytes in powers of 1024, counts in thousands,
 * times from microseconds to hours. One scale per axis, so that its labels compare.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
 */

/** How to show every value of one axis: divide, then append the suffix. */
export interface Scale {
  divisor: number;
  suffix: string;
}

type Steps = readonly (readonly [threshold: number, suffix: string])[];

const BYTE_STEPS: Steps = [
  [1, ' B'],
  [1024, ' KiB'],
  [1024 ** 2, ' MiB'],
  [1024 ** 3, ' GiB'],
  [1024 ** 4, ' TiB'],
];
const BIT_STEPS: Steps = [
  [1, ' bit'],
  [1e3, ' kbit'],
  [1e6, ' Mbit'],
  [1e9, ' Gbit'],
  [1e12, ' Tbit'],
];
const COUNT_STEPS: Steps = [
  [1, ''],
  [1e3, ' k'],
  [1e6, ' M'],
  [1e9, ' G'],
  [1e12, ' T'],
];
/** In seconds. */
const TIME_STEPS: Steps = [
  [1e-6, ' µs'],
  [1e-3, ' ms'],
  [1, ' s'],
  [60, ' min'],
  [3600, ' h'],
];

interface Family {
  steps: Steps;
  /** Multiplies a value in this unit into the family's base unit. */
  toBase: number;
  rate: boolean;
}

const PREFIXES: Record<string, number> = { '': 0, Kilo: 1, Mega: 2, Giga: 3, Tera: 4 };
const TIMES: Record<string, number> = { Seconds: 1, Milliseconds: 1e-3, Microseconds: 1e-6 };

function familyOf(unit: string): Family | null {
  const rate = unit.endsWith('/Second');
  const plain = rate ? unit.slice(0, -'/Second'.length) : unit;
  const seconds = TIMES[plain];
  if (seconds !== undefined) return { steps: TIME_STEPS, toBase: seconds, rate };
  if (plain === 'Count') return { steps: COUNT_STEPS, toBase: 1, rate };
  const sized = /^(|Kilo|Mega|Giga|Tera)(bytes|bits)$/i.exec(plain);
  if (!sized) return null;
  const power = PREFIXES[sized[1] ?? ''] ?? 0;
  return (sized[2] ?? '').toLowerCase() === 'bytes'
    ? { steps: BYTE_STEPS, toBase: 1024 ** power, rate }
    : { steps: BIT_STEPS, toBase: 1000 ** power, rate };
}

/** Thousands are read as they are: `0.2 k` beside `1 k` is harder than 200 beside 1,000. */
const leastOf = ([threshold, suffix]: Steps[number]): number =>
  suffix === ' k' ? 10 * threshold : threshold;

/**
 * The scale for an axis whose largest absolute value is `largest` (in `unit`).
 * An unknown or missing unit counts in thousands and shows no name.
 */
export function scaleFor(unit: string | null, largest: number): Scale {
  if (unit === 'Percent') return { divisor: 1, suffix: ' %' };
  const family = familyOf(unit ?? '') ?? { steps: COUNT_STEPS, toBase: 1, rate: false };
  const base = Math.abs(largest) * family.toBase;
  const zero = family.steps === TIME_STEPS ? TIME_STEPS[2] : family.steps[0];
  let step = zero ?? [1, ''];
  if (base > 0) {
    step = family.steps[0] ?? step;
    for (const candidate of family.steps) if (base >= leastOf(candidate)) step = candidate;
  }
  return { divisor: step[0] / family.toBase, suffix: step[1] + (family.rate ? '/s' : '') };
}

// Making a formatter costs far more than using it, and the hair writes dozens of numbers a frame.
const formatters = [0, 1, 2, 3].map(
  (digits) => new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }),
);

/** Digits enough to tell neighbours apart, never more than a person reads. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  if (size > 0 && size < 0.001) return value.toExponential(1);
  return formatters[digits]?.format(value) ?? String(value);
}

/** One value with its unit, on the given scale or on its own. */
export function formatValue(value: number, unit: string | null, scale?: Scale): string {
  const { divisor, suffix } = scale ?? scaleFor(unit, value);
  return formatNumber(value / divisor) + suffix;
}
