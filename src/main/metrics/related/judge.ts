/** How far a metric left its normal range, and one sentence about it. Pure. */
import { periodText } from '../../../shared/alarms/summary';
import { formatValue, unitOf } from '../../../shared/alarms/units';
import type { RelatedMetric } from '../../../shared/metrics/related';
import type { Line } from '../line';
import type { Candidate } from './candidates';

const DAY_MS = 86_400_000;
/** Values this near in the time of day are compared with. */
const NEAR_MS = 45 * 60_000;
/** Fewer values say nothing of what is usual. */
const MIN_USUAL = 8;
/** Of a metric that publishes this steadily, silence is news. */
const STEADY = 0.8;
/** A period's last datapoints come up to this late (ms). */
const LATE_MS = 120_000;
/** The newest datapoints may still be on their way (periods). */
const ON_THE_WAY = 3;

type Verdict = Pick<
  RelatedMetric,
  'score' | 'direction' | 'sentence' | 'verdict' | 'unit' | 'range'
>;

interface Series {
  at: (index: number) => number;
  values: Float64Array;
  periodMs: number;
  /** First index of the window; what is before is the past week. */
  windowFrom: number;
}

/** `line` reaches from the week before `startMs` to the window's end; null where it never had a value. */
export function judge(
  candidate: Candidate,
  line: Line,
  startMs: number,
  nowMs: number,
): Verdict | null {
  const windowFrom = Math.max(0, Math.ceil((startMs - line.startMs) / line.periodMs));
  const published = line.values.some((value) => !Number.isNaN(value));
  if (!published || windowFrom >= line.values.length) return null;
  const steady = shareKnown(line.values.subarray(0, windowFrom)) >= STEADY;
  const series: Series = {
    at: (index) => line.startMs + index * line.periodMs,
    // Errors that nobody counted did not happen; levels that nobody measured are unknown.
    values: candidate.stat === 'Sum' && !steady ? zeroFilled(line.values) : line.values,
    periodMs: line.periodMs,
    windowFrom,
  };
  const unit = unitOf(candidate.metric.metricName, null);
  const stopped = steady ? silentFor(line, nowMs) : null;
  if (stopped !== null) return stoppedVerdict(candidate, unit, stopped);
  return compared(candidate, series, unit, nowMs);
}

function compared(
  candidate: Candidate,
  series: Series,
  unit: string | null,
  nowMs: number,
): Verdict | null {
  let worst: { value: number; score: number; range: [number, number]; usual: number } | null = null;
  for (let index = series.windowFrom; index < series.values.length; index += 1) {
    const value = series.values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const usual = usualAt(series, index);
    if (usual.length < MIN_USUAL) continue;
    const { range, middle } = robustRange(usual, candidate.stat);
    // What is still being counted is not low.
    const counting = series.at(index) + series.periodMs > nowMs - LATE_MS;
    if (counting && value < middle) continue;
    const score = distance(value, middle, range);
    if (worst === null || score > worst.score) worst = { value, score, range, usual: middle };
  }
  if (worst === null) return null;
  const { value, score, range, usual } = worst;
  const direction = score <= 1 ? 'normal' : value > range[1] ? 'up' : 'down';
  return {
    score: Number(score.toFixed(3)),
    direction,
    unit,
    range,
    sentence: sentenceOf(candidate, value, range, unit, series.periodMs),
    verdict: direction === 'normal' ? 'normal' : changeText(value, usual, range),
  };
}

/** Values of other days at about this time; of any time where those are too few. Ascending. */
function usualAt({ at, values, windowFrom, periodMs }: Series, index: number): Float64Array {
  const near: number[] = [];
  const reach = Math.floor(NEAR_MS / periodMs);
  for (let days = 1; days <= 8; days += 1) {
    const middle = Math.round((at(index) - days * DAY_MS - at(0)) / periodMs);
    for (let one = middle - reach; one <= middle + reach; one += 1) {
      const value = one < windowFrom ? values[one] : undefined;
      if (value !== undefined && !Number.isNaN(value)) near.push(value);
    }
  }
  if (near.length >= MIN_USUAL) return Float64Array.from(near).sort();
  return values
    .slice(0, windowFrom)
    .filter((value) => !Number.isNaN(value))
    .sort();
}

/**
 * From the 5th to the 95th percentile, widened by half on each side, never narrower than what nobody would
 * call a change: one for counts, a tenth of the value for levels.
 */
