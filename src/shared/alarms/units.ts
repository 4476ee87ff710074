/** Numbers for people: at most four significant digits, thousands separated, no exponent in the usual range. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(2);
  const digits = size >= 1000 ? 0 : Math.max(0, 3 - Math.floor(Math.log10(size || 1)));
  return Number(value.toFixed(digits)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

const BYTE_STEPS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

function formatBytes(value: number): string {
  let step = 0;
  let scaled = value;
  while (Math.abs(scaled) >= 1024 && step < BYTE_STEPS.length - 1) {
    scaled /= 1024;
    step += 1;
  }
  return `${formatNumber(scaled)} ${BYTE_STEPS[step] ?? 'B'}`;
}

function formatSeconds(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 0.001) return `${formatNumber(value * 1e6)} µs`;
  if (size !== 0 && size < 1) return `${formatNumber(value * 1000)} ms`;
  return `${formatNumber(value)} s`;
}

/** A value with CloudWatch's unit (`Seconds`, `Bytes/Second` …) as people write it; unknown units are left out. */
export function formatValue(value: number, unit: string | null): string {
  const [base = '', per] = (unit ?? '').split('/');
  const rate = per === 'Second' ? '/s' : '';
  switch (base) {
    case 'Percent':
      return `${formatNumber(value)} %`;
    case 'Seconds':
      return formatSeconds(value) + rate;
    case 'Milliseconds':
      return formatSeconds(value / 1000) + rate;
    case 'Microseconds':
      return formatSeconds(value / 1e6) + rate;
    case 'Bytes':
      return formatBytes(value) + rate;
    case 'Kilobytes':
      return formatBytes(value * 1024) + rate;
    case 'Megabytes':
      return formatBytes(value * 1024 ** 2) + rate;
    case 'Gigabytes':
      return formatBytes(value * 1024 ** 3) + rate;
    default:
      return formatNumber(value) + rate;
  }
}

/** AWS's own metrics whose unit an alarm rarely states. */
const KNOWN_UNITS: [RegExp, string][] = [
  [/^(TargetResponseTime|.*Latency \(s\)|ReadLatency|WriteLatency)$/, 'Seconds'],
  [/^(SuccessfulRequestLatency|Duration|APIResponseTime|DatabaseQueryTime)$/, 'Milliseconds'],
  [/(Utilization|Percent|ConversionRate)$/, 'Percent'],
  [/(Bytes|FreeableMemory|FreeStorageSpace)$/, 'Bytes'],
];

/** The unit to show a metric in: what was stated, else what AWS documents for it. */
export function unitOf(metricName: string | null, stated: string | null): string | null {
  if (stated !== null && stated !== 'None') return stated;
  if (metricName === null) return null;
  return KNOWN_UNITS.find(([pattern]) => pattern.test(metricName))?.[1] ?? null;
}
