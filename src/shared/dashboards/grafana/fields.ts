/** Reads fields of a value nobody has checked: what has another type counts as absent. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(of: Fields, key: string): unknown {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}

/** The object at a path; empty where any step is absent. */
export function at(of: unknown, ...path: string[]): Fields {
  let here: unknown = of;
  for (const key of path) here = isFields(here) ? own(here, key) : undefined;
  return isFields(here) ? here : {};
}

export function text(of: Fields, key: string): string {
  const value = own(of, key);
  return typeof value === 'string' ? value : '';
}

/** A number, also where it is written as text; null otherwise. */
export function number(of: Fields, key: string): number | null {
  return asNumber(own(of, key));
}

export function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

/** True or false; null where it is neither. */
export function flag(of: Fields, key: string): boolean | null {
  const value = own(of, key);
  return typeof value === 'boolean' ? value : null;
}

export function list(of: Fields, key: string): unknown[] {
  const value = own(of, key);
  return Array.isArray(value) ? value : [];
}

/** The objects of a list; whatever else is in it is left out. */
export function objects(of: Fields, key: string): Fields[] {
  return list(of, key).filter(isFields);
}

export function strings(of: Fields, key: string): string[] {
  return list(of, key).filter((value): value is string => typeof value === 'string');
}

export function has(of: Fields, key: string): boolean {
  const value = own(of, key);
  return value !== undefined && value !== null && value !== '';
}

export function raw(of: Fields, key: string): unknown {
  return own(of, key);
}
