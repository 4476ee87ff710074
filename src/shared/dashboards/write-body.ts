/**
 * Writes a dashboard as a CloudWatch body. Reading it again gives the same dashboard, except for what a body
 * cannot say: colour steps, how several datapoints become one, how one line is drawn, an axis's unit.
 */
import { assertNever } from '../assert-never';
import type {
  AxisSpec,
  Dashboard,
  LogWidget,
  MarkSpec,
  MetricView,
  MetricWidget,
  SeriesSpec,
  ThresholdSpec,
  Widget,
} from './dashboard';

type Json = Record<string, unknown>;

/** @returns pretty-printed JSON text, as PutDashboard takes it */
export function writeBody(dashboard: Dashboard): string {
  const body = compact({
    start: dashboard.range?.start,
    end: dashboard.range?.end,
    periodOverride: dashboard.periodOverride === 'auto' ? null : dashboard.periodOverride,
    widgets: dashboard.widgets.map(widgetJson),
  });
  return JSON.stringify(body, null, 2);
}

/** Without fields that say nothing. */
function compact(fields: Json): Json {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}

function widgetJson(widget: Widget): unknown {
  const { x, y, width, height } = widget;
  if (widget.kind === 'explained') return { ...definitionOf(widget.source), x, y, width, height };
  return { type: widget.kind, x, y, width, height, properties: properties(widget) };
}

/** What was not drawn is written back as it was, so that saving loses nothing. */
function definitionOf(source: string): Json {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch (error) {
    // A definition too long to be kept whole: an honest note is better than half of it.
    if (!(error instanceof SyntaxError)) throw error;
    return {
      type: 'text',
      properties: { markdown: 'A widget that was too long to keep stood here.' },
    };
  }
}

function properties(widget: Exclude<Widget, { kind: 'explained' }>): Json {
  switch (widget.kind) {
    case 'metric':
      return metricProperties(widget);
    case 'text':
      return compact({
        title: blank(widget.title),
        markdown: widget.markdown,
        background: widget.background === 'solid' ? null : widget.background,
      });
    case 'alarm':
      return compact({
        title: blank(widget.title),
        alarms: widget.alarmArns,
        sortBy: widget.sortBy === 'default' ? null : widget.sortBy,
        states: widget.states.length === 0 ? null : widget.states,
      });
    case 'log':
      return logProperties(widget);
    default:
      return assertNever(widget);
  }
}

const blank = (text: string): string | null => (text === '' ? null : text);
const yes = (value: boolean): true | null => (value ? true : null);

function viewProperties(view: MetricView): Json {
  return view === 'stacked' ? { view: 'timeSeries', stacked: true } : { view };
}

function metricProperties(widget: MetricWidget): Json {
  const annotations = compact({
    horizontal: some(widget.thresholds.map(thresholdJson)),
    vertical: some(widget.marks.map(markJson)),
    alarms: some(widget.alarmArns),
  });
  const axes = compact({ left: axisJson(widget.left), right: axisJson(widget.right) });
  return compact({
    title: blank(widget.title),
    ...viewProperties(widget.view),
    metrics: some(widget.series.map((series) => rowJson(series, widget.stat))),
    region: widget.region,
    accountId: widget.accountId,
    period: widget.periodSeconds,
    stat: widget.stat,
    yAxis: filled(axes),
    annotations: filled(annotations),
    legend: widget.legend === 'bottom' ? null : { position: widget.legend },
    liveData: yes(widget.liveData),
    sparkline: yes(widget.sparkline),
    setPeriodToTimeRange: yes(widget.setPeriodToTimeRange),
    singleValueFullPrecision: yes(widget.fullPrecision),
    trend: yes(widget.trend),
    start: widget.ownRange?.start,
    end: widget.ownRange?.end,
  });
}

const some = <T>(list: T[]): T[] | null => (list.length === 0 ? null : list);
const filled = (fields: Json): Json | null => (Object.keys(fields).length === 0 ? null : fields);

function axisJson({ min, max, label, showUnits }: AxisSpec): Json | null {
  return filled(compact({ min, max, label, showUnits: showUnits ? null : false }));
}

function rowJson(series: SeriesSpec, widgetStat: string): unknown[] {
  const options = filled(
    compact({
      expression: series.expression,
      // Made-up ids are made up again.
      id: /^nd\d+$/.test(series.id) ? null : series.id,
      label: series.label,
      color: series.color,
      yAxis: series.axis === 'left' ? null : series.axis,
      visible: series.visible ? null : false,
      stat: series.stat === widgetStat ? null : series.stat,
      period: series.periodSeconds,
      region: series.region,
      accountId: series.accountId,
      unit: series.unit,
    }),
  );
  const { metric } = series;
  const texts =
    metric === null
      ? []
      : [
          metric.namespace,
          metric.metricName,
          ...metric.dimensions.flatMap(({ name, value }) => [name, value]),
        ];
  return options === null ? texts : [...texts, options];
}

function thresholdJson(threshold: ThresholdSpec): unknown {
  const first = compact({
    value: threshold.value,
    label: threshold.label,
    color: threshold.color,
    fill: threshold.to === null && threshold.fill !== 'none' ? threshold.fill : null,
    yAxis: threshold.axis === 'left' ? null : threshold.axis,
    visible: threshold.visible ? null : false,
  });
  if (threshold.to === null) return first;
  return [first, compact({ value: threshold.to, label: threshold.toLabel })];
}

function markJson(mark: MarkSpec): unknown {
  const first = compact({
    value: new Date(mark.at).toISOString(),
    label: mark.label,
    color: mark.color,
    fill: mark.to === null && mark.fill !== 'none' ? mark.fill : null,
    visible: mark.visible ? null : false,
  });
  if (mark.to === null) return first;
  return [first, compact({ value: new Date(mark.to).toISOString(), label: mark.toLabel })];
}

function logProperties(widget: LogWidget): Json {
  const prefixed = widget.logGroups.filter((group) => group.startsWith('prefix:'));
  const prefixes = prefixed.map((group) => JSON.stringify(group.slice('prefix:'.length)));
  const named = widget.logGroups
    .filter((group) => !group.startsWith('prefix:'))
    .map((group) => `SOURCE '${group}'`);
  const call =
    prefixes.length === 0 ? [] : [`SOURCE logGroups(namePrefix: [${prefixes.join(', ')}])`];
  return compact({
    title: blank(widget.title),
    ...viewProperties(widget.view),
    query: [...named, ...call, widget.query].join(' | '),
    queryLanguage: widget.language === 'CWLI' ? null : widget.language,
    region: widget.region,
    accountId: widget.accountId,
  });
}
