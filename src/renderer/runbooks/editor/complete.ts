/** What can be written at a place of a runbook: fields, values, names of inputs and of steps. */
import { isKind } from './outline';
import { outputShape } from '../../../shared/runbooks/step-outputs';
import { stepKinds } from '../../../shared/runbooks/step-kinds';
import { cursorAt } from './cursor';
import type { Cursor } from './cursor';
import { fieldsAt, valuesAt } from './schema-at';
import type { FieldChoice } from './schema-at';

export interface Suggestion {
  label: string;
  /** One or two words beside it. */
  detail: string;
  help: string;
  /** What is written. */
  apply: string;
  /** Higher comes first. */
  rank: number;
  /** After it, something else is to be chosen at once. */
  more: boolean;
}

export interface Suggestions {
  /** UTF-16 units into the text: what is replaced begins here. */
  from: number;
  list: Suggestion[];
}

export function suggest(text: string, at: number): Suggestions | null {
  const cursor = cursorAt(text, at);
  if (cursor === null) return null;
  const list =
    cursor.kind === 'expression'
      ? expressions(cursor)
      : cursor.kind === 'field'
        ? fields(cursor, indentAt(text, cursor.from))
        : values(cursor);
  return list.length === 0 ? null : { from: cursor.from, list };
}

/** Columns before the field's name, dashes of a list counted; null within braces, where lines do not matter. */
function indentAt(text: string, at: number): number | null {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[\s-]*$/.test(before) ? before.length : null;
}

type Place = Exclude<Cursor, { kind: 'expression' }>;

function fields(cursor: Place, indent: number | null): Suggestion[] {
  const choices = fieldsAt(cursor.path, cursor.valueAt);
  if (choices.length === 0) return values(cursor);
  return choices
    .filter(({ name }) => !cursor.there.includes(name))
    .map((choice, i) => ({
      label: choice.name,
      detail: choice.required ? 'needed' : '',
      help: choice.help,
      apply: `${choice.name}:${follows(choice, indent)}`,
      rank: 60 - i,
      more: choice.shape === 'plain',
    }));
}

function follows({ shape }: FieldChoice, indent: number | null): string {
  if (indent === null) return ' ';
  const deeper = `\n${' '.repeat(indent + 2)}`;
  if (shape === 'map') return deeper;
  return shape === 'list' ? `${deeper}- ` : ' ';
}

function values({ path, valueAt }: Place): Suggestion[] {
  return valuesAt(path, valueAt).map(({ text, help }, i) => ({
    label: text,
    detail: path.at(-1) === 'kind' && isKind(text) ? stepKinds[text].class : '',
    help,
    apply: text,
    rank: 60 - Math.min(i, 59),
    more: false,
  }));
}

const rootWords: Readonly<Record<string, string>> = {
  $alarm: 'The alarm it runs for: name, state, reason, metric, region, tags …',
  $incident: 'Its incident.',
  $inputs: 'What was filled in.',
  $steps: 'What the steps before gave.',
  $connection: 'The connection and region it runs on.',
  $item: 'The element of forEach.',
  $now: 'The time, ms since 1970, UTC.',
};

/** Of what is always there, the fields that are asked for most. */
const rootFields: Readonly<Record<string, readonly string[]>> = {
  '$alarm.': ['name', 'arn', 'state', 'stateReason', 'description', 'region', 'accountId', 'tags'],
  '$connection.': ['label', 'accountId', 'region', 'id', 'readOnly'],
};

function expressions({ word, path, valueAt }: Extract<Cursor, { kind: 'expression' }>) {
  const of = (base: string, names: readonly string[], help: string): Suggestion[] =>
    names
      .filter((name) => name !== '')
      .map((name, i) => plain(`${base}${name}`, help, 60 - Math.min(i, 59)));
  if (word.startsWith('$inputs.')) return of('$inputs.', named(valueAt(['inputs']), 'name'), '');
  const [whole = '', step, field, column] =
    /^\$steps\.(\w+)\.(?:(output)\.(?:(rows)(?:\[\d+\])?\.)?)?/.exec(word) ?? [];
  if (step !== undefined && field === undefined) {
    return of(whole, ['output', 'status'], 'What it gave, and how it ended.');
  }
  if (step !== undefined) return of(whole, givenBy(step, column !== undefined, valueAt), '');
  if (word.startsWith('$steps.')) {
    return of('$steps.', stepsBefore(path, valueAt), 'A step before this one.');
  }
  const known = Object.entries(rootFields).find(([root]) => word.startsWith(root));
  if (known !== undefined) return of(known[0], known[1], '');
  return Object.entries(rootWords).map(([name, help], i) => plain(name, help, 60 - i));
}

const plain = (label: string, help: string, rank: number): Suggestion => ({
  label,
  detail: '',
  help,
  apply: label,
  rank,
  more: false,
});

/** Fields of what a step gives, or of its rows. Of a step for each of a list, those of each. */
function givenBy(
  id: string,
  ofRows: boolean,
  valueAt: (path: readonly (string | number)[]) => unknown,
): readonly string[] {
  for (const list of ['steps', 'undo']) {
    const at = named(valueAt([list]), 'id').indexOf(id);
    if (at < 0) continue;
    const shape = outputShape(valueAt([list, at, 'do']));
    if (shape?.kind === 'fields') return ofRows ? [] : [...shape.fields, ...shape.sometimes];
    if (shape?.kind === 'rows') return ofRows ? (shape.columns ?? []) : ['rows', 'columns'];
  }
  return [];
}

/** Steps that have run by then: those above; of undoing all the steps too. */
function stepsBefore(
  [list, at]: readonly (string | number)[],
  valueAt: (path: readonly (string | number)[]) => unknown,
): string[] {
  const steps = named(valueAt(['steps']), 'id');
  const undo = named(valueAt(['undo']), 'id');
  if (list === 'undo') return [...steps, ...undo.slice(0, typeof at === 'number' ? at : undefined)];
  return list === 'steps' && typeof at === 'number' ? steps.slice(0, at) : steps;
}

function named(list: unknown, field: string): string[] {
  if (!Array.isArray(list)) return [];
  return list.map((one: unknown) => {
    const name: unknown = typeof one === 'object' && one !== null ? Reflect.get(one, field) : null;
    return typeof name === 'string' ? name : '';
  });
}
