import type { SeriesMetric } from './series';

/**
 * What tells metrics of one answer apart, by metric: the values of the dimensions that differ, then the name,
 * then statistic and period where the names do not say enough. Names that differ are enough by themselves, and
 * metrics found by a search are not named where dimensions tell them.
 */
export function defaultLabels(metrics: readonly SeriesMetric[], found: boolean): string[] {
  const names = new Set(metrics.map((metric) => metric.metricName));
  const dimensions = differingDimensions(metrics);
  const bySpaces = new Set(metrics.map((metric) => metric.namespace)).size > 1;
  const byStat = names.size === 1 && new Set(metrics.map((metric) => metric.stat)).size > 1;
  const byPeriod = names.size === 1 && new Set(metrics.map((metric) => metric.period)).size > 1;
  return metrics.map((metric) => {
    const told = metric.dimensions
      .filter((dimension) => dimensions.has(dimension.Name))
      .map((dimension) => dimension.Value);
    const named = names.size > 1 || told.length === 0 || !found;
    return [
      ...(bySpaces && found ? [metric.namespace] : []),
      ...told,
      ...(named ? [metric.metricName] : []),
      ...(byStat ? [metric.stat] : []),
      ...(byPeriod ? [String(metric.period)] : []),
    ].join(' ');
  });
}

/** Dimensions whose values differ between metrics of one name. */
function differingDimensions(metrics: readonly SeriesMetric[]): Set<string> {
  const seen = new Map<string, string>();
  const differing = new Set<string>();
  const namesOf = (metric: SeriesMetric): string => `${metric.namespace}|${metric.metricName}`;
  for (const metric of metrics) {
    for (const { Name, Value } of metric.dimensions) {
      const key = `${namesOf(metric)}|${Name}`;
      const before = seen.get(key);
      if (before !== undefined && before !== Value) differing.add(Name);
      seen.set(key, Value);
    }
  }
  return differing;
}
