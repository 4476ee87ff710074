import type { Dim } from '../model';
import { hashText, normal, unit } from '../random';
import { aggregate, type Sample } from './statistics';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** How a metric behaves when nothing is wrong. */
export interface MetricSpec {
  namespace: string;
  metricName: string;
  dimensions: Dim[];
  unit: string;
  /** Mean of a datapoint. */
  base: number;
  /** How much of `base` follows the day: 0 flat, 0.5 swings by half around it. */
  daily: number;
  /** Deviation as a share of `base`. */
  noise: number;
  /** `count` datapoints are whole, ≥ 0 and summed; `gauge` are averaged. */
  kind: 'count' | 'gauge';
  /** Samples a datapoint stands for. */
  samples: number;
  /** Minutes between two datapoints. */
  everyMinutes: number;
  /** Highest possible value (percentages). */
  max?: number;
}

/** What an incident does to a metric. Times: demo ms. */
export interface Effect {
  key: string;
  startMs: number;
  /** Moves to the full value over this time. */
  rampMs: number;
  endMs: number;
  /** Not seen in any answer before this moment. */
  visibleFrom: number;
  change: { kind: 'to'; value: number } | { kind: 'scale'; factor: number } | { kind: 'stop' };
}

interface PutDatum extends Sample {
  at: number;
  unit: string;
}

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

interface Metric {
  spec: MetricSpec | null;
  stream: number;
  put: PutDatum[];
  effects: Effect[];
}

/** All metrics of one account in one region: computed ones, what was put, and what incidents do to them. */
export class MetricSource {
  private readonly metrics = new Map<string, Metric>();
  private readonly identities = new Map<
    string,
    { namespace: string; metricName: string; dimensions: Dim[] }
  >();

  constructor(private readonly seed: number) {}

  declare(spec: MetricSpec): string {
    const key = this.ensure(spec.namespace, spec.metricName, spec.dimensions);
    const metric = this.metrics.get(key);
    if (metric !== undefined) metric.spec = spec;
    return key;
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

  put(
    namespace: string,
    metricName: string,
    dimensions: Dim[],
    datum: { at: number; unit: string; sum: number; count: number; min: number; max: number },
  ): void {
    const key = this.ensure(namespace, metricName, dimensions);
    const put = this.metrics.get(key)?.put;
    if (put === undefined) return;
    put.push(datum);
    if (put.length > 1 && (put[put.length - 2]?.at ?? 0) > datum.at)
      put.sort((a, b) => a.at - b.at);
    // 15 days of one-minute points are more than anybody asks of a demo.
    if (put.length > 50_000) put.splice(0, put.length - 50_000);
  }

  /** Declared and put metrics, for ListMetrics. */
  list(): { namespace: string; metricName: string; dimensions: Dim[] }[] {
    return [...this.identities.values()];
  }

  /** Units seen in a window, for data that was put. */
  unitsIn(key: string, startMs: number, endMs: number): string[] {
    const put = this.metrics.get(key)?.put ?? [];
    return [
      ...new Set(put.filter((d) => d.at >= startMs && d.at < endMs).map((d) => d.unit)),
    ].sort();
  }

  /**
   * One statistic set over [startMs, endMs), or null where nothing was published.
   * `now` hides what has not happened yet.
   */
  window(
    key: string,
    startMs: number,
    endMs: number,
    now: number,
    unitName?: string,
  ): Sample | null {
    const metric = this.metrics.get(key);
    if (metric === undefined) return null;
    const samples: Sample[] = [];
    const { spec } = metric;
    if (spec !== null && (unitName === undefined || unitName === spec.unit)) {
      const step = spec.everyMinutes * MINUTE;
      for (let at = Math.ceil(startMs / step) * step; at < endMs && at <= now; at += step) {
        const sample = sampleAt(metric, spec, at, now);
        if (sample !== null) samples.push(sample);
      }
    }
    for (let index = firstAtOrAfter(metric.put, startMs); index < metric.put.length; index += 1) {
      const datum = metric.put[index];
      if (datum === undefined || datum.at >= endMs) break;
      if (unitName === undefined || unitName === datum.unit) samples.push(datum);
    }
    return aggregate(samples);
  }

  private ensure(namespace: string, metricName: string, dimensions: Dim[]): string {
    const key = metricKey(namespace, metricName, dimensions);
    if (!this.metrics.has(key)) {
      this.metrics.set(key, { spec: null, stream: hashText(key, this.seed), put: [], effects: [] });
      this.identities.set(key, { namespace, metricName, dimensions });
    }
    return key;
  }
}

function firstAtOrAfter(put: readonly PutDatum[], at: number): number {
  let low = 0;
  let high = put.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((put[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** −1 at four in the morning, +1 in the afternoon (UTC − 6 h or so: both systems live in North America). */
const dayShape = (at: number): number => Math.sin(((at % DAY) / DAY) * 2 * Math.PI - 2.6);

/** The datapoint published at `at`: a pure function of the metric's stream and time, then the effects. */
function sampleAt(metric: Metric, spec: MetricSpec, at: number, now: number): Sample | null {
  const minute = Math.floor(at / MINUTE);
  let mean = spec.base * (1 + spec.daily * dayShape(at));
  for (const effect of metric.effects) {
    if (now < effect.visibleFrom || at < effect.startMs || at >= effect.endMs) continue;
    if (effect.change.kind === 'stop') return null;
    const share = effect.rampMs <= 0 ? 1 : Math.min(1, (at - effect.startMs) / effect.rampMs);
    const target = effect.change.kind === 'to' ? effect.change.value : mean * effect.change.factor;
    mean += (target - mean) * share;
  }
  const noisy = Math.max(0, mean * (1 + spec.noise * normal(metric.stream, minute)));
  const value = spec.max === undefined ? noisy : Math.min(spec.max, noisy);
  if (spec.kind === 'count') {
    const floor = Math.floor(value);
    const count = floor + (unit(metric.stream ^ 0x9e3779b9, minute) < value - floor ? 1 : 0);
    return {
      sum: count,
      count: Math.max(1, count),
      min: count > 0 ? 1 : 0,
      max: count > 0 ? 1 : 0,
    };
  }
  const spread = spec.noise + 0.05;
  const peak = value * (1 + spread * (1 + unit(metric.stream ^ 0x1234567, minute)));
  return {
    sum: value * spec.samples,
    count: spec.samples,
    min: spec.samples === 1 ? value : value * Math.max(0, 1 - spread),
    max: spec.samples === 1 ? value : spec.max === undefined ? peak : Math.min(spec.max, peak),
  };
}
