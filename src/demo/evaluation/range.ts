import type { MetricAlarmConfig, MetricStat } from '../model';
import { grid, measure, querySolver } from '../metrics/queries';
import type { MetricSource } from '../metrics/metric-source';
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
  const on = grid(end - periods * periodMs, end, periodMs);
  if (config.Metrics !== undefined && config.Metrics.length > 0) {
    return mathRange(config, source, on, now);
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
  const measured = measure(source, stat, on, now);
  return on.starts.map((at, index) => ({
    at,
    value: measured.points[index] ?? null,
    sampleCount: measured.sampleCounts[index] ?? 0,
  }));
}

function mathRange(
  config: MetricAlarmConfig,
  source: MetricSource,
  on: ReturnType<typeof grid>,
  now: number,
): Datapoint[] {
  const queries = config.Metrics ?? [];
  const solve = querySolver(source, queries, on, now);
  const bandId = config.ThresholdMetricId;
  const watched = queries.find((query) => (query.ReturnData ?? true) && query.Id !== bandId);
  const value = watched === undefined ? null : solve(watched.Id);
  const band = bandId === undefined ? null : solve(bandId);
  return on.starts.map((at, index) => ({
    at,
    value:
      value?.kind === 'series'
        ? (value.points[index] ?? null)
        : value?.kind === 'scalar'
          ? value.value
          : null,
    sampleCount: 1,
    lower: band?.kind === 'band' ? (band.lower[index] ?? null) : null,
    upper: band?.kind === 'band' ? (band.upper[index] ?? null) : null,
  }));
}
