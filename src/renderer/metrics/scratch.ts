/** Changes to the scratch chart: each takes a widget and answers the next one. */
import type { MetricWidget, SeriesSpec } from '../../shared/dashboards/dashboard';
import { renameIds } from '../../shared/dashboards/expression';
import { metricKey } from '../../shared/metrics/metric-key';
import type { MetricId } from '../../shared/metrics/query';
import { usualStatistic } from './statistic';

export function emptyScratch(): MetricWidget {
  const axis = { min: null, max: null, label: null, showUnits: true, unit: null };
  return {
    kind: 'metric',
    id: 'scratch',
    title: '',
    problems: [],
    x: 0,
    y: 0,
    width: 24,
    height: 8,
    view: 'timeSeries',
    series: [],
    region: null,
    accountId: null,
    periodSeconds: null,
    stat: 'Average',
    left: axis,
    right: axis,
    thresholds: [],
    marks: [],
    alarmArns: [],
    liveData: false,
    legend: 'bottom',
    sparkline: true,
    setPeriodToTimeRange: false,
    fullPrecision: false,
    trend: false,
    reduce: 'last',
    steps: [],
    ownRange: null,
  };
}

/** The next free id of a kind: `m1`, `m2` … for metrics, `e1` … for expressions. */
export function nextId(widget: MetricWidget, prefix: 'm' | 'e'): string {
  const taken = new Set(widget.series.map((one) => one.id));
  for (let count = 1; ; count += 1) {
    const id = `${prefix}${count}`;
    if (!taken.has(id)) return id;
  }
}

function line(widget: MetricWidget, id: string): SeriesSpec {
  return {
    id,
    metric: null,
    expression: null,
    label: null,
    color: null,
    axis: 'left',
    visible: true,
    stat: widget.stat,
    periodSeconds: null,
    region: null,
    accountId: null,
    unit: null,
    drawAs: null,
  };
}

/** Where a metric is: the chart belongs to the place of its first line, others say where they are. */
export interface At {
  region: string;
  /** Twelve digits; null while it is not known. */
  accountId: string | null;
}

function isThere(widget: MetricWidget, spec: SeriesSpec, at: At): boolean {
  const region = spec.region ?? widget.region ?? at.region;
  const accountId = spec.accountId ?? widget.accountId ?? at.accountId;
  return region === at.region && (at.accountId === null || accountId === at.accountId);
}

/** Keys of the metrics of a place that are on the chart. */
export function chartedKeys(widget: MetricWidget, at: At): Set<string> {
  return new Set(
    widget.series.flatMap((spec) =>
      spec.metric !== null && isThere(widget, spec, at) ? [metricKey(spec.metric)] : [],
    ),
  );
}

/** The first line decides whose chart it is; a line from elsewhere says so. */
function added(widget: MetricWidget, spec: SeriesSpec, at: At): MetricWidget {
  if (widget.series.length === 0) return { ...widget, ...at, series: [spec] };
  const region = at.region === widget.region ? null : at.region;
  const accountId = at.accountId === widget.accountId ? null : at.accountId;
  return { ...widget, series: [...widget.series, { ...spec, region, accountId }] };
}

/** With the statistic it is usually looked at with. */
export function addMetric(widget: MetricWidget, metric: MetricId, at: At): MetricWidget {
  const stat = usualStatistic(metric.metricName);
  return added(widget, { ...line(widget, nextId(widget, 'm')), metric, stat }, at);
}

/** Takes every line of the metric off; expressions over it stay and say what they miss. */
export function removeMetric(widget: MetricWidget, metric: MetricId, at: At): MetricWidget {
  const key = metricKey(metric);
  const stays = (one: SeriesSpec): boolean =>
    one.metric === null || metricKey(one.metric) !== key || !isThere(widget, one, at);
  return { ...widget, series: widget.series.filter(stays) };
}

/** An expression over the chart's lines is asked where they are; the first one, at the place shown. */
export function addExpression(widget: MetricWidget, expression: string, at: At): MetricWidget {
  const spec = { ...line(widget, nextId(widget, 'e')), expression };
  if (widget.series.length === 0) return added(widget, spec, at);
  return { ...widget, series: [...widget.series, spec] };
}

export function removeSeries(widget: MetricWidget, id: string): MetricWidget {
  return { ...widget, series: widget.series.filter((one) => one.id !== id) };
}

export function copySeries(widget: MetricWidget, id: string): MetricWidget {
  const at = widget.series.findIndex((one) => one.id === id);
  const found = widget.series[at];
  if (!found) return widget;
  const copy = { ...found, id: nextId(widget, found.metric === null ? 'e' : 'm'), color: null };
  return { ...widget, series: widget.series.toSpliced(at + 1, 0, copy) };
}

export function patchSeries(
  widget: MetricWidget,
  id: string,
  patch: Partial<SeriesSpec>,
): MetricWidget {
  const series = widget.series.map((one) => (one.id === id ? { ...one, ...patch } : one));
  return { ...widget, series };
}

/** Null where the id can be taken; else one sentence why not. */
export function idProblem(widget: MetricWidget, from: string, to: string): string | null {
  if (!/^[a-z][a-zA-Z0-9_]{0,254}$/.test(to)) {
    return 'An id starts with a small letter, then letters, digits and _.';
  }
  const taken = widget.series.some((one) => one.id === to && one.id !== from);
  return taken ? `${to} is taken by another line.` : null;
}

/** Renames a line and every expression that names it. */
export function renameSeries(widget: MetricWidget, from: string, to: string): MetricWidget {
  if (idProblem(widget, from, to) !== null) return widget;
  const names = new Map([[from, to]]);
  const series = widget.series.map((one) => ({
    ...one,
    id: one.id === from ? to : one.id,
    expression: one.expression === null ? null : renameIds(one.expression, names),
  }));
  return { ...widget, series };
}

/** Short name of a line for lists: the metric and what tells it from others. */
export function seriesName(spec: SeriesSpec): string {
  if (spec.metric === null) return spec.expression ?? '';
  const values = spec.metric.dimensions.map(({ value }) => value);
  return [spec.metric.metricName, ...values].join(' · ');
}
