/** What a chart shows, in one sentence for who does not see it. */
import { formatClock, formatDate } from '../ui/time';
import { safeText } from '../ui/safe-text';
import type { ChartModel, ChartSeries } from './chart-model';
import { placesWithin } from './columns';
import { formatValue } from './units';

/** The last datapoint within the window; null where there is none. */
export function lastOf(
  series: ChartSeries,
  window?: { startMs: number; endMs: number },
): { value: number; at: number } | null {
  const { values, startMs, periodMs } = series;
  const end = window?.endMs ?? Infinity;
  const begin = window?.startMs ?? -Infinity;
  for (let place = values.length - 1; place >= 0; place -= 1) {
    const at = startMs + place * periodMs;
    if (at < begin) return null;
    const value = values[place] ?? Number.NaN;
    if (at <= end && value - value === 0) return { value, at };
  }
  return null;
}

function highest(model: ChartModel): { series: ChartSeries; value: number; at: number } | null {
  let best: { series: ChartSeries; value: number; at: number } | null = null;
  for (const series of model.series) {
    if (series.ghost || series.bandOf !== null) continue;
    const { values, startMs, periodMs } = series;
    const { from, to } = placesWithin(startMs, periodMs, values.length, model.startMs, model.endMs);
    for (let place = from; place < to; place += 1) {
      const value = values[place] ?? Number.NaN;
      const at = startMs + place * periodMs;
      if (value - value !== 0 || at < model.startMs || at > model.endMs) continue;
      if (best === null || value > best.value) best = { series, value, at };
    }
  }
  return best;
}

/** `3 series, last 43, max 51 at 03:06`. */
export function chartSummary(model: ChartModel): string {
  const shown = model.series.filter((each) => !each.ghost && each.bandOf === null);
  const max = highest(model);
  const many = `${shown.length} series`;
  if (max === null) return `${many}, no datapoints`;
  const last = lastOf(max.series, model);
  const unit = max.series.unit ?? (max.series.axis === 'left' ? model.left.unit : model.right.unit);
  const longer = model.endMs - model.startMs > 86_400_000;
  const when = `${longer ? `${formatDate(max.at, model.zone)} ` : ''}${formatClock(max.at, model.zone)}`;
  const whose = shown.length > 1 ? ` (${safeText(max.series.label)})` : '';
  const lastWords = last === null ? '' : `last ${formatValue(last.value, unit)}, `;
  return `${many}, ${lastWords}max ${formatValue(max.value, unit)} at ${when}${whose}`;
}
