/** Reads a CloudWatch dashboard body, already parsed and with its placeholders filled in. */
import { assertNever } from '../assert-never';
import type { Dashboard, DashboardRange, Widget } from './dashboard';
import { Fields, isObject, Notes, Problems, shorten } from './fields';
import type { JsonObject } from './fields';
import type { FieldPath, JsonSource } from './json-source';
import { placeWidgets } from './layout';
import { openNames } from './placeholders';
import type { ChoiceSource, DashboardInput, InputValues, TextProblem } from './read-result';
import { readWidget } from './read-widget';
import { momentMs } from './time-range';
import { applyVariables, readVariables } from './variables';

export interface ReadBody {
  dashboard: Dashboard;
  /** The dashboard's own variables. */
  inputs: DashboardInput[];
  problems: TextProblem[];
}

/** CloudWatch allows 500; a file with more is still read so far. */
const MAX_WIDGETS = 2_000;

/**
 * @param source the body as an object, a list of widgets, or one widget; its places are the problems' ones
 * @param name the dashboard's name for people
 * @param values what people picked, by id of a variable
 */
export function readBody(source: JsonSource, name: string, values: InputValues): ReadBody {
  const problems = new Problems(source);
  const fields = new Fields(bodyOf(source.value), [], new Notes(problems));
  const variablesAt = fields.at('variables');
  const variables = readVariables(fields.array('variables'), variablesAt, values, problems);
  const given = fields.array('widgets');
  if (!fields.has('widgets')) problems.add('error', [], 'The dashboard has no widgets.');
  const applied = applyVariables(given, variables, problems, variablesAt);
  const widgets = readWidgets(
    Array.isArray(applied) ? applied : [],
    widgetPaths(source.value),
    problems,
  );
  const dashboard: Dashboard = {
    name,
    widgets,
    range: readRange(fields),
    periodOverride: fields.choice('periodOverride', ['auto', 'inherit'], 'auto'),
    refreshSeconds: null,
  };
  fields.finish({ dashboardName: 'The name within the body changes nothing.' });
  return { dashboard, inputs: variables.map(({ input }) => input), problems: problems.all() };
}

function isWidget(value: unknown): boolean {
  return isObject(value) && !Object.hasOwn(value, 'widgets') && Object.hasOwn(value, 'properties');
}

function bodyOf(value: unknown): JsonObject {
  if (Array.isArray(value)) return { widgets: value };
  if (isWidget(value)) return { widgets: [value] };
  return isObject(value) ? value : {};
}

type WidgetPaths = (index: number) => FieldPath;

/** Where a widget stands in the text, which may be a list of widgets or one of them. */
function widgetPaths(value: unknown): WidgetPaths {
  if (Array.isArray(value)) return (index) => [index];
  return isWidget(value) ? () => [] : (index) => ['widgets', index];
}

function readWidgets(given: readonly unknown[], pathOf: WidgetPaths, problems: Problems): Widget[] {
  if (given.length > MAX_WIDGETS) {
    const message = `Of ${given.length} widgets the first ${MAX_WIDGETS} are read; CloudWatch allows 500.`;
    problems.add('error', pathOf(MAX_WIDGETS), message);
  }
  const read = given
    .slice(0, MAX_WIDGETS)
    .map((widget, index) => readWidget(widget, pathOf(index), `w${index + 1}`, problems));
  const places = placeWidgets(read.map(({ wanted }) => wanted));
  return read.map(({ widget }, index) => {
    const placed = places[index];
    if (placed === undefined) return widget;
    if (placed.note !== null) {
      problems.add('warning', pathOf(index), `Widget ${index + 1}: ${placed.note}`);
    }
    const waits = waitingFor(widget);
    const sentences = waits === null ? widget.problems : [...widget.problems, waits];
    return { ...widget, ...placed.place, problems: sentences };
  });
}

/** Names of a widget's data that nobody has given a value yet. */
function waitingFor(widget: Widget): string | null {
  const texts = dataTexts(widget);
  const names = [...new Set(texts.flatMap(openNames))];
  if (names.length === 0) return null;
  const listed = names.slice(0, 4).map(shorten).join(', ');
  return `Waits for a value of ${listed}${names.length > 4 ? ' …' : ''}.`;
}

function dataTexts(widget: Widget): string[] {
  switch (widget.kind) {
    case 'metric':
      return widget.series.flatMap(({ metric, expression }) => [
        expression ?? '',
        ...(metric === null ? [] : [metric.namespace, metric.metricName]),
        ...(metric?.dimensions.map(({ value }) => value) ?? []),
      ]);
    case 'log':
      return [...widget.logGroups, widget.query];
    case 'alarm':
      return widget.alarmArns;
    case 'text':
    case 'explained':
      return [];
    default:
      return assertNever(widget);
  }
}

function readRange(fields: Fields): DashboardRange | null {
  const start = fields.settledText('start');
  const end = fields.settledText('end');
  if (start === null) return null;
  for (const [key, text] of [
    ['start', start],
    ['end', end],
  ] as const) {
    if (text !== null && momentMs(text, 0) === null) {
      const message = `"${shorten(text)}" is no time, so the usual range is shown.`;
      fields.notes.say(fields.at(key), message, 'Write -PT3H or 2026-01-31T12:00:00Z.');
      return null;
    }
  }
  return { start, end };
}

/** Where the account can offer values of an open name: it stands alone as the value of a dimension. */
export function choiceSourceOf(dashboard: Dashboard, name: string): ChoiceSource | null {
  const wanted = `\${${name}}`;
  for (const widget of dashboard.widgets) {
    if (widget.kind !== 'metric') continue;
    for (const { metric, region } of widget.series) {
      const found = metric?.dimensions.find(({ value }) => value === wanted);
      if (metric === null || found === undefined || openNames(metric.namespace).length > 0)
        continue;
      const settled = openNames(metric.metricName).length === 0;
      return {
        namespace: metric.namespace,
        metricName: settled ? metric.metricName : null,
        dimension: found.name,
        filters: [],
        region: region ?? widget.region,
      };
    }
  }
  return null;
}
