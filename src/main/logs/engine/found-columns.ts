import type { FoundColumn, Sample } from '../../../shared/logs/engine-protocol';
import { jsonIn } from '../../../shared/logs/filter/json-path';
import { eachRow, sampleOf } from './fields';
import type { Turn } from './turn';
import type { View } from './view';

const LINES = 2_000;
const MAX_PATHS = 500;
const MAX_DEPTH = 6;
/** At most so many different values for a facet, and they come again: of few lines every time and id is rare. */
const FEW = 50;

interface Seen {
  types: Set<FoundColumn['types'][number]>;
  count: number;
  values: Set<unknown>;
}

/** JSON paths of the view's lines, from an even sample; commonest first. */
export async function foundColumns(
  view: View,
  turn: Turn,
): Promise<{ columns: FoundColumn[]; sample: Sample }> {
  const rows = sampleOf(view.rows(), LINES);
  const paths = new Map<string, Seen>();
  await eachRow(view.dataset, rows, turn, (row) => {
    const value = jsonIn(view.dataset.text(row));
    if (typeof value === 'object' && value !== null) collect(paths, value, '', 0);
  });
  const columns = [...paths]
    .map(([path, { types, count, values }]): FoundColumn => ({
      path,
      types: [...types].toSorted(),
      share: count / rows.length,
      few: values.size <= FEW && values.size * 3 <= count * 2,
    }))
    .toSorted((a, b) => b.share - a.share);
  return { columns, sample: { looked: rows.length, of: view.count } };
}

function collect(paths: Map<string, Seen>, object: object, prefix: string, depth: number): void {
  for (const [key, value] of Object.entries(object)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (isObject(value) && depth < MAX_DEPTH) {
      collect(paths, value, path, depth + 1);
      continue;
    }
    let seen = paths.get(path);
    if (!seen) {
      if (paths.size >= MAX_PATHS) continue;
      seen = { types: new Set(), count: 0, values: new Set() };
      paths.set(path, seen);
    }
    seen.count += 1;
    seen.types.add(typeOf(value));
    if (seen.values.size <= FEW) seen.values.add(value);
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeOf(value: unknown): FoundColumn['types'][number] {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'object';
}
