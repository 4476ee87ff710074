import type { Grid } from './grid';
import { aggregate, type Sample } from './statistics';

/** What one PutMetricData call said of a metric. */
export interface PutDatum extends Sample {
  /** ms. */
  at: number;
  unit: string;
}

/** 15 days of one-minute points are more than anybody asks of a demo. */
const KEPT = 50_000;

/** The data put for one metric, oldest first. */
export class PutData {
  private data: PutDatum[] = [];

  add(datum: PutDatum): void {
    const last = this.data.at(-1);
    this.data.push(datum);
    if (last !== undefined && last.at > datum.at) this.data.sort((a, b) => a.at - b.at);
    if (this.data.length > KEPT) this.data.splice(0, this.data.length - KEPT);
  }

  /** Units in a window, in alphabetical order. */
  unitsIn(startMs: number, endMs: number): string[] {
    if (this.data.length === 0) return [];
    const units = new Set<string>();
    for (const datum of this.between(startMs, endMs)) units.add(datum.unit);
    return [...units].sort();
  }

  /**
   * Tells each datum with its period. Data of several units are never mixed: without a unit asked for, CloudWatch
   * answers the alphabetically first one.
   */
  each(on: Grid, unit: string | undefined, tell: (index: number, datum: PutDatum) => void): void {
    if (this.data.length === 0) return;
    const end = on.startMs + on.length * on.periodMs;
    const units = this.unitsIn(on.startMs, end);
    const wanted = unit ?? (units.length > 1 ? units[0] : undefined);
    for (const datum of this.between(on.startMs, end)) {
      if (wanted !== undefined && datum.unit !== wanted) continue;
      tell(Math.floor((datum.at - on.startMs) / on.periodMs), datum);
    }
  }

  /** Samples by period, with their single values. */
  byPeriod(on: Grid, unit: string | undefined): Map<number, Sample> {
    const groups = new Map<number, Sample[]>();
    this.each(on, unit, (index, datum) => {
      const group = groups.get(index);
      if (group === undefined) groups.set(index, [datum]);
      else group.push(datum);
    });
    const merged = new Map<number, Sample>();
    for (const [index, group] of groups) {
      const sample = aggregate(group);
      if (sample !== null) merged.set(index, sample);
    }
    return merged;
  }

  private *between(startMs: number, endMs: number): Generator<PutDatum> {
    for (let index = this.firstFrom(startMs); index < this.data.length; index += 1) {
      const datum = this.data[index];
      if (datum === undefined || datum.at >= endMs) return;
      yield datum;
    }
  }

  private firstFrom(at: number): number {
    let low = 0;
    let high = this.data.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.data[middle]?.at ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
