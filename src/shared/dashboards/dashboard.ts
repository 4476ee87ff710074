/**
 * A dashboard as the console draws it, whatever it was read from: a CloudWatch body, a template or Grafana.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
import type { MetricId } from '../metrics/query';

/** Place on the 24-column grid; a row is as high as CloudWatch's (60 px at its usual width). */
export interface GridPlace {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface WidgetBase extends GridPlace {
  /** Unique and stable within its dashboard. */
  id: string;
  /** May be empty. */
  title: string;
  /** What could not be read or is not honoured, one sentence each; shown at the widget. */
  problems: string[];
}

export type MetricView =
  'timeSeries' | 'stacked' | 'singleValue' | 'gauge' | 'bar' | 'pie' | 'table';

/** One line of a metric widget: a metric or an expression, with the options it was given. */
export interface SeriesSpec {
  /** As given, or made up (`nd1` …) where the body has none. */
  id: string;
  metric: MetricId | null;
  expression: string | null;
  /** As written, dynamic parts included; null: named by the console. */
  label: string | null;
  /** CSS colour as `#rrggbb`; null: from the palette. */
  color: string | null;
  axis: 'left' | 'right';
  /** False: not drawn, only an input of others. */
  visible: boolean;
  stat: string;
  /** Seconds; null: the widget's. */
  periodSeconds: number | null;
  /** Null: the widget's, else the dashboard's connection's. */
  region: string | null;
  accountId: string | null;
  /** Unit filter; null: any. */
  unit: string | null;
  /** How a Grafana field override or an option draws this one line; null: as the widget. */
  drawAs: 'line' | 'bar' | 'area' | null;
}

export interface AxisSpec {
  min: number | null;
  max: number | null;
  label: string | null;
  showUnits: boolean;
  /** CloudWatch unit or Grafana unit translated to one; null: the metrics' own. */
  unit: string | null;
}

/** A horizontal line or band. */
export interface ThresholdSpec {
  value: number;
  /** The other edge of a band; null for a line. */
  to: number | null;
  label: string | null;
  toLabel: string | null;
  color: string | null;
  fill: 'none' | 'above' | 'below' | 'between';
  axis: 'left' | 'right';
  visible: boolean;
}

/** A moment or a span on the time axis (ms UTC). */
export interface MarkSpec {
  at: number;
  to: number | null;
  label: string | null;
  toLabel: string | null;
  color: string | null;
  fill: 'none' | 'before' | 'after' | 'between';
  visible: boolean;
}

export interface MetricWidget extends WidgetBase {
  kind: 'metric';
  view: MetricView;
  series: SeriesSpec[];
  region: string | null;
  accountId: string | null;
  /** Seconds; null: picked by the time range. */
  periodSeconds: number | null;
  stat: string;
  left: AxisSpec;
  right: AxisSpec;
  thresholds: ThresholdSpec[];
  marks: MarkSpec[];
  /** ARNs whose threshold and state are drawn. */
  alarmArns: string[];
  liveData: boolean;
  legend: 'bottom' | 'right' | 'hidden';
  sparkline: boolean;
  /** The period is the whole time range (single values, gauges, bars, pies and tables). */
  setPeriodToTimeRange: boolean;
  fullPrecision: boolean;
  trend: boolean;
  /** How several datapoints become one value where the view shows one. */
  reduce: 'last' | 'avg' | 'min' | 'max' | 'sum';
  /** Colour steps of single values and gauges (Grafana thresholds), ascending; the first applies from −∞. */
  steps: { from: number | null; color: string }[];
  /** A fixed window of its own that the page's range does not change; null: the page's. */
  ownRange: { start: string; end: string | null } | null;
}

export interface AlarmWidget extends WidgetBase {
  kind: 'alarm';
  alarmArns: string[];
  sortBy: 'default' | 'stateUpdatedTimestamp' | 'timestamp';
  /** Empty: all. */
  states: ('OK' | 'ALARM' | 'INSUFFICIENT_DATA')[];
}

export interface TextWidget extends WidgetBase {
  kind: 'text';
  /** Raw Markdown of the file: to be rendered without HTML, images or scripts. */
  markdown: string;
  background: 'solid' | 'transparent';
}

export interface LogWidget extends WidgetBase {
  kind: 'log';
  query: string;
  language: 'CWLI' | 'PPL' | 'SQL';
  logGroups: string[];
  region: string | null;
  accountId: string | null;
  view: MetricView;
}

/** Read, but not drawn: says in its place what it is and why. */
export interface ExplainedWidget extends WidgetBase {
  kind: 'explained';
  /** What it is: `explorer`, `custom`, `row`, a Grafana panel type … */
  what: string;
  sentence: string;
  /** Its definition, pretty-printed JSON, for copying. */
  source: string;
}

export type Widget = MetricWidget | AlarmWidget | TextWidget | LogWidget | ExplainedWidget;

/** A dashboard's relative (`-PT3H`) or absolute (ISO 8601) default range. */
export interface DashboardRange {
  start: string;
  /** Null: now. */
  end: string | null;
}

export interface Dashboard {
  name: string;
  widgets: Widget[];
  range: DashboardRange | null;
  periodOverride: 'auto' | 'inherit';
  /** Seconds; null: the user's setting. */
  refreshSeconds: number | null;
}
