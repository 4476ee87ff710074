import type { MetricAlarmConfig, MetricStat } from '../model';
import { gridOf, startOf, type Window } from '../metrics/grid';
import type { MetricSource } from '../metrics/metric-source';
import { measure, Solver } from '../metrics/queries';
import { type Series, type Value, valuesOn } from '../metrics/series';
import { runNow } from '../metrics/steps';
import { type Datapoint, EXTRA_PERIODS } from './evaluate';

/** Seconds of an alarm's period: its own, or the longest of its queries. */
export function periodOf(config: MetricAlarmConfig): number {
  if (config.Period !== undefined) return config.Period;
  const periods = (config.Metrics ?? []).map(
    (query) => query.MetricStat?.Period ?? query.Period ?? 0,
  );
  return Math.max(60, ...periods) || 60;
}

/** The datapoints of an alarm's evaluation range, oldest first, its windows ending with the current minute. */
export function evaluationRange(
  config: MetricAlarmConfig,
  source: MetricSource,
  now: number,
): Datapoint[] {
  const periodMs = periodOf(config) * 1000;
  const align = Math.min(periodMs, 60_000);
  const end = Math.floor(now / align) * align + align;
  const periods = config.EvaluationPeriods + EXTRA_PERIODS;
  const window = { startMs: end - periods * periodMs, endMs: end, aligned: false };
  if (config.Metrics !== undefined && config.Metrics.length > 0) {
    return mathRange(config, source, window, now);
  }
  const stat: MetricStat = {
    Metric: {
      Namespace: config.Namespace ?? '',
      MetricName: config.MetricName ?? '',
      Dimensions: config.Dimensions,
    },
    Period: periodMs / 1000,
    Stat: config.Statistic ?? config.ExtendedStatistic ?? 'Average',
    Unit: config.Unit,
  };
  const on = gridOf(window, periodMs, now);
  const measured = measure(source, stat, on, now);
  return Array.from({ length: on.length }, (_, index) => ({
    at: startOf(on, index),
    value: pointOf(measured.values, index),
    sampleCount: measured.sampleCounts[index] ?? 0,
  }));
}

const pointOf = (values: Float64Array, index: number): number | null => {
  const value = values[index] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
};

function mathRange(
  config: MetricAlarmConfig,
  source: MetricSource,
  window: Window,
  now: number,
): Datapoint[] {
  const queries = config.Metrics ?? [];
  const solver = new Solver({ source, accountId: '', queries, now }, window);
  const solve = (id: string): Series[] => linesOf(runNow(solver.resolve(id)));
  const bandId = config.ThresholdMetricId;
  const watched = queries.find((query) => (query.ReturnData ?? true) && query.Id !== bandId);
  const [value] = watched === undefined ? [] : solve(watched.Id);
  const [upper, lower] = bandId === undefined ? [] : solve(bandId);
  const on = gridOf(window, periodOf(config) * 1000, now);
  const read = (line: Series | undefined) => {
    const values = line === undefined ? null : valuesOn(line, on);
    return (index: number): number | null => (values === null ? null : pointOf(values, index));
  };
  const [valueAt, upperAt, lowerAt] = [read(value), read(upper), read(lower)];
  return Array.from({ length: on.length }, (_, index) => ({
    at: startOf(on, index),
    value: valueAt(index),
    sampleCount: 1,
    lower: lowerAt(index),
    upper: upperAt(index),
  }));
}

/** An alarm watches lines: a number by itself is none. */
function linesOf(value: Value): Series[] {
  if (value.kind === 'series') return [value.series];
  return value.kind === 'list' ? value.list : [];
}
