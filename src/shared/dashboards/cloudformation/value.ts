/** A template's content as plain values. Maps have no prototype, so no key of a file means anything to us. */
import type { TextProblem } from '../read-result';

export type Value = string | number | boolean | null | Value[] | ValueMap;
export interface ValueMap {
  [key: string]: Value;
}

export function newMap(entries: Iterable<readonly [string, Value]> = []): ValueMap {
  const map: ValueMap = Object.create(null);
  for (const [key, value] of entries) map[key] = value;
  return map;
}

export const isMap = (value: unknown): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const mapOr = (value: Value | undefined): ValueMap => (isMap(value) ? value : newMap());

/** The only entry of a map that has exactly one, as intrinsic functions are written. */
export function soleEntry(map: ValueMap): [string, Value] | null {
  const keys = Object.keys(map);
  const [key] = keys;
  const value = key === undefined ? undefined : map[key];
  return keys.length === 1 && key !== undefined && value !== undefined ? [key, value] : null;
}

/** Text of a scalar as CloudFormation passes it on; null for lists and maps. */
export function scalarText(value: Value | undefined): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null ? '' : null;
}

/** A finite number, also where the template writes it as text. */
export function numberOf(value: Value | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '' || value.length > 40) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** A truth value as YAML 1.1 and CloudFormation write it; null where it is none. */
export function booleanOf(value: Value | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  switch (value.trim().toLowerCase()) {
    case 'true':
    case 'yes':
    case 'on':
      return true;
    case 'false':
    case 'no':
    case 'off':
      return false;
    default:
      return null;
  }
}

export const plainJson = (value: Value): string => JSON.stringify(value);

export interface Place {
  line: number;
  column: number;
}

/** The template cannot be read at all. */
export class TemplateRefusal extends Error {
  readonly problem: TextProblem;

  constructor(message: string, advice: string, place: Place | null) {
    super(message);
    this.name = 'TemplateRefusal';
    this.problem = {
      level: 'error',
      message,
      advice,
      line: place?.line ?? null,
      column: place?.column ?? null,
      field: null,
    };
  }
}
