/** Values at a path: one, or each element's when an array lies on the way. */
export type Scalar = string | number | boolean | null;

/** The object in a line: from its first brace on. Undefined when there is none that can be read. */
export function jsonIn(message: string): unknown {
  const from = message.indexOf('{');
  if (from === -1) return undefined;
  try {
    return JSON.parse(message.slice(from));
  } catch {
    // Lines are free to hold anything; half an object has no fields.
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What lies at `path` ("a.b.c"): nested, or under keys that hold dots themselves, or both; the first key that leads
 * on is followed. In arrays every element is looked into.
 */
export function valuesAt(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, path));
  if (!isObject(value)) return [];
  for (const [key, inner] of Object.entries(value)) {
    if (key === path) return [inner];
    if (path.startsWith(`${key}.`) && typeof inner === 'object' && inner !== null) {
      return valuesAt(inner, path.slice(key.length + 1));
    }
  }
  return [];
}

/** Scalars of a value; of an array each element's. Objects have none. */
export function scalarsOf(value: unknown): Scalar[] {
  if (Array.isArray(value)) return value.flatMap(scalarsOf);
  if (value === null) return [null];
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return [value];
  }
  return [];
}
