import type { MetricId } from './query';

/** One metric of the alarm's surroundings, judged against its own last week. */
export interface RelatedMetric {
  metric: MetricId;
  stat: string;
  /** How far it left its normal range: 1 is the edge of the range, 0 normal. Rows are sorted by it, highest first. */
  score: number;
  /** `up`, `down` or `normal`. */
  direction: 'up' | 'down' | 'normal';
  /** One sentence: value now against what is usual. */
  sentence: string;
  /** Short verdict: `× 58`, `+ 12 %`, `normal`, `stopped`. */
  verdict: string;
  unit: string | null;
  /** Normal range of the last week: lower and upper edge. */
  range: [number, number] | null;
  startMs: number;
  periodMs: number;
  /** Offset and length of its sparkline in the answer's `values`. */
  offset: number;
  count: number;
}

export interface RelatedMetrics {
  /** JSON of `RelatedMetric[]`. */
  rowsJson: string;
  values: Float64Array;
  /** Metrics of the resource that were looked at. */
  examined: number;
  /** One sentence when not all could be looked at, else null. */
  note: string | null;
}
