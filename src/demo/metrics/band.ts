import { startOf, type Window } from './grid';
import { like, many, type Series, type Value } from './series';
import { ExpressionError } from './expression';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK_HOURS = 168;

/** The past a band learns from: four weeks, or two of one-minute data, which is all that is kept. */
export function trainingWindow(line: Series): Window {
  const { periodMs, startMs } = line.on;
  const span = periodMs < 300_000 ? 14 * DAY : 28 * DAY;
  const end = Math.floor(startMs / periodMs) * periodMs;
  return { startMs: end - span, endMs: end, aligned: true };
}

/**
 * What is usual for each hour of the week, `width` deviations around it: the upper line first, then the lower.
 * Without a past there is no band.
 */
export function bandAround(line: Series, past: Value, width: number): Value {
  if (past.kind !== 'series') {
    throw new ExpressionError("Function 'ANOMALY_DETECTION_BAND' requires a single time series");
  }
  const usual = usualByHour(past.series);
  const upper = new Float64Array(line.on.length);
  const lower = new Float64Array(line.on.length);
  for (let index = 0; index < line.on.length; index += 1) {
    const { mean, deviation } = usual(startOf(line.on, index) + line.on.periodMs / 2);
    upper[index] = mean + width * deviation;
    lower[index] = mean - width * deviation;
  }
  return many([
    { ...like(line, upper), label: 'High' },
    { ...like(line, lower), label: 'Low' },
  ]);
}

interface Usual {
  mean: number;
  deviation: number;
}

/** Between the middles of two hours the usual value moves evenly. */
function usualByHour(past: Series): (at: number) => Usual {
  const hours = hoursOf(past);
  return (at) => {
    const position = at / HOUR - 0.5;
    const before = Math.floor(position);
    const share = position - before;
    const a = hours[before % WEEK_HOURS];
    const b = hours[(before + 1) % WEEK_HOURS];
    if (a === undefined || b === undefined) return { mean: Number.NaN, deviation: Number.NaN };
    return {
      mean: a.mean + (b.mean - a.mean) * share,
      deviation: a.deviation + (b.deviation - a.deviation) * share,
    };
  };
}

function hoursOf(past: Series): Usual[] {
  const count = new Float64Array(WEEK_HOURS);
  const sum = new Float64Array(WEEK_HOURS);
  const squares = new Float64Array(WEEK_HOURS);
  past.values.forEach((value, index) => {
    if (Number.isNaN(value)) return;
    const hour = Math.floor(startOf(past.on, index) / HOUR) % WEEK_HOURS;
    count[hour] = (count[hour] ?? 0) + 1;
    sum[hour] = (sum[hour] ?? 0) + value;
    squares[hour] = (squares[hour] ?? 0) + value * value;
  });
  const whole = usualOf(total(count), total(sum), total(squares));
  return Array.from({ length: WEEK_HOURS }, (_, hour) => {
    const own = usualOf(count[hour] ?? 0, sum[hour] ?? 0, squares[hour] ?? 0);
    // One value tells no deviation: the whole past's does.
    if (Number.isNaN(own.mean)) return whole;
    return (count[hour] ?? 0) < 2 ? { mean: own.mean, deviation: whole.deviation } : own;
  });
}

const total = (column: Float64Array): number => column.reduce((a, b) => a + b, 0);

function usualOf(count: number, sum: number, squares: number): Usual {
  const mean = count === 0 ? Number.NaN : sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

/** The one line a band can be around. Throws `ExpressionError`. */
export function lineOfBand(value: Value): Series {
  if (value.kind === 'series') return value.series;
  throw new ExpressionError("Function 'ANOMALY_DETECTION_BAND' requires a single time series");
}
