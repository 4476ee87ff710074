import type { ChartModel, ChartSeries } from '../../../src/renderer/charts/chart-model';

export const START = Date.UTC(2026, 0, 15, 3);
export const MINUTE = 60_000;

/** A series of minutes from START. */
export function seriesOf(
  key: string,
  values: number[],
  more: Partial<ChartSeries> = {},
): ChartSeries {
  return {
    key,
    label: key,
    color: null,
    axis: 'left',
    startMs: START,
    periodMs: MINUTE,
    values: Float64Array.from(values),
    unit: null,
    drawAs: null,
    ghost: false,
    bandOf: null,
    note: null,
    ...more,
  };
}

export function modelOf(series: ChartSeries[], more: Partial<ChartModel> = {}): ChartModel {
  const axis = { min: null, max: null, label: null, unit: null };
  const longest = Math.max(1, ...series.map((each) => each.values.length - 1));
  return {
    startMs: START,
    endMs: START + longest * MINUTE,
    stacked: false,
    series,
    left: axis,
    right: axis,
    thresholds: [],
    marks: [],
    spans: [],
    zone: 'utc',
    ...more,
  };
}
