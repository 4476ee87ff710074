/** One entry of `widgets`. What cannot be drawn is explained in its place and never fails the rest. */
import type {
  AlarmWidget,
  ExplainedWidget,
  GridPlace,
  LogWidget,
  TextWidget,
  Widget,
} from './dashboard';
import { Fields, isObject, Notes, shorten } from './fields';
import type { Problems } from './fields';
import type { FieldPath } from './json-source';
import type { WantedPlace } from './layout';
import { readLogSource } from './log-source';
import { readMetricWidget, readView } from './read-metric-widget';
import { readAccount, readRegion } from './read-series';

/** What every widget has; the title comes with its kind. */
export interface WidgetFrame extends GridPlace {
  id: string;
  title: string;
  problems: string[];
}

export interface ReadWidget {
  widget: Widget;
  /** What the file says of its place. */
  wanted: WantedPlace;
}

const NO_PLACE: WantedPlace = { x: null, y: null, width: null, height: null };
/** Longest definition kept for copying. */
const MAX_SOURCE = 200_000;

export function readWidget(
  given: unknown,
  path: FieldPath,
  id: string,
  problems: Problems,
): ReadWidget {
  const notes = new Notes(problems);
  const frame = { id, title: '', problems: notes.sentences, x: 0, y: 0, width: 6, height: 6 };
  if (!isObject(given)) {
    const sentence = 'It is not an object, so nothing is known of it.';
    problems.add('error', path, `Widget ${id} cannot be drawn. ${sentence}`);
    return { widget: explained(frame, 'unknown', sentence, given), wanted: NO_PLACE };
  }
  const fields = new Fields(given, path, notes);
  const wanted = {
    x: fields.number('x'),
    y: fields.number('y'),
    width: fields.number('width'),
    height: fields.number('height'),
  };
  const type = fields.text('type') ?? '';
  const properties = fields.child('properties') ?? new Fields({}, fields.at('properties'), notes);
  fields.finish();
  const widget = ofType(type, frame, properties);
  if (typeof widget !== 'string') return { widget, wanted };
  const title = properties.raw('title');
  const titled = { ...frame, title: typeof title === 'string' ? title : '' };
  if (!EXPECTED.has(type)) {
    problems.add('error', path, `Widget ${shorten(titled.title || id)} is not drawn. ${widget}`);
  }
  return { widget: explained(titled, type || 'unknown', widget, given), wanted };
}

/** Types that are well-formed but not drawn: no mistake of the file. */
const EXPECTED = new Set(['explorer', 'custom']);

function ofType(type: string, frame: WidgetFrame, properties: Fields): Widget | string {
  switch (type) {
    case 'metric':
      return readMetricWidget(frame, properties);
    case 'text':
      return textWidget(frame, properties);
    case 'log':
      return logWidget(frame, properties);
    case 'alarm':
      return alarmWidget(frame, properties);
    case 'explorer':
      return 'A metrics explorer picks its resources by their tags, which the console does not read.';
    case 'custom':
      return 'A custom widget is what a Lambda function returns; the console never runs code of a dashboard.';
    case '':
      return 'It has no type.';
    default:
      return `The console does not know widgets of the type ${shorten(type)}.`;
  }
}

export function explained(
  frame: WidgetFrame,
  what: string,
  sentence: string,
  given: unknown,
): ExplainedWidget {
  const source = JSON.stringify(given, null, 2) ?? '';
  return { ...frame, kind: 'explained', what, sentence, source: source.slice(0, MAX_SOURCE) };
}

function textWidget(frame: WidgetFrame, properties: Fields): TextWidget | string {
  const markdown = properties.text('markdown');
  if (markdown === null) return 'It has no markdown, so there is no text to show.';
  const widget: TextWidget = {
    ...frame,
    kind: 'text',
    title: properties.text('title') ?? '',
    markdown,
    background: properties.choice('background', ['solid', 'transparent'], 'solid'),
  };
  properties.finish();
  return widget;
}

function alarmWidget(frame: WidgetFrame, properties: Fields): AlarmWidget | string {
  const alarmArns = properties.texts('alarms');
  if (alarmArns.length === 0) return 'It names no alarms.';
  const widget: AlarmWidget = {
    ...frame,
    kind: 'alarm',
    title: properties.text('title') ?? '',
    alarmArns,
    sortBy: properties.choice(
      'sortBy',
      ['default', 'stateUpdatedTimestamp', 'timestamp'],
      'default',
    ),
    states: properties.texts('states').flatMap((state) => {
      if (state === 'OK' || state === 'ALARM' || state === 'INSUFFICIENT_DATA') return [state];
      properties.notes.say(properties.at('states'), `${shorten(state)} is no state of an alarm.`);
      return [];
    }),
  };
  properties.finish();
  return widget;
}

const LANGUAGES: Readonly<Record<string, LogWidget['language']>> = {
  CWLI: 'CWLI',
  LOGSINSIGHTS: 'CWLI',
  LOGSQL: 'CWLI',
  PPL: 'PPL',
  SQL: 'SQL',
};

function logWidget(frame: WidgetFrame, properties: Fields): LogWidget | string {
  const written = properties.text('query');
  if (written === null || written.trim() === '') return 'It has no query.';
  const { logGroups, query } = readLogSource(written);
  const widget: LogWidget = {
    ...frame,
    kind: 'log',
    title: properties.text('title') ?? '',
    query,
    language: readLanguage(properties),
    logGroups: [...new Set([...logGroups, ...listedGroups(properties)])],
    region: readRegion(properties),
    accountId: readAccount(properties),
    view: readView(properties, 'table'),
  };
  if (widget.logGroups.length === 0 && widget.language !== 'SQL') {
    properties.notes.say(properties.at('query'), 'The query names no log group.');
  }
  properties.finish({
    queryBy: 'The field queryBy changes nothing: the query says which log groups it reads.',
    yAxis: 'The axis of a log chart is drawn from its data.',
    legend: 'The legend of a log chart stands below it.',
    period: 'The period of a log chart is stated in its query.',
    liveData: 'Log charts have no live data.',
  });
  return widget;
}

function readLanguage(properties: Fields): LogWidget['language'] {
  const given = properties.settledText('queryLanguage');
  if (given === null) return 'CWLI';
  const known = Object.hasOwn(LANGUAGES, given.toUpperCase())
    ? LANGUAGES[given.toUpperCase()]
    : null;
  if (known !== null && known !== undefined) return known;
  const message = `The query language ${shorten(given)} is not known; Logs Insights is assumed.`;
  properties.notes.say(properties.at('queryLanguage'), message);
  return 'CWLI';
}

/** Groups named beside the query: `logGroupNames` and `logGroupPrefixes`. */
function listedGroups(properties: Fields): string[] {
  const names = properties.texts('logGroupNames');
  const prefixes = properties.child('logGroupPrefixes');
  const listed = prefixes?.texts('logGroupPrefix').map((prefix) => `prefix:${prefix}`) ?? [];
  prefixes?.raw('logClass');
  const accounts = prefixes?.texts('accountIds') ?? [];
  if (prefixes !== null && accounts.some((account) => account !== 'All')) {
    const message = 'The accounts of logGroupPrefixes are not narrowed down.';
    properties.notes.say(prefixes.at('accountIds'), message);
  }
  properties.raw('queryBy');
  prefixes?.finish();
  return [...names, ...listed];
}
