/** Chart.js's share of a time chart: axes, grid, thresholds, marks and shaded spans. The series are painted by us. */
import type { ChartConfiguration } from 'chart.js';
import { formatClock, formatClockSeconds, formatDate } from '../ui/time';
import type { TimeZone } from '../ui/time';
import { annotationsOf } from './annotations';
import type { ChartColors } from './chart-colors';
import type { Plan, PlannedAxis } from './plan';
import { offsetOf, timeTicks } from './time-ticks';
import { formatValue } from './units';
import { safeText } from '../ui/safe-text';

const DAY_MS = 86_400_000;
const LINE_PX = 90;

function tickText(at: number, zone: TimeZone, lengthMs: number): string {
  if (lengthMs < 5 * 60_000) return formatClockSeconds(at, zone);
  const clock = formatClock(at, zone);
  if (lengthMs > 5 * DAY_MS && clock === '00:00') return formatDate(at, zone).slice(5);
  return lengthMs > DAY_MS || clock === '00:00'
    ? `${formatDate(at, zone).slice(5)} ${clock}`
    : clock;
}

function timeScale(plan: Plan, colors: ChartColors) {
  const { startMs, endMs, zone } = plan.model;
  const offsetAt = offsetOf(zone);
  return {
    type: 'linear' as const,
    min: startMs,
    max: endMs,
    grid: { display: false },
    border: { color: colors.line },
    ticks: {
      color: colors.dim,
      font: { size: 10, family: colors.font },
      maxRotation: 0,
      callback: (value: number | string) => tickText(Number(value), zone, endMs - startMs),
    },
    afterBuildTicks: (axis: { width: number; ticks: { value: number }[] }) => {
      const most = Math.max(1, Math.floor(axis.width / LINE_PX));
      axis.ticks = timeTicks(startMs, endMs, most, offsetAt).map((value) => ({ value }));
    },
  };
}

/** Distance between ticks, about five of them, that is round on the axis' own scale. */
export function niceStep(axis: PlannedAxis): number | undefined {
  const reach = ((axis.max ?? axis.high) - (axis.min ?? axis.low)) / axis.scale.divisor;
  if (!(reach > 0) || !Number.isFinite(reach)) return undefined;
  const power = 10 ** Math.floor(Math.log10(reach / 5));
  const times = [1, 2, 2.5, 5, 10].find((each) => reach / (each * power) <= 5) ?? 10;
  return times * power * axis.scale.divisor;
}

function valueScale(axis: PlannedAxis, side: 'left' | 'right', grid: boolean, colors: ChartColors) {
  const label = axis.label === null ? '' : safeText(axis.label);
  return {
    type: 'linear' as const,
    position: side,
    display: axis.used || side === 'left',
    min: axis.min ?? undefined,
    max: axis.max ?? undefined,
    suggestedMin: axis.low,
    suggestedMax: axis.high,
    grid: { color: `${colors.line}aa`, drawOnChartArea: grid },
    border: { display: false },
    title: {
      display: label !== '',
      text: label,
      color: colors.dim,
      font: { size: 10, family: colors.font },
      padding: 2,
    },
    ticks: {
      color: colors.dim,
      font: { size: 10, family: colors.font },
      maxTicksLimit: 6,
      // Round numbers of what is written, 2 MiB, not of bytes.
      stepSize: niceStep(axis),
      callback: (value: number | string) => formatValue(Number(value), axis.unit, axis.scale),
    },
  };
}

/** The options for a plan; nothing in them holds a datapoint. */
export function optionsOf(
  plan: Plan,
  colors: ChartColors,
): NonNullable<ChartConfiguration<'line', number[]>['options']> {
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    // The overlay above the canvas hears the pointer; Chart.js need not look for elements.
    events: [],
    layout: { padding: { top: 10, right: 8, bottom: 0, left: 2 } },
    scales: {
      x: timeScale(plan, colors),
      y: valueScale(plan.left, 'left', true, colors),
      y2: valueScale(plan.right, 'right', !plan.left.used, colors),
    },
    plugins: { annotation: { annotations: annotationsOf(plan, colors) } },
  };
}