function robustRange(
  usual: Float64Array,
  stat: string,
): { range: [number, number]; middle: number } {
  const [low, middle, high] = [quantile(usual, 0.05), quantile(usual, 0.5), quantile(usual, 0.95)];
  const spread = (high - low) / 2;
  // Half a host is more than none.
  const floor = Math.max(Math.abs(middle) * 0.1, stat === 'Sum' ? 1 : high === 0 ? 0.5 : 1e-9);
  const missing = Math.max(0, floor - (high - low) / 2 - spread);
  const lower = low - spread - missing;
  // What never was negative is not expected to become so.
  const range: [number, number] = [low >= 0 ? Math.max(0, lower) : lower, high + spread + missing];
  return { range, middle };
}

/** 0 at what is most usual, 1 at the range's edge, more outside. */
function distance(value: number, middle: number, [low, high]: [number, number]): number {
  if (value === middle) return 0;
  const half = value > middle ? high - middle : middle - low;
  return Math.abs(value - middle) / Math.max(half, 1e-12);
}

const quantile = (sorted: Float64Array, q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.round(q * (sorted.length - 1)))] ?? 0;

function shareKnown(values: Float64Array): number {
  if (values.length === 0) return 0;
  return values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0) / values.length;
}

const zeroFilled = (values: Float64Array): Float64Array =>
  values.map((value) => (Number.isNaN(value) ? 0 : value));

/** Milliseconds without a datapoint at the window's end, if that is more than lateness; else null. */
function silentFor({ values, startMs, periodMs }: Line, nowMs: number): number | null {
  let last = values.length - 1;
  while (last >= 0 && Number.isNaN(values[last] ?? Number.NaN)) last -= 1;
  const end = Math.min(nowMs, startMs + values.length * periodMs);
  const silent = end - (startMs + (last + 1) * periodMs);
  return silent >= ON_THE_WAY * periodMs ? silent : null;
}

function stoppedVerdict(candidate: Candidate, unit: string | null, silentMs: number): Verdict {
  const minutes = Math.round(silentMs / 60_000);
  const since = minutes >= 120 ? `${Math.round(minutes / 60)} h` : `${minutes} min`;
  return {
    // Silence of something steady is as much as a value three ranges away.
    score: 3 + Math.min(2, silentMs / DAY_MS),
    direction: 'down',
    unit,
    range: null,
    sentence: `${nameOf(candidate)}: no data for ${since}, published steadily before`,
    verdict: 'stopped',
  };
}

function sentenceOf(
  candidate: Candidate,
  value: number,
  [low, high]: [number, number],
  unit: string | null,
  periodMs: number,
): string {
  const counted = candidate.stat === 'Sum';
  const text = (number: number): string => formatValue(counted ? Math.round(number) : number, unit);
  const span = counted ? ` in ${periodText(periodMs / 1000)}` : '';
  const [from, to] = [text(low), text(high)];
  const usual = from === to ? `usually ${from}` : `usually ${from} to ${to}`;
  return `${nameOf(candidate)}: ${text(value)}${span}, ${usual}`;
}

/** `Lambda Errors of notification-processor`. */
function nameOf({ metric, stat }: Candidate): string {
  const service = metric.namespace.split('/').at(-1) ?? metric.namespace;
  const values = metric.dimensions.map(({ value }) => shortName(value)).join(', ');
  const read = stat === 'Maximum' ? 'highest ' : '';
  const name = `${service} ${read}${metric.metricName}`;
  return values === '' ? name : `${name} of ${values}`;
}

/** `app/crm-alb/50dc6c495c0c9188` is known as crm-alb: kind and hash tell people nothing. */
function shortName(value: string): string {
  const parts = value.split('/').filter((part) => part !== '' && !/^[0-9a-f]{16}$/.test(part));
  return parts.length > 1 && /^(app|net|gwy|targetgroup)$/.test(parts[0] ?? '')
    ? parts.slice(1).join('/')
    : parts.join('/') || value;
}

function changeText(value: number, usual: number, [, high]: [number, number]): string {
  const base = usual > 0 ? usual : high;
  if (base <= 0) return value > 0 ? 'up' : 'down';
  const ratio = value / base;
  if (ratio >= 2) return `× ${ratio >= 10 ? Math.round(ratio) : Number(ratio.toFixed(1))}`;
  const percent = Math.round((ratio - 1) * 100);
  return percent < 0 ? `− ${-percent} %` : `+ ${percent} %`;
}
