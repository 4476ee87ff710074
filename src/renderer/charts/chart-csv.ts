/** A chart's datapoints as CSV (RFC 4180): what a spreadsheet opens without running anything of it. */
import type { ChartModel, ChartSeries } from './chart-model';
import { placesWithin } from './columns';

/** Text that a spreadsheet would take for a formula is given an apostrophe (OWASP, CSV injection). */
export function csvText(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** A number stays one, negative too; a gap is an empty cell. */
export function csvNumber(value: number): string {
  return value - value === 0 ? String(value) : '';
}

/** One row of the chart as numbers. */
export interface NumberRow {
  at: number;
  /** By series, in the model's order; NaN where it has no datapoint. */
  values: number[];
}

/** Times at which any series has a datapoint within the window, ascending. */
export function numberTimes(model: ChartModel): number[] {
  const times = new Set<number>();
  for (const series of model.series) {
    const { startMs, periodMs, values } = series;
    const { from, to } = placesWithin(startMs, periodMs, values.length, model.startMs, model.endMs);
    for (let place = from; place < to; place += 1) {
      const value = values[place] ?? Number.NaN;
      const at = startMs + place * periodMs;
      if (value - value === 0 && at >= model.startMs && at <= model.endMs) times.add(at);
    }
  }
  return [...times].sort((a, b) => a - b);
}

/** The series' value whose datapoint is at exactly this time; NaN where there is none. */
export function exactValue(series: ChartSeries, at: number): number {
  const place = (at - series.startMs) / series.periodMs;
  return Number.isInteger(place) ? (series.values[place] ?? Number.NaN) : Number.NaN;
}

/** Header `Time (UTC), label (unit) …`, then a row for each time; lines end CRLF. */
export function chartCsv(model: ChartModel): string {
  const heads = model.series.map(({ label, unit }) =>
    csvText(unit === null || unit === 'None' ? label : `${label} (${unit})`),
  );
  const lines = [['Time (UTC)', ...heads].join(',')];
  for (const at of numberTimes(model)) {
    const cells = model.series.map((series) => csvNumber(exactValue(series, at)));
    lines.push([new Date(at).toISOString(), ...cells].join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}
