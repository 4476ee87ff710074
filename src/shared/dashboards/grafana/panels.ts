/** One panel as one widget: drawn where CloudWatch can answer, else explained in its place. */
import type { GridPlace, MetricView, MetricWidget, Widget } from '../dashboard';
import { explained, sourceName, whyNoQuery, whyNotType } from './explain';
import { at, flag, objects, raw, text } from './fields';
import type { Fields } from './fields';
import { htmlToMarkdown } from './html-text';
import { referencesIn, substitute } from './interpolate';
import { logWidget } from './logs';
import { applyOverrides } from './overrides';
import { readQueries } from './queries';
import type { PanelTarget, ReadQueries } from './queries';
import { rescaled } from './rescale';
import { readStyle } from './style';
import type { PanelStyle } from './style';
import { dataSourceOf, kindOf } from './targets';
import { readThresholds } from './thresholds';
import type { Variables } from './variables';

const VIEWS: Readonly<Record<string, MetricView>> = {
  timeseries: 'timeSeries',
  graph: 'timeSeries',
  'graph-old': 'timeSeries',
  stat: 'singleValue',
  singlestat: 'singleValue',
  'grafana-singlestat-panel': 'singleValue',
  gauge: 'gauge',
  'grafana-gauge-panel': 'gauge',
  bargauge: 'bar',
  barchart: 'bar',
  piechart: 'pie',
  'grafana-piechart-panel': 'pie',
  table: 'table',
  'table-old': 'table',
};

/** Panels that show series over time in a way of their own; lines say the same. */
const AS_LINES: ReadonlySet<string> = new Set([
  'heatmap',
  'state-timeline',
  'status-history',
  'histogram',
  'trend',
  'xychart',
]);

function textOf(panel: Fields, variables: Variables): { markdown: string; problems: string[] } {
  const options = at(panel, 'options');
  const content = text(options, 'content') || text(panel, 'content');
  const mode = text(options, 'mode') || text(panel, 'mode');
  const written = substitute(content, variables.known);
  if (mode !== 'html') return { markdown: written, problems: [] };
  return {
    markdown: htmlToMarkdown(written),
    problems: ['This text was written in HTML; only its words, lists and links are shown.'],
  };
}

/** Says which variables nobody has given a value yet, since the panel shows everything meanwhile. */
function openNotes(panel: Fields, variables: Variables, logs = false): string[] {
  const queries = JSON.stringify(raw(panel, 'targets') ?? []);
  const used = referencesIn(queries, variables.open);
  return used.map((name) =>
    logs
      ? `No value is picked for ${name} yet.`
      : `No value is picked for ${name}, so all of them are asked for.`,
  );
}

function viewOf(panel: Fields, style: PanelStyle): { view: MetricView; note: string | null } {
  const type = text(panel, 'type');
  const view = Object.hasOwn(VIEWS, type) ? VIEWS[type] : undefined;
  if (view === 'timeSeries' || view === undefined) {
    const note =
      view === undefined
        ? `Grafana draws this as ${type || 'another panel'}; here it is lines.`
        : null;
    return { view: style.stacked ? 'stacked' : 'timeSeries', note };
  }
  return { view, note: null };
}

function seriesOf(read: ReadQueries, panel: Fields, style: PanelStyle): MetricWidget['series'] {
  const unit = text(at(panel, 'fieldConfig', 'defaults'), 'unit');
  const overridden = applyOverrides(panel, read.series, unit);
  if (overridden.rightUnit !== null) style.right.unit = overridden.rightUnit;
  return read.series.flatMap(({ spec }) => {
    spec.drawAs ??= style.drawAs;
    const sign = overridden.negated.has(spec.id) ? -1 : 1;
    return rescaled(spec, sign * style.unit.factor);
  });
}

function metricWidget(
  base: GridPlace & { id: string; title: string },
  panel: Fields,
  read: ReadQueries,
  problems: string[],
): MetricWidget {
  const style = readStyle(panel);
  const series = seriesOf(read, panel, style);
  const thresholds = readThresholds(panel, {
    factor: style.unit.factor,
    min: style.left.min,
    max: style.left.max,
  });
  const { view, note } = viewOf(panel, style);
  return {
    ...base,
    kind: 'metric',
    problems: [...problems, ...read.problems, ...style.problems, ...(note === null ? [] : [note])],
    view,
    series,
    region: null,
    accountId: null,
    periodSeconds: null,
    stat: 'Average',
    left: style.left,
    right: style.right,
    thresholds: thresholds.lines,
    marks: [],
    alarmArns: [],
    liveData: false,
    legend: style.legend,
    sparkline: style.sparkline,
    setPeriodToTimeRange: false,
    fullPrecision: text(at(panel, 'fieldConfig', 'defaults'), 'unit') === 'locale',
    trend: flag(at(panel, 'options'), 'showPercentChange') === true,
    reduce: style.reduce,
    steps: thresholds.steps,
    ownRange: style.ownRange,
  };
}

/** Sentences for queries that are left out of a panel that is drawn all the same. */
function leftOut(targets: PanelTarget[], panel: Fields, variables: Variables): string[] {
  const others = targets.filter(({ kind }) => kind === 'other' || kind === 'logs');
  const sources = others.map(({ fields, kind }) =>
    kind === 'logs'
      ? 'logs'
      : sourceName(dataSourceOf(fields, panel, variables.dataSources) ?? 'another source'),
  );
  return [...new Set(sources)].map((source) => `A query to ${source} is left out here.`);
}

const DRAWABLE: ReadonlySet<string> = new Set([
  'metric',
  'expression',
  'insights',
  'server-expression',
]);

/**
 * The panel as a widget.
 * @param id unique in the dashboard
 */
export function readPanel(
  panel: Fields,
  id: string,
  place: GridPlace,
  variables: Variables,
): Widget {
  const type = text(panel, 'type');
  const title = substitute(text(panel, 'title'), variables.known);
  const base = { ...place, id, title };
  if (type === 'text') {
    return { ...base, kind: 'text', background: 'solid', ...textOf(panel, variables) };
  }
  const why = whyNotType(type);
  if (why !== null) return explained(id, place, panel, why);
  const targets = objects(panel, 'targets').map((fields): PanelTarget => {
    return { fields, kind: kindOf(fields, panel, variables.dataSources) };
  });
  const asked = targets.filter(({ kind }) => DRAWABLE.has(kind));
  // Grafana's own steps need an input that CloudWatch answers.
  if (asked.every(({ kind }) => kind === 'server-expression')) {
    const logs = targets.find(({ kind }) => kind === 'logs');
    if (logs)
      return logWidget(base, panel, logs.fields, variables, openNotes(panel, variables, true));
    const other = targets.find(({ kind }) => kind === 'other') ?? targets[0];
    const source = dataSourceOf(other?.fields ?? null, panel, variables.dataSources);
    return explained(id, place, { ...panel, title }, whyNoQuery(panel, source));
  }
  const notes = [...openNotes(panel, variables), ...leftOut(targets, panel, variables)];
  if (!Object.hasOwn(VIEWS, type) && !AS_LINES.has(type)) {
    notes.push(`Nightdesk does not know Grafana's panel "${type}"; its queries are drawn.`);
  }
  return metricWidget(base, panel, readQueries(asked, variables.known), notes);
}
