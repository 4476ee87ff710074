/**
 * Dashboard variables, applied to the JSON before it is read.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_dashboard_variables.html
 */
import { Fields, isObject, Notes } from './fields';
import type { Problems } from './fields';
import type { FieldPath } from './json-source';
import { metricRows } from './metric-rows';
import { picked } from './placeholders';
import type { ChoiceSource, DashboardInput, InputValues } from './read-result';

export interface Variable {
  input: DashboardInput;
  /** Changes one value in a dashboard's widgets (strings and numbers). */
  type: 'property' | 'pattern';
  /** The property's name, or the text to replace. */
  target: string;
}

/** CloudWatch's word for "the first that the search finds": open until choices are known. */
const FIRST = '__FIRST';

export function readVariables(
  list: readonly unknown[],
  path: FieldPath,
  values: InputValues,
  problems: Problems,
): Variable[] {
  const seen = new Set<string>();
  return list.slice(0, 100).flatMap((given, index) => {
    const notes = new Notes(problems);
    const at = [...path, index];
    if (!isObject(given)) {
      notes.say(at, 'A variable is not an object and is left out.');
      return [];
    }
    const variable = readVariable(new Fields(given, at, notes), values);
    if (variable === null || seen.has(variable.input.id)) {
      if (variable !== null) notes.say(at, `The variable ${variable.input.id} is there twice.`);
      return [];
    }
    seen.add(variable.input.id);
    return [variable];
  });
}

function readVariable(fields: Fields, values: InputValues): Variable | null {
  const type = fields.choice('type', ['property', 'pattern'], 'property');
  const target = fields.text(type);
  if (target === null || target === '') {
    fields.notes.say(fields.path, `A variable says no ${type} and is left out.`);
    return null;
  }
  const id = fields.text('id') ?? target;
  const control = fields.choice('inputType', ['input', 'select', 'radio'], 'input');
  const given = fields.text('defaultValue');
  const defaultValue = given === FIRST || given === '' ? null : given;
  const input: DashboardInput = {
    id,
    label: fields.text('label') ?? target,
    description: null,
    kind: 'variable',
    control: control === 'input' ? 'text' : control === 'radio' ? 'radio' : 'choice',
    choices: choicesOf(fields),
    from: sourceOf(fields),
    multiple: false,
    visible: fields.boolean('visible', true),
    defaultValue,
    value: picked(values, id) ?? defaultValue,
  };
  if (given === FIRST && input.value === null) input.value = input.choices[0]?.value ?? null;
  fields.finish();
  return { input, type, target };
}

function choicesOf(fields: Fields): DashboardInput['choices'] {
  return fields.array('values').flatMap((given, index) => {
    if (typeof given === 'string') return [{ value: given, label: given }];
    if (!isObject(given)) return [];
    const choice = new Fields(given, [...fields.at('values'), index], fields.notes);
    const value = choice.text('value');
    const label = choice.text('label');
    choice.finish();
    return value === null ? [] : [{ value, label: label ?? value }];
  });
}

/** `{Namespace,Dimension …} MetricName="x" Other="y"` and `populateFrom` → what ListMetrics can answer. */
function sourceOf(fields: Fields): ChoiceSource | null {
  const search = fields.text('search');
  const dimension = fields.text('populateFrom');
  if (search === null) return null;
  const schema = /^\s*\{([^}]*)\}/.exec(search)?.[1];
  const [namespace = '', ...dimensions] = (schema ?? '').split(',').map(unquoted);
  if (dimension === null || namespace === '' || !dimensions.includes(dimension)) {
    const message = 'The search of a variable cannot be read, so its choices are not offered.';
    fields.notes.say(fields.at('search'), message, 'It begins with {Namespace,Dimension}.');
    return null;
  }
  const terms = [...search.matchAll(/"?([A-Za-z0-9_.:-]{1,255})"?\s*=\s*"([^"]{1,1024})"/g)];
  const pairs = terms.map((term) => ({ name: term[1] ?? '', value: term[2] ?? '' }));
  return {
    namespace,
    metricName: pairs.find(({ name }) => name === 'MetricName')?.value ?? null,
    dimension,
    filters: pairs.filter(({ name }) => dimensions.includes(name)),
    region: null,
  };
}

