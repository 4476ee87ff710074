/** What the schema says of a place in a runbook: the fields there, or the values. */
import { runbookJsonSchema } from '../../../shared/runbooks/json-schema';
import type { JsonSchema } from '../../../shared/runbooks/json-schema';

type Path = readonly (string | number)[];

export interface FieldChoice {
  name: string;
  help: string;
  required: boolean;
  /** What its value is, as far as it decides what follows the name. */
  shape: 'map' | 'list' | 'plain';
}

export interface ValueChoice {
  text: string;
  help: string;
}

/** Names that tell which of several shapes a map has. */
const TELLING = ['kind', 'type'] as const;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function resolved(schema: unknown): JsonSchema | null {
  if (!isSchema(schema)) return null;
  if (schema.$ref === undefined) return schema;
  const name = /^#\/definitions\/(.+)$/.exec(schema.$ref)?.[1];
  const definitions = runbookJsonSchema()['definitions'];
  if (name === undefined || !isSchema(definitions)) return null;
  return resolved(definitions[name]);
}

/** The shapes a value may have; of those told by a name only the one that is meant, if it is said. */
function shapesOf(schema: unknown, value: unknown): JsonSchema[] {
  const here = resolved(schema);
  if (here === null) return [];
  const several = here.oneOf ?? here.anyOf;
  if (several === undefined) {
    const [only] = here.allOf ?? [];
    return only === undefined ? [here] : shapesOf(only, value);
  }
  const shapes = several.flatMap((one) => shapesOf(one, value));
  const meant = shapes.filter((shape) => TELLING.some((name) => tells(shape, name, value)));
  return meant.length > 0 ? meant : shapes;
}

function tells(shape: JsonSchema, name: string, value: unknown): boolean {
  if (!isSchema(value)) return false;
  const said = isSchema(value) ? value[name] : undefined;
  const expected = shape.properties?.[name];
  return isSchema(expected) && expected.const !== undefined && expected.const === said;
}

/** Shapes of the value at a path. */
export function shapesAt(path: Path, valueAt: (path: Path) => unknown): JsonSchema[] {
  let shapes = shapesOf(runbookJsonSchema(), valueAt([]));
  path.forEach((part, i) => {
    const at = path.slice(0, i + 1);
    shapes = shapes.flatMap((shape) => {
      const next = typeof part === 'number' ? shape.items : fieldOf(shape, part);
      return next === undefined ? [] : shapesOf(next, valueAt(at));
    });
  });
  return shapes;
}

const fieldOf = (shape: JsonSchema, name: string): unknown =>
  shape.properties?.[name] ??
  (isSchema(shape.additionalProperties) ? shape.additionalProperties : undefined);

function shapeWord(field: unknown): FieldChoice['shape'] {
  const shapes = shapesOf(field, undefined);
  if (shapes.length > 0 && shapes.every(({ type }) => type === 'object')) return 'map';
  if (shapes.some(({ type }) => type === 'array') && shapes.every(({ type }) => type === 'array')) {
    return 'list';
  }
  return 'plain';
}

/** Fields a map at the path may have, each once, required ones first. */
export function fieldsAt(path: Path, valueAt: (path: Path) => unknown): FieldChoice[] {
  const shapes = shapesAt(path, valueAt);
  const telling = shapes.length > 1 ? TELLING.filter((name) => isTold(shapes, name)) : [];
  const found = new Map<string, FieldChoice>();
  for (const shape of shapes) {
    for (const [name, field] of Object.entries(shape.properties ?? {})) {
      // Which kind is meant comes first: its fields are known only then.
      if (telling.length > 0 && !telling.some((one) => one === name)) continue;
      const help = isSchema(field) ? (field.description ?? '') : '';
      const required = shape.required?.includes(name) === true;
      if (!found.has(name)) found.set(name, { name, help, required, shape: shapeWord(field) });
    }
  }
  return [...found.values()].toSorted((a, b) => Number(b.required) - Number(a.required));
}

const isTold = (shapes: readonly JsonSchema[], name: string): boolean =>
  shapes.every((shape) => {
    const field = shape.properties?.[name];
    return isSchema(field) && field.const !== undefined;
  });

/** Values that can stand at the path: those of a list, the kinds, yes and no. */
export function valuesAt(path: Path, valueAt: (path: Path) => unknown): ValueChoice[] {
  const name = path.at(-1);
  const parent = path.slice(0, -1);
  const telling = TELLING.some((one) => one === name);
  // What is said now is no reason to leave the other kinds out.
  const shapes = telling
    ? shapesAt(parent, (at) => (at.length === parent.length ? undefined : valueAt(at))).flatMap(
        (shape) =>
          shapesOf(fieldOf(shape, String(name)), undefined).map((field) => ({ ...field, shape })),
      )
    : shapesAt(path, valueAt);
  // Where a value of any shape may stand, yes and no are no better than the rest.
  const anything = shapes.some(({ type }) => type === 'object');
  const found = new Map<string, ValueChoice>();
  for (const shape of shapes) {
    const whole = isSchema(shape['shape']) ? shape['shape'] : shape;
    const help = whole.description ?? '';
    const values = shape.const === undefined ? (shape.enum ?? []) : [shape.const];
    const words = shape.type === 'boolean' && !anything ? [true, false] : values;
    for (const one of words) {
      if (one === null || typeof one === 'object') continue;
      found.set(String(one), { text: String(one), help });
    }
  }
  return [...found.values()];
}
