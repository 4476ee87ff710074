import type { Facet, Histogram } from '../../../shared/logs/engine-protocol';
import { eachFieldValue, eachRow, type FieldValue, sampleOf } from './fields';
import type { Turn } from './turn';
import type { View } from './view';

/** Values told apart in a histogram; the others are one. */
const SERIES = 8;
/** Different values a facet counts; then it says that there are more. */
const MAX_DISTINCT = 1_000;
/** Rows a facet looks at. */
const FACET_ROWS = 100_000;

export interface HistogramQuestion {
  fromMs: number;
  toMs: number;
  buckets: number;
  by: string | null;
}

/** Exact: all rows of the view are counted. Those outside the time are left out. */
export async function histogram(
  view: View,
  question: HistogramQuestion,
  turn: Turn,
): Promise<Histogram> {
  const { fromMs, toMs, buckets, by } = question;
  const { dataset } = view;
  const { times } = dataset.columns;
  const rows = view.rows().slice();
  const bucketOf = (row: number): number => {
    const time = times[row] ?? NaN;
    if (!(time >= fromMs && time < toMs)) return -1;
    return Math.min(buckets - 1, Math.floor(((time - fromMs) / (toMs - fromMs)) * buckets));
  };
  const total = new Uint32Array(buckets);
  await eachRow(dataset, rows, turn, (row) => add(total, bucketOf(row)));
  const base = { fromMs, toMs, buckets };
  if (by === null) return { ...base, series: [''], counts: total };
  const named = new Map<string, Uint32Array>();
  await eachFieldValue(dataset, rows, by, turn, (row, value) => {
    const name = String(value);
    const counts = named.get(name) ?? new Uint32Array(buckets);
    if (named.size < MAX_DISTINCT || named.has(name)) named.set(name, counts);
    add(counts, bucketOf(row));
  });
  return { ...base, ...ranked(named, total) };
}

function add(counts: Uint32Array, bucket: number): void {
  if (bucket !== -1) counts[bucket] = (counts[bucket] ?? 0) + 1;
}

const sum = (counts: Uint32Array): number => counts.reduce((all, count) => all + count, 0);

function ranked(named: Map<string, Uint32Array>, total: Uint32Array) {
  const top = [...named].toSorted(([, a], [, b]) => sum(b) - sum(a)).slice(0, SERIES);
  const rest = total.map((all, i) =>
    Math.max(0, all - top.reduce((some, [, counts]) => some + (counts[i] ?? 0), 0)),
  );
  const counts = new Uint32Array((top.length + 1) * total.length);
  [...top.map(([, one]) => one), rest].forEach((one, i) => counts.set(one, i * total.length));
  return { series: [...top.map(([name]) => name), null], counts };
}

/** Values of a field with their counts, of all rows or of an even sample, which it says. */
export async function facet(view: View, field: string, top: number, turn: Turn): Promise<Facet> {
  const rows = sampleOf(view.rows(), FACET_ROWS);
  const counts = new Map<string, number>();
  let more = false;
  let found = 0;
  let lastRow = -1;
  await eachFieldValue(view.dataset, rows, field, turn, (row, value: FieldValue) => {
    if (row !== lastRow) found += 1;
    lastRow = row;
    const text = String(value);
    const count = counts.get(text);
    if (count === undefined && counts.size >= MAX_DISTINCT) more = true;
    else counts.set(text, (count ?? 0) + 1);
  });
  const values = [...counts]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, top)
    .map(([value, count]) => ({ value, count }));
  return {
    field,
    values,
    distinct: counts.size,
    more,
    missing: rows.length - found,
    sample: { looked: rows.length, of: view.count },
  };
}
