/** Reads values of unknown shape: files are what others wrote. */
export type Shape = Readonly<Record<string, unknown>>;

export const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textAt = (shape: Shape, key: string): string | null => {
  const value = shape[key];
  return typeof value === 'string' ? value : null;
};

/** One, or a list of them. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

export const isValue = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

/** The only entry of `{ field: … }`; null for anything else. Options beside it begin with an underscore or are known. */
export function entryOf(shape: Shape, options: readonly string[] = []): [string, unknown] | null {
  const entries = Object.entries(shape).filter(
    ([key]) => key !== '_name' && key !== 'boost' && !options.includes(key),
  );
  const [first] = entries;
  return entries.length === 1 && first !== undefined ? first : null;
}
