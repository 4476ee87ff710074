import type { MetricQuery, MetricStat } from '../model';
import { ExpressionError, parseExpression } from './expression';
import { compute, type Points, type Value } from './math';
import { metricKey, type MetricSource } from './metric-source';
import { statistic } from './statistics';

/** Period starts, ms, ascending. */
export interface Grid {
  starts: number[];
  periodMs: number;
}

export const grid = (startMs: number, endMs: number, periodMs: number): Grid => {
  const starts: number[] = [];
  for (let at = startMs; at < endMs; at += periodMs) starts.push(at);
  return { starts, periodMs };
};

export interface Measured {
  points: Points;
  sampleCounts: number[];
}

/** One metric's statistic on a grid. */
export function measure(source: MetricSource, stat: MetricStat, on: Grid, now: number): Measured {
  const key = metricKey(stat.Metric.Namespace, stat.Metric.MetricName, stat.Metric.Dimensions);
  const sampleCounts: number[] = [];
  const points = on.starts.map((start) => {
    const sample = source.window(key, start, start + on.periodMs, now, stat.Unit);
    sampleCounts.push(sample?.count ?? 0);
    return sample === null ? null : statistic(sample, stat.Stat);
  });
  return { points, sampleCounts };
}

/** Queries by id on one grid, each computed once. Throws `ExpressionError` for unknown ids, cycles and functions. */
export function querySolver(
  source: MetricSource,
  queries: readonly MetricQuery[],
  on: Grid,
  now: number,
): (id: string) => Value {
  const done = new Map<string, Value>();
  const open = new Set<string>();
  const resolve = (id: string): Value => {
    const known = done.get(id);
    if (known !== undefined) return known;
    const query = queries.find((candidate) => candidate.Id === id);
    if (query === undefined) throw new ExpressionError(`no query has the id ${id}`);
    if (open.has(id)) throw new ExpressionError(`${id} refers to itself`);
    open.add(id);
    const value = solve(query);
    open.delete(id);
    done.set(id, value);
    return value;
  };
  const solve = (query: MetricQuery): Value => {
    if (query.MetricStat !== undefined) {
      return { kind: 'series', points: measure(source, query.MetricStat, on, now).points };
    }
    return compute(parseExpression(query.Expression ?? ''), {
      resolve,
      metrics: (filter) =>
        queries
          .filter((other) => other.MetricStat !== undefined && other.Id.includes(filter))
          .map((other) => resolve(other.Id))
          .flatMap((value) => (value.kind === 'series' ? [value.points] : [])),
      length: on.starts.length,
    });
  };
  return resolve;
}
