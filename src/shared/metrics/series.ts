/** Timestamps (ms since epoch, ascending) and values of one series; bulk data stays in typed arrays. */
export interface Series {
  id: string;
  label: string;
  unit: string | null;
  /** `[t0, v0, t1, v1, …]`: one array per series crosses the bridge. NaN never appears; gaps are missing pairs. */
  points: Float64Array;
}

/** The alarm's own metric around its state change. */
export interface AlarmSeries {
  startMs: number;
  endMs: number;
  periodMs: number;
  series: Series[];
  threshold: number | null;
  /** Lower and upper series ids of an anomaly band, when there is one. */
  bandIds: [string, string] | null;
  /** Times in ALARM within the window (ms). */
  alarmBands: { from: number; to: number }[];
}
