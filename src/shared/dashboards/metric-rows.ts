/**
 * The rows of a metric widget's `metrics`, with the shorthand `.` (same as in the row before) and `...`
 * (same as in the row before up to the texts that follow) written out.
 */
import { isObject } from './fields';
import type { JsonObject } from './fields';

export interface MetricRow {
  /** Namespace, name and dimensions; empty for an expression. */
  texts: string[];
  options: JsonObject;
  /** Why the row cannot be used, one sentence; null when it can. */
  wrong: string | null;
}

const row = (texts: string[], options: JsonObject, wrong: string | null = null): MetricRow => ({
  texts,
  options,
  wrong,
});

/** @param rows the file's `metrics`, of any shape; the answer has as many rows. */
export function metricRows(rows: readonly unknown[]): MetricRow[] {
  let previous: string[] | null = null;
  return rows.map((given) => {
    const cells = Array.isArray(given) ? given : isObject(given) ? [given] : null;
    if (cells === null) return row([], {}, 'is not a list');
    const last: unknown = cells.at(-1);
    const options = isObject(last) ? last : {};
    const texts: unknown[] = isObject(last) ? cells.slice(0, -1) : cells;
    if (!texts.every((text) => typeof text === 'string' || typeof text === 'number')) {
      return row(
        [],
        options,
        'has a cell that is neither text nor, at its end, an object of options',
      );
    }
    if (texts.length === 0) {
      return row([], options, Object.hasOwn(options, 'expression') ? null : 'names no metric');
    }
    const expanded = expand(texts.map(String), previous);
    if (expanded === null) return row([], options, 'repeats a row before it that is not there');
    previous = expanded;
    if (expanded.length < 2) return row(expanded, options, 'has no metric name');
    if (expanded.length % 2 === 1) {
      return row(expanded, options, `has no value for the dimension ${expanded.at(-1) ?? ''}`);
    }
    return row(expanded, options);
  });
}

function expand(texts: readonly string[], previous: readonly string[] | null): string[] | null {
  const gap = texts.indexOf('...');
  let full = [...texts];
  if (gap !== -1) {
    if (previous === null) return null;
    const repeated = previous.slice(gap, Math.max(gap, previous.length - (texts.length - gap - 1)));
    full = [...texts.slice(0, gap), ...repeated, ...texts.slice(gap + 1)];
  }
  const dotted = full.map((text, at) => (text === '.' ? previous?.[at] : text));
  return dotted.every((text) => text !== undefined) ? dotted : null;
}
