/** Reads any dashboard file: tells the format, then reads it. */
import { readTemplate } from './cloudformation/template';
import { isObject } from './fields';
import type { JsonObject } from './fields';
import { readGrafana } from './grafana/grafana';
import { lineIndex, MAX_TEXT_LENGTH, parseJson, textFailure } from './json-source';
import type { JsonSource } from './json-source';
import { Placeholders, untemplate } from './placeholders';
import { readAlarms } from './read-alarms';
import { choiceSourceOf, readBody } from './read-body';
import type { InputValues, ReadResult, TextProblem } from './read-result';

/**
 * @param text the file's text
 * @param fileName tells the format where the text does not (`.yaml`, `.json.tpl` …)
 * @param values what people picked for the file's inputs
 * Never throws: what cannot be read at all is `failed` with line, column and reason.
 */
export function readDashboardFile(text: string, fileName: string, values: InputValues): ReadResult {
  if (text.length > MAX_TEXT_LENGTH) {
    const message = `The file has ${text.length.toLocaleString('en')} characters; at most ${MAX_TEXT_LENGTH.toLocaleString('en')} are read.`;
    return { kind: 'failed', problem: textFailure(message, 'Split the file.', null) };
  }
  if (text.trim() === '') {
    const advice = 'Pick a dashboard body, a template or a Grafana dashboard.';
    return { kind: 'failed', problem: textFailure('The file is empty.', advice, null) };
  }
  if (!/^\s*[[{"$%\uFEFF]/.test(text) && looksLikeTemplate(text, fileName)) {
    return readTemplate(text, fileName, values);
  }
  const parsed = parseLenient(text, values);
  if (!parsed.ok) {
    if (looksLikeTemplate(text, '')) return readTemplate(text, fileName, values);
    return { kind: 'failed', problem: parsed.problem };
  }
  const result = readValue(parsed, text, fileName, values);
  return result.kind === 'failed'
    ? result
    : { ...result, problems: [...parsed.problems, ...result.problems] };
}

function looksLikeTemplate(text: string, fileName: string): boolean {
  if (/\.(?:ya?ml|template)$/i.test(fileName)) return true;
  return /^\s{0,200}["']?(?:AWSTemplateFormatVersion|Resources)["']?\s{0,20}:/m.test(text);
}

interface LenientJson {
  ok: true;
  source: JsonSource;
  problems: TextProblem[];
  /** Placeholders that stood bare; a file that has some is a template. */
  bare: string[];
  templated: boolean;
}

/** JSON as it stands; only where that fails, as a template of Terraform. */
function parseLenient(
  text: string,
  values: InputValues,
): LenientJson | { ok: false; problem: TextProblem } {
  const strict = parseJson(text);
  if (strict.ok) return { ...strict, bare: [], templated: false };
  const made = untemplate(text, values);
  if (made.text === text) return strict;
  const loose = parseJson(made.text, text, made.toOriginal);
  const places = lineIndex(text);
  const directives = made.directives.map(({ text: directive, offset }): TextProblem => {
    const message = `The directive ${directive.slice(0, 80)} is not carried out: what it encloses is read once, as it stands.`;
    return { ...textFailure(message, '', places(offset)), level: 'warning' };
  });
  if (!loose.ok) return loose;
  return {
    ok: true,
    source: loose.source,
    problems: [...directives, ...loose.problems],
    bare: made.names,
    templated: true,
  };
}

function readValue(
  parsed: LenientJson,
  text: string,
  fileName: string,
  values: InputValues,
): ReadResult {
  const { source } = parsed;
  const { value } = source;
  if (isObject(value) && isTemplate(value)) return readTemplate(text, fileName, values);
  const wrapped = isObject(value) ? unwrap(value, source) : null;
  if (wrapped !== null) {
    if (wrapped.kind === 'failed') return wrapped;
    return readCloudWatch(wrapped.source, wrapped.name ?? baseName(fileName), values, parsed.bare);
  }
  if (isBody(value)) return readCloudWatch(source, baseName(fileName), values, parsed.bare);
  if (isObject(value) && isGrafana(value)) {
    return readGrafanaFile(parsed, fileName, values);
  }
  const alarms = readAlarms(source);
  if (alarms !== null) return alarms;
  return {
    kind: 'failed',
    problem: textFailure(
      'The file is JSON, but neither a CloudWatch dashboard, a template, alarms nor a Grafana dashboard.',
      'A CloudWatch dashboard has widgets, a template Resources, a Grafana dashboard panels.',
      source.positionOf([]),
    ),
  };
}

const isTemplate = (value: JsonObject): boolean =>
  Object.hasOwn(value, 'AWSTemplateFormatVersion') || isObject(value['Resources']);

/** A body, a list of widgets, or one widget. */
function isBody(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((item) => isObject(item) && isWidget(item));
  }
  return isObject(value) && (Object.hasOwn(value, 'widgets') || isWidget(value));
}

const isWidget = (value: JsonObject): boolean =>
  typeof value['type'] === 'string' && isObject(value['properties']);

function isGrafana(value: JsonObject): boolean {
  const inner = value['dashboard'];
  if (isObject(inner) && isGrafana(inner)) return true;
  return ['panels', 'rows', 'schemaVersion', 'templating', '__inputs'].some((key) =>
    Object.hasOwn(value, key),
  );
}

type Unwrapped =
  | { kind: 'unwrapped'; source: JsonSource; name: string | null }
  | { kind: 'failed'; problem: TextProblem };

/** What GetDashboard answers, and what tools write around a body: the body as text or object. */
function unwrap(value: JsonObject, source: JsonSource): Unwrapped | null {
  for (const key of ['DashboardBody', 'dashboardBody', 'dashboard_body', 'body']) {
    const body = value[key];
    if (body === undefined) continue;
    const name = value['DashboardName'] ?? value['dashboardName'] ?? value['dashboard_name'];
    const title = typeof name === 'string' ? name : null;
    if (isBody(body)) return { kind: 'unwrapped', source: inside(source, key, body), name: title };
    if (typeof body !== 'string') continue;
    const parsed = parseJson(body);
    if (!parsed.ok) {
      // Places within the inner text mean nothing to who looks at the file: the field's does.
      const place = source.positionOf([key]);
      const { line, column } = parsed.problem;
      const message = `The text in ${key} cannot be read (its line ${line ?? 1}, column ${column ?? 1}). ${parsed.problem.message}`;
      return { kind: 'failed', problem: textFailure(message, parsed.problem.advice, place) };
    }
    const place = source.positionOf([key]);
    return {
      kind: 'unwrapped',
      source: { value: parsed.source.value, positionOf: () => place },
      name: title,
    };
  }
  return null;
}

function inside(source: JsonSource, key: string, value: unknown): JsonSource {
  return { value, positionOf: (path) => source.positionOf([key, ...path]) };
}

function readCloudWatch(
  source: JsonSource,
  name: string,
  values: InputValues,
  bare: readonly string[],
): ReadResult {
  const placeholders = new Placeholders(values, patternNames(source.value), 'kept');
  for (const each of bare) placeholders.note(each);
  const filled = { value: placeholders.fill(source.value), positionOf: source.positionOf };
  const { dashboard, inputs, problems } = readBody(filled, name, values);
  const taken = new Set(inputs.map(({ id }) => id));
  const open = placeholders.inputs().flatMap((input) => {
    if (taken.has(input.id)) return [];
    return [{ ...input, from: choiceSourceOf(dashboard, input.id) }];
  });
  return {
    kind: 'read',
    format: 'cloudwatch',
    dashboards: [dashboard],
    alarms: [],
    rules: [],
    inputs: [...inputs, ...open],
    problems,
  };
}

/** `${x}` that a dashboard variable replaces is no placeholder. */
function patternNames(value: unknown): Set<string> {
  const variables = isObject(value) && Array.isArray(value['variables']) ? value['variables'] : [];
  const patterns = variables.flatMap((variable: unknown) =>
    isObject(variable) && typeof variable['pattern'] === 'string' ? [variable['pattern']] : [],
  );
  return new Set(patterns.flatMap((text) => /^\$\{([^}]+)\}$/.exec(text)?.[1] ?? []));
}

/** Grafana writes its own variables as `${x}` too: only in a template file are they placeholders. */
function readGrafanaFile(
  { source, bare }: LenientJson,
  fileName: string,
  values: InputValues,
): ReadResult {
  if (!/\.(?:tpl|tftpl|tmpl)$/i.test(fileName) && bare.length === 0) {
    return readGrafana(source, values);
  }
  const placeholders = new Placeholders(values, escapedNames(source.value), 'quoted');
  for (const each of bare) placeholders.note(each);
  const value = placeholders.fill(source.value);
  const result = readGrafana({ value, positionOf: source.positionOf }, values);
  if (result.kind === 'failed') return result;
  const taken = new Set(result.inputs.map(({ id }) => id));
  const open = placeholders.inputs().filter(({ id }) => !taken.has(id));
  return { ...result, inputs: [...result.inputs, ...open] };
}

/** Names that a template escapes as `$${name}`: Grafana's own. */
function escapedNames(value: unknown): Set<string> {
  const text = JSON.stringify(value) ?? '';
  return new Set([...text.matchAll(/\$\$\{([^{}]{1,200})\}/g)].map((found) => found[1] ?? ''));
}

/** The file's name without folders and endings. */
function baseName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? fileName;
  return last.replace(/(?:\.(?:json|tpl|tftpl|tmpl|ya?ml|template|extracted|txt))+$/i, '') || last;
}
