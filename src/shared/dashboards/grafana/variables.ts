/** Template variables and import inputs of a Grafana dashboard, as inputs people can pick. */
import type { InputValues, DashboardInput } from '../read-result';
import { at, isFields, objects, raw, text } from './fields';
import type { Fields } from './fields';
import { ALL, substitute } from './interpolate';
import type { Substitutions } from './interpolate';
import { accountQuery } from './variable-query';
import { autoPeriod } from './durations';

/** Grafana's value for "all of them". */
const GRAFANA_ALL = '$__all';

export interface Variables {
  inputs: DashboardInput[];
  /** What stands in texts: picked, default, or for what is still open everything (`*`). */
  known: Substitutions;
  /** Type of the data source that each data source variable or import input stands for. */
  dataSources: ReadonlyMap<string, string>;
  /** Variables nobody has given a value: what uses them says so. */
  open: ReadonlySet<string>;
}

/** Values as the file keeps them; Grafana's "all" as ours. */
function storedValues(variable: Fields): string[] {
  const current = raw(variable, 'current');
  if (!isFields(current)) return [];
  const value = raw(current, 'value');
  const values = Array.isArray(value) ? value : [value];
  return values
    .filter((one): one is string => typeof one === 'string' && one !== '')
    .map((one) => (one === GRAFANA_ALL ? ALL : one));
}

function storedChoices(variable: Fields): DashboardInput['choices'] {
  return objects(variable, 'options')
    .map((option) => ({ value: text(option, 'value'), label: text(option, 'text') }))
    .filter((choice) => choice.value !== '' && choice.value !== GRAFANA_ALL)
    .map((choice) => ({ value: choice.value, label: choice.label || choice.value }));
}

/** `60,300` and `Name : value` pairs; a comma within a value is written `\,`. */
function customChoices(query: string): DashboardInput['choices'] {
  return query
    .split(/(?<!\\),/)
    .map((part) => part.replaceAll('\\,', ',').trim())
    .filter((part) => part !== '')
    .map((part) => {
      const pair = /^(.+?)\s+:\s+(.+)$/.exec(part);
      return pair?.[1] && pair[2]
        ? { value: pair[2], label: pair[1] }
        : { value: part, label: part };
    });
}

interface Shape {
  control: DashboardInput['control'];
  choices: DashboardInput['choices'];
  from: DashboardInput['from'];
  visible: boolean;
  fallback: string | null;
}

function shapeOf(variable: Fields, known: Substitutions): Shape {
  const query = text(variable, 'query');
  const shown: Shape = { control: 'text', choices: [], from: null, visible: true, fallback: null };
  switch (text(variable, 'type')) {
    case 'custom':
    case 'interval': {
      const choices = customChoices(query);
      return { ...shown, control: 'choice', choices, fallback: choices[0]?.value ?? null };
    }
    case 'constant':
      return { ...shown, visible: false, fallback: query || null };
    case 'textbox':
      return { ...shown, fallback: query || null };
    case 'datasource':
      return { ...shown, visible: false };
    default: {
      const asked = accountQuery(variable, known);
      const choices = asked.choices.length > 0 ? asked.choices : storedChoices(variable);
      const choice = asked.from !== null || choices.length > 0;
      return { ...shown, control: choice ? 'choice' : 'text', choices, from: asked.from };
    }
  }
}

function withAll(choices: DashboardInput['choices'], all: boolean): DashboardInput['choices'] {
  return all ? [{ value: ALL, label: 'All' }, ...choices] : choices;
}

function toInput(variable: Fields, picked: InputValues, known: Substitutions): DashboardInput {
  const name = text(variable, 'name');
  const shape = shapeOf(variable, known);
  const stored = storedValues(variable).join(',');
  const all = raw(variable, 'includeAll') === true;
  const defaultValue = stored || shape.fallback || (all ? ALL : null);
  const value = Object.hasOwn(picked, name) ? (picked[name] ?? defaultValue) : defaultValue;
  return {
    id: name,
    label: text(variable, 'label') || name,
    description: text(variable, 'description') || null,
    kind: 'variable',
    control: shape.control,
    choices: withAll(shape.choices, all),
    from: shape.from,
    multiple: raw(variable, 'multi') === true,
    visible: shape.visible && raw(variable, 'hide') !== 2,
    defaultValue,
    value: value === '' ? defaultValue : value,
  };
}

/** What the variable's value stands for in texts; "all" of a closed list is that list. */
function standsFor(input: DashboardInput, allValue: string): string[] {
  if (input.value === null) return [ALL];
  const values = input.multiple ? input.value.split(',') : [input.value];
  if (!values.includes(ALL)) return values;
  if (allValue !== '') return [allValue];
  const choices = input.choices.map((choice) => choice.value).filter((value) => value !== ALL);
  return input.from === null && choices.length > 0 ? choices : [ALL];
}

/** Grafana's own variables, computed from the dashboard's default range. */
function builtIn(name: string, rangeS: number): Map<string, readonly string[]> {
  const period = autoPeriod(rangeS);
  return new Map([
    ['__dashboard', [name]],
    ['__interval', [`${period}s`]],
    ['__interval_ms', [String(period * 1000)]],
    ['__period', [String(period)]],
    ['__period_auto', [String(period)]],
    ['__rate_interval', [`${period}s`]],
    ['__range_s', [String(rangeS)]],
    ['__range_ms', [String(rangeS * 1000)]],
    ['__range', [`${rangeS}s`]],
  ]);
}

/** An open region is the connection's own, which needs no picking. */
function isRegions(variable: Fields): boolean {
  const query = raw(variable, 'query');
  const written = isFields(query) ? text(query, 'queryType') : text(variable, 'query');
  return /^\s*regions(\(\))?\s*$/.test(written);
}

/** Reads `templating.list` and `__inputs`; later variables may refer to earlier ones in their queries. */
export function readVariables(board: Fields, picked: InputValues, rangeS: number): Variables {
  const known = builtIn(text(board, 'title'), rangeS);
  const inputs: DashboardInput[] = [];
  const dataSources = new Map<string, string>();
  const open = new Set<string>();
  for (const entry of objects(board, '__inputs')) {
    const name = text(entry, 'name');
    if (text(entry, 'type') === 'datasource') dataSources.set(name, text(entry, 'pluginId'));
    else if (name !== '') known.set(name, [text(entry, 'value')]);
  }
  const variables = objects(at(board, 'templating'), 'list');
  // Once in order, once more: a variable may refer to one that stands below it.
  for (const round of [0, 1]) {
    inputs.length = 0;
    for (const variable of variables) {
      const name = text(variable, 'name');
      const kind = text(variable, 'type');
      if (name === '' || kind === 'adhoc') continue;
      if (kind === 'datasource') dataSources.set(name, text(variable, 'query'));
      const input = toInput(variable, picked, known);
      inputs.push(input);
      known.set(name, standsFor(input, substitute(text(variable, 'allValue'), known)));
      const asked = kind !== 'datasource' && !isRegions(variable);
      if (round === 1 && input.value === null && asked) open.add(name);
    }
  }
  return { inputs: unique(inputs), known, dataSources, open };
}

function unique(inputs: DashboardInput[]): DashboardInput[] {
  const seen = new Set<string>();
  return inputs.filter((input) => !seen.has(input.id) && seen.add(input.id));
}
