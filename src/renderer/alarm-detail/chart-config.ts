/** The Chart.js configuration of one alarm's graph. Only the registered pieces are bundled. */
import {
  Chart,
  Decimation,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js';
import Annotation from 'chartjs-plugin-annotation';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import { formatClock, formatDate, formatFull } from '../ui/time';
import type { TimeZone } from '../ui/time';
import { timeTicks } from './graph-model';
import type { GraphLine, GraphModel, Point } from './graph-model';
import type { GraphColors } from './theme-colors';
import { formatValue } from '../charts/units';

Chart.register(
  Annotation,
  Decimation,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

type LineDataset = ChartDataset<'line', Point[]>;
const DAY_MS = 86_400_000;

/** Draws the vertical hair through the datapoint under the pointer. */
function crosshair(color: string): Plugin<'line'> {
  return {
    id: 'crosshair',
    afterDatasetsDraw(chart) {
      const active = chart.getActiveElements()[0];
      if (!active) return;
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.strokeStyle = color;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(active.element.x, chartArea.top);
      ctx.lineTo(active.element.x, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
  };
}

function pointRadius(raw: unknown): number {
  return typeof raw === 'object' && raw !== null && Reflect.get(raw, 'alone') === true ? 2 : 0;
}

function datasetOf(line: GraphLine, color: string, gapMs: number): LineDataset {
  const band = line.role !== 'value';
  return {
    label: line.label,
    data: line.points,
    borderColor: band ? `${color}55` : color,
    backgroundColor: `${color}22`,
    borderWidth: band ? 1 : 1.6,
    // Between the two lines of an anomaly band lies what CloudWatch expects.
    fill: line.role === 'band-upper' ? '-1' : false,
    pointRadius: (context) => pointRadius(context.raw),
    pointHoverRadius: 3,
    pointBackgroundColor: color,
    spanGaps: gapMs,
  };
}

function datasets(model: GraphModel, colors: GraphColors): LineDataset[] {
  const rank = { 'band-lower': 0, 'band-upper': 1, value: 2 };
  const ordered = [...model.lines].sort((a, b) => rank[a.role] - rank[b.role]);
  let next = 0;
  return ordered.map((line) => {
    if (line.role !== 'value') return datasetOf(line, colors.dim, model.gapMs);
    const color = colors.series[next % colors.series.length] ?? colors.text;
    next += 1;
    return datasetOf(line, color, model.gapMs);
  });
}

function annotations(model: GraphModel, colors: GraphColors): AnnotationOptions[] {
  const shaded: AnnotationOptions[] = model.alarmBands.map(({ from, to }) => ({
    type: 'box',
    xMin: from,
    xMax: to,
    backgroundColor: `${colors.crit}1c`,
    borderWidth: 0,
    drawTime: 'beforeDatasetsDraw',
  }));
  if (model.threshold === null) return shaded;
  return [
    ...shaded,
    {
      type: 'line',
      yMin: model.threshold,
      yMax: model.threshold,
      borderColor: colors.crit,
      borderWidth: 1,
      borderDash: [4, 4],
      label: {
        display: true,
        content: `limit ${formatValue(model.threshold, model.unit, model.scale)}`,
        position: 'start',
        yAdjust: -9,
        backgroundColor: 'transparent',
        color: colors.crit,
        font: { size: 10, family: colors.font, weight: 'normal' },
        padding: 2,
      },
    },
  ];
}

function tickText(at: number, zone: TimeZone, lengthMs: number): string {
  const clock = formatClock(at, zone);
  return lengthMs > DAY_MS || clock === '00:00'
    ? `${formatDate(at, zone).slice(5)} ${clock}`
    : clock;
}

function scales(model: GraphModel, colors: GraphColors, zone: TimeZone) {
  const lengthMs = model.endMs - model.startMs;
  const ticks = { color: colors.dim, font: { size: 10, family: colors.font } };
  return {
    x: {
      type: 'linear' as const,
      min: model.startMs,
      max: model.endMs,
      grid: { display: false },
      border: { color: colors.line },
      ticks: {
        ...ticks,
        maxRotation: 0,
        callback: (value: number | string) => tickText(Number(value), zone, lengthMs),
      },
      afterBuildTicks: (axis: { width: number; ticks: { value: number }[] }) => {
        const offset = zone === 'utc' ? 0 : -new Date(model.endMs).getTimezoneOffset() * 60_000;
        const most = Math.max(2, Math.floor(axis.width / 90));
        axis.ticks = timeTicks(model.startMs, model.endMs, most, offset).map((value) => ({
          value,
        }));
      },
    },
    y: {
      type: 'linear' as const,
      // The limit stays in sight, with room for its label.
      suggestedMax: model.threshold === null ? undefined : model.threshold * 1.15,
      suggestedMin: 0,
      grid: { color: `${colors.line}aa` },
      border: { display: false },
      ticks: {
        ...ticks,
        maxTicksLimit: 5,
        callback: (value: number | string) => formatValue(Number(value), model.unit, model.scale),
      },
    },
  };
}

/** Everything Chart.js needs; animation and parsing are off because neither helps at 3 in the morning. */
export function chartConfig(
  model: GraphModel,
  colors: GraphColors,
  zone: TimeZone,
): ChartConfiguration<'line', Point[]> {
  return {
    type: 'line',
    data: { datasets: datasets(model, colors) },
    plugins: [crosshair(colors.faint)],
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { padding: { top: 12, right: 12, bottom: 2, left: 4 } },
      scales: scales(model, colors, zone),
      plugins: {
        annotation: { annotations: annotations(model, colors) },
        decimation: { enabled: true, algorithm: 'min-max' },
        tooltip: {
          backgroundColor: colors.raise,
          borderColor: colors.line,
          borderWidth: 1,
          titleColor: colors.dim,
          bodyColor: colors.text,
          cornerRadius: 6,
          callbacks: {
            title: (items) => formatFull(items[0]?.parsed.x ?? 0, zone),
            label: (item) =>
              `${item.dataset.label ?? ''}: ${formatValue(item.parsed.y ?? Number.NaN, model.unit)}`,
          },
        },
      },
    },
  };
}
