/**
 * Fn::ForEach: a map entry that stands for many.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
import type { Resolver } from './resolver';
import { replaceMarks } from './text-marks';
import type { Value, ValueMap } from './value';
import { isMap, newMap, scalarText } from './value';

const PREFIX = 'Fn::ForEach::';
/** Entries one loop may make; CloudFormation itself allows 500 resources a template. */
const MAX_ITEMS = 2_000;

/** The entries of a section with its loops written out, each with the container and key it is written at. */
export interface Written {
  key: string;
  value: Value;
  container: ValueMap;
  at: string;
}

export function* entriesOf(resolver: Resolver, section: ValueMap): Generator<Written> {
  for (const [key, value] of Object.entries(section)) {
    if (key.startsWith(PREFIX)) yield* loop(resolver, value, { container: section, at: key });
    else yield { key, value, container: section, at: key };
  }
}

function* loop(
  resolver: Resolver,
  definition: Value,
  place: Pick<Written, 'container' | 'at'>,
): Generator<Written> {
  const [identifier, collection, output] = Array.isArray(definition) ? definition : [];
  const name = scalarText(identifier);
  const items = collection === undefined ? undefined : resolver.resolve(collection);
  if (name === null || name === '' || !Array.isArray(items) || !isMap(output)) {
    resolver.warn(
      'Fn::ForEach needs a name, a list and what to make of each item.',
      place.container,
      place.at,
    );
    return;
  }
  for (const item of items.slice(0, MAX_ITEMS)) {
    const text = scalarText(item) ?? '';
    for (const [key, value] of Object.entries(output)) {
      const written = { key: fill(key, name, text), value: filled(resolver, value, name, text) };
      if (key.startsWith(PREFIX)) yield* loop(resolver, written.value, place);
      else yield { ...written, ...place };
    }
  }
}

/** `${Name}` and `&{Name}` (which drops what a logical id cannot hold). */
function fill(text: string, name: string, value: string): string {
  const put = (inner: string): string | null => (inner === name ? value : null);
  const plain = (inner: string): string | null =>
    inner === name ? value.replaceAll(/[^A-Za-z0-9]/g, '') : null;
  return replaceMarks(replaceMarks(text, '${', '}', put), '&{', '}', plain);
}

function filled(resolver: Resolver, value: Value, name: string, item: string): Value {
  if (typeof value === 'string') return resolver.bounded(fill(value, name, item));
  if (Array.isArray(value)) return value.map((part) => filled(resolver, part, name, item));
  if (!isMap(value)) return value;
  if (value['Ref'] === name && Object.keys(value).length === 1) return item;
  return newMap(
    Object.entries(value).map(([key, part]) => [
      fill(key, name, item),
      filled(resolver, part, name, item),
    ]),
  );
}