const unquoted = (text: string): string => text.trim().replace(/^"|"$/g, '');

/** The widgets with every variable that has a value applied. */
export function applyVariables(
  widgets: unknown,
  variables: readonly Variable[],
  problems: Problems,
  path: FieldPath,
): unknown {
  let result = widgets;
  variables.forEach(({ input, type, target }, index) => {
    if (input.value === null) return;
    if (type === 'property') result = withProperty(result, target, input.value);
    else {
      const replace = replacer(target, input.value, JSON.stringify(result) ?? '');
      if (replace === null) {
        const message = `The pattern of the variable ${input.label} is a regular expression that the console does not run, so it changes nothing.`;
        problems.add('warning', [...path, index, 'pattern'], message, 'Use plain text as pattern.');
      } else result = mapped(result, replace);
    }
  });
  return result;
}

function withProperty(value: unknown, name: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withProperty(item, name, to));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key === name && typeof item === 'string') return [key, to];
      if (key === name && typeof item === 'number') {
        const number = Number(to);
        return [key, Number.isFinite(number) && to.trim() !== '' ? number : to];
      }
      if (key !== 'metrics' || !Array.isArray(item)) return [key, withProperty(item, name, to)];
      return [key, item.map((row, at) => withDimension(row, item, at, name, to))];
    }),
  );
}

/** A row of metrics: its options by name, and its dimension of that name, shorthand considered. */
function withDimension(
  row: unknown,
  rows: readonly unknown[],
  at: number,
  name: string,
  to: string,
): unknown {
  const full = expandedRows(rows)[at];
  if (full === undefined || full.wrong !== null) return withProperty(row, name, to);
  const texts = full.texts.map((text, cell) => {
    const isValue = cell > 1 && cell % 2 === 1;
    return isValue && full.texts[cell - 1] === name ? to : text;
  });
  const hasOptions = Array.isArray(row) ? isObject(row.at(-1)) : true;
  return hasOptions ? [...texts, withProperty(full.options, name, to)] : texts;
}

const expandedCache = new WeakMap<readonly unknown[], ReturnType<typeof metricRows>>();

/** Expanded once for a whole list, not for each of its rows. */
function expandedRows(rows: readonly unknown[]): ReturnType<typeof metricRows> {
  const known = expandedCache.get(rows);
  if (known !== undefined) return known;
  const expanded = metricRows(rows);
  expandedCache.set(rows, expanded);
  return expanded;
}

function mapped(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (typeof value === 'number') {
    const text = String(value);
    const number = Number(replace(text));
    return replace(text) === text || !Number.isFinite(number) ? value : number;
  }
  if (Array.isArray(value)) return value.map((item) => mapped(item, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapped(item, replace)]),
  );
}

/**
 * Plain text is replaced as it stands. A regular expression is run only where it cannot take long: without
 * groups, and with at most one repetition.
 */
function replacer(
  pattern: string,
  to: string,
  everything: string,
): ((text: string) => string) | null {
  const written = JSON.stringify(pattern).slice(1, -1);
  if (everything.includes(written) || !/[\\^$.*+?()[\]{}|]/.test(pattern)) {
    return (text) => text.replaceAll(pattern, () => to);
  }
  const repeats = pattern.match(/[*+?{]/g)?.length ?? 0;
  if (/[()\\]/.test(pattern) || repeats > 1 || pattern.length > 200) return null;
  try {
    const expression = new RegExp(pattern, 'g');
    return (text) => (text.length > 20_000 ? text : text.replace(expression, () => to));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
