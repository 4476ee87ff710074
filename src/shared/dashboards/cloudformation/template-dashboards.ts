import type { Dashboard, ExplainedWidget } from '../dashboard';
import { parseJson } from '../json-source';
import type { FieldPath, JsonSource, TextPosition } from '../json-source';
import { readBody } from '../read-body';
import type { DashboardInput, InputValues, TextProblem } from '../read-result';
import type { Written } from './for-each';
import { quoteOpen } from './open-json';
import type { Resolver } from './resolver';
import { isCreated } from './template-alarms';
import type { Value, ValueMap } from './value';
import { isMap, mapOr, plainJson, scalarText } from './value';

export interface TemplateDashboard {
  dashboard: Dashboard;
  /** The body's own variables. */
  inputs: DashboardInput[];
}

type Note = (problem: TextProblem) => void;

/** The dashboard that a resource makes; null for other resources and for one its condition leaves out. */
export function templateDashboard(
  resolver: Resolver,
  written: Written,
  values: InputValues,
  note: Note,
): TemplateDashboard | null {
  const resource = mapOr(written.value);
  if (scalarText(resource['Type']) !== 'AWS::CloudWatch::Dashboard') return null;
  if (!isCreated(resolver, resource)) {
    const condition = scalarText(resource['Condition']) ?? '';
    resolver.warn(
      `The dashboard ${written.key} is left out: its condition ${condition} does not hold.`,
      written.container,
      written.at,
      'Pick other values to see it.',
    );
    return null;
  }
  const properties = mapOr(resource['Properties']);
  const stated = resolver.text(properties['DashboardName']);
  const name = stated === '' ? written.key : stated;
  const body = properties['DashboardBody'];
  if (body === undefined) return explained(name, 'The template states no DashboardBody.', '');
  return readStated(resolver, { properties, body, name, values, note });
}

interface Stated {
  properties: ValueMap;
  body: Value;
  name: string;
  values: InputValues;
  note: Note;
}

function readStated(resolver: Resolver, stated: Stated): TemplateDashboard {
  const { properties, body, name, values, note } = stated;
  const head = resolver.template.placeOf(properties, 'DashboardBody');
  const resolved = resolver.resolve(body) ?? null;
  if (isMap(resolved)) {
    const positionOf = (path: FieldPath): TextPosition | null =>
      placeWithin(resolver, body, path) ?? head;
    return read({ value: resolved, positionOf }, name, values, note);
  }
  const text = quoteOpen(scalarText(resolved) ?? plainJson(resolved));
  const block = blockOf(resolver, properties, 'DashboardBody');
  const toFile = (place: TextPosition | null): TextPosition | null =>
    block === null || place === null ? head : { line: block + place.line - 1, column: 1 };
  const parsed = parseJson(text);
  if (!parsed.ok) {
    const { line, column, message, advice } = parsed.problem;
    const place = toFile(line === null ? null : { line, column: column ?? 1 });
    const sentence = `The body of ${name} cannot be drawn. ${message}`;
    note(problemAt(sentence, advice, place));
    return explained(name, sentence, text);
  }
  for (const problem of parsed.problems) note(moved(problem, toFile));
  const { source } = parsed;
  if (typeof source.value !== 'object' || source.value === null) {
    return explained(name, 'Its body is filled in when the stack is made.', text);
  }
  return read(
    { value: source.value, positionOf: (path) => toFile(source.positionOf(path)) },
    name,
    values,
    note,
  );
}

function read(
  source: JsonSource,
  name: string,
  values: InputValues,
  note: Note,
): TemplateDashboard {
  const { dashboard, inputs, problems } = readBody(source, name, values);
  for (const problem of problems) note(problem);
  return { dashboard, inputs };
}

/** Line of the file where the body's first line stands, whichever function it is an argument of. */
function blockOf(resolver: Resolver, container: Value, key: string | number): number | null {
  const line = resolver.template.blockLine(container, key);
  if (line !== null) return line;
  const value = Array.isArray(container)
    ? container[Number(key)]
    : isMap(container)
      ? container[key]
      : undefined;
  if (isMap(value) && value['Fn::Sub'] !== undefined) return blockOf(resolver, value, 'Fn::Sub');
  return Array.isArray(value) ? blockOf(resolver, value, 0) : null;
}

/** Place of a field of a body written as a map; the nearest one known where functions stand between. */
function placeWithin(resolver: Resolver, body: Value, path: FieldPath): TextPosition | null {
  let place: TextPosition | null = null;
  let value: Value | undefined = body;
  for (const part of path) {
    if (value === undefined || value === null || typeof value !== 'object') break;
    const found = resolver.template.placeOf(value, part);
    if (found === null) break;
    place = found;
    value = Array.isArray(value) ? value[Number(part)] : value[part];
  }
  return place;
}

function moved(
  problem: TextProblem,
  toFile: (place: TextPosition | null) => TextPosition | null,
): TextProblem {
  const { line, column } = problem;
  const place = toFile(line === null ? null : { line, column: column ?? 1 });
  return { ...problem, line: place?.line ?? null, column: place?.column ?? null };
}

const problemAt = (message: string, advice: string, place: TextPosition | null): TextProblem => ({
  level: 'error',
  message,
  advice,
  line: place?.line ?? null,
  column: place?.column ?? null,
  field: null,
});

/** A dashboard that cannot be drawn still says in its place what it is and why. */
function explained(name: string, sentence: string, source: string): TemplateDashboard {
  const widget: ExplainedWidget = {
    kind: 'explained',
    id: 'w1',
    title: name,
    x: 0,
    y: 0,
    width: 24,
    height: 6,
    problems: [],
    what: 'dashboard body',
    sentence,
    source,
  };
  return {
    dashboard: {
      name,
      widgets: [widget],
      range: null,
      periodOverride: 'auto',
      refreshSeconds: null,
    },
    inputs: [],
  };
}
