/**
 * Statistics that CloudWatch knows.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */

export const usualStatistics = [
  'Average',
  'Sum',
  'Minimum',
  'Maximum',
  'SampleCount',
  'p50',
  'p90',
  'p95',
  'p99',
  'p99.9',
  'TM(10%:90%)',
  'tm99',
  'IQM',
  'WM(10%:90%)',
  'PR(:1000)',
  'TC(10%:90%)',
  'TS(10%:90%)',
] as const;

const NAMED = /^(Average|Sum|Minimum|Maximum|SampleCount|IQM)$/;
const SHORT = /^(?:p|tm|wm|tc|ts|pr)(\d{1,3}(?:\.\d{1,10})?)$/;
const RANGE = /^(TM|WM|TC|TS|PR)\(([^:()]*):([^:()]*)\)$/;

/** Null where CloudWatch takes the statistic; else one sentence what is wrong. */
export function statisticProblem(written: string): string | null {
  const stat = written.trim();
  if (stat === '') return 'Choose a statistic.';
  if (NAMED.test(stat)) return null;
  const short = SHORT.exec(stat);
  if (short) return Number(short[1]) <= 100 ? null : 'A percentile is between 0 and 100.';
  const range = RANGE.exec(stat);
  if (range) return rangeProblem(range[1] ?? '', range[2] ?? '', range[3] ?? '');
  if (NAMED.test(stat.charAt(0).toUpperCase() + stat.slice(1).toLowerCase())) {
    return `Write it as ${stat.charAt(0).toUpperCase()}${stat.slice(1).toLowerCase()}.`;
  }
  return 'Not a statistic of CloudWatch: try Average, p99 or TM(10%:90%).';
}

function rangeProblem(name: string, low: string, high: string): string | null {
  if (low === '' && high === '') return `Give ${name} at least one bound, as in ${name}(10%:90%).`;
  const bounds = [low, high].filter((bound) => bound !== '');
  const percent = bounds.every((bound) => /^\d+(\.\d+)?%$/.test(bound));
  const plain = bounds.every((bound) => /^-?\d+(\.\d+)?$/.test(bound));
  if (!percent && !plain) return 'Give both bounds as numbers, or both as percentages.';
  if (name === 'PR' && percent) return 'PR takes values as bounds, not percentages: PR(0:100).';
  const [from, to] = [Number.parseFloat(low), Number.parseFloat(high)];
  if (percent && (from > 100 || to > 100)) return 'A percentage is between 0 and 100.';
  return from >= to ? 'The lower bound comes first.' : null;
}

/** How often something happened: an average of it says nothing. */
const COUNTS =
  /(count|errors?|requests?|invocations|throttles|faults?|submitted|generated|completed|logins?|failures?|hits|misses|bytes|packets|messages\w*|publishes|retries|drops|units|events?)$/i;
const OLDEST = /(age|lag|depth|backlog|maximum)/i;
/** Levels whose names end like counts. */
const LEVELS = /(connections?|sessions?|hosts?|hostcount|free|available|utilization|percent)/i;

/** The statistic that a metric is usually looked at with, by its name. */
export function usualStatistic(metricName: string): string {
  if (LEVELS.test(metricName)) return 'Average';
  if (OLDEST.test(metricName)) return 'Maximum';
  return COUNTS.test(metricName) ? 'Sum' : 'Average';
}
