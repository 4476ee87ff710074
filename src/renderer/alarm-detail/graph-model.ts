/** One alarm's graph as a chart model, derived from what the bridge delivers. Pure. */
import type { MarkSpec } from '../../shared/dashboards/dashboard';
import type { TimeMark } from '../../shared/metrics/marks';
import type { AlarmSeries, Series } from '../../shared/metrics/series';
import type { Severity } from '../../shared/severity/severity';
import type { ChartModel, ChartSeries } from '../charts/chart-model';
import { formatValue } from '../charts/units';
import type { TimeZone } from '../ui/time';

interface Grid {
  startMs: number;
  periodMs: number;
  count: number;
}

/** The regular grid that holds every datapoint; datapoints of one alarm share a period. */
function gridOf({ series, periodMs, startMs }: AlarmSeries): Grid {
  let first = Infinity;
  let last = -Infinity;
  for (const { points } of series) {
    if (points.length < 2) continue;
    first = Math.min(first, points[0] ?? first);
    last = Math.max(last, points[points.length - (points.length % 2) - 2] ?? last);
  }
  if (first > last) return { startMs, periodMs, count: 0 };
  return { startMs: first, periodMs, count: Math.round((last - first) / periodMs) + 1 };
}

/** Unpacks `[t0, v0, t1, v1, …]` onto the grid; a missing datapoint stays NaN, never zero. */
export function valuesOn(grid: Grid, packed: Float64Array): Float64Array {
  const values = new Float64Array(grid.count).fill(Number.NaN);
  for (let index = 0; index + 1 < packed.length; index += 2) {
    const place = Math.round(((packed[index] ?? Number.NaN) - grid.startMs) / grid.periodMs);
    if (place >= 0 && place < grid.count) values[place] = packed[index + 1] ?? Number.NaN;
  }
  return values;
}

const deploymentMark = ({ at, text }: TimeMark): MarkSpec => ({
  at,
  to: null,
  label: text,
  toLabel: null,
  color: null,
  fill: 'none',
  visible: true,
});

export interface AlarmFacts {
  severity: Severity;
  /** Where no series states a unit. */
  unit: string | null;
  zone: TimeZone;
  /** In the alarm's connection and region. */
  deployments: readonly TimeMark[];
}

function chartSeries(
  each: Series,
  grid: Grid,
  bandIds: [string, string] | null,
  unit: string | null,
): ChartSeries {
  return {
    key: each.id,
    label: each.label,
    color: null,
    axis: 'left',
    startMs: grid.startMs,
    periodMs: grid.periodMs,
    values: valuesOn(grid, each.points),
    unit: each.unit ?? unit,
    drawAs: null,
    ghost: false,
    bandOf: bandIds?.includes(each.id) ? 'band' : null,
    note: null,
  };
}

/** The model of one alarm's graph: its series, its limit, and the times in ALARM clipped to the window. */
export function graphModel(data: AlarmSeries, facts: AlarmFacts): ChartModel {
  const grid = gridOf(data);
  const unit = data.series.find((series) => series.unit !== null)?.unit ?? facts.unit;
  const { threshold } = data;
  return {
    startMs: data.startMs,
    endMs: data.endMs,
    stacked: false,
    series: data.series.map((each) => chartSeries(each, grid, data.bandIds, unit)),
    left: { min: null, max: null, label: null, unit },
    right: { min: null, max: null, label: null, unit: null },
    thresholds:
      threshold === null
        ? []
        : [
            {
              value: threshold,
              to: null,
              label: `limit ${formatValue(threshold, unit)}`,
              toLabel: null,
              color: null,
              fill: 'none',
              axis: 'left',
              visible: true,
            },
          ],
    marks: facts.deployments
      .filter(({ at }) => at >= data.startMs && at <= data.endMs)
      .map(deploymentMark),
    spans: data.alarmBands
      .map(({ from, to }) => ({
        from: Math.max(from, data.startMs),
        to: Math.min(to, data.endMs),
        label: 'ALARM',
        severity: facts.severity,
      }))
      .filter(({ from, to }) => to > from),
    zone: facts.zone,
  };
}

/** Datapoints of what is watched; an anomaly band is none. */
export function countOf({ series, bandIds }: AlarmSeries): number {
  return series.reduce(
    (sum, { id, points }) => (bandIds?.includes(id) ? sum : sum + Math.floor(points.length / 2)),
    0,
  );
}

export const graphRanges = [
  { value: '1h', label: '1 hour', ms: 3_600_000 },
  { value: '3h', label: '3 hours', ms: 3 * 3_600_000 },
  { value: '12h', label: '12 hours', ms: 12 * 3_600_000 },
  { value: '1d', label: '1 day', ms: 24 * 3_600_000 },
  { value: '1w', label: '1 week', ms: 7 * 24 * 3_600_000 },
] as const;
export type GraphRange = (typeof graphRanges)[number]['value'];
