/** What a chart draws. Whoever has series makes one of these; the chart knows nothing of CloudWatch. */
import type { MarkSpec, ThresholdSpec } from '../../shared/dashboards/dashboard';

/** One series on its regular grid: value i is at `startMs + i × periodMs`; NaN is a gap. */
export interface ChartSeries {
  /** Unique in the chart and stable over refreshes. */
  key: string;
  label: string;
  /** `#rrggbb`; null: from the palette, by the series' place. */
  color: string | null;
  axis: 'left' | 'right';
  startMs: number;
  periodMs: number;
  /** A view into the answer's array; never copied on the way to the pixels. */
  values: Float64Array;
  /** CloudWatch's unit; null where unknown. */
  unit: string | null;
  drawAs: 'line' | 'bar' | 'area' | null;
  /** Dashed and pale: the same series a week earlier, already moved onto this axis. */
  ghost: boolean;
  /** Edges of an anomaly band: the space between both of one `bandOf` is filled. */
  bandOf: string | null;
  /** One sentence where the series is incomplete, else null. */
  note: string | null;
}

export interface ChartAxis {
  min: number | null;
  max: number | null;
  label: string | null;
  unit: string | null;
}

/** A time in ALARM, shaded. */
export interface ChartSpan {
  from: number;
  to: number;
  label: string;
  severity: 'critical' | 'security' | 'warning' | 'business' | 'info';
}

export interface ChartModel {
  startMs: number;
  endMs: number;
  stacked: boolean;
  series: ChartSeries[];
  left: ChartAxis;
  right: ChartAxis;
  thresholds: ThresholdSpec[];
  marks: MarkSpec[];
  spans: ChartSpan[];
  zone: 'local' | 'utc';
}
