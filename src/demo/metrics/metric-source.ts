import type { Dim } from '../model';
import { hashText } from '../random';
import { Computed, type Effect, type MetricSpec, Tallies } from './computed';
import type { Grid } from './grid';
import { PutData, type PutDatum } from './put-data';
import type { StatisticSpec } from './statistic-name';
import { type Sample, statisticOf } from './statistics';

export type { Effect, MetricSpec } from './computed';

/** Identity of a metric: namespace, name and dimensions in any order. */
export function metricKey(
  namespace: string,
  metricName: string,
  dimensions: readonly Dim[],
): string {
  const dims = dimensions
    .map((dimension) => `${dimension.Name}=${dimension.Value}`)
    .sort()
    .join(',');
  return `${namespace}|${metricName}|${dims}`;
}

export interface MetricIdentity {
  namespace: string;
  metricName: string;
  dimensions: Dim[];
}

/** A metric's statistic by period. */
export interface Column {
  /** NaN where there is none. */
  values: Float64Array;
  sampleCounts: Float64Array;
}

interface Metric {
  identity: MetricIdentity;
  spec: MetricSpec | null;
  stream: number;
  put: PutData;
  effects: Effect[];
}

/** All metrics of one account in one region: computed ones, what was put, and what incidents do to them. */
export class MetricSource {
  private readonly metrics = new Map<string, Metric>();
  private listed: readonly MetricIdentity[] | null = null;

  constructor(private readonly seed: number) {}

  declare(spec: MetricSpec): string {
    const metric = this.ensure(spec);
    metric.spec = spec;
    return metricKey(spec.namespace, spec.metricName, spec.dimensions);
  }

  /** A metric is declared, or was put. */
  has(key: string): boolean {
    return this.metrics.has(key);
  }

  addEffect(effect: Effect): void {
    this.metrics.get(effect.key)?.effects.push(effect);
  }

  /** Cuts the effects that still run to end at `at`. */
  endEffects(effects: readonly Effect[], at: number): void {
    for (const effect of effects)
      effect.endMs = Math.min(effect.endMs, Math.max(at, effect.startMs));
  }

  /** From when to when incidents touch any of these metrics, up to `now`. */
  effectWindows(
    of: readonly { namespace: string; name: string; dimensions: Dim[] }[],
    now: number,
  ): [number, number][] {
    return of
      .flatMap((m) => this.metrics.get(metricKey(m.namespace, m.name, m.dimensions))?.effects ?? [])
      .map((effect): [number, number] => [effect.startMs, Math.min(effect.endMs, now)])
      .sort((a, b) => a[0] - b[0]);
  }

  put(namespace: string, metricName: string, dimensions: Dim[], datum: PutDatum): void {
    this.ensure({ namespace, metricName, dimensions }).put.add(datum);
  }

  /** Declared and put metrics, for ListMetrics. */
  list(): readonly MetricIdentity[] {
    this.listed ??= [...this.metrics.values()].map((metric) => metric.identity);
    return this.listed;
  }

  /** The quota of a usage metric; null for any other. */
  quotaOf(identity: MetricIdentity): number | null {
    return this.find(identity)?.spec?.quota ?? null;
  }

  /** Units of what was put in a window, in alphabetical order. */
  unitsOf(identity: MetricIdentity, startMs: number, endMs: number): string[] {
    return this.find(identity)?.put.unitsIn(startMs, endMs) ?? [];
  }

  /** Statistic sets by period; null for an unknown metric. `now` hides what has not happened yet. */
  tallies(key: string, on: Grid, now: number, unit?: string): Tallies | null {
    const metric = this.metrics.get(key);
    if (metric === undefined) return null;
    const tallies = new Tallies(on.length);
    this.compute(metric, tallies, on, now, unit);
    metric.put.each(on, unit, (index, datum) =>
      tallies.add(index, datum.sum, datum.count, datum.min, datum.max),
    );
    return tallies;
  }

  /** One statistic by period. */
  column(key: string, spec: StatisticSpec, on: Grid, now: number, unit?: string): Column {
    const values = new Float64Array(on.length).fill(Number.NaN);
    const metric = this.metrics.get(key);
    if (metric === undefined) return { values, sampleCounts: new Float64Array(on.length) };
    const put = spec.kind === 'set' ? null : metric.put.byPeriod(on, unit);
    const tallies = this.tallies(key, on, now, unit) ?? new Tallies(on.length);
    for (let index = 0; index < on.length; index += 1) {
      const count = tallies.count[index] ?? 0;
      const min = tallies.min[index] ?? Infinity;
      // A count of zero can be published, as a statistic set.
      if (count === 0 && min === Infinity) continue;
      const published = put?.get(index);
      const sum = tallies.sum[index] ?? 0;
      const onlyPut = published !== undefined && published.count === count ? published : null;
      const sample = onlyPut ?? { sum, count, min, max: tallies.max[index] ?? 0 };
      values[index] = statisticOf(sample, spec);
    }
    return { values, sampleCounts: tallies.count };
  }

  /** One statistic set over [startMs, endMs), or null where nothing was published. */
  window(
    key: string,
    startMs: number,
    endMs: number,
    now: number,
    unitName?: string,
  ): Sample | null {
    const on = { startMs, periodMs: endMs - startMs, length: 1 };
    const tallies = this.tallies(key, on, now, unitName);
    const min = tallies?.min[0] ?? Infinity;
    if (tallies === null || min === Infinity) return null;
    const { sum, count, max } = tallies;
    return { sum: sum[0] ?? 0, count: count[0] ?? 0, min, max: max[0] ?? 0 };
  }

  private compute(
    { spec, stream, effects }: Metric,
    into: Tallies,
    on: Grid,
    now: number,
    unit: string | undefined,
  ): void {
    if (spec === null || (unit !== undefined && unit !== spec.unit)) return;
    new Computed(stream, spec, effects, now).fill(into, on.startMs, on.periodMs);
  }

  private find({ namespace, metricName, dimensions }: MetricIdentity): Metric | undefined {
    return this.metrics.get(metricKey(namespace, metricName, dimensions));
  }

  private ensure({ namespace, metricName, dimensions }: MetricIdentity): Metric {
    const key = metricKey(namespace, metricName, dimensions);
    const known = this.metrics.get(key);
    if (known !== undefined) return known;
    const identity = { namespace, metricName, dimensions };
    const stream = hashText(key, this.seed);
    const metric: Metric = { identity, spec: null, stream, put: new PutData(), effects: [] };
    this.metrics.set(key, metric);
    this.listed = null;
    return metric;
  }
}
