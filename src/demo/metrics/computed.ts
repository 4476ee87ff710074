import type { Dim } from '../model';
import { normal, unit } from '../random';

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
  /** The account's quota, for a usage metric (`SERVICE_QUOTA`). */
  quota?: number;
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

/** Statistic sets of consecutive periods, as columns; `count` 0 where nothing was published. */
export class Tallies {
  readonly sum: Float64Array;
  readonly count: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;

  constructor(readonly length: number) {
    this.sum = new Float64Array(length);
    this.count = new Float64Array(length);
    this.min = new Float64Array(length).fill(Infinity);
    this.max = new Float64Array(length).fill(-Infinity);
  }

  add(index: number, sum: number, count: number, min: number, max: number): void {
    this.sum[index] = (this.sum[index] ?? 0) + sum;
    this.count[index] = (this.count[index] ?? 0) + count;
    if (min < (this.min[index] ?? Infinity)) this.min[index] = min;
    if (max > (this.max[index] ?? -Infinity)) this.max[index] = max;
  }

  /** Adds what another metric had in the same periods. */
  addAll(other: Tallies): void {
    for (let index = 0; index < this.length; index += 1) {
      const count = other.count[index] ?? 0;
      if (count === 0) continue;
      const sum = other.sum[index] ?? 0;
      this.add(index, sum, count, other.min[index] ?? Infinity, other.max[index] ?? -Infinity);
    }
  }
}

/** −1 at four in the morning, +1 in the afternoon (UTC − 6 h or so: both systems live in North America), by minute. */
const dayShape = Float64Array.from({ length: 1440 }, (_, minute) =>
  Math.sin((minute / 1440) * 2 * Math.PI - 2.6),
);

/** CloudWatch keeps minutes for 15 days and five minutes for 63, then hours. */
const MINUTES_KEPT = 15 * DAY;
const FIVE_MINUTES_KEPT = 63 * DAY;

/**
 * Every datapoint of a metric is a pure function of its stream and its time, so that any window can be asked
 * again. What CloudWatch keeps only as five minutes or hours is computed as such: a year of hours costs what a
 * week of minutes does.
 */
export class Computed {
  private readonly from5: number;
  private readonly from1: number;

  constructor(
    private readonly stream: number,
    private readonly spec: MetricSpec,
    private readonly effects: readonly Effect[],
    private readonly now: number,
  ) {
    const today = Number.isFinite(now) ? Math.floor(now / DAY) * DAY : -Infinity;
    this.from1 = today - MINUTES_KEPT;
    this.from5 = today - FIVE_MINUTES_KEPT;
  }

  /** Fills the periods from `startMs` on with what was published up to now. */
  fill(into: Tallies, startMs: number, periodMs: number): void {
    const end = Math.min(startMs + into.length * periodMs, this.now + 1);
    const effects = this.effects.filter(
      (effect) => this.now >= effect.visibleFrom && effect.startMs < end && effect.endMs > startMs,
    );
    const own = this.spec.everyMinutes;
    let at = Math.ceil(startMs / (own * MINUTE)) * own * MINUTE;
    while (at < end) {
      const coarse = at < this.from5 ? 60 : at < this.from1 ? 5 : 1;
      const rolledUp =
        coarse > own && at % (coarse * MINUTE) === 0 && periodMs >= coarse * MINUTE
          ? Math.floor(coarse / own)
          : 1;
      const span = rolledUp * own * MINUTE;
      const touched = effects.some((effect) => effect.startMs < at + span && effect.endMs > at);
      const index = Math.floor((at - startMs) / periodMs);
      if (rolledUp === 1 || !touched) {
        this.add(into, index, at, rolledUp, touched ? effects : null);
        at += span;
      } else {
        // An incident is told minute by minute, however old.
        for (const stop = at + span; at < stop; at += own * MINUTE) {
          this.add(into, index, at, 1, effects);
        }
      }
    }
  }

  private add(
    into: Tallies,
    index: number,
    at: number,
    datapoints: number,
    effects: readonly Effect[] | null,
  ): void {
    const { spec, stream } = this;
    const minute = Math.floor(at / MINUTE);
    let mean = spec.base * (1 + spec.daily * (dayShape[minute % 1440] ?? 0));
    if (effects !== null) {
      const moved = moveBy(effects, at, mean);
      if (moved === null) return;
      mean = moved;
    }
    const noise = datapoints === 1 ? spec.noise : spec.noise / Math.sqrt(datapoints);
    const noisy = noise === 0 ? mean : Math.max(0, mean * (1 + noise * normal(stream, minute)));
    const value = spec.max !== undefined && noisy > spec.max ? spec.max : noisy;
    if (spec.kind === 'count') {
      const total = value * datapoints;
      const floor = Math.floor(total);
      const count = floor + (unit(stream ^ 0x9e3779b9, minute) < total - floor ? 1 : 0);
      const one = count > 0 ? 1 : 0;
      into.add(index, count, Math.max(1, count), count >= datapoints ? one : 0, one);
      return;
    }
    const count = spec.samples * datapoints;
    if (count === 1) {
      into.add(index, value, 1, value, value);
      return;
    }
    const spread = spec.noise + 0.05;
    const peak = value * (1 + spread * (1 + unit(stream ^ 0x1234567, minute)));
    const max = spec.max !== undefined && peak > spec.max ? spec.max : peak;
    into.add(index, value * count, count, value * Math.max(0, 1 - spread), max);
  }
}

/** Null: silent. */
function moveBy(effects: readonly Effect[], at: number, usual: number): number | null {
  let mean = usual;
  for (const effect of effects) {
    if (at < effect.startMs || at >= effect.endMs) continue;
    if (effect.change.kind === 'stop') return null;
    const share = effect.rampMs <= 0 ? 1 : Math.min(1, (at - effect.startMs) / effect.rampMs);
    const target = effect.change.kind === 'to' ? effect.change.value : mean * effect.change.factor;
    mean += (target - mean) * share;
  }
  return mean;
}
