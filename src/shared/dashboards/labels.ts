/** Names of lines that have none, as CloudWatch's console makes them: the least that tells them apart. */
import type { SeriesSpec } from './dashboard';
import { shorten } from './fields';

export interface LabelledSeries {
  spec: SeriesSpec;
  /** s; null for math. */
  periodSeconds: number | null;
  region: string | null;
}

/**
 * A label for each line that has none of its own (those that have keep it): the metric's name if the names
 * differ, then the dimension values that differ, the statistic, the period, the region, the account.
 */
export function defaultLabels(series: readonly LabelledSeries[]): string[] {
  const unnamed = series.filter(({ spec }) => spec.metric !== null && isUnnamed(spec));
  const parts = new Map(unnamed.map((each) => [each, partsOf(each)]));
  const kinds = [...new Set([...parts.values()].flatMap((each) => [...each.keys()]))];
  const telling = kinds.filter((kind) => {
    return new Set([...parts.values()].map((each) => each.get(kind) ?? '')).size > 1;
  });
  return series.map((each) => {
    if (!isUnnamed(each.spec)) return each.spec.label ?? '';
    const own = parts.get(each);
    if (own === undefined) return expressionLabel(each.spec);
    const text = leastTelling(telling, own, [...parts.values()]);
    return text === '' ? (each.spec.metric?.metricName ?? '') : text;
  });
}

const isUnnamed = ({ label }: SeriesSpec): boolean => label === null || label.trim() === '';

/** Given ids name an expression; made-up ones say nothing, so its text does. */
function expressionLabel({ id, expression }: SeriesSpec): string {
  return /^nd\d+$/.test(id) ? shorten(expression ?? id) : id;
}

/** Parts in the order in which they are tried. */
function partsOf({ spec, periodSeconds, region }: LabelledSeries): Map<string, string> {
  const parts = new Map<string, string>();
  parts.set('name', spec.metric?.metricName ?? '');
  const dimensions = spec.metric?.dimensions ?? [];
  for (const { name, value } of dimensions) parts.set(`dimension ${name}`, value);
  parts.set('stat', spec.stat);
  parts.set('period', periodSeconds === null ? '' : `${periodSeconds} s`);
  parts.set('region', region ?? '');
  parts.set('account', spec.accountId ?? '');
  parts.set('namespace', spec.metric?.namespace ?? '');
  return parts;
}

/** Adds differing parts until no other line reads the same. */
function leastTelling(
  telling: readonly string[],
  own: ReadonlyMap<string, string>,
  all: readonly ReadonlyMap<string, string>[],
): string {
  let rivals = all.filter((each) => each !== own);
  const words: string[] = [];
  for (const kind of telling) {
    if (rivals.length === 0 && words.length > 0) break;
    const value = own.get(kind) ?? '';
    const left = rivals.filter((rival) => (rival.get(kind) ?? '') === value);
    // A part that tells it from nobody who is left only makes the name longer.
    if (left.length === rivals.length && words.length > 0) continue;
    rivals = left;
    if (value !== '') words.push(value);
  }
  return words.join(' ');
}
