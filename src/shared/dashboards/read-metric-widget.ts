/** A widget of type `metric`. */
import type { AxisSpec, MetricView, MetricWidget } from './dashboard';
import type { Fields } from './fields';
import { shorten } from './fields';
import { readAnnotations } from './read-annotations';
import { readAccount, readPeriod, readRegion, readSeries, readStat } from './read-series';
import type { WidgetFrame } from './read-widget';
import { momentMs } from './time-range';

const VIEWS = ['timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table', 'stacked'] as const;

/** The view; `stacked: true` makes a time series a stacked one. */
export function readView(properties: Fields, fallback: MetricView): MetricView {
  const view = properties.choice('view', VIEWS, fallback === 'stacked' ? 'timeSeries' : fallback);
  const stacked = properties.boolean('stacked', false);
  return view === 'timeSeries' && stacked ? 'stacked' : view;
}

/** The widget, or one sentence why it cannot be drawn. */
export function readMetricWidget(frame: WidgetFrame, properties: Fields): MetricWidget | string {
  if (properties.has('insightRule')) {
    return 'It shows a Contributor Insights rule, which the console does not evaluate.';
  }
  const { notes } = properties;
  const stat = readStat(properties, 'Average');
  const rows = properties.array('metrics');
  const series = readSeries(rows, properties.at('metrics'), notes, stat);
  const annotations = readAnnotations(properties.child('annotations'));
  if (series.length === 0 && annotations.alarmArns.length === 0) {
    return rows.length === 0
      ? 'It names no metrics and no alarm, so there is nothing to draw.'
      : 'None of its metrics can be read.';
  }
  const view = readView(properties, 'timeSeries');
  const axes = properties.child('yAxis');
  const widget: MetricWidget = {
    ...frame,
    kind: 'metric',
    title: properties.text('title') ?? '',
    view,
    series,
    region: readRegion(properties),
    accountId: readAccount(properties),
    periodSeconds: readPeriod(properties),
    stat,
    left: readAxis(axes?.child('left') ?? null),
    right: readAxis(axes?.child('right') ?? null),
    thresholds: annotations.thresholds,
    marks: annotations.marks,
    alarmArns: annotations.alarmArns,
    liveData: properties.boolean('liveData', false),
    legend: readLegend(properties),
    sparkline: properties.boolean('sparkline', false),
    setPeriodToTimeRange: properties.boolean('setPeriodToTimeRange', false),
    fullPrecision: properties.boolean('singleValueFullPrecision', false),
    trend: properties.boolean('trend', false),
    reduce: 'last',
    steps: [],
    ownRange: readOwnRange(properties),
  };
  axes?.finish();
  if (view === 'gauge' && (widget.left.min === null || widget.left.max === null)) {
    notes.say(properties.at('yAxis'), 'A gauge needs yAxis.left.min and yAxis.left.max.');
  }
  properties.finish(UNHONOURED);
  return widget;
}

const UNHONOURED = {
  table: 'The layout options of the table are not honoured.',
  labels: 'Labels on the chart are not honoured; the legend shows them.',
  timezone: 'The widget shows times in the zone that the console is set to.',
  interactive: 'The field interactive changes nothing.',
  width: 'The width within properties changes nothing.',
  height: 'The height within properties changes nothing.',
};

function readAxis(axis: Fields | null): AxisSpec {
  const spec: AxisSpec = {
    min: axis?.number('min') ?? null,
    max: axis?.number('max') ?? null,
    label: axis?.text('label') ?? null,
    showUnits: axis?.boolean('showUnits', true) ?? true,
    unit: null,
  };
  if (axis !== null && spec.min !== null && spec.max !== null && spec.min >= spec.max) {
    axis.notes.say(axis.path, `The axis ends at ${spec.max}, not above its start ${spec.min}.`);
    spec.max = null;
  }
  axis?.finish();
  return spec;
}

function readLegend(properties: Fields): MetricWidget['legend'] {
  const legend = properties.child('legend');
  const position = legend?.choice('position', ['bottom', 'right', 'hidden'], 'bottom') ?? 'bottom';
  legend?.finish();
  return position;
}

function readOwnRange(properties: Fields): MetricWidget['ownRange'] {
  const start = properties.settledText('start');
  const end = properties.settledText('end');
  if (start === null) {
    if (end !== null) {
      properties.notes.say(properties.at('end'), 'An end without a start changes nothing.');
    }
    return null;
  }
  for (const [key, text] of [
    ['start', start],
    ['end', end],
  ] as const) {
    if (text === null || momentMs(text, 0) !== null) continue;
    const message = `"${shorten(text)}" is no time, so the widget follows the page's range.`;
    properties.notes.say(properties.at(key), message);
    return null;
  }
  return { start, end };
}
