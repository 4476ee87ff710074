/** What the graph draws, derived from what the bridge delivers. Pure, so that gaps and scales are tested without a canvas. */
import type { AlarmSeries, Series } from '../../shared/metrics/series';
import { scaleFor } from '../charts/units';
import type { Scale } from '../charts/units';

export interface Point {
  x: number;
  y: number;
  /** No neighbour within reach: drawn as a dot, because no line ends in it. */
  alone: boolean;
}

export interface GraphLine {
  id: string;
  label: string;
  points: Point[];
  role: 'value' | 'band-lower' | 'band-upper';
}

export interface GraphModel {
  startMs: number;
  endMs: number;
  unit: string | null;
  scale: Scale;
  lines: GraphLine[];
  threshold: number | null;
  alarmBands: { from: number; to: number }[];
  /** Datapoints further apart than this are not joined (ms). */
  gapMs: number;
  /** Datapoints of the watched lines. */
  count: number;
}

/** Datapoints further apart than this many periods leave a gap between them: a gap is a gap, never zero. */
const GAP_PERIODS = 1.5;

/** Unpacks `[t0, v0, t1, v1, …]`; `gapMs` is the longest distance that a line may bridge. */
export function pointsOf(packed: Float64Array, gapMs: number): Point[] {
  const points: Point[] = [];
  const end = packed.length - (packed.length % 2);
  for (let index = 0; index < end; index += 2) {
    const x = packed[index] ?? Number.NaN;
    const before = index === 0 ? Number.NEGATIVE_INFINITY : (packed[index - 2] ?? Number.NaN);
    const after = index + 2 < end ? (packed[index + 2] ?? Number.NaN) : Number.POSITIVE_INFINITY;
    points.push({
      x,
      y: packed[index + 1] ?? Number.NaN,
      alone: x - before > gapMs && after - x > gapMs,
    });
  }
  return points;
}

function roleOf(series: Series, bandIds: [string, string] | null): GraphLine['role'] {
  if (bandIds?.[0] === series.id) return 'band-lower';
  if (bandIds?.[1] === series.id) return 'band-upper';
  return 'value';
}

function largestOf(lines: GraphLine[], threshold: number | null): number {
  let largest = Math.abs(threshold ?? 0);
  for (const line of lines) {
    for (const point of line.points) {
      if (Math.abs(point.y) > largest) largest = Math.abs(point.y);
    }
  }
  return largest;
}

/** The model of one alarm's graph; bands are clipped to the window. `otherwiseUnit` where no series states one. */
export function graphModel(data: AlarmSeries, otherwiseUnit: string | null = null): GraphModel {
  const gapMs = data.periodMs * GAP_PERIODS;
  const lines = data.series.map((series) => ({
    id: series.id,
    label: series.label,
    points: pointsOf(series.points, gapMs),
    role: roleOf(series, data.bandIds),
  }));
  const watched = lines.filter((line) => line.role === 'value');
  const unit = data.series.find((series) => series.unit !== null)?.unit ?? otherwiseUnit;
  return {
    startMs: data.startMs,
    endMs: data.endMs,
    unit,
    scale: scaleFor(unit, largestOf(lines, data.threshold)),
    lines,
    threshold: data.threshold,
    alarmBands: data.alarmBands
      .map(({ from, to }) => ({
        from: Math.max(from, data.startMs),
        to: Math.min(to, data.endMs),
      }))
      .filter(({ from, to }) => to > from),
    gapMs,
    count: watched.reduce((sum, line) => sum + line.points.length, 0),
  };
}

export interface NumberRow {
  at: number;
  /** By line, in the model's order; null where the line has no datapoint. */
  values: (number | null)[];
  inAlarm: boolean;
}

/** The same numbers as rows, newest first: for those who do not see the graph, and for exactness. */
export function numberRows(model: GraphModel): NumberRow[] {
  const byTime = new Map<number, (number | null)[]>();
  model.lines.forEach((line, column) => {
    for (const { x, y } of line.points) {
      const values = byTime.get(x) ?? model.lines.map(() => null);
      values[column] = y;
      byTime.set(x, values);
    }
  });
  return [...byTime]
    .sort(([a], [b]) => b - a)
    .map(([at, values]) => ({
      at,
      values,
      inAlarm: model.alarmBands.some((band) => at >= band.from && at < band.to),
    }));
}

export const graphRanges = [
  { value: '1h', label: '1 hour', ms: 3_600_000 },
  { value: '3h', label: '3 hours', ms: 3 * 3_600_000 },
  { value: '12h', label: '12 hours', ms: 12 * 3_600_000 },
  { value: '1d', label: '1 day', ms: 24 * 3_600_000 },
  { value: '1w', label: '1 week', ms: 7 * 24 * 3_600_000 },
] as const;
export type GraphRange = (typeof graphRanges)[number]['value'];

const TICK_STEPS_MS = [
  60_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000,
  43_200_000, 86_400_000, 172_800_000,
];

/** Round times for the axis, at most `most` of them; `offsetMs` is the zone's distance from UTC. */
export function timeTicks(
  startMs: number,
  endMs: number,
  most: number,
  offsetMs: number,
): number[] {
  const step =
    TICK_STEPS_MS.find((candidate) => (endMs - startMs) / candidate <= most) ??
    Math.ceil((endMs - startMs) / most / 86_400_000) * 86_400_000;
  const ticks: number[] = [];
  const first = Math.ceil((startMs + offsetMs) / step) * step - offsetMs;
  for (let at = first; at <= endMs; at += step) ticks.push(at);
  return ticks;
}
