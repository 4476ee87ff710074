/** Bars and pies by Chart.js, over one value a series. */
import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  PieController,
  Tooltip,
} from 'chart.js';
import type { ChartConfiguration } from 'chart.js';
import { safeText } from '../ui/safe-text';
import type { ChartColors } from './chart-colors';
import type { ChartAxis } from './chart-model';
import type { OneValue } from './one-value';
import { formatValue, scaleFor } from './units';

Chart.register(
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  PieController,
  Tooltip,
);

const LABEL_CHARS = 32;

export function shortLabel(text: string): string {
  const safe = safeText(text);
  return safe.length > LABEL_CHARS ? `${safe.slice(0, LABEL_CHARS - 1)}…` : safe;
}

function tooltip(values: OneValue[], colors: ChartColors) {
  return {
    backgroundColor: colors.raise,
    borderColor: colors.line,
    borderWidth: 1,
    titleColor: colors.dim,
    bodyColor: colors.text,
    cornerRadius: 6,
    callbacks: {
      title: () => '',
      label: ({ dataIndex }: { dataIndex: number }) => {
        const one = values[dataIndex];
        return one === undefined ? '' : ` ${safeText(one.label)}: ${one.text}`;
      },
    },
  };
}

/** Horizontal bars in the given order. */
export function barConfig(
  values: OneValue[],
  axis: ChartAxis,
  colors: ChartColors,
): ChartConfiguration<'bar', number[], string> {
  const unit = axis.unit ?? values[0]?.series.unit ?? null;
  const largest = values.reduce((most, { value }) => Math.max(most, Math.abs(value) || 0), 0);
  const scale = scaleFor(unit, largest);
  const font = { size: 10, family: colors.font };
  return {
    type: 'bar',
    data: {
      labels: values.map(({ label }) => shortLabel(label)),
      datasets: [
        {
          data: values.map(({ value }) => value),
          backgroundColor: values.map((one) => one.stepColor ?? one.color),
          borderWidth: 0,
          maxBarThickness: 28,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: 4 },
      scales: {
        x: {
          min: axis.min ?? undefined,
          max: axis.max ?? undefined,
          beginAtZero: true,
          grid: { color: `${colors.line}aa` },
          border: { display: false },
          ticks: {
            color: colors.dim,
            font,
            maxTicksLimit: 6,
            callback: (value) => formatValue(Number(value), unit, scale),
          },
        },
        y: {
          grid: { display: false },
          border: { color: colors.line },
          ticks: { color: colors.dim, font, autoSkip: true },
        },
      },
      plugins: { tooltip: tooltip(values, colors) },
    },
  };
}

/** Slices of what is positive: a share of a negative or missing value does not exist. */
export function pieConfig(
  values: OneValue[],
  colors: ChartColors,
): ChartConfiguration<'pie', number[], string> {
  return {
    type: 'pie',
    data: {
      labels: values.map(({ label }) => shortLabel(label)),
      datasets: [
        {
          data: values.map(({ value }) => (value > 0 ? value : 0)),
          backgroundColor: values.map((one) => one.color),
          borderColor: colors.panel,
          borderWidth: 1,
        },
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: 6 },
      plugins: { tooltip: tooltip(values, colors) },
    },
  };
}
