import { fillLabel, isDynamic, type LabelContext } from '../metrics/dynamic-label';
import type { Series, Value } from '../metrics/series';
import type { MetricQuery } from '../model';
import { validationError } from '../errors';

/** A line of an answer, named. */
export interface NamedLine {
  label: string;
  series: Series;
}

/** The lines one query answers. An expression that comes to a number fails the call, as it has no times. */
export function linesOfQuery(
  query: MetricQuery,
  value: Value,
  labels: ReadonlyMap<string, string>,
  context: LabelContext,
): NamedLine[] {
  switch (value.kind) {
    case 'series': {
      const own = labels.get(query.Id) ?? query.Id;
      const label = query.Label ?? own;
      return [{ label: dynamic(label, value.series, own, context), series: value.series }];
    }
    case 'list':
      return value.list.map((series) => ({
        label: labelOfMany(query, series, context),
        series,
      }));
    case 'scalar':
    case 'text':
      throw validationError(
        `The expression '${query.Id}' must return a time series or array of time series.`,
      );
  }
}

const dynamic = (label: string, series: Series, own: string, context: LabelContext): string =>
  isDynamic(label) ? fillLabel(label, series, own, context) : label;

/** A dynamic label names each line; a plain one stands before each line's own name. */
function labelOfMany(query: MetricQuery, series: Series, context: LabelContext): string {
  const own = series.label === '' ? query.Id : series.label;
  const given = query.Label ?? '';
  if (isDynamic(given)) return fillLabel(given, series, own, context);
  return given === '' ? own : `${given} ${own}`;
}
